import { describe, expect, test } from 'vitest';
import { account, identityGap } from '../../../models/carbon/account.ts';
import { closeInterval } from '../../../models/carbon/close-interval.ts';
import type { Compiled } from '../../../models/carbon/step.ts';
import { startLevels } from '../../../models/carbon/storage.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import type { Storage } from '../../../models/park/park.ts';
import methods from '../../vectors/methods.json';
import hubVector from '../../vectors/trace-4-energy-hub.json';
import { asset, compiled, factor, inputsOf, line, reading, type Said, source } from './small-park.ts';

const kinds = sourceKinds.length;

function run(park: Compiled, said: Said) {
  const step = account(park, inputsOf(park, said));
  const shares = (id: string) => {
    const first = (park.assetIndex.get(id) as number) * kinds;
    return Object.fromEntries(sourceKinds.map((kind, k) => [kind, step.assetShares[first + k] as number]).filter(([, v]) => v !== 0));
  };
  return { step, shares, ...reading(park, step) };
}

/** The energy hub of the trace vectors, as a park: gas feeds cogeneration and boiler, a heat pump lifts electricity. */
const hub = compiled(
  [
    asset('gas', 'gasConnection', ['gas.out']),
    asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
    asset('e1', 'building', ['electricity.in']),
    asset('e2', 'building', ['electricity.in', 'heat.in']),
    asset('roof', 'pv', ['electricity.out'], { at: 'e2' }),
    asset('chp', 'chp', ['gas.in', 'electricity.out', 'heat.out'], {
      conversion: { inputs: { gas: 857.1428571 }, outputs: { electricity: 300, heat: 385.7142857 } },
    }),
    asset('boiler', 'boiler', ['gas.in', 'heat.out'], { conversion: { inputs: { gas: 1 }, outputs: { heat: 0.9 } } }),
    asset('pump', 'heatPump', ['electricity.in', 'heat.out'], { at: 'e2' }),
  ],
  {
    lines: [
      line('g-chp', 'gas', 'gas', 'chp'),
      line('g-boiler', 'gas', 'gas', 'boiler'),
      line('grid-e1', 'electricity', 'grid', 'e1'),
      line('chp-e1', 'electricity', 'chp', 'e1'),
      line('e1-e2', 'electricity', 'e1', 'e2', { loss: 0.02 }),
      line('h-chp', 'heat', 'chp', 'e2'),
      line('h-boiler', 'heat', 'boiler', 'e2'),
    ],
    sources: [
      source('gas', 'gas.out', 'gas', factor(201.96)),
      source('grid', 'electricity.out', 'grid', factor(536.6, { renewableShare: 0.2 })),
      source('roof', 'electricity.out', 'solar', factor(0)),
    ],
  },
);
const hubSays: Said = {
  ports: {
    'gas/gas.out': 1079.3650793,
    'grid/electricity.out': 500,
    'grid/electricity.in': 0,
    'e1/electricity.in': 600,
    'e2/electricity.in': 216,
    'e2/heat.in': 905.7142857,
    'roof/electricity.out': 120,
    'chp/gas.in': 857.1428571,
    'chp/electricity.out': 300,
    'chp/heat.out': 385.7142857,
    'boiler/gas.in': 222.2222222,
    'boiler/heat.out': 200,
    'pump/electricity.in': 100,
    'pump/heat.out': 320,
  },
  accuracy: 0.01,
};

