/** A park with something of everything the ledger has a column for, and readings to account for it. */
import type { Park } from '../../../models/park/park.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { factor, line, source } from '../carbon/small-park.ts';
import { asset, park, point } from '../tiny-park.ts';

export const quarter_ms = 900_000;
/** A Monday, 00:00 in Shanghai. */
export const monday = Date.UTC(2026, 4, 3, 16);

const mean = { measure: 'mean', label: 'start', cadence_s: 900, accuracy: 0.01 } as const;

export function energyHub(more: Partial<Park> = {}): Park {
  const grid = factor(550, { id: 'grid', renewableShare: 0.3, carbonFreeShare: 0.4 });
  return park({
    assets: [
      asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
      asset('gas', 'gasConnection', ['gas.out']),
      asset('wood', 'gasConnection', ['biomass.out']),
      asset('district', 'gridConnection', ['heat.out']),
      asset('chp', 'chp', ['gas.in', 'electricity.out', 'heat.out'], {
        conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.4, heat: 0.45 } },
      }),
      asset('kiln', 'boiler', ['biomass.in', 'heat.out'], { conversion: { inputs: { biomass: 1 }, outputs: { heat: 0.9 } } }),
      asset('hall', 'building', ['electricity.in', 'heat.in', 'gas.in'], { floorArea_m2: 1000 }),
      asset('roof', 'pv', ['electricity.out'], { at: 'hall' }),
      asset('office', 'building', ['electricity.in'], { floorArea_m2: 500 }),
      asset('battery', 'battery', ['electricity.in', 'electricity.out'], {
        storage: {
          carrier: 'electricity',
          capacity_kWh: 400,
          chargeEfficiency: 0.95,
          dischargeEfficiency: 0.95,
          standingLoss_perH: 0.001,
          start_kWh: 200,
          start_gPerKwh: 300,
        },
      }),
    ],
    lines: [
      line('grid-hall', 'electricity', 'grid', 'hall', { loss: 0.01 }),
      line('chp-hall', 'electricity', 'chp', 'hall'),
      line('battery-hall', 'electricity', 'battery', 'hall'),
      line('hall-office', 'electricity', 'hall', 'office', { loss: 0.02 }),
      line('gas-chp', 'gas', 'gas', 'chp'),
      line('gas-hall', 'gas', 'gas', 'hall'),
      line('wood-kiln', 'biomass', 'wood', 'kiln'),
      line('chp-heat', 'heat', 'chp', 'hall', { loss: 0.05 }),
      line('kiln-heat', 'heat', 'kiln', 'hall'),
      line('district-heat', 'heat', 'district', 'hall'),
    ],
    points: [
      point('grid_kw', 'grid', 'electricity.out', { ...mean, negativePort: 'electricity.in', fiscal: true }),
      point('roof_kw', 'roof', 'electricity.out', mean),
      point('hall_kw', 'hall', 'electricity.in', mean),
      point('office_kw', 'office', 'electricity.in', mean),
      point('battery_kw', 'battery', 'electricity.out', { ...mean, negativePort: 'electricity.in' }),
      point('chp_kw', 'chp', 'electricity.out', mean),
      point('hall_gas_kw', 'hall', 'gas.in', mean),
      point('kiln_kw', 'kiln', 'heat.out', mean),
      point('district_kw', 'district', 'heat.out', { ...mean, fiscal: true }),
    ],
    sources: [
      source('grid', 'electricity.out', 'grid', grid),
      source('roof', 'electricity.out', 'solar', factor(0, { id: 'solar' })),
      source('gas', 'gas.out', 'gas', factor(202.166, { id: 'natural-gas' })),
      source('wood', 'biomass.out', 'biomass', factor(6.847, { id: 'wood', biogenic_gPerKwh: 403.2 })),
      source('district', 'heat.out', 'other', factor(250, { id: 'district' })),
    ],
    fallback: { electricity: grid, heat: factor(224.6, { id: 'heat' }) },
    unmetered: [{ asset: 'hall', carrier: 'electricity', name: { en: 'small users' } }],
    ...more,
  });
}

/** kW by point and quarter hour: a working day with sun, some export, and a battery that is filled and emptied. */
export function hubPower(id: string, i: number): number {
  const sun = Math.max(0, Math.sin((Math.PI * ((i % 96) - 24)) / 48));
  const wobble = (n: number) => 1 + 0.1 * Math.sin(i * 1.7 + n);
  const powers: Record<string, number> = {
    roof_kw: 420 * sun,
    hall_kw: 200 * wobble(1),
    office_kw: 60 * wobble(2),
    battery_kw: i % 96 > 40 && i % 96 < 56 ? -50 : i % 96 > 76 ? 40 : 0,
    chp_kw: 80,
    hall_gas_kw: 30 * wobble(3),
    kiln_kw: 25,
    district_kw: 40 * wobble(4),
  };
  if (id !== 'grid_kw') return powers[id] as number;
  // What the rest leaves, with 5 kW of small users that no meter sees.
  const of = (name: string) => powers[name] as number;
  const rest = of('hall_kw') + 5 + of('office_kw') / 0.98 - of('roof_kw') - of('chp_kw') - of('battery_kw');
  return rest > 0 ? rest / 0.99 : rest * 0.99;
}

/** Readings of every point over so many quarter hours from `monday` on. `without` leaves some out. */
export function hubReadings(park: Park, quarters: number, without: (id: string, i: number) => boolean = () => false): Reading[] {
  const readings: Reading[] = [];
  for (let i = 0; i < quarters; i++) {
    for (const { id } of park.points) {
      if (without(id, i)) continue;
      readings.push({ point: id, time: monday + i * quarter_ms, value: hubPower(id, i), quality: 'good' });
    }
  }
  return readings;
}
