/** The figures of data/factors against METHODS 5. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { factorFileSchema } from '../../../models/park/schema.ts';

const folder = fileURLToPath(new URL('../../../data/factors', import.meta.url));
const factors = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => factorFileSchema.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))));
const byId = new Map(factors.map((f) => [f.id, f]));

test('every factor has an id of its own, a source and names in two languages', () => {
  expect(byId.size).toBe(factors.length);
  for (const factor of factors) {
    expect(factor.source.length).toBeGreaterThan(20);
    expect(factor.name).toMatchObject({ en: expect.stringMatching(/./), zh: expect.stringMatching(/./) });
  }
});

test('fuels follow from their CO2, CH4 and N2O per TJ', () => {
  const perTj: Record<string, [co2: number, ch4: number, n2o: number, gwpCh4: number]> = {
    'natural-gas': [56_100, 1, 0.1, 29.8],
    lpg: [63_100, 1, 0.1, 29.8],
    diesel: [74_100, 3, 0.6, 29.8],
    'residual-fuel-oil': [77_400, 3, 0.6, 29.8],
    'bituminous-coal': [94_600, 10, 1.5, 29.8],
    anthracite: [98_300, 10, 1.5, 29.8],
    wood: [0, 30, 4, 27],
  };
  for (const [id, [co2, ch4, n2o, gwp]] of Object.entries(perTj)) {
    // kg/TJ × 3.6e-3 = g/kWh
    expect(byId.get(id)?.value).toBeCloseTo((co2 + ch4 * gwp + n2o * 273) * 3.6e-3, 2);
  }
});

test('what stands from memory is marked as not verified', () => {
  expect(byId.get('cn-east-2021')).toMatchObject({ value: 599.2, verified: false });
  expect(byId.get('cn-east-2023')).toMatchObject({ value: 550, verified: true });
  expect(byId.get('natural-gas')?.verified).toBe(false);
});

test('the hourly shape is modelled, says so, and keeps the yearly mean', () => {
  const hourly = byId.get('cn-east-2023-hourly');
  expect(hourly).toMatchObject({ value: 550, verified: false });
  expect(`${JSON.stringify(hourly?.name)} ${hourly?.source}`).toMatch(/modelled/);
  const shape = hourly?.hourly ?? [];
  expect(shape.reduce((a, b) => a + b, 0)).toBeCloseTo(24, 9);
  expect(Math.min(...shape)).toBe(shape[12]);
  expect(shape.indexOf(Math.max(...shape))).toBe(19);
});
