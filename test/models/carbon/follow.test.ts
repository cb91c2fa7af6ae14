import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { account } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { deliveryOf } from '../../../models/carbon/delivery.ts';
import { flowNetworkOf } from '../../../models/carbon/flow-network.ts';
import type { Compiled, Step } from '../../../models/carbon/step.ts';
import { type Supply, supplyOf } from '../../../models/carbon/supply.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { apply, createState, step as stepOf } from '../../../models/telemetry/state.ts';
import { samplePark } from '../../sample-park.ts';
import { randomPark } from './random-park.ts';
import { asset, compiled, factor, inputsOf, line, source } from './small-park.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Assets that take something which is not passed on: what they are charged with. */
function users(park: Compiled, step: Step): number[] {
  return park.park.assets.flatMap((_, a) => {
    const own = (park.assetPorts[a] ?? []).map((p) => park.ports[p] as Compiled['ports'][number]);
    const takes = park.assetPorts[a]?.some((p) => park.ports[p]?.role === 'load' && (step.port_kW[p] as number) > 0);
    return takes && own.every(({ role }) => role === 'load') ? [a] : [];
  });
}

describe('following the carbon of any park', () => {
  test('shares of sources sum to 1, and their carbon is what the asset is charged with', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const step = account(park, inputs);
        for (const a of users(park, step)) {
          const supply = supplyOf(park, step, a);
          if (!supply) continue;
          expect(sum(supply.sources.map(({ share }) => share))).toBeCloseTo(1, 4);
          const attributed = step.assetAttributed_kgPerH[a] as number;
          const intensity = step.assetIntensity_gPerKwh[a] as number;
          if (supply.total.intensity_gPerKwh !== null && !Number.isNaN(intensity))
            expect(supply.total.intensity_gPerKwh).toBeCloseTo(intensity, 3);
          if (Number.isNaN(attributed) || supply.total.carbon_kgPerH === null) continue;
          expect(supply.total.carbon_kgPerH).toBeCloseTo(attributed, 3);
          compared++;
        }
      }),
      { numRuns: 150, seed: 21 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test('what flows to a node for the asset flows on: line widths agree at every node', () => {
    let nodes = 0;
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const step = account(park, inputs);
        const { graph, plant, sources } = flowNetworkOf(park, step);
        // Plants and unmetered rests come and go between: their nodes are looked at in the whole.
        const apart = new Set(sources.flatMap(({ port, node }) => (port < 0 ? [node] : [])));
        for (const [e, of] of plant.entries()) if (of >= 0) for (const ends of [graph.from, graph.to]) apart.add(ends[e] as number);
        for (const a of park.park.assets.keys()) {
          const supply = supplyOf(park, step, a);
          if (!supply) continue;
          const takes = new Set((park.assetPorts[a] ?? []).map((p) => (park.ports[p] as Compiled['ports'][number]).node));
          for (const [n, { into, out }] of nodeShares(park, step, supply).entries()) {
            if (apart.has(n) || takes.has(n) || into + out === 0) continue;
            expect(Math.abs(into - out)).toBeLessThan(1e-4);
            nodes++;
          }
        }
      }),
      { numRuns: 250, seed: 22 },
    );
    expect(nodes).toBeGreaterThan(30);
  });

  test('what a source gives arrives at ends or is lost on the way, and nothing more', () => {
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const step = account(park, inputs);
        for (const a of park.park.assets.keys()) {
          const delivery = deliveryOf(park, step, a);
          if (!delivery) continue;
          expect(sum(delivery.uses.map(({ share }) => share)) + delivery.lost).toBeCloseTo(1, 4);
          expect(sum(delivery.uses.map(({ power_kW }) => power_kW))).toBeLessThanOrEqual(delivery.total.power_kW * (1 + 1e-6));
        }
      }),
      { numRuns: 150, seed: 23 },
    );
  });

  test('asked from either end, the same kilowatts', () => {
    let pairs = 0;
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const step = account(park, inputs);
        for (const a of users(park, step)) {
          for (const { asset: id, kind, port } of supplyOf(park, step, a)?.sources ?? []) {
            const s = park.assetIndex.get(id) as number;
            const outs = (park.assetPorts[s] ?? []).filter((p) => park.ports[p]?.port.endsWith('.out') && (step.port_kW[p] as number) > 0);
            if (kind === 'unmetered' || port === null || outs.length !== 1) continue;
            const user = park.park.assets[a]?.id;
            const there = supplyOf(park, step, a)?.sources.find((one) => one.asset === id && one.port === port)?.power_kW as number;
            const back = sum(
              (deliveryOf(park, step, s)?.uses ?? []).filter((use) => use.asset === user && use.port !== null).map((use) => use.power_kW),
            );
            expect(back).toBeCloseTo(there, 3);
            pairs++;
          }
        }
      }),
      { numRuns: 100, seed: 24 },
    );
    expect(pairs).toBeGreaterThan(50);
  });
});

