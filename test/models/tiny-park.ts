/** The smallest park that has everything state has to know about: one grid, one hall with a roof, a battery, a line meter. */

import type { AssetKind } from '../../models/kinds/kinds.ts';
import type { Asset, Park, Point } from '../../models/park/park.ts';
import type { PortId } from '../../models/units.ts';

export function asset(id: string, kind: AssetKind, ports: PortId[], more: Partial<Asset> = {}): Asset {
  return {
    id,
    kind,
    name: { en: id },
    geometry: { type: 'Point', coordinates: [120.7, 31.85] },
    centroid: [120.7, 31.85],
    area_m2: 0,
    height_m: 5,
    floors: 1,
    floorArea_m2: 0,
    assumed: [],
    ports,
    properties: {},
    ...more,
  };
}

export function point(id: string, assetId: string, port: PortId, more: Partial<Point> = {}): Point {
  return {
    id,
    asset: assetId,
    port,
    quantity: 'power',
    unit: 'kW',
    measure: 'instant',
    label: 'end',
    cadence_s: 60,
    range: [-10_000, 10_000],
    accuracy: 0.01,
    fiscal: false,
    origin: 'measured',
    source: { type: 'push' },
    ...more,
  };
}

export function park(more: Partial<Park>): Park {
  return {
    id: 'tiny',
    name: { en: 'Tiny' },
    fictional: true,
    place: { lon: 120.7, lat: 31.85, country: 'CN' },
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    interval_s: 900,
    tick_s: 1,
    losses: 'toLoad',
    cogeneration: { method: 'ghgProtocolEfficiency', electricReference: 0.35, heatReference: 0.8, supply_C: 90, ambient_C: 10 },
    assets: [],
    lines: [],
    context: [],
    points: [],
    virtualPoints: [],
    spreads: [],
    sources: [],
    fallback: {},
    unmetered: [],
    credits: [],
    tenants: [],
    stories: [],
    simulation: null,
    replay: null,
    ...more,
  };
}

const gridFactor = {
  id: 'grid',
  name: { en: 'grid' },
  value: 550,
  unit: 'gCO2e/kWh' as const,
  set: 'direct' as const,
  validFrom: '2023-01-01',
  source: 'test',
  verified: true,
};

/** grid → hall (with a roof of PV and an annexe by a metered feeder) and a battery. */
export function tinyPark(more: Partial<Park> = {}): Park {
  const line = { carrier: 'electricity' as const, loss: 0, length_m: 100, open: false, implied: false, geometry: null };
  return park({
    assets: [
      asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
      asset('hall', 'building', ['electricity.in'], { floorArea_m2: 1000 }),
      asset('roof', 'pv', ['electricity.out'], { at: 'hall', capacity_kW: 200 }),
      asset('battery', 'battery', ['electricity.in', 'electricity.out'], {
        storage: {
          carrier: 'electricity',
          capacity_kWh: 400,
          chargeEfficiency: 0.95,
          dischargeEfficiency: 0.95,
          standingLoss_perH: 0,
          start_kWh: 200,
          start_gPerKwh: 300,
        },
      }),
      asset('annexe', 'building', ['electricity.in'], { floorArea_m2: 500 }),
    ],
    lines: [
      { ...line, id: 'grid-hall', from: 'grid', to: 'hall' },
      { ...line, id: 'grid-battery', from: 'grid', to: 'battery' },
      { ...line, id: 'feeder', from: 'hall', to: 'annexe' },
    ],
    points: [
      point('grid_kw', 'grid', 'electricity.out', { negativePort: 'electricity.in', fiscal: true, cadence_s: 10, accuracy: 0.002 }),
      point('hall_kw', 'hall', 'electricity.in'),
      point('roof_kw', 'roof', 'electricity.out', { cadence_s: 10 }),
      point('battery_kw', 'battery', 'electricity.out', { negativePort: 'electricity.in', cadence_s: 1 }),
      point('annexe_kwh', 'annexe', 'electricity.in', { unit: 'kWh', measure: 'register', cadence_s: 900, range: [0, 1e9] }),
    ],
    sources: [
      { asset: 'grid', port: 'electricity.out', sourceKind: 'grid', factor: gridFactor, estimated: false },
      { asset: 'roof', port: 'electricity.out', sourceKind: 'solar', factor: { ...gridFactor, id: 'solar', value: 0 }, estimated: false },
    ],
    fallback: { electricity: gridFactor },
    ...more,
  });
}
