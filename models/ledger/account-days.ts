/**
 * Accounts days one after the other: a run passes on the storage levels, and keeps the records of as many earlier days
 * as estimates look back.
 */
import type { Level } from '../carbon/step.ts';
import { startLevels } from '../carbon/storage.ts';
import { dayBounds, intervalsOfDay } from '../time/calendar.ts';
import { localDay } from '../time/local-time.ts';
import { type AccountedDay, accountDay, type DayWishes } from './account-day.ts';
import { earlierIn, lookBack_days } from './estimates.ts';
import { type Fold, foldRange, forgetBefore } from './fold.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import type { PointRecords } from './records.ts';

export interface Run {
  schema: LedgerSchema;
  levels: Level[];
  /** Local day number → its records. */
  records: Map<number, PointRecords[]>;
}

export function createRun(schema: LedgerSchema, levels: Level[] = startLevels(schema.compiled)): Run {
  return { schema, levels, records: new Map() };
}

/** Makes and keeps the records of a day without accounting it, because later days may be estimated from them. */
export function remember({ schema, records }: Run, day: string, fold: Fold): PointRecords[] {
  const { from, to } = dayBounds(schema.calendar, day);
  const first = intervalsOfDay(schema.calendar, day)[0] ?? from;
  forgetBefore(fold, first);
  const number = localDay(from, schema.calendar.offset);
  const made = foldRange(fold, first, to);
  records.set(number, made);
  for (const old of records.keys()) if (old < number - lookBack_days - 1) records.delete(old);
  return made;
}

/** Accounts those of the day's intervals that lie in [from, to), from all readings that can matter to it. */
export function accountNext(
  run: Run,
  day: string,
  fold: Fold,
  from: number,
  to: number,
  wishes: DayWishes = {},
): AccountedDay & { times: Float64Array } {
  const { schema, records } = run;
  const own = remember(run, day, fold);
  const times = intervalsOfDay(schema.calendar, day).filter((time) => time >= from && time < to);
  const earlier = earlierIn((point, time) => records.get(localDay(time, schema.calendar.offset))?.[point]);
  const accounted = accountDay(schema, times, own, run.levels, earlier, wishes);
  run.levels = accounted.levels;
  return { ...accounted, times };
}
