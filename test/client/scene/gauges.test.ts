import { describe, expect, test } from 'vitest';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { gaugesOf } from '../../../client/scene/kinds/forms.ts';
import { cablesOf } from '../../../client/scene/shape/cable-form.ts';
import { chargingBays, clearOf } from '../../../client/scene/shape/parking.ts';
import type { Site } from '../../../client/scene/shape/site.ts';
import { parkOf, square } from './park-view.ts';

const storage = {
  carrier: 'electricity' as const,
  capacity_kWh: 1000,
  chargeEfficiency: 1,
  dischargeEfficiency: 1,
  standingLoss_perH: 0,
  start_kWh: 0,
  start_gPerKwh: 0,
};
const sites = sitesOf(
  parkOf([
    square('battery', 0, 0, 40, { kind: 'battery', height_m: 3, storage, ports: ['electricity.in', 'electricity.out'] }),
    square('store', 100, 0, 14, { kind: 'thermalStore', height_m: 20, storage: { ...storage, carrier: 'heat' } }),
    square('bare', 200, 0, 10, { kind: 'tank' }),
    square('canopy', 300, 0, 30, { kind: 'evCharger', height_m: 4 }),
  ]),
);
const of = (id: string) => sites.find((s) => s.asset.id === id) as Site;

describe('gauges of what is stored', () => {
  test('look out from both long sides of each container, and all around a vessel', () => {
    const panels = gaugesOf(of('battery'));
    expect(panels.length).toBeGreaterThan(2);
    expect(panels.length % 2).toBe(0);
    for (const g of [...panels, ...gaugesOf(of('store'))]) expect(Math.hypot(...g.looks)).toBeCloseTo(1, 9);
    const sum = gaugesOf(of('store')).reduce((s, g) => s + g.looks[0], 0);
    expect(sum).toBeCloseTo(0, 9);
  });

  test('stay within the height of what they stand on', () => {
    for (const [id, height] of [
      ['battery', 3],
      ['store', 20],
    ] as const)
      for (const g of gaugesOf(of(id))) {
        expect(g.z).toBeGreaterThan(0);
        expect(g.z + g.height).toBeLessThan(height);
      }
  });

  test('are not drawn on what stores nothing', () => {
    expect(gaugesOf(of('bare'))).toEqual([]);
  });
});

test('a charging cable leads from the canopy down to the car in its bay, one for each bay', () => {
  const canopy = of('canopy');
  const bays = chargingBays('canopy', canopy.areas[0] ?? []);
  const cables = cablesOf(canopy.frame, 4, bays);
  expect(cables.length).toBe(bays.length);
  expect(cables.length).toBeGreaterThan(4);
  for (const [i, { from, to }] of cables.entries()) {
    const car = bays[i]?.at ?? [0, 0];
    expect(from[2]).toBeGreaterThan(to[2]);
    expect(Math.hypot(to[0] - car[0], to[1] - car[1])).toBeLessThan(2.5);
  }
});

test('a car that is parked beside a canopy stays, one under it would seem to charge and goes', () => {
  const canopy = of('canopy').areas[0] ?? [];
  const parked = chargingBays('canopy', canopy).map((car, i) => (i % 2 === 0 ? car : { ...car, at: [car.at[0] + 60, car.at[1]] as const }));
  const left = clearOf(parked, [canopy]);
  expect(left).toEqual(parked.filter((_, i) => i % 2 === 1));
  expect(clearOf(parked, [])).toEqual(parked);
});
