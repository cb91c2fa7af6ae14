/**
 * Splits whole numbers into whole parts that are right over a day: each part gets its exact share of the day so far, less
 * what it got before. No part is negative, and together they are exactly the whole; its rounding is shared by the parts.
 */

import { f64 } from '../typed-arrays.ts';

/** Sums of the day so far, entry by entry, over known values. */
export interface SoFar {
  exact: Float64Array;
  /** Rounded sums before the interval that is being rounded. */
  whole: Float64Array;
}

/** The whole number for place `part`, a part of the `given` at place `whole`. A part without a share of this interval gets 0. */
export function partOf({ exact, whole: before }: SoFar, now: Float64Array, given: number, part: number, whole: number): number {
  if (!(f64(now, part) > 0)) return f64(now, part) + 0;
  if (given === 0) return 0;
  const rounded = (f64(before, whole) + given) / f64(exact, whole);
  const owed = f64(exact, part) * rounded - f64(before, part);
  return Math.min(given, Math.max(0, Math.round(owed))) + 0;
}

/**
 * Writes `given` in `count` portions from place `first` on. The cumulative sums of the portions are rounded, so together they
 * are the whole. Only parts with a share of this interval get a portion: solar gets none at night, even if it lacks a last Wh
 * of the day. A part alone gets all, so a source of intervals of a few Wh may be off by two. NaN where origin is unknown.
 */
export function splitWhole(soFar: SoFar, now: Float64Array, given: number, first: number, count: number, row: Float64Array): void {
  const { exact, whole: before } = soFar;
  const end = first + count;
  let share = 0;
  let all_exact = 0;
  let all = given;
  for (let at = first; at < end; at++) {
    const own = f64(now, at);
    share += own;
    if (!(own > 0)) continue;
    all_exact += f64(exact, at);
    all += f64(before, at);
  }
  if (!(given > 0 && share > 0)) {
    row.fill(given === 0 && !Number.isNaN(share) ? 0 : Number.NaN, first, end);
    return;
  }
  const rounded = all / all_exact;
  let owed = 0;
  let done = 0;
  for (let at = first; at < end; at++) {
    row[at] = 0;
    if (!(f64(now, at) > 0)) continue;
    owed += f64(exact, at) * rounded - f64(before, at);
    const portion = Math.min(given, Math.round(owed)) - done;
    if (!(portion > 0)) continue;
    row[at] = portion;
    done += portion;
  }
}
