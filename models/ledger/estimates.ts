/**
 * What a silent point is taken to have said (METHODS 2): the mean of its good values of the same local quarter-hour of
 * the week in the eight weeks before; without one, of the same time of day in the fourteen days before; else unknown.
 * Nothing of the interval's own day or later is looked at.
 */
import type { ZoneOffset } from '../time/local-time.ts';
import { isGoodMean, type PointRecords } from './records.ts';

/** Value of a point (index in the park) in the interval that starts at `time`; NaN unless good readings covered it. */
export type Earlier = (point: number, time: number) => number;

const day_ms = 86_400_000;
const weeks = 8;
const days = 14;

/** No earlier day than so many is looked at: what may have been estimated from a day that changed. */
export const lookBack_days = 7 * weeks;

/** NaN when nothing is known. The order of the sum is fixed, so the same records give the same bits. */
export function estimateFrom(earlier: Earlier, offset: ZoneOffset, point: number, time: number): number {
  const sameHourOfWeek = meanBack(earlier, offset, point, time, 7 * day_ms, weeks);
  if (!Number.isNaN(sameHourOfWeek)) return sameHourOfWeek;
  return meanBack(earlier, offset, point, time, day_ms, days);
}

function meanBack(earlier: Earlier, offset: ZoneOffset, point: number, time: number, step_ms: number, count: number): number {
  let sum = 0;
  let known = 0;
  const local = time + offset(time);
  for (let n = 1; n <= count; n++) {
    const wanted = local - n * step_ms;
    const then = wanted - offset(wanted - offset(time));
    // A wall-clock time that clocks skipped was never there.
    if (then + offset(then) !== wanted) continue;
    const value = earlier(point, then);
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known > 0 ? Math.fround(sum / known) : Number.NaN;
}

/** Looks into records that follow one another; `of` gives those that hold a time. */
export function earlierIn(of: (point: number, time: number) => PointRecords | undefined): Earlier {
  return (point, time) => {
    const records = of(point, time);
    if (records === undefined) return Number.NaN;
    const i = (time - records.from) / records.interval_ms;
    if (!Number.isInteger(i) || i < 0 || i >= records.code.length || !isGoodMean(records.code[i] as number)) return Number.NaN;
    return records.value[i] as number;
  };
}
