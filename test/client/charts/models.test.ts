import { describe, expect, test } from 'vitest';
import { heatModel } from '../../../client/charts/heat-model.ts';
import { evenColours } from '../../../client/charts/heat-option.ts';
import { type Period, readPeriod } from '../../../client/charts/period.ts';
import { ranking, usualGroup } from '../../../client/charts/ranking-model.ts';
import { drawnFlows } from '../../../client/charts/sankey-model.ts';
import { scope2Months } from '../../../client/charts/scope2-model.ts';
import { parkSubject } from '../../../client/charts/series-model.ts';
import type { SeriesAnswer } from '../../../models/api/series.ts';
import { colourOf, hexToRgb, rgbToHex, scales } from '../../../models/colour.ts';
import { shownOf } from '../../../models/kinds/meaning.ts';
import type { FlowLink, FlowNode } from '../../../models/ledger/flow-graph.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';
import { asset as parkAsset } from '../../models/tiny-park.ts';

/** As the client gets it. */
function asset(...args: Parameters<typeof parkAsset>) {
  const made = parkAsset(...args);
  return { ...made, ...shownOf(made) };
}

const hour = 3_600_000;

describe('hours by days', () => {
  const offset = zoneOffset('America/Los_Angeles');
  const hoursOf = (key: string) => {
    const period = readPeriod(key, offset) as Period;
    const times = Array.from({ length: (period.to - period.from) / hour }, (_, i) => new Date(period.from + i * hour).toISOString());
    const columns = {
      'consumption.Wh': { unit: 'Wh' as const, values: times.map((_, i) => 1000 * (i + 1)), known: times.map(() => 1) },
      'consumption.mg': {
        unit: 'mg' as const,
        values: times.map((_, i) => (i === 5 ? null : 100_000 * (i + 1))),
        known: times.map(() => 1),
      },
    };
    const answer = { times, owners: { '': { columns } } } as unknown as SeriesAnswer;
    return heatModel(parkSubject(), answer, period, offset);
  };

  test('an hour that the clocks skip has no cell', () => {
    const { days, cells } = hoursOf('2019-03-10');
    expect(days).toEqual(['2019-03-10']);
    expect(cells.map((cell) => cell.hour)).not.toContain(2);
    expect(cells).toHaveLength(23);
  });

  test('an hour that comes twice shares one, by energy', () => {
    const { cells } = hoursOf('2019-11-03');
    expect(cells).toHaveLength(24);
    expect(cells.find((cell) => cell.hour === 1)).toMatchObject({ energy_kWh: 5, gPerKwh: 100 });
  });

  test('what is unknown is unknown', () => {
    expect(hoursOf('2019-07-01').cells[5]?.gPerKwh).toBeNull();
  });

  test('its colours are the scale’s, to a byte', () => {
    const colours = evenColours(scales.intensity);
    for (let g = 0; g < 1000; g += 7) {
      const at = (g / 1000) * (colours.length - 1);
      const [a, b] = [hexToRgb(colours[Math.floor(at)] as string), hexToRgb(colours[Math.ceil(at)] as string)];
      const exact = colourOf(scales.intensity, g) as readonly number[];
      for (const c of [0, 1, 2]) {
        const drawn = (a[c] as number) + (at - Math.floor(at)) * ((b[c] as number) - (a[c] as number));
        expect(Math.abs(drawn - (exact[c] as number))).toBeLessThanOrEqual(1.5);
      }
    }
    expect(colours[0]).toBe(rgbToHex(colourOf(scales.intensity, 0) as never));
  });
});

