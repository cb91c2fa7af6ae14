/** How a column of a picture set is foretold from what is known; the same arithmetic writes and reads. */
import { coarse, kept, numberOf, orderOf } from './picture-numbers.ts';

/** The index is the code in the bytes. */
export const kinds = ['unknown', 'zero', 'constant', 'previous', 'clock', 'scaled', 'product'] as const;
export type Kind = (typeof kinds)[number];

export interface Column {
  kind: Kind;
  /** constant: the value · clock: seconds beside the clock · scaled, product: the factor. A float32. */
  number: number;
  /** scaled: the column · product: the factor's column, then those of the sum. */
  from: readonly number[];
  /** Whole numbers that need every bit. */
  fine: boolean;
}

/** Columns side by side, each with one value per time. */
export interface Table {
  values: Float32Array;
  /** Seconds from the base to each time. */
  clock: Float64Array;
}

/** Foretold values of a clock, scaled or product column; its references have their values. */
export function foretell({ kind, number, from }: Column, { values, clock }: Table, out: Float32Array): void {
  const n = clock.length;
  const first = (from[0] ?? 0) * n;
  for (let t = 0; t < n; t++) {
    if (kind === 'clock') {
      out[t] = kept(number + (clock[t] as number));
      continue;
    }
    let value = number * (values[first + t] as number);
    if (kind === 'product') {
      let sum = 0;
      for (let i = 1; i < from.length; i++) sum += values[(from[i] as number) * n + t] as number;
      value *= sum;
    }
    out[t] = kept(value);
  }
}

/** Writes the values of a column into the table: what was foretold, and what remained (null: nothing). */
export function fillColumn(column: Column, residuals: Int32Array | null, table: Table, slot: number, foretold: Float32Array): void {
  const n = table.clock.length;
  const at = slot * n;
  const { kind, number, fine } = column;
  if (kind === 'unknown' || kind === 'zero' || kind === 'constant') {
    table.values.fill(kind === 'unknown' ? Number.NaN : kind === 'zero' ? 0 : number, at, at + n);
    return;
  }
  const previous = kind === 'previous';
  if (!previous) foretell(column, table, foretold);
  if (residuals === null) {
    table.values.set(foretold, at);
    return;
  }
  let order = 0;
  for (let t = 0; t < n; t++) {
    if (!previous) order = fine ? orderOf(foretold[t] as number) : coarse(orderOf(foretold[t] as number));
    order = (order + (residuals[t] as number)) | 0;
    table.values[at + t] = numberOf(order, !fine);
  }
}
