import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colourInto, colourOf, hexToRgb, labToRgb, missingHex, rgbToHex, rgbToLab, scales, scaleTo } from '../../models/colour.ts';

const { intensity, heatIntensity } = scales;

describe('the intensity scale', () => {
  test('shows the exact colour of each of its stops', () => {
    for (const { at, hex } of intensity.stops) expect(rgbToHex(colourOf(intensity, at) ?? [0, 0, 0])).toBe(hex);
  });

  test('clamps beyond its ends', () => {
    expect(colourOf(intensity, -20)).toEqual(colourOf(intensity, 0));
    expect(colourOf(intensity, 5000)).toEqual(colourOf(intensity, 1000));
  });

  test('has no colour for what is unknown, and one for zero', () => {
    expect(colourOf(intensity, null)).toBeNull();
    expect(colourOf(intensity, undefined)).toBeNull();
    expect(colourOf(intensity, Number.NaN)).toBeNull();
    expect(colourOf(intensity, 0)).toEqual(hexToRgb('#c5ffdc'));
  });

  test('gets darker all the way from clean to dirty', () => {
    let last = 101;
    for (let g = 0; g <= 1000; g += 10) {
      const [lightness] = rgbToLab(colourOf(intensity, g) ?? [0, 0, 0]);
      expect(lightness).toBeLessThan(last + 0.6);
      last = lightness;
    }
  });

  test('stays far from the grey of what is missing', () => {
    const grey = rgbToLab(hexToRgb(missingHex));
    for (let g = 0; g <= 1000; g += 5) {
      const lab = rgbToLab(colourOf(intensity, g) ?? [0, 0, 0]);
      expect(Math.hypot(lab[0] - grey[0], lab[1] - grey[1], lab[2] - grey[2])).toBeGreaterThan(24);
    }
  });

  test('for heat spends the same colours on half the values', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), (g) => {
        expect(colourOf(heatIntensity, g)).toEqual(colourOf(intensity, 2 * g));
      }),
    );
  });

  test('stretches to any maximum', () => {
    expect(colourOf(scaleTo('power', 'kW', 5000), 5000)).toEqual(hexToRgb('#2b053a'));
  });
});

test('CIELAB and back gives the same colour within a byte', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, (r, g, b) => {
      const back = labToRgb(rgbToLab([r, g, b]));
      expect(Math.max(Math.abs(back[0] - r), Math.abs(back[1] - g), Math.abs(back[2] - b))).toBeLessThanOrEqual(1);
    }),
  );
});

test('bytes written without garbage are those of colourOf for any value of any scale', () => {
  const out = new Uint8Array(3);
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 1300, noNaN: true }),
      fc.constantFrom(intensity, heatIntensity, scaleTo('power', 'kW', 730)),
      (value, scale) => {
        expect(colourInto(scale, value, out, 0)).toBe(true);
        expect([...out]).toEqual([...(colourOf(scale, value) ?? [])]);
      },
    ),
    { numRuns: 2000 },
  );
  expect(colourInto(intensity, Number.NaN, out, 0)).toBe(false);
});