describe('an energy hub', () => {
  const r = run(hub, hubSays);
  const expected = hubVector.expected.nodes;

  test('is traced over all carriers (worked figures)', () => {
    expect(r.node('e1/electricity')).toBeCloseTo(expected.E1, 5);
    expect(r.node('e2/electricity')).toBeCloseTo(expected.E2, 5);
    expect(r.node('e2/heat')).toBeCloseTo(expected.heat, 5);
    expect(r.portIntensity('chp/electricity.out')).toBeCloseTo(methods.cogeneration.methods.ghgProtocolEfficiency.electricity_gPerKwh, 2);
    expect(r.portIntensity('boiler/heat.out')).toBeCloseTo(methods.heatNetwork.boiler_gPerKwh, 6);
  });

  test('gives each asset the intensity that it means', () => {
    const electric = 216 * expected.E2;
    const heat = 905.7142857 * expected.heat;
    expect(r.intensity('e2')).toBeCloseTo((electric + heat) / (216 + 905.7142857), 4);
    expect(r.intensity('roof')).toBe(0);
    expect(r.intensity('grid')).toBe(536.6);
    expect(r.intensity('chp')).toBeCloseTo(252.45, 4);
    expect(r.shares('chp').gas).toBeCloseTo(1, 12);
    expect(r.shares('e1').grid).toBeCloseTo(0.47683923706636766, 8);
  });

  test('keeps what leaves the chimney apart from what customers answer for', () => {
    expect(r.stack('chp')).toBeCloseTo((857.1428571 * 201.96) / 1000, 6);
    expect(r.stack('pump')).toBe(0);
    expect(r.stack('e1')).toBeNaN();
    expect(r.attributed('chp')).toBeNaN();
    const { totals } = r.step;
    expect(totals.stack_kgPerH).toBeCloseTo((1079.3650793 * 201.96) / 1000, 6);
    expect(totals.imported_kgPerH).toBeCloseTo(268.3, 6);
    expect(totals.attributed_kgPerH).toBeCloseTo(486.28857, 4);
    expect(identityGap(r.step)).toBeLessThan(1e-9);
  });

  test('sums the park up', () => {
    const { totals } = r.step;
    expect(totals.import_kW).toBe(500);
    expect(totals.export_kW).toBe(0);
    expect(totals.onsite_kW).toBe(420);
    expect(totals.consumption_kW).toBe(816);
    expect(totals.intensity_gPerKwh).toBeCloseTo((600 * 473.8618571 + 216 * 299.9125678) / 816, 4);
    expect(r.step.parkShares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const solar = (216 * 0.3140186915929172) / 816;
    const grid = r.step.parkShares[0] as number;
    expect(totals.renewableShare).toBeCloseTo(solar + 0.2 * grid, 8);
  });

  test('computes unknown fuel from the conversion, and says that it is modelled', () => {
    const { 'chp/gas.in': _, 'gas/gas.out': __, ...ports } = hubSays.ports as Record<string, number>;
    const m = run(hub, { ...hubSays, ports });
    expect(m.kW('chp/gas.in')).toBeCloseTo(857.1428571, 6);
    expect(m.how('chp/gas.in')).toBe(2);
    expect(m.kW('gas/gas.out')).toBeCloseTo(1079.3650793, 5);
    expect(m.how('gas/gas.out')).toBe(2);
    expect(m.estimated('chp')).toBe(1);
    expect(m.estimated('roof')).toBe(0);
    expect(m.estimated('e1')).toBeGreaterThan(0.5);
    expect(m.estimated('e1')).toBeLessThan(0.6);
    expect(r.estimated('e1')).toBeLessThan(1e-12);
    expect(m.node('e1/electricity')).toBeCloseTo(473.8618571, 5);
    expect(identityGap(m.step)).toBeLessThan(1e-9);
  });

  test('carries an unknown asset in the rest instead of blanking the park', () => {
    const { 'e1/electricity.in': _, 'e2/electricity.in': __, ...ports } = hubSays.ports as Record<string, number>;
    const m = run(hub, { ...hubSays, ports });
    expect(m.kW('e1/electricity.in')).toBeNaN();
    expect(m.how('e2/electricity.in')).toBe(3);
    expect(m.attributed('e1')).toBeNaN();
    expect(m.step.slacks.some((s) => s.power_kW > 800 && !s.conflict)).toBe(true);
    expect(m.step.totals.stack_kgPerH).toBeGreaterThan(0);
    expect(m.step.totals.consumption_kW).toBeNaN();
    expect(identityGap(m.step)).toBeLessThan(1e-9);
  });

  test('shows what a plant at rest would give, and a grid that gives nothing', () => {
    const off = run(hub, {
      ...hubSays,
      ports: {
        ...hubSays.ports,
        'gas/gas.out': 857.1428571,
        'boiler/gas.in': 0,
        'boiler/heat.out': 0,
        'e2/heat.in': 705.7142857,
      },
    });
    expect(off.intensity('boiler')).toBeCloseTo(224.4, 6);
    expect(off.stack('boiler')).toBe(0);
    const island = run(
      compiled([asset('grid', 'gridConnection', ['electricity.out']), asset('a', 'building', ['electricity.in'], { at: 'grid' })], {
        sources: [source('grid', 'electricity.out', 'grid', factor(500))],
      }),
      { ports: { 'grid/electricity.out': 0, 'a/electricity.in': 0 } },
    );
    expect(island.intensity('grid')).toBe(500);
    expect(island.intensity('a')).toBeNaN();
    expect(island.attributed('a')).toBe(0);
  });
});

describe('what an asset takes', () => {
  test('is the mean over all carriers (worked figures)', () => {
    const { consumed, gPerKwh } = methods.assetIntensity;
    const carriers = ['electricity', 'heat', 'gas'] as const;
    const taken = carriers.map((carrier, i) => ({ carrier, ...(consumed[i] as (typeof consumed)[number]) }));
    const park = compiled(
      [
        asset('fab', 'building', ['electricity.in', 'heat.in', 'gas.in']),
        asset('supply', 'gridConnection', ['electricity.out', 'heat.out', 'gas.out'], { at: 'fab' }),
      ],
      {
        sources: taken.map((t) => source('supply', `${t.carrier}.out`, 'grid', factor(t.gPerKwh))),
      },
    );
    const ports: Record<string, number> = {};
    for (const { carrier, kWh } of taken) {
      ports[`fab/${carrier}.in`] = kWh;
      ports[`supply/${carrier}.out`] = kWh;
    }
    expect(run(park, { ports }).intensity('fab')).toBeCloseTo(gPerKwh, 3);
  });

  test('carries the losses of the pipe (worked figures)', () => {
    const { boilerEfficiency, boiler_kW, boiler_gPerKwh, pipeLoss, mix_gPerKwh, delivered_toLoad_gPerKwh } = methods.heatNetwork;
    const { fuel_gPerKwh, heat_kW: chp_kW, methods: by } = methods.cogeneration;
    const park = compiled(
      [
        asset('plant', 'gridConnection', ['heat.out']),
        asset('boiler', 'boiler', ['gas.in', 'heat.out'], { at: 'plant' }),
        asset('gas', 'gasConnection', ['gas.out'], { at: 'plant' }),
        asset('user', 'building', ['heat.in']),
      ],
      {
        lines: [line('pipe', 'heat', 'plant', 'user', { loss: pipeLoss })],
        sources: [
          source('gas', 'gas.out', 'gas', factor(fuel_gPerKwh)),
          source('plant', 'heat.out', 'other', factor(by.ghgProtocolEfficiency.heat_gPerKwh)),
        ],
      },
    );
    const ports = {
      'plant/heat.out': chp_kW,
      'boiler/gas.in': boiler_kW / boilerEfficiency,
      'gas/gas.out': boiler_kW / boilerEfficiency,
      'boiler/heat.out': boiler_kW,
      'user/heat.in': (chp_kW + boiler_kW) * (1 - pipeLoss),
    };
    const r = run(park, { ports });
    expect(r.portIntensity('boiler/heat.out')).toBeCloseTo(boiler_gPerKwh, 6);
    expect(r.node('plant/heat')).toBeCloseTo(mix_gPerKwh, 3);
    expect(r.node('user/heat')).toBeCloseTo(delivered_toLoad_gPerKwh, 3);
  });
});

describe('factors', () => {
  const hourly = Array.from({ length: 24 }, (_, h) => (h === 12 ? 0.5 : 1.5));
  const build = (more: object) =>
    compiled([asset('grid', 'gridConnection', ['electricity.out']), asset('a', 'building', ['electricity.in'], { at: 'grid' })], more);
  const ports = { 'grid/electricity.out': 10, 'a/electricity.in': 10 };

  test('follow their hourly shape in the time zone of the park', () => {
    const park = build({ sources: [source('grid', 'electricity.out', 'grid', factor(500, { hourly }))] });
    expect(run(park, { ports, time: Date.UTC(2025, 0, 1, 4) }).intensity('a')).toBe(250);
    expect(run(park, { ports, time: Date.UTC(2025, 0, 1, 3, 59) }).intensity('a')).toBe(750);
  });

  test('make an import carry what each hour carries, or the mean of all (worked figures)', () => {
    const { load_kWh, grid_kgPerKwh, locationBasedHourly_kg, locationBasedFlat_kg } = methods.hourlyMatching;
    const mean = grid_kgPerKwh.reduce((a, b) => a + b, 0) / grid_kgPerKwh.length;
    const shape = Array.from({ length: 24 }, (_, h) => (grid_kgPerKwh[h] ?? mean) / mean);
    const kg = (of: object) => {
      const park = build({ sources: [source('grid', 'electricity.out', 'grid', factor(1000 * mean, of))] });
      return load_kWh.reduce((sum, kW, h) => {
        // Hour h in Shanghai.
        const said = { ports: { 'grid/electricity.out': kW, 'a/electricity.in': kW }, time: Date.UTC(2025, 0, 1, h - 8) };
        return sum + run(park, said).attributed('a');
      }, 0);
    };
    expect(kg({ hourly: shape })).toBeCloseTo(locationBasedHourly_kg, 9);
    expect(kg({})).toBeCloseTo(locationBasedFlat_kg, 9);
  });

  test('give way to what a point tells', () => {
    const park = build({ sources: [source('grid', 'electricity.out', 'grid', factor(500))] });
    expect(run(park, { ports, intensities: { 'grid/electricity.out': 123 } }).intensity('a')).toBe(123);
  });

  test('fall back to the carrier, marked estimated; without any the intensity is unknown', () => {
    const fallback = run(build({ fallback: { electricity: factor(540) } }), { ports });
    expect(fallback.intensity('a')).toBe(540);
    expect(fallback.estimated('a')).toBe(1);
    const none = run(build({}), { ports });
    expect(none.intensity('a')).toBeNaN();
    expect(none.attributed('a')).toBeNaN();
    expect(none.shares('a')).toEqual({ grid: 1 });
    expect(identityGap(none.step)).toBeNaN();
  });

  test('of the unmetered stand for what no meter explains', () => {
    const park = build({
      fallback: { electricity: factor(540) },
      unmetered: [{ asset: 'grid', carrier: 'electricity', name: { en: 'rest' } }],
      sources: [source('grid', 'electricity.out', 'grid', factor(500))],
    });
    const r = run(park, { ports: { 'grid/electricity.out': 10, 'a/electricity.in': 20 } });
    expect(r.slack('grid/electricity')).toEqual({ node: 0, power_kW: -10, conflict: true });
    expect(r.intensity('a')).toBe(520);
    expect(r.shares('a')).toEqual({ grid: 0.5, unmetered: 0.5 });
    expect(r.estimated('a')).toBe(0.5);
    expect(r.step.totals.unmetered_kgPerH).toBeCloseTo(-5.4, 12);
    expect(identityGap(r.step)).toBeLessThan(1e-12);
  });
});

describe('losses accounted apart', () => {
  test('appear in the identity instead of at the load', () => {
    const park = compiled([asset('grid', 'gridConnection', ['electricity.out']), asset('a', 'building', ['electricity.in'])], {
      losses: 'separate',
      lines: [line('l', 'electricity', 'grid', 'a', { loss: 0.1 })],
      sources: [source('grid', 'electricity.out', 'grid', factor(500))],
    });
    const r = run(park, { ports: { 'grid/electricity.out': 100, 'a/electricity.in': 90 } });
    expect(r.intensity('a')).toBeCloseTo(500, 9);
    expect(r.step.totals.losses_kgPerH).toBeCloseTo(5, 9);
    expect(identityGap(r.step)).toBeLessThan(1e-12);
  });
});

describe('a battery in a park', () => {
  const storage: Storage = {
    carrier: 'electricity',
    capacity_kWh: 400,
    chargeEfficiency: 0.95,
    dischargeEfficiency: 0.95,
    standingLoss_perH: 0.001,
    start_kWh: 100,
    start_gPerKwh: 300,
  };
  const park = compiled(
    [
      asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
      asset('a', 'building', ['electricity.in'], { at: 'grid' }),
      asset('roof', 'pv', ['electricity.out'], { at: 'a' }),
      asset('battery', 'battery', ['electricity.in', 'electricity.out'], { at: 'grid', storage }),
    ],
    {
      sources: [source('grid', 'electricity.out', 'grid', factor(600)), source('roof', 'electricity.out', 'solar', factor(40))],
    },
  );
  const ports = (grid: number, load: number, roof: number, charge: number, discharge: number) => ({
    'grid/electricity.out': Math.max(0, grid),
    'grid/electricity.in': Math.max(0, -grid),
    'a/electricity.in': load,
    'roof/electricity.out': roof,
    'battery/electricity.in': charge,
    'battery/electricity.out': discharge,
  });

  test('gives back what it took, origin and all, once per closed interval', () => {
    const start = startLevels(park);
    const noon = closeInterval(park, inputsOf(park, { ports: ports(0, 100, 300, 200, 0) }), start, 1);
    expect(noon.residual_kWh).toEqual([0]);
    expect(noon.levels[0]?.energy_kWh).toBeCloseTo(290 * 0.999, 9);
    expect(noon.levels[0]?.carbon_g).toBeCloseTo(30_000 + 8_000, 6);
    expect(noon.levels[0]?.byKind.solar).toBeCloseTo(200, 9);

    const evening = inputsOf(park, { ports: ports(50, 150, 0, 0, 100), levels: noon.levels });
    const step = account(park, evening);
    const w = 38_000 / (290 * 0.999);
    const r = reading(park, step);
    expect(r.intensity('battery')).toBeCloseTo(w, 6);
    expect(r.portIntensity('battery/electricity.out')).toBeCloseTo(w / 0.95, 6);
    expect(r.intensity('a')).toBeCloseTo((50 * 600 + (100 * w) / 0.95) / 150, 6);
    expect(step.totals.storageChange_kgPerH).toBeCloseTo((-100 * w) / 0.95 / 1000, 6);
    expect(step.totals.onsite_kW).toBe(0);
    expect(identityGap(step)).toBeLessThan(1e-9);

    const closed = closeInterval(park, evening, noon.levels, 1);
    expect(closed.step).toEqual(step);
    expect((closed.levels[0]?.carbon_g as number) - 38_000).toBeCloseTo(1000 * step.totals.storageChange_kgPerH, 6);
  });

  test('keeps its level while its meters are unknown', () => {
    const silent = ports(0, 100, 100, 0, 0) as Record<string, number>;
    delete silent['battery/electricity.in'];
    delete silent['battery/electricity.out'];
    delete silent['grid/electricity.out'];
    const start = startLevels(park);
    const closed = closeInterval(park, inputsOf(park, { ports: silent }), start, 0.25);
    expect(closed.levels).toEqual(start);
    expect(closed.residual_kWh[0]).toBeNaN();
    expect(closed.step.totals.import_kW).toBeNaN();
  });
});
