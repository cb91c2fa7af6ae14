import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentsOf, roundParts, roundTo } from '../../models/rounding.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const whole = fc.integer({ min: -1e12, max: 1e12 });

describe('parts rounded by largest remainder', () => {
  test('sum exactly to the rounded total, each within one step of its exact value', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 60 }), fc.constantFrom(1, 10, 1000, 1e8, 1e9), (parts, step) => {
        const rounded = roundParts(parts, step);
        expect(sum(rounded)).toBe(roundTo(sum(parts), step));
        for (const [i, part] of parts.entries()) expect(Math.abs((rounded[i] as number) - part / step)).toBeLessThan(1);
      }),
    );
  });

  test('sum to a total given from above, such as a part of a larger table', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 40 }), fc.integer({ min: -3, max: 3 }), (parts, off) => {
        const total = roundTo(sum(parts), 1000) + off;
        expect(sum(roundParts(parts, 1000, total))).toBe(total);
      }),
    );
  });

  test('leave what is unknown unknown, and zero zero', () => {
    expect(roundParts([Number.NaN, 1500, 1500, 0], 1000)).toEqual([Number.NaN, 2, 1, 0]);
    expect(roundParts([Number.NaN], 1000)).toEqual([Number.NaN]);
    expect(roundParts([-400, 400], 1000)).toEqual([0, 0]);
    expect(Object.is(roundTo(-0.2, 1), 0)).toBe(true);
  });

  test('are as they are when they need no rounding', () => {
    fc.assert(
      fc.property(fc.array(whole), (parts) => {
        expect(roundParts(parts, 1)).toEqual(parts.map((p) => (p === 0 ? 0 : p)));
      }),
    );
  });
});

describe('shares as whole percents', () => {
  test('sum to 100 for any shares that sum to 1, each within one percent of its share', () => {
    const weights = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-9, 0.004, 0.5)), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(weights, (some) => {
        fc.pre(sum(some) > 0);
        const shares = some.map((one) => one / sum(some));
        const percents = percentsOf(shares);
        expect(sum(percents)).toBe(100);
        for (const [i, percent] of percents.entries()) {
          expect(Number.isInteger(percent)).toBe(true);
          expect(percent).toBeGreaterThanOrEqual(0);
          expect(Math.abs(percent - 100 * (shares[i] as number))).toBeLessThan(1 + 1e-9);
        }
      }),
    );
  });

  test('of thirds are 34, 33 and 33', () => {
    expect(percentsOf([1 / 3, 1 / 3, 1 / 3])).toEqual([34, 33, 33]);
  });

  test('sum to 100 also where shares came rounded, as they do over the line', () => {
    expect(sum(percentsOf([0.333, 0.333, 0.333]))).toBe(100);
  });

  test('of nothing are not known', () => {
    expect(percentsOf([0, 0])).toEqual([Number.NaN, Number.NaN]);
    expect(percentsOf([])).toEqual([]);
  });
});
