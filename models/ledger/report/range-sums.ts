/** Sums over a range of an owner's days: whole numbers, so that months and quarters agree with the days that they hold. */

import { f64 } from '../../typed-arrays.ts';
import { isLevel, type SummedBlock } from '../block.ts';

export interface Sums {
  /** Accounted intervals, and how many the range has. */
  intervals: number;
  expected: number;
  /** By the ledger's column names (block.ts), Wh or mg; null where nothing is known. */
  columns: Record<string, number | null>;
  /** Intervals behind each sum. */
  known: Record<string, number>;
}

/** Sums of the days from `first` to `last`, which may be more or fewer than the block holds. */
export function sumsOf(block: SummedBlock | undefined, first: string, last: string, expected: number): Sums {
  const sums: Sums = { intervals: 0, expected, columns: {}, known: {} };
  if (block === undefined) return sums;
  const rows = block.periods.flatMap((day, i) => (day >= first && day <= last ? [i] : []));
  for (const i of rows) sums.intervals += f64(block.intervals, i);
  for (const [name, values] of block.columns) {
    if (isLevel(name)) continue;
    const counts = block.known.get(name);
    let sum = 0;
    let known = 0;
    for (const i of rows) {
      const value = f64(values, i);
      const count = (counts?.[i] ?? Number.NaN) as number;
      if (Number.isNaN(value) || count === 0) continue;
      sum += value;
      known += Number.isNaN(count) ? f64(block.intervals, i) : count;
    }
    sums.columns[name] = known > 0 ? sum : null;
    sums.known[name] = known;
  }
  return sums;
}

/** A column's sum, null where it is unknown or absent. */
export function columnOf(sums: Sums, name: string): number | null {
  return Object.hasOwn(sums.columns, name) ? (sums.columns[name] ?? null) : null;
}

/** Share of the range's intervals that are accounted, 0…1. */
export function coverageOf({ intervals, expected }: Pick<Sums, 'intervals' | 'expected'>): number {
  return expected > 0 ? Math.min(1, intervals / expected) : 0;
}

/** Sum of what is known; null where nothing is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
}

/** Sum of all values; null where one is unknown. */
export function sumAll(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : sumKnown(values);
}

/** A period with a smaller accounted share than this cannot stand for the whole. */
export const enough = 0.95;
