import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentsOf } from '../../models/percents.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

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
