import { describe, expect, test } from 'vitest';
import { flueHeight, steamHeight } from '../../../client/live/motion.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { emittersOf, heatRejected, plumeHeight } from '../../../client/scene/plume-values.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import { parkOf, square } from './park-view.ts';

const engine = square('engine', 0, 0, 30, { kind: 'chp', ports: ['gas.in', 'electricity.out', 'heat.out'], height_m: 14 });
const chiller = square('chiller', 60, 0, 20, { kind: 'chiller', ports: ['electricity.in', 'cooling.out'] });
const tower = square('tower', 120, 0, 12, { kind: 'coolingTower', ports: [], height_m: 8, properties: { cools: ['chiller'] } });
const silent = square('silent', 180, 0, 12, { kind: 'coolingTower', ports: [], height_m: 8 });
const house = square('house', 240, 0, 12);
const park = parkOf([engine, chiller, tower, silent, house]);
const layout = layoutOf(park, 'full');
const emitters = emittersOf(sitesOf(park));
const of = (asset: string) => {
  const found = emitters.find((e) => e.asset === asset);
  if (!found) throw new Error(asset);
  return found;
};

function values(of: { stack?: number; electricity?: number; cooling?: number }) {
  const made = new Float32Array(layout.size).fill(Number.NaN);
  const put = (slot: number | undefined, value: number | undefined) => {
    if (slot !== undefined && slot >= 0 && value !== undefined) made[slot] = value;
  };
  put(layout.assets.get('engine')?.stack, of.stack);
  put(layout.assets.get('chiller')?.ports['electricity.in']?.power, of.electricity);
  put(layout.assets.get('chiller')?.ports['cooling.out']?.power, of.cooling);
  return made;
}

describe('plumes', () => {
  test('stand over chimneys and over towers whose load is known, and nowhere else', () => {
    expect(emitters.map((e) => [e.asset, e.kind])).toEqual([
      ['engine', 'flue'],
      ['tower', 'steam'],
    ]);
    expect(of('engine').mouths[0]?.top).toBeGreaterThan(14);
  });

  test('grow with what the chimney gives off, shared among its mouths', () => {
    const n = of('engine').mouths.length;
    expect(plumeHeight(of('engine'), layout, values({ stack: 2000 }))).toBeCloseTo(flueHeight(2000 / n), 4);
    expect(plumeHeight(of('engine'), layout, values({ stack: 8000 }))).toBeGreaterThan(
      plumeHeight(of('engine'), layout, values({ stack: 2000 })),
    );
  });

  test('grow with the heat of what a tower cools: electricity taken and cold given', () => {
    const n = of('tower').mouths.length;
    expect(plumeHeight(of('tower'), layout, values({ electricity: 200, cooling: 1000 }))).toBeCloseTo(steamHeight(1200 / n), 4);
  });

  test('are not drawn where anything about them is unknown', () => {
    expect(plumeHeight(of('engine'), layout, values({}))).toBe(0);
    expect(plumeHeight(of('tower'), layout, values({ electricity: 200 }))).toBe(0);
    expect(plumeHeight(of('engine'), null, values({ stack: 2000 }))).toBe(0);
    // An audience that may not see emissions sees no plume.
    const open = layoutOf(park, 'public');
    expect(plumeHeight(of('engine'), open, new Float32Array(open.size).fill(1000))).toBe(0);
  });

  test('what is handed on is not given to the air', () => {
    const power = { 'gas.in': 10, 'electricity.out': 4, 'heat.out': 4.5 } as Record<string, number>;
    expect(heatRejected(['gas.in', 'electricity.out', 'heat.out'], (p) => power[p] ?? Number.NaN)).toBeCloseTo(1.5);
  });
});
