/** Calculates the value of a virtual point from its terms, in the same way at a moment, over an interval and in the past. */
import type { VirtualPoint } from '../park/park.ts';

/**
 * Σ weight·term + constant, clamped. NaN when a term that is not optional is unknown (the sum is then unknown, not smaller)
 * and when no term is known.
 */
export function virtualSum(
  {
    terms,
    constant,
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
  }: Pick<VirtualPoint, 'terms' | 'constant' | 'min' | 'max'>,
  term: (i: number) => number,
): number {
  let sum = constant;
  let known = 0;
  for (const [i, { weight, optional }] of terms.entries()) {
    const value = term(i);
    if (Number.isNaN(value)) {
      if (optional) continue;
      return Number.NaN;
    }
    sum += weight * value;
    known++;
  }
  return known === 0 ? Number.NaN : Math.min(max, Math.max(min, sum));
}
