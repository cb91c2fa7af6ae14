import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carsCharging, flueHeight, halfWidth, pulseSpeed, rotorSpeed, steamHeight } from '../../../client/live/motion.ts';

const power = fc.double({ min: 0, max: 1e6, noNaN: true });

describe('motion is measurement', () => {
  test('what is unknown stands still and has no plume and no car', () => {
    for (const of of [pulseSpeed, flueHeight, steamHeight]) expect(of(Number.NaN)).toBe(0);
    expect(rotorSpeed(Number.NaN, 3000)).toBe(0);
    expect(carsCharging(Number.NaN, 20, 480)).toBe(0);
  });

  test('what is zero stands still as well', () => {
    for (const of of [pulseSpeed, flueHeight, steamHeight]) expect(of(0)).toBe(0);
    expect(rotorSpeed(0, 3000)).toBe(0);
    expect(carsCharging(0, 20, 480)).toBe(0);
  });

  test('more is never slower, lower or fewer', () => {
    fc.assert(
      fc.property(power, power, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        for (const of of [pulseSpeed, flueHeight, steamHeight, halfWidth]) expect(of(more)).toBeGreaterThanOrEqual(of(less));
        expect(rotorSpeed(more, 3000)).toBeGreaterThanOrEqual(rotorSpeed(less, 3000));
        expect(carsCharging(more, 30, 400)).toBeGreaterThanOrEqual(carsCharging(less, 30, 400));
      }),
    );
  });

  test('the figures that the help sheet says are those of the picture', () => {
    expect([100, 1000, 10_000].map((kW) => Math.round(pulseSpeed(kW)))).toEqual([8, 16, 32]);
    expect(pulseSpeed(-1000)).toBe(pulseSpeed(1000));
    expect(Math.round(flueHeight(1000))).toBe(44);
    expect(Math.round(steamHeight(1000))).toBe(28);
    expect([1, 3000, 9000].map((kW) => Math.round(rotorSpeed(kW + 0.5, 3000)))).toEqual([5, 14, 14]);
  });

  test('a canopy at its rating is full, and one car stands at the smallest load', () => {
    expect(carsCharging(480, 32, 480)).toBe(32);
    expect(carsCharging(1, 32, 480)).toBe(1);
    expect(carsCharging(70, 32, undefined)).toBe(10);
  });
});
