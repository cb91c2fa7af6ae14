/**
 * Converts the numbers of snapshots to integers and back. Numbers are float32 with 12 bits of mantissa (1 in 8192), whole
 * numbers below 2^24, or thousandths, so that codes, seconds and shares stay exact. Close numbers have close integers,
 * whatever their size and sign, so that differences are small.
 */

import { f32, i32 } from '../typed-arrays.ts';

/** The grids that a column's numbers may be on; the index is the code in the bytes. */
export const grids = ['coarse', 'fine', 'whole', 'milli'] as const;
export type Grid = (typeof grids)[number];

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Bits of the mantissa that are dropped. */
const dropped = 11;
const low = (1 << dropped) - 1;
const nanBits = 0x7fc00000;
const largest = 0x7f7ff800;
const mostWhole = 2 ** 24;
/** Thousandths are for shares and the like. This number stands for unknown; it is low, so that they fit into two bytes. */
const mostMilli = 2 ** 13;

/** The number that is kept for `value`. Within 2^-13 of its size; whole numbers below 2^24 as they are; −0 is 0. */
export function kept(value: number): number {
  if (value >= 8192 || value <= -8192) {
    if (value < mostWhole && value > -mostWhole) return Math.round(value);
  } else if (value === 0) return 0;
  float[0] = value;
  const all = i32(bits, 0);
  const size = all & 0x7fffffff;
  if (size > 0x7f800000) return Number.NaN;
  if (size < 0x7f800000) bits[0] = (all & 0x80000000) | Math.min(largest, (size + (low >> 1) + 1) & ~low);
  const rounded = f32(float, 0);
  return rounded === 0 ? 0 : rounded;
}

/** The smallest grid that holds all of a column's numbers as they will be kept. */
export function gridOf(column: Float32Array): Grid {
  let whole = true;
  let milli = true;
  let fine = false;
  for (let t = 0; t < column.length; t++) {
    const value = f32(column, t);
    if (Number.isNaN(value)) continue;
    const size = Math.abs(value);
    whole &&= size < mostWhole && Math.floor(size) === size;
    milli &&= size * 1000 < mostMilli - 1 && Math.fround(Math.round(value * 1000) / 1000) === value;
    fine ||= size >= 8192 && size < mostWhole;
    if (!whole && !milli && fine) break;
  }
  return whole ? 'whole' : milli ? 'milli' : fine ? 'fine' : 'coarse';
}

/** The nearest integer on the grid for a number. Unknown is above all others. */
export function gridIntegerOf(value: number, grid: Grid): number {
  if (grid === 'whole') return Number.isNaN(value) ? mostWhole : clamp(Math.round(value), mostWhole - 1);
  if (grid === 'milli') return Number.isNaN(value) ? mostMilli : clamp(Math.round(value * 1000), mostMilli - 1);
  const number = kept(value);
  float[0] = number;
  const all = Number.isNaN(number) ? nanBits : i32(bits, 0);
  const order = all < 0 ? all ^ 0x7fffffff : all;
  return grid === 'coarse' ? order >> dropped : order;
}

/** The number that an integer on the grid stands for. */
export function storedNumberOf(order: number, grid: Grid): number {
  if (grid === 'whole') return order === mostWhole ? Number.NaN : order;
  if (grid === 'milli') return order === mostMilli ? Number.NaN : order / 1000;
  const all = grid === 'coarse' ? order << dropped : order;
  bits[0] = all < 0 ? (grid === 'coarse' ? all | low : all) ^ 0x7fffffff : all;
  return f32(float, 0);
}

function clamp(value: number, most: number): number {
  return value > most ? most : value < -most ? -most : value;
}