/** By node: shares that come (sources, lines) and shares that go on along lines. */
function nodeShares(park: Compiled, step: Step, supply: Supply): { into: number; out: number }[] {
  const sums = park.nodes.map(() => ({ into: 0, out: 0 }));
  const at = (node: number | undefined) => sums[node as number] as { into: number; out: number };
  for (const { asset: id, port, share } of supply.sources)
    if (port !== null) at(park.ports[park.portIndex.get(`${id}/${port}`) as number]?.node).into += share;
  for (const { id, share } of supply.lines) {
    const l = park.lineIndex.get(id) as number;
    const forward = (step.line_kW[l] as number) > 0;
    at(forward ? park.lineFrom[l] : park.lineTo[l]).out += share;
    at(forward ? park.lineTo[l] : park.lineFrom[l]).into += share;
  }
  return sums;
}

describe('following the carbon of a park that one can work out by hand', () => {
  /** grid → sub → hall; sun at the hall; gas → plant → sub (electricity) and hall (heat). */
  const park = compiled(
    [
      asset('grid', 'gridConnection', ['electricity.out']),
      asset('sub', 'substation', []),
      asset('hall', 'building', ['electricity.in', 'heat.in']),
      asset('sun', 'pv', ['electricity.out'], { at: 'hall' }),
      asset('gas', 'gasConnection', ['gas.out']),
      asset('chp', 'chp', ['gas.in', 'electricity.out', 'heat.out'], {
        conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.35, heat: 0.4 } },
      }),
      asset('store', 'battery', ['electricity.in', 'electricity.out'], {
        at: 'sub',
        storage: {
          carrier: 'electricity',
          capacity_kWh: 500,
          chargeEfficiency: 1,
          dischargeEfficiency: 1,
          standingLoss_perH: 0,
          start_kWh: 0,
          start_gPerKwh: 0,
        },
      }),
    ],
    {
      cogeneration: { method: 'energy', electricReference: 0.35, heatReference: 0.8, supply_C: 90, ambient_C: 10 },
      lines: [
        line('g', 'electricity', 'grid', 'sub'),
        line('f', 'electricity', 'sub', 'hall'),
        line('c', 'electricity', 'chp', 'sub'),
        line('h', 'heat', 'chp', 'hall'),
        line('b', 'gas', 'gas', 'chp'),
      ],
      sources: [
        source('grid', 'electricity.out', 'grid', factor(500)),
        source('sun', 'electricity.out', 'solar', factor(0)),
        source('gas', 'gas.out', 'gas', factor(200)),
      ],
    },
  );
  const step = account(
    park,
    inputsOf(park, {
      ports: {
        'grid/electricity.out': 40,
        'hall/electricity.in': 100,
        'hall/heat.in': 40,
        'sun/electricity.out': 20,
        'gas/gas.out': 100,
        'chp/gas.in': 100,
        'chp/electricity.out': 40,
        'chp/heat.out': 40,
        'store/electricity.in': 0,
        'store/electricity.out': 0,
      },
    }),
  );
  const at = (id: string) => park.assetIndex.get(id) as number;

  test('names sources, kilowatts, carbon and the way through the plant', () => {
    const supply = supplyOf(park, step, at('hall')) as Supply;
    // 100 kW of gas, 40 of the grid, 20 of the sun, all of it for the hall.
    expect(supply.sources.map(({ asset: id, power_kW }) => [id, Math.round(power_kW)])).toEqual([
      ['gas', 100],
      ['grid', 40],
      ['sun', 20],
    ]);
    expect(supply.sources.map(({ share }) => share)).toEqual([100, 40, 20].map((kW) => expect.closeTo(kW / 160, 9)));
    expect(supply.total).toEqual({
      power_kW: 140,
      carbon_kgPerH: expect.closeTo(40, 9),
      intensity_gPerKwh: expect.closeTo(40_000 / 140, 6),
    });
    expect(supply.sources.map(({ carbon_kgPerH }) => carbon_kgPerH)).toEqual([20, 20, 0].map((kg) => expect.closeTo(kg, 9)));
    const [gas, grid, sun] = supply.sources;
    expect(grid?.path).toEqual(['grid', 'g', 'sub', 'f', 'hall']);
    expect(sun?.path).toEqual(['sun', 'hall']);
    // Half of it goes as heat, half as electricity: either way is as good.
    expect(gas?.path.slice(0, 3)).toEqual(['gas', 'b', 'chp']);
    expect(gas?.part).toBeCloseTo(0.5, 9);
    const of = Object.fromEntries(supply.lines.map(({ id, share, power_kW }) => [id, [Math.round(share * 160), Math.round(power_kW)]]));
    // The plant's half of the gas is 50 kW of primary energy in 40 kW of electricity.
    expect(of).toEqual({ g: [40, 40], f: [90, 80], c: [50, 40], h: [50, 40], b: [100, 100] });
    expect(supply.through.sort()).toEqual(['chp', 'gas', 'grid', 'hall', 'sub', 'sun']);
  });

  test('names the uses of a source across the plant that it feeds', () => {
    const delivery = deliveryOf(park, step, at('gas'));
    expect(delivery?.uses).toHaveLength(2);
    expect(delivery?.uses.map(({ asset: id, kind, share }) => [id, kind, share])).toEqual([
      ['hall', 'load', expect.closeTo(0.5, 9)],
      ['hall', 'load', expect.closeTo(0.5, 9)],
    ]);
    expect(delivery?.total).toEqual({ power_kW: 100, intensity_gPerKwh: 200, carbon_kgPerH: 20 });
    expect(delivery?.uses.find(({ port }) => port === 'heat.in')?.path).toEqual(['gas', 'b', 'chp', 'h', 'hall']);
    expect(deliveryOf(park, step, at('chp'))?.uses.map(({ power_kW }) => Math.round(power_kW))).toEqual([40, 40]);
    expect(deliveryOf(park, step, at('hall'))).toBeNull();
  });

  test('beside a load that nobody knows, the carbon is still what the asset is charged with, and the line is said to be assumed', () => {
    const partly = compiled(
      [
        asset('grid', 'gridConnection', ['electricity.out']),
        asset('sub', 'substation', []),
        asset('known', 'building', ['electricity.in']),
        asset('dark', 'building', ['electricity.in']),
        asset('engine', 'plant', ['electricity.out'], { at: 'dark' }),
      ],
      {
        lines: [line('g', 'electricity', 'grid', 'sub'), line('k', 'electricity', 'sub', 'known'), line('d', 'electricity', 'dark', 'sub')],
        sources: [source('grid', 'electricity.out', 'grid', factor(500)), source('engine', 'electricity.out', 'gas', factor(900))],
      },
    );
    const now = account(
      partly,
      inputsOf(partly, { ports: { 'grid/electricity.out': 40, 'known/electricity.in': 60, 'engine/electricity.out': 50 } }),
    );
    const a = partly.assetIndex.get('known') as number;
    const supply = supplyOf(partly, now, a);
    expect(supply?.total.intensity_gPerKwh).toBeCloseTo(now.assetIntensity_gPerKwh[a] as number, 9);
    expect(supply?.lines.find(({ id }) => id === 'k')?.assumed).toBe(false);
    for (const { id, assumed } of supply?.lines ?? []) expect(assumed).toBe(Number.isNaN(now.line_kW[partly.lineIndex.get(id) as number]));
  });

  test('a loop of flow is followed without end and without counting twice', () => {
    const ring = compiled(
      [asset('grid', 'gridConnection', ['electricity.out']), asset('b', 'substation', []), asset('c', 'building', ['electricity.in'])],
      {
        lines: [
          line('1', 'electricity', 'grid', 'b'),
          line('2', 'electricity', 'b', 'c'),
          line('3', 'electricity', 'c', 'b', { length_m: 10 }),
        ],
        sources: [source('grid', 'electricity.out', 'grid', factor(500))],
      },
    );
    const round = account(
      ring,
      inputsOf(ring, {
        ports: { 'grid/electricity.out': 10, 'c/electricity.in': 10 },
        lines: { 1: 10, 2: 15, 3: 5 },
      }),
    );
    const supply = supplyOf(ring, round, ring.assetIndex.get('c') as number);
    expect(supply?.sources).toHaveLength(1);
    expect(supply?.sources[0]).toMatchObject({
      share: expect.closeTo(1, 9),
      power_kW: expect.closeTo(10, 9),
      path: ['grid', '1', 'b', '2', 'c'],
    });
    expect(supply?.lines.find(({ id }) => id === '3')?.share).toBeCloseTo(0.5, 9);
    expect(supply?.lines.find(({ id }) => id === '2')?.share).toBeCloseTo(1.5, 9);
  });
});

test('what a battery gives is told with what it holds, by the kind it came from', () => {
  const compiledPark = compile(samplePark());
  const state = createState(compiledPark);
  const time = Date.UTC(2025, 5, 2, 4);
  const values = { 'grid.power': 0.5, 'feeder.power': 500, 'hall.power': 900, 'pv.power': 100, 'battery.power': 300, 'chp.power': 0 };
  apply(
    state,
    Object.entries(values).map(([point, value]): Reading => ({ point, time, value, quality: 'good' })),
  );
  const battery = supplyOf(compiledPark, stepOf(state, time), compiledPark.assetIndex.get('hall') as number)?.sources.find(
    ({ kind }) => kind === 'storage',
  );
  expect(battery?.asset).toBe('battery');
  expect(sum(battery?.held?.map(({ share }) => share) ?? [])).toBeCloseTo(1, 9);
});
