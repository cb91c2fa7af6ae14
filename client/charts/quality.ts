/** How far figures can be trusted: what part of a period is accounted and known, and what part of its energy is estimated. */
import type { SeriesAnswer, SeriesColumn } from '../../models/ledger/answers.ts';

export interface Quality {
  /** Accounted and known intervals of those that the period has so far; NaN: none are due. */
  coverage: number;
  /** Of the energy that is known; NaN: not known. */
  estimated: number;
}

export const unknownQuality: Quality = { coverage: Number.NaN, estimated: Number.NaN };

export function sumOf(column: Pick<SeriesColumn, 'values'> | undefined): number {
  let sum = Number.NaN;
  for (const value of column?.values ?? []) if (value !== null) sum = Number.isNaN(sum) ? value : sum + value;
  return sum;
}

/** Of the columns that a chart shows; `energy` and `estimated` are the sums that the estimated share is made of. */
export function qualityOf(
  { intervals, expected }: Pick<SeriesAnswer, 'intervals' | 'expected'>,
  shown: readonly (SeriesColumn | undefined)[],
  energy: number,
  estimated: number,
): Quality {
  let due = 0;
  let known = 0;
  for (const [i, count] of expected.entries()) {
    due += count;
    const parts = shown.map((column) => column?.known[i] ?? 0);
    const mean = parts.length > 0 ? parts.reduce((a, b) => a + b, 0) / parts.length : 0;
    known += (intervals[i] ?? 0) * mean;
  }
  return { coverage: due > 0 ? known / due : Number.NaN, estimated: energy > 0 ? estimated / energy : Number.NaN };
}
