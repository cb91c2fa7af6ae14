/**
 * Days accounted one after the other: it carries what storages hold, and keeps the records of as many earlier days as
 * estimates look back.
 */
import type { Level } from '../carbon/step.ts';
import { startLevels } from '../carbon/storage.ts';
import { dayBounds, intervalsOfDay } from '../time/calendar.ts';
import { localDay } from '../time/local-time.ts';
import { type AccountedDay, accountDay, type DayWishes } from './account-day.ts';
import { earlierIn, lookBack_days } from './estimates.ts';
import { type Fold, foldRange, forgetBefore } from './fold.ts';
import type { LedgerPlan } from './plan.ts';
import type { PointRecords } from './records.ts';

export interface Run {
  plan: LedgerPlan;
  levels: Level[];
  /** Local day number → its records. */
  records: Map<number, PointRecords[]>;
}

export function createRun(plan: LedgerPlan, levels: Level[] = startLevels(plan.compiled)): Run {
  return { plan, levels, records: new Map() };
}

/** Takes the records of a day in without accounting it: what later days may be estimated from. */
export function remember({ plan, records }: Run, day: string, fold: Fold): PointRecords[] {
  const { from, to } = dayBounds(plan.calendar, day);
  const first = intervalsOfDay(plan.calendar, day)[0] ?? from;
  forgetBefore(fold, first);
  const number = localDay(from, plan.calendar.offset);
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
  const { plan, records } = run;
  const own = remember(run, day, fold);
  const times = intervalsOfDay(plan.calendar, day).filter((time) => time >= from && time < to);
  const earlier = earlierIn((point, time) => records.get(localDay(time, plan.calendar.offset))?.[point]);
  const accounted = accountDay(plan, times, own, run.levels, earlier, wishes);
  run.levels = accounted.levels;
  return { ...accounted, times };
}
