/** How far figures can be trusted: what part of a period is accounted and known, and what part of its energy is estimated. */
import type { SeriesAnswer, SeriesColumn } from '../../models/api/series.ts';

export interface PeriodQuality {
  /** Part of the period's intervals so far that is accounted and known; NaN: none are due. */
  coverage: number;
  /** Estimated part of the known energy; NaN: not known. */
  estimated: number;
}

export const unknownQuality: PeriodQuality = { coverage: Number.NaN, estimated: Number.NaN };

export function sumOf(column: Pick<SeriesColumn, 'values'> | undefined): number {
  let sum = Number.NaN;
  for (const value of column?.values ?? []) if (value !== null) sum = Number.isNaN(sum) ? value : sum + value;
  return sum;
}

/** Intervals of each step that are over by the end of the accounted past; those still to come do not count as missing. */
export function dueOf({ times, expected, until }: Pick<SeriesAnswer, 'times' | 'expected' | 'until'>, interval_s: number): number[] {
  const end = until === null ? Number.NEGATIVE_INFINITY : Date.parse(until);
  return expected.map((count, i) => {
    const over = Math.floor((end - Date.parse(times[i] ?? '')) / (1000 * interval_s));
    return Math.max(0, Math.min(count, over));
  });
}

/** Quality of the columns that a chart shows; `energy` and `estimated` are the sums for the estimated share. */
export function periodQualityOf(
  answer: Pick<SeriesAnswer, 'times' | 'intervals' | 'expected' | 'until'>,
  interval_s: number,
  shown: readonly (SeriesColumn | undefined)[],
  energy: number,
  estimated: number,
): PeriodQuality {
  let due = 0;
  let known = 0;
  for (const [i, count] of dueOf(answer, interval_s).entries()) {
    due += count;
    const parts = shown.map((column) => column?.known[i] ?? 0);
    const mean = parts.length > 0 ? parts.reduce((a, b) => a + b, 0) / parts.length : 0;
    known += (answer.intervals[i] ?? 0) * mean;
  }
  return { coverage: due > 0 ? known / due : Number.NaN, estimated: energy > 0 ? estimated / energy : Number.NaN };
}
