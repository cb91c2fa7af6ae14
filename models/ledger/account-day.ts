/** Accounts a local day of the ledger, or the part of it that is over. */
import type { Level } from '../carbon/step.ts';
import { type AccountedInterval, accountInterval } from './account-interval.ts';
import type { Block } from './block.ts';
import { blocksOf } from './blocks.ts';
import type { Earlier } from './estimates.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import type { PointRecords } from './records.ts';

export interface AccountedDay {
  blocks: Map<string, Block>;
  /** What storages hold at its end. */
  levels: Level[];
  /** Points of which some interval was estimated from earlier days (indices, ascending). */
  estimatedPoints: number[];
}

export interface DayWishes {
  /** Called with each accounted interval, for snapshots. */
  see?: (interval: AccountedInterval, time: number) => void;
  /** Blocks of these owners only. */
  only?: ReadonlySet<string>;
}

/** `times` are the starts of its intervals. */
export function accountDay(
  schema: LedgerSchema,
  times: Float64Array,
  records: readonly PointRecords[],
  levels: readonly Level[],
  earlier: Earlier,
  { see, only }: DayWishes = {},
): AccountedDay {
  const rows: Float64Array[] = [];
  const estimated = new Set<number>();
  let held = [...levels];
  for (const time of times) {
    const interval = accountInterval(schema, time, records, held, earlier);
    rows.push(interval.row);
    held = interval.levels;
    for (const p of interval.estimatedPoints) estimated.add(p);
    see?.(interval, time);
  }
  return { blocks: blocksOf(schema, times, rows, only), levels: held, estimatedPoints: [...estimated].sort((a, b) => a - b) };
}