describe('ranking', () => {
  const column = (value: number | null) => ({ values: [value], known: [1], unit: 'Wh' });
  const answer = {
    owners: {
      a: { columns: { 'energy.Wh': column(2000), 'attributed.mg': column(600_000), 'estimated.Wh': column(200) } },
      b: { columns: { 'energy.Wh': column(1000), 'attributed.mg': column(900_000), 'estimated.Wh': column(0) } },
      c: { columns: { 'energy.Wh': column(9000), 'attributed.mg': column(null), 'estimated.Wh': column(0) } },
      pv: { columns: { 'energy.Wh': column(5000), 'carbon.mg': column(0) } },
    },
  } as unknown as SeriesAnswer;
  const park = {
    assets: [
      asset('a', 'building', ['electricity.in'], { tenant: 't1', use: 'office' }),
      asset('b', 'building', ['electricity.in'], { tenant: 't1', use: 'semiconductorFab' }),
      asset('c', 'building', ['electricity.in']),
      asset('pv', 'pv', ['electricity.out'], { tenant: 't1' }),
    ],
    metadata: { tenants: [{ id: 't1', name: { en: 'Tenant one' } }] },
  } as never;

  test('sums end uses by tenant; plants do not count twice', () => {
    const [first, second] = ranking(park, answer, 'tenant', 'carbon');
    expect(first).toMatchObject({ name: { en: 'Tenant one' }, energy_kWh: 3, carbon_kg: 1.5, gPerKwh: 500, assets: ['a', 'b'] });
    expect(first?.estimated).toBeCloseTo(0.2 / 3);
    // Its energy is known, its carbon is not: last, and never zero.
    expect(second).toMatchObject({ name: null, energy_kWh: 9, gPerKwh: null });
    expect(second?.carbon_kg).toBeNaN();
  });

  test('begins with what says most of the park', () => {
    const of = (tenants: object[], uses: (string | undefined)[]) =>
      usualGroup({
        assets: uses.map((use, i) => asset(`b${i}`, 'building', ['electricity.in'], use === undefined ? {} : { use })),
        metadata: { tenants },
      } as never);
    expect(of([{ id: 't' }], [])).toBe('tenant');
    expect(of([], ['office', 'office', undefined])).toBe('use');
    expect(of([], ['office', undefined, undefined])).toBe('asset');
  });

  test('is by what is asked for', () => {
    expect(ranking(park, answer, 'asset', 'energy').map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(ranking(park, answer, 'asset', 'intensity').map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(ranking(park, answer, 'use', 'carbon').map(({ name }) => name?.en)).toEqual(['semiconductor fab', 'office', undefined]);
  });
});

describe('flows as drawn', () => {
  const node = (id: string): FlowNode => ({
    id,
    kind: id.slice(0, id.indexOf(':')) as FlowNode['kind'],
    ref: id.slice(id.indexOf(':') + 1),
  });
  const link = (source: string, target: string, Wh: number): FlowLink => ({ source, target, carrier: 'electricity', Wh, mg: Wh * 100 });
  const uses = ['use:a', 'use:b', 'use:c', 'use:d'];
  const nodes = [node('source:grid'), node('carrier:electricity'), ...uses.map(node)];
  const links = [
    link('source:grid', 'carrier:electricity', 10_000),
    ...[5000, 3000, 1999, 1].map((Wh, i) => link('carrier:electricity', uses[i] as string, Wh)),
  ];

  test('small uses share one node, and nothing of them is lost', () => {
    const drawn = drawnFlows(nodes, links, 'energy', 3);
    expect(drawn.pooled).toBe(2);
    expect(drawn.links.find(({ target }) => target === 'use:others')).toMatchObject({ Wh: 2000, mg: 200_000, value: 2000 });
  });

  test('hairs are left out, with nodes that nothing reaches then', () => {
    const drawn = drawnFlows(nodes, links, 'energy', 10);
    expect(drawn.nodes.map(({ id }) => id)).not.toContain('use:d');
  });
});

test('Scope 2 by month keeps what is not known as it is, with its reason', () => {
  const row = (columns: Record<string, number | null>, market: object, intervals = 2976) => ({
    id: '2026-10',
    columns,
    market,
    intervals,
    expected: 2976,
    known: {},
  });
  const [month, other] = scope2Months({
    rows: [
      row(
        { 'scope2Location.mg': 5e9, 'consumption.Wh': 1e7, 'cfeMatched.Wh': 4e6, 'carbonFree.Wh': 2e7 },
        { value: null, why: 'noResidual' },
      ),
      row({}, { value: null, why: 'notAccounted' }, 0),
    ] as never,
  });
  expect(month).toMatchObject({ location_kg: 5000, market_kg: null, why: 'noResidual', cfe: 0.4, volumetric: 1, coverage: 1 });
  expect(other).toMatchObject({ location_kg: null, cfe: null, volumetric: null, coverage: 0 });
});
