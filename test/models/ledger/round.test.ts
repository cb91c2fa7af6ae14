import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundParts, roundTo } from '../../../models/ledger/round.ts';

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
