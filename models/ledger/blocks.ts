/** Rows of consecutive intervals → one block for every owner. */
import { type Block, parkOwner } from './block.ts';
import { matchHours } from './cfe.ts';
import type { LedgerPlan } from './plan.ts';

/**
 * `times` are the starts of the rows' intervals. The hours that the rows cover are matched (cfe.ts): give whole days.
 * `only` the blocks of these owners; all when absent.
 */
export function blocksOf(
  plan: LedgerPlan,
  times: Float64Array,
  rows: readonly Float64Array[],
  only?: ReadonlySet<string>,
): Map<string, Block> {
  const blocks = new Map<string, Block>();
  for (const { id, first, columns } of plan.owners) {
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
  if (whole) matchHours(whole, plan.calendar);
  return blocks;
}
