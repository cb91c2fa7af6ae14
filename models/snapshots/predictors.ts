/** Predicts a column of a snapshot set from values already known; writing and reading use the same arithmetic. */

import { f32, f64, i32 } from '../typed-arrays.ts';
import { type Grid, gridIntegerOf, storedNumberOf } from './numbers.ts';

/** The index is the code in the bytes. */
export const kinds = ['unknown', 'zero', 'constant', 'previous', 'clock', 'scaled', 'product', 'sum'] as const;
export type PredictorKind = (typeof kinds)[number];

/** Another column, added or subtracted. */
export interface Term {
  slot: number;
  sign: 1 | -1;
}

export interface Predictor {
  kind: PredictorKind;
  /** constant: the value · clock: seconds added to the clock · scaled, product, sum: the factor. A float32. */
  number: number;
  /** scaled: the column · sum: what is added up · product: first the column that the sum of the rest is multiplied by. */
  from: readonly Term[];
  grid: Grid;
}

/** Columns side by side, each with one value per time. */
export interface SlotTable {
  values: Float32Array;
  /** Seconds from the base to each time. */
  clock: Float64Array;
}

/** Predicts the values of a clock, scaled, product or sum column; the columns it refers to must be filled before. */
export function foretell({ kind, number, from }: Predictor, table: SlotTable, out: Float64Array): void {
  const { clock } = table;
  const n = clock.length;
  if (kind === 'clock') {
    for (let t = 0; t < n; t++) out[t] = number + f64(clock, t);
    return;
  }
  addUp(kind === 'product' ? from.slice(1) : from, table, out);
  const factor = kind === 'product' ? (from[0]?.slot ?? 0) * n : -1;
  for (let t = 0; t < n; t++) {
    const scale = factor < 0 ? number : number * f32(table.values, factor + t);
    out[t] = scale * f64(out, t);
  }
}

export function addUp(from: readonly Term[], { values, clock }: SlotTable, out: Float64Array): void {
  const n = clock.length;
  out.fill(0);
  for (const { slot, sign } of from) {
    const start = slot * n;
    for (let t = 0; t < n; t++) out[t] = f64(out, t) + sign * f32(values, start + t);
  }
}

/** Writes the values of a column into the table: the prediction plus the residuals (null: all zero). */
export function fillColumn(column: Predictor, residuals: Int32Array | null, table: SlotTable, slot: number, foretold: Float64Array): void {
  const { kind, number, grid } = column;
  const { values, clock } = table;
  const n = clock.length;
  const start = slot * n;
  if (kind === 'unknown' || kind === 'zero' || kind === 'constant') {
    values.fill(kind === 'unknown' ? Number.NaN : kind === 'zero' ? 0 : number, start, start + n);
    return;
  }
  if (kind === 'previous') {
    let order = 0;
    for (let t = 0; t < n; t++) {
      order = (order + (residuals?.[t] ?? 0)) | 0;
      values[start + t] = storedNumberOf(order, grid);
    }
    return;
  }
  foretell(column, table, foretold);
  for (let t = 0; t < n; t++) {
    const order = gridIntegerOf(f64(foretold, t), grid);
    values[start + t] = storedNumberOf(residuals === null ? order : (order + i32(residuals, t)) | 0, grid);
  }
}
