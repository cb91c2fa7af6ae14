import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mixOf, renewableParts } from '../../../client/live/mix.ts';
import { formatsIn } from '../../../client/locales/formats.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import { layoutOf } from '../../../models/wire/layout.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const someShares = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: sourceKinds.length, maxLength: sourceKinds.length })
  .filter((weights) => sum(weights) > 0.01)
  .map((weights) => weights.map((one) => Math.round((1000 * one) / sum(weights)) / 1000));

describe('a mix', () => {
  test('is told in percents that sum to 100, and every kind that there is is among them', () => {
    fc.assert(
      fc.property(someShares, (shares) => {
        const parts = mixOf(Float32Array.from(shares), 0);
        expect(sum(parts.map(({ percent }) => percent))).toBe(100);
        expect(parts.map(({ kind }) => kind).sort()).toEqual(sourceKinds.filter((_, k) => (shares[k] as number) > 0).sort());
      }),
    );
  });

  test('tells a part that came to nothing as less than one percent', () => {
    expect([0, 1, 56, 100, Number.NaN].map((whole) => formatsIn('en').percent(whole))).toEqual(['<1%', '1%', '56%', '100%', '–']);
    expect(formatsIn('zh').percent(0)).toBe('<1%');
  });
});

describe('the renewable share', () => {
  const layout = layoutOf({ assets: [], lines: [], unmetered: [] }, 'full');
  const valuesOf = (renewable: number, shares: readonly number[]) => {
    const values = new Float32Array(layout.size).fill(Number.NaN);
    values[layout.totals.renewableShare] = renewable;
    for (const [k, share] of shares.entries()) values[layout.parkShares + k] = share;
    return values;
  };

  test('is the sun and wind of the park and the renewable part of the grid, which add up to the figure that is shown', () => {
    const shares = sourceKinds.map((kind) => ({ grid: 0.55, solar: 0.19, wind: 0.01, gas: 0.25 })[kind as string] ?? 0);
    expect(renewableParts(layout, valuesOf(0.32, shares))).toEqual({
      all: 32,
      own: [
        { kind: 'solar', percent: 19 },
        { kind: 'wind', percent: 1 },
      ],
      bought: 12,
    });
    fc.assert(
      fc.property(someShares, fc.double({ min: 0, max: 1, noNaN: true }), (some, renewable) => {
        const parts = renewableParts(layout, valuesOf(renewable, some));
        const own = (parts?.own ?? []).reduce((all, { percent }) => all + percent, 0);
        expect(own + (parts?.bought ?? 0)).toBe(parts?.all);
        // Below one percent the figure has a digit of its own.
        if (renewable > 0.01) expect(formatsIn('en').share(Math.fround(renewable))).toBe(`${parts?.all}%`);
      }),
    );
  });

  test('has no parts while it is not known', () => {
    expect(renewableParts(layout, valuesOf(Number.NaN, []))).toBeNull();
  });
});
