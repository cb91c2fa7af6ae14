import { describe, expect, test } from 'vitest';
import { assetSubject, parkSubject, seriesModel, seriesTotalsOf, typicalBand, withColumns } from '../../../client/charts/series-model.ts';
import type { SeriesAnswer, SeriesColumn } from '../../../models/api/series.ts';
import { shownOf } from '../../../models/kinds/meaning.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';
import { asset } from '../../models/tiny-park.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 9, 12);
const iso = (time: number) => new Date(time).toISOString();

function column(values: (number | null)[], known?: number[]): SeriesColumn {
  return { unit: 'Wh', values, known: known ?? values.map((value) => (value === null ? 0 : 1)) };
}

function answer(owner: string, columns: Record<string, SeriesColumn>, more: Partial<SeriesAnswer> = {}): SeriesAnswer {
  const length = Object.values(columns)[0]?.values.length ?? 0;
  return {
    park: 'p',
    set: 'direct',
    edition: 1,
    step: 'hour',
    timeZone: 'UTC',
    until: iso(start + length * hour),
    times: Array.from({ length }, (_, i) => iso(start + i * hour)),
    owners: { [owner]: { columns } },
    intervals: Array.from({ length }, () => 4),
    expected: Array.from({ length }, () => 4),
    gone: [],
    ...more,
  };
}

const view = (...args: Parameters<typeof asset>) => {
  const made = asset(...args);
  return { ...made, ...shownOf(made) } as never;
};

describe('the series of an asset', () => {
  test('an end use’s ports stand above zero as mean power; intensity is carbon over energy', () => {
    const subject = assetSubject(view('hall', 'building', ['electricity.in', 'heat.in']));
    const model = seriesModel(
      subject,
      answer('hall', {
        'electricity.in.Wh': column([2000, 1000]),
        'heat.in.Wh': column([1000, null]),
        'energy.Wh': column([3000, 1000]),
        'carbon.mg': column([900_000, 500_000]),
        'estimated.Wh': column([300, 0]),
      }),
      'week',
      900,
    );
    expect(model.layers).toEqual([
      [2, 1],
      [1, null],
    ]);
    expect(model.total).toEqual([3, 1]);
    expect(model.intensity).toEqual([300, 500]);
    expect(model.quality).toEqual({ coverage: 0.75, estimated: 300 / 4000 });
  });

  test('a mean is over what is known of a step, a sum of a month is not made larger', () => {
    const subject = assetSubject(view('hall', 'building', ['electricity.in']));
    const half = answer('hall', { 'electricity.in.Wh': column([1000], [0.5]) });
    expect(seriesModel(subject, half, 'week', 900).layers[0]).toEqual([2]);
    expect(seriesModel(subject, half, 'year', 900).layers[0]).toEqual([1]);
  });

  test('unknown stays unknown, zero stays zero, and no flow has no intensity', () => {
    const subject = assetSubject(view('pv', 'pv', ['electricity.out']));
    const model = seriesModel(
      subject,
      answer('pv', { 'electricity.out.Wh': column([0, null]), 'energy.Wh': column([0, null]), 'carbon.mg': column([0, null]) }),
      'week',
      900,
    );
    expect(model.total).toEqual([0, null]);
    expect(model.intensity).toEqual([null, null]);
  });

  test('what goes the other way stands below zero: a plant’s output, a battery’s charge', () => {
    const signs = (...args: Parameters<typeof asset>) => assetSubject(view(...args)).layers.map(({ sign }) => sign);
    const conversion = { inputs: { gas: 1 }, outputs: { electricity: 0.4, heat: 0.4 } };
    expect(signs('chp', 'chp', ['gas.in', 'electricity.out', 'heat.out'], { conversion })).toEqual([1, -1, -1]);
    const storage = {
      carrier: 'electricity' as const,
      capacity_kWh: 500,
      chargeEfficiency: 1,
      dischargeEfficiency: 0.9,
      standingLoss_perH: 0,
      start_kWh: 0,
      start_gPerKwh: 0,
    };
    expect(signs('battery', 'battery', ['electricity.in', 'electricity.out'], { storage })).toEqual([-1, 1]);
    expect(signs('grid', 'gridConnection', ['electricity.out', 'electricity.in'])).toEqual([1, -1]);
    expect(signs('dc', 'building', ['electricity.in', 'wasteHeat.out'])).toEqual([1, -1]);
    expect(signs('pv', 'pv', ['electricity.out'])).toEqual([1]);
    expect(signs('roof', 'pv', ['electricity.in', 'electricity.out'])).toEqual([-1, 1]);
    // Its number and colour are of what it uses, so its chart is too.
    expect(signs('hall', 'building', ['electricity.in', 'electricity.out'])).toEqual([1, -1]);
  });

  test('intervals that are still to come are not missing', () => {
    const subject = assetSubject(view('hall', 'building', ['electricity.in']));
    const open = answer(
      'hall',
      { 'electricity.in.Wh': column([1000, 500, null]) },
      { until: iso(start + 1.5 * hour), intervals: [4, 2, 0] },
    );
    expect(seriesModel(subject, open, 'week', 900).quality.coverage).toBe(1);
  });

  test('half a month does not stand beside a whole one', () => {
    const subject = assetSubject(view('hall', 'building', ['electricity.in']));
    const months = answer(
      'hall',
      { 'electricity.in.Wh': column([1000, 500]) },
      { step: 'month', intervals: [2976, 1400], expected: [2976, 2880] },
    );
    const model = seriesModel(subject, months, 'year', 900);
    expect(model.total).toEqual([1, 0.5]);
    expect(model.whole).toEqual([1, null]);
  });

  test('the park shows the sources that its ledger knows', () => {
    const subject = withColumns(parkSubject(), new Set(['from.grid.Wh', 'from.solar.Wh', 'consumption.Wh']));
    expect(subject.layers.map(({ of }) => of)).toEqual([{ kind: 'grid' }, { kind: 'solar' }]);
  });
});

