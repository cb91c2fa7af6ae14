import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distribution, gradientOf, scalePositionOf, valueAtPosition } from '../../../../client/panels/values/scale-position.ts';
import { scales, scaleTo } from '../../../../models/colour.ts';

describe('a drawn scale', () => {
  test('gives every colour the same width', () => {
    expect([0, 50, 100, 150, 200, 300, 1000].map((v) => scalePositionOf(scales.intensity, v))).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 1]);
  });

  test('puts the same colour of every scale at the same place', () => {
    expect(scalePositionOf(scales.heatIntensity, 100)).toBe(scalePositionOf(scales.intensity, 200));
    expect(scalePositionOf(scaleTo('power', 'kW', 5000), 1000)).toBe(scalePositionOf(scales.intensity, 200));
  });

  test('clamps outside and has no place for the unknown', () => {
    expect(scalePositionOf(scales.intensity, -5)).toBe(0);
    expect(scalePositionOf(scales.intensity, 5000)).toBe(1);
    expect(scalePositionOf(scales.intensity, Number.NaN)).toBeNaN();
  });

  test('is read back where it was drawn', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (value) => {
        expect(valueAtPosition(scales.intensity, scalePositionOf(scales.intensity, value))).toBeCloseTo(value, 6);
      }),
    );
  });

  test('begins and ends with the exact colours of the table', () => {
    const gradient = gradientOf(scales.intensity);
    expect(gradient).toContain('#c5ffdc 0.00%');
    expect(gradient).toContain('#2b053a 100.00%');
  });

  test('counts what stands along it, the unknown nowhere, zero at the clean end', () => {
    const counts = distribution(
      [0, 0, 420, 999, 5000, Number.NaN].map((value) => [scales.intensity, value]),
      10,
    );
    expect(counts).toEqual([2, 0, 0, 0, 0, 0, 1, 0, 0, 2]);
  });
});
