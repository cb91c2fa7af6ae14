/** Exact rows of a local day → one block for every owner, in whole numbers. */
import { type Block, parkOwner } from './block.ts';
import { matchHours } from './cfe.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import { wholeRows } from './whole-rows.ts';

/**
 * `times` are the starts of the rows' intervals: those of the day that are accounted, from the first on. `only` the blocks
 * of these owners; all when absent.
 */
export function blocksOf(
  schema: LedgerSchema,
  times: Float64Array,
  exact: readonly Float64Array[],
  only?: ReadonlySet<string>,
): Map<string, Block> {
  const rows = wholeRows(schema, exact);
  const blocks = new Map<string, Block>();
  for (const { id, first, columns } of schema.owners) {
    if (only !== undefined && !only.has(id)) continue;
    const block: Block = { times, columns: new Map() };
    for (const [c, name] of columns.entries()) {
      const column = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) column[i] = rows[i]?.[first + c] as number;
      block.columns.set(name, column);
    }
    blocks.set(id, block);
  }
  const whole = blocks.get(parkOwner);
  if (whole) matchHours(whole, schema.calendar);
  return blocks;
}