describe('what is typical', () => {
  const offset = zoneOffset('Asia/Shanghai');
  const weeks = (count: number, value: (week: number) => number | null) => ({
    times: Array.from({ length: count }, (_, w) => start - (w + 1) * 7 * 24 * hour),
    total: Array.from({ length: count }, (_, w) => value(w)),
  });

  test('is the 10th to 90th percentile of the same hour of the week before', () => {
    const band = typicalBand(
      [start],
      weeks(8, (week) => 10 * week),
      'week',
      offset,
    );
    expect(band.low[0]).toBeCloseTo(7);
    expect(band.high[0]).toBeCloseTo(63);
  });

  test('is not said of another hour, from fewer than four weeks, or from unknown values', () => {
    expect(
      typicalBand(
        [start + hour],
        weeks(8, () => 1),
        'week',
        offset,
      ).low,
    ).toEqual([null]);
    expect(
      typicalBand(
        [start],
        weeks(3, () => 1),
        'week',
        offset,
      ).low,
    ).toEqual([null]);
    expect(
      typicalBand(
        [start],
        weeks(8, (week) => (week < 5 ? null : 1)),
        'week',
        offset,
      ).low,
    ).toEqual([null]);
  });

  test('looks at nothing of the period itself', () => {
    const before = { times: [start, start + 7 * 24 * hour, start + 14 * 24 * hour, start + 21 * 24 * hour], total: [1, 1, 1, 1] };
    expect(typicalBand([start], before, 'week', offset).low).toEqual([null]);
  });

  test('counts whole days only', () => {
    const subject = assetSubject(view('hall', 'building', ['electricity.in']));
    const days = answer('hall', { 'electricity.in.Wh': column([1000, 500]) }, { step: 'day', intervals: [96, 40], expected: [96, 96] });
    expect(seriesTotalsOf(subject, days, 'month', 900).total).toEqual([1, null]);
  });
});
