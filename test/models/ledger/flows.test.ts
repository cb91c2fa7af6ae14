import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { account } from '../../../models/carbon/account.ts';
import type { Compiled, Step } from '../../../models/carbon/step.ts';
import type { Flows } from '../../../models/ledger/flow-graph.ts';
import { type ColumnSums, flowsOf, useGroups } from '../../../models/ledger/flows.ts';
import { randomPark } from '../carbon/random-park.ts';
import { asset, compiled, factor, line, source } from '../carbon/small-park.ts';

/** Columns of one hour as the ledger keeps them: whole Wh and mg. */
function columnsOf(park: Compiled, step: Step): ColumnSums {
  const sums = new Map<string, Map<string, number>>();
  const put = (owner: string, column: string, value: number) => {
    const columns = sums.get(owner) ?? new Map<string, number>();
    sums.set(owner, columns);
    columns.set(column, (columns.get(column) ?? 0) + Math.round(value));
  };
  for (const [p, { asset, port }] of park.ports.entries()) {
    const kW = step.port_kW[p] as number;
    const id = park.park.assets[asset]?.id as string;
    put(id, `${port}.Wh`, 1000 * kW);
    put(id, `${port}.mg`, kW === 0 ? 0 : 1000 * kW * (step.portIntensity_gPerKwh[p] as number));
  }
  for (const { node, power_kW } of step.slacks) {
    const { asset, carrier } = park.nodes[node] as Compiled['nodes'][number];
    put('', `unmetered.${asset}/${carrier}.Wh`, 1000 * power_kW);
  }
  for (const [l, { loss, carrier }] of park.park.lines.entries()) {
    const kW = step.line_kW[l] as number;
    if (!Number.isNaN(kW)) put('', `losses.${carrier}.Wh`, 1000 * Math.abs(kW) * loss);
  }
  return sums;
}

/** What comes in less what goes out, at each node where both must be equal. */
function gaps({ nodes, links }: Flows): { id: string; Wh: number; mg: number }[] {
  return nodes
    .filter(({ kind, ref }) => kind === 'carrier' || (kind === 'conversion' && !ref.includes(':')))
    .map(({ id }) => {
      const gap = { id, Wh: 0, mg: 0 };
      for (const link of links) {
        const sign = link.target === id ? 1 : link.source === id ? -1 : 0;
        gap.Wh += sign * link.Wh;
        gap.mg += sign * link.mg;
      }
      return gap;
    })
    .filter(({ Wh, mg }) => Wh !== 0 || mg !== 0);
}

function hasCircle({ nodes, links }: Flows): boolean {
  let left = nodes.map(({ id }) => id);
  for (;;) {
    const next = left.filter((id) => links.some(({ source, target }) => target === id && left.includes(source)));
    if (next.length === left.length) return left.length > 0;
    left = next;
  }
}

