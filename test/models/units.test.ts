import { expect, test } from 'vitest';
import { carriers } from '../../models/carriers.ts';
import { freshnesses, freshnessOf, origins, packQuality, qualities, unpackQuality } from '../../models/quality.ts';
import { carrierOf, directionOf, isAmount, isRate, portId, toKilo, units } from '../../models/units.ts';

test.each([
  ['W', 0.001],
  ['MW', 1000],
  ['Wh', 0.001],
  ['MWh', 1000],
  ['GJ', 277.777778],
  ['GJ/h', 277.777778],
  ['MJ', 0.277777778],
] as const)('one %s is %d kW or kWh', (unit, kilo) => {
  expect(toKilo(unit)).toBeCloseTo(kilo, 6);
});

test('a cubic metre of gas and a tonne of steam need the kWh in one', () => {
  expect(() => toKilo('m3/h')).toThrow(/kWhPerUnit/);
  expect(toKilo('m3/h', 9.9)).toBe(9.9);
  expect(toKilo('t', 770)).toBe(770);
});

test('a temperature is no energy', () => {
  expect(() => toKilo('degC', 5)).toThrow(/not a unit of energy/);
});

test('every unit of energy is either an amount or a rate, never both', () => {
  for (const unit of units) expect(isAmount(unit) && isRate(unit)).toBe(false);
});

test('a port is its carrier and its direction', () => {
  for (const carrier of carriers) {
    for (const direction of ['in', 'out'] as const) {
      const port = portId(carrier, direction);
      expect([carrierOf(port), directionOf(port)]).toEqual([carrier, direction]);
    }
  }
});

test('origin, validity and freshness travel in one number and come back apart', () => {
  const codes = new Set<number>();
  for (const origin of origins)
    for (const validity of qualities)
      for (const freshness of freshnesses) {
        const code = packQuality({ origin, validity, freshness });
        codes.add(code);
        expect(unpackQuality(code)).toEqual({ origin, validity, freshness });
      }
  expect(codes.size).toBe(45);
  expect(unpackQuality(Number.NaN)).toMatchObject({ validity: 'bad', freshness: 'missing' });
});

test.each([
  [899, 900, 'fresh'],
  [1800, 900, 'fresh'],
  [1801, 900, 'stale'],
  [7200, 900, 'stale'],
  [7201, 900, 'missing'],
  [3, 1, 'stale'],
  [14401, 3600, 'missing'],
] as const)('a value of age %d s from a point of cadence %d s is %s', (age, cadence, freshness) => {
  expect(freshnessOf(age, cadence)).toBe(freshness);
});
