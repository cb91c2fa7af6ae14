/**
 * The estimate for a point without readings (METHODS 2): the mean of its good values of the same local quarter-hour of
 * the week in the eight weeks before; if there are none, of the same time of day in the fourteen days before; else
 * unknown. The interval's own day and later days are never used.
 */
import { dayAfter } from '../time/calendar.ts';
import type { ZoneOffset } from '../time/local-time.ts';
import { f32, u8 } from '../typed-arrays.ts';
import { isGoodMean, type PointRecords } from './records.ts';

/** Value of a point (index in the park) in the interval that starts at `time`; NaN unless good readings covered it. */
export type Earlier = (point: number, time: number) => number;

const day_ms = 86_400_000;
const weeks = 8;
const days = 14;

/** How many days back estimates look, so also how many days after a changed day may have been estimated from it. */
export const lookBack_days = 7 * weeks;

/** The earlier local days that an estimate of this one may look at. */
export function estimateDays(day: string): string[] {
  const back = [...Array.from({ length: weeks }, (_, n) => 7 * (n + 1)), ...Array.from({ length: days }, (_, n) => n + 1)];
  return [...new Set(back)].sort((a, b) => a - b).map((n) => dayAfter(day, -n));
}

/** The estimate; NaN when nothing is known. The order of the sum is fixed, so the same records give the same bits. */
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
    // A wall-clock time that clocks skipped did not exist.
    if (then + offset(then) !== wanted) continue;
    const value = earlier(point, then);
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known > 0 ? Math.fround(sum / known) : Number.NaN;
}

/** Looks values up in consecutive records; `of` gives the records that contain a time. */
export function earlierIn(of: (point: number, time: number) => PointRecords | undefined): Earlier {
  return (point, time) => {
    const records = of(point, time);
    if (records === undefined) return Number.NaN;
    const i = (time - records.from) / records.interval_ms;
    if (!Number.isInteger(i) || i < 0 || i >= records.code.length || !isGoodMean(u8(records.code, i))) return Number.NaN;
    return f32(records.value, i);
  };
}