describe('any park at all', () => {
  test('what comes into a carrier or a conversion goes out of it, to the last Wh and mg, and nothing flows in a circle', () => {
    fc.assert(
      fc.property(randomPark, fc.constantFrom(...useGroups), ({ park, inputs }, group) => {
        const flows = flowsOf(park, columnsOf(park, account(park, inputs)), group);
        expect(gaps(flows)).toEqual([]);
        expect(hasCircle(flows)).toBe(false);
        for (const { Wh, mg } of flows.links) {
          expect(Number.isInteger(Wh) && Number.isInteger(mg)).toBe(true);
          expect(Math.min(Wh, mg)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 120 },
    );
  });
});

const energyCentre = () =>
  compiled(
    [
      asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
      asset('gas', 'gasConnection', ['gas.out']),
      asset('chp', 'chp', ['gas.in', 'electricity.out', 'heat.out'], {
        conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.4, heat: 0.45 } },
      }),
      asset('chiller', 'chiller', ['electricity.in', 'cooling.out'], {
        conversion: { inputs: { electricity: 1 }, outputs: { cooling: 5 } },
      }),
      asset('hall', 'building', ['electricity.in', 'heat.in', 'cooling.in'], { tenant: 'yunhe', use: 'office' }),
      asset('shed', 'building', ['electricity.in']),
    ],
    {
      tenants: [{ id: 'yunhe', name: { en: 'Yunhe', zh: '云禾' } }],
      lines: [
        line('e1', 'electricity', 'grid', 'hall'),
        line('e2', 'electricity', 'chp', 'hall'),
        line('e3', 'electricity', 'hall', 'chiller'),
        line('e4', 'electricity', 'hall', 'shed'),
        line('h', 'heat', 'chp', 'hall'),
        line('c', 'cooling', 'chiller', 'hall'),
        line('g', 'gas', 'gas', 'chp'),
      ],
      sources: [source('grid', 'electricity.out', 'grid', factor(500)), source('gas', 'gas.out', 'gas', factor(200))],
    },
  );
const kWh = (sums: Record<string, Record<string, number>>): ColumnSums =>
  new Map(Object.entries(sums).map(([owner, columns]) => [owner, new Map(Object.entries(columns))]));
const day: Record<string, Record<string, number>> = {
  grid: { 'electricity.out.Wh': 600, 'electricity.out.mg': 300_000, 'electricity.in.Wh': 0, 'electricity.in.mg': 0 },
  gas: { 'gas.out.Wh': 1000, 'gas.out.mg': 200_000 },
  chp: {
    'gas.in.Wh': 1000,
    'gas.in.mg': 200_000,
    'electricity.out.Wh': 400,
    'electricity.out.mg': 134_000,
    'heat.out.Wh': 450,
    'heat.out.mg': 66_000,
  },
  chiller: { 'electricity.in.Wh': 100, 'electricity.in.mg': 43_400, 'cooling.out.Wh': 500, 'cooling.out.mg': 43_400 },
  hall: {
    'electricity.in.Wh': 800,
    'electricity.in.mg': 347_200,
    'heat.in.Wh': 450,
    'heat.in.mg': 66_000,
    'cooling.in.Wh': 500,
    'cooling.in.mg': 43_400,
  },
  shed: { 'electricity.in.Wh': 70, 'electricity.in.mg': 30_380 },
  '': { 'unmetered.hall/electricity.Wh': 30, 'losses.electricity.Wh': 0 },
};
const of = ({ links }: Flows, from: string, to: string) => {
  const found = links.filter(({ source, target }) => source === from && target === to);
  return found.length === 0 ? null : found.map(({ Wh, mg }) => [Wh, mg])[0];
};

describe('a small energy centre', () => {
  test('shows sources, carriers, conversions, tenants, and what has no meter', () => {
    const flows = flowsOf(energyCentre(), kWh(day));
    expect(of(flows, 'source:grid', 'carrier:electricity')).toEqual([600, 300_000]);
    expect(of(flows, 'carrier:gas', 'conversion:chp')).toEqual([1000, 200_000]);
    expect(of(flows, 'conversion:chp', 'carrier:heat')).toEqual([450, 66_000]);
    // 15 % of the fuel leaves with the flue gas; its carbon goes with what the plant gives.
    expect(of(flows, 'conversion:chp', 'losses:conversion')).toEqual([150, 0]);
    // The chiller moves more heat than the power it takes.
    expect(of(flows, 'source:surroundings', 'conversion:chiller')).toEqual([400, 0]);
    expect(of(flows, 'carrier:electricity', 'unmetered:load')).toEqual([30, 13_020]);
    expect(of(flows, 'carrier:electricity', 'use:tenant:yunhe')).toEqual([800, 347_200]);
    expect(of(flows, 'carrier:electricity', 'use:kind:building')).toEqual([70, 30_380]);
    expect(flows.nodes.find(({ id }) => id === 'use:tenant:yunhe')?.name).toEqual({ en: 'Yunhe', zh: '云禾' });
    expect(gaps(flows)).toEqual([]);
    expect(flows.unknown).toEqual([]);
  });

  test('groups uses by tenant, use, kind or asset', () => {
    const uses = (group: (typeof useGroups)[number]) =>
      flowsOf(energyCentre(), kWh(day), group)
        .nodes.filter(({ kind }) => kind === 'use')
        .map(({ ref }) => ref);
    expect(uses('use')).toEqual(['use:office', 'kind:building']);
    expect(uses('kind')).toEqual(['kind:building']);
    expect(uses('asset')).toEqual(['asset:hall', 'asset:shed']);
  });

  test('an unknown port is named, and its energy is unaccounted for instead of nothing', () => {
    const flows = flowsOf(energyCentre(), kWh({ ...day, shed: { 'electricity.in.Wh': Number.NaN } }));
    expect(flows.unknown).toEqual(['shed/electricity.in']);
    expect(of(flows, 'carrier:electricity', 'unaccounted:sink')?.[0]).toBe(70);
    expect(gaps(flows)).toEqual([]);
  });

  test('carbon that is not known is said to be unknown, while the energy is shown', () => {
    const flows = flowsOf(energyCentre(), kWh({ ...day, shed: { 'electricity.in.Wh': 70 } }));
    const shed = flows.links.find(({ target }) => target === 'use:kind:building');
    expect(shed).toMatchObject({ Wh: 70, mg: 0, carbonUnknown: true });
    expect(flows.links.filter(({ carbonUnknown }) => carbonUnknown)).toEqual([shed]);
    expect(gaps(flows)).toEqual([]);
  });

  test('power to gas to power stands twice instead of in a circle', () => {
    const park = compiled([
      asset('electrolyser', 'electrolyser', ['electricity.in', 'hydrogen.out'], {
        conversion: { inputs: { electricity: 1 }, outputs: { hydrogen: 0.7 } },
      }),
      asset('cell', 'fuelCell', ['hydrogen.in', 'electricity.out'], {
        conversion: { inputs: { hydrogen: 1 }, outputs: { electricity: 0.5 } },
      }),
    ]);
    const flows = flowsOf(
      park,
      kWh({
        electrolyser: { 'electricity.in.Wh': 100, 'hydrogen.out.Wh': 70 },
        cell: { 'hydrogen.in.Wh': 70, 'electricity.out.Wh': 35 },
      }),
    );
    expect(hasCircle(flows)).toBe(false);
    expect(of(flows, 'conversion:fuelCell:output', 'carrier:electricity')?.[0]).toBe(35);
    expect(gaps(flows)).toEqual([]);
  });
});
