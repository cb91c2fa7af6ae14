/** The value of a virtual point from those of its terms: at a moment, over an interval and in the past alike. */
import type { VirtualPoint } from '../park/park.ts';

/**
 * Σ weight·term + constant, clamped. NaN where a term that is not optional is unknown: the sum is unknown, not smaller; and
 * where nothing at all is known.
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
