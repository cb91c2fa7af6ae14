/**
 * Parts of whole numbers, right over a day: each gets what its exact share of the day so far comes to, less what it was
 * given, never less than nothing and all together exactly the whole. What the whole itself was rounded by, its parts bear.
 */

/** What a day has come to so far, entry by entry, of what is known. */
export interface SoFar {
  exact: Float64Array;
  /** Before the interval that is being rounded. */
  whole: Float64Array;
}

/** The entry of the part at place `part`, of the `given` at place `whole`. What has no share of this interval gets nothing. */
export function partOf({ exact, whole: before }: SoFar, now: Float64Array, given: number, part: number, whole: number): number {
  if (!((now[part] as number) > 0)) return (now[part] as number) + 0;
  if (given === 0) return 0;
  const rounded = ((before[whole] as number) + given) / (exact[whole] as number);
  const owed = (exact[part] as number) * rounded - (before[part] as number);
  return Math.min(given, Math.max(0, Math.round(owed))) + 0;
}

/**
 * Writes `given` in `count` portions from place `first` on, whose sums from the first to each are rounded: together they are
 * the whole. Only what has a share of this very interval gets a portion: no sun at night, although the day may owe it a last
 * Wh. What is alone gets all, so that a source of whole intervals of a few Wh may be off by two. NaN where origin is not known.
 */
export function splitWhole(soFar: SoFar, now: Float64Array, given: number, first: number, count: number, row: Float64Array): void {
  const { exact, whole: before } = soFar;
  const end = first + count;
  let share = 0;
  let all_exact = 0;
  let all = given;
  for (let at = first; at < end; at++) {
    const own = now[at] as number;
    share += own;
    if (!(own > 0)) continue;
    all_exact += exact[at] as number;
    all += before[at] as number;
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
    if (!((now[at] as number) > 0)) continue;
    owed += (exact[at] as number) * rounded - (before[at] as number);
    const portion = Math.min(given, Math.round(owed)) - done;
    if (!(portion > 0)) continue;
    row[at] = portion;
    done += portion;
  }
}
