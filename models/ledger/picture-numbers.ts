/**
 * The numbers of pictures: float32 with 12 bits of mantissa (1 in 8192), whole numbers exact up to 2^24, so that codes
 * and seconds are as they were; and as integers that are close together where the numbers are, so that differences are
 * small whatever the size and sign.
 */

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Bits of the mantissa that are dropped. */
const dropped = 11;
const low = (1 << dropped) - 1;
const nanBits = 0x7fc00000;
const largest = 0x7f7ff800;

/** The number that is kept for `value`. Within 2^-13 of its size; whole numbers below 2^24 as they are; −0 is 0. */
export function kept(value: number): number {
  if (value >= 8192 || value <= -8192) {
    if (value < 16_777_216 && value > -16_777_216) return Math.round(value);
  } else if (value === 0) return 0;
  float[0] = value;
  const all = bits[0] as number;
  const size = all & 0x7fffffff;
  if (size > 0x7f800000) return Number.NaN;
  if (size < 0x7f800000) bits[0] = (all & 0x80000000) | Math.min(largest, (size + (low >> 1) + 1) & ~low);
  const rounded = float[0];
  return rounded === 0 ? 0 : rounded;
}

/** Integers in the order of their numbers; NaN above all. */
export function orderOf(value: number): number {
  float[0] = value;
  if (Number.isNaN(value)) return nanBits;
  const all = bits[0] as number;
  return all < 0 ? all ^ 0x7fffffff : all;
}

/** True where the dropped bits are needed: whole numbers above 8192. */
export function isFine(value: number): boolean {
  float[0] = value;
  return ((bits[0] as number) & low) !== 0 && !Number.isNaN(value);
}

/** The order without the bits that no number of the column needs. */
export function coarse(order: number): number {
  return order >> dropped;
}

/** From the order back to the number; `shifted`: without the dropped bits. */
export function numberOf(order: number, shifted: boolean): number {
  const whole = shifted ? order << dropped : order;
  bits[0] = whole < 0 ? (shifted ? whole | low : whole) ^ 0x7fffffff : whole;
  return float[0] as number;
}
