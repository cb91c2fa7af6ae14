import { describe, expect, test } from 'vitest';
import { scope2Months } from '../../../client/charts/scope2-model.ts';
import { matchHours } from '../../../models/ledger/cfe.ts';
import { marketBased_mg, matchPeriods } from '../../../models/ledger/market.ts';
import type { Instrument, Market } from '../../../models/park/park.ts';
import { createCalendar } from '../../../models/time/calendar.ts';
import methods from '../../vectors/methods.json';
import { factor } from '../carbon/small-park.ts';

const worked = methods.hourlyMatching;
const { load_kWh } = worked;
/** Hour by hour: the load, what was contracted for it, the carbon-free share of the grid. */
const workedHours = load_kWh.map((load, i) => ({
  load,
  clean: worked.contractedClean_kWh[i] as number,
  gridShare: worked.gridCfeShare[i] as number,
}));

const hour_ms = 3_600_000;
const start = Date.UTC(2026, 0, 1);
const calendar = createCalendar({ timeZone: 'UTC', interval_s: 900 });

function instrument(id: string, more: Partial<Instrument>): Instrument {
  return { id, name: { en: id }, kind: 'supply', factor: factor(0), from: '2026-01-01', to: '2026-12-31', ...more };
}

const market = (instruments: Instrument[], residual: number | null = 650): Market => ({
  matching: 'hour',
  residual: residual === null ? null : factor(residual),
  instruments,
});

describe('hourly matching', () => {
  /** Of hours of one interval each, as the ledger matches them and the year's chart shows them. */
  const shown = (hours: readonly { load: number; clean: number; gridShare: number }[]) => {
    const column = (of: (hour: (typeof hours)[number]) => number) => Float64Array.from(hours, (hour) => 1000 * of(hour));
    const imported = ({ load, clean }: (typeof hours)[number]) => Math.max(0, load - clean);
    const columns = new Map([
      ['consumption.Wh', column(({ load }) => load)],
      ['carbonFree.Wh', column(({ clean }) => clean)],
      ['import.Wh', column(imported)],
      ['gridCarbonFree.Wh', column((hour) => imported(hour) * hour.gridShare)],
      ['cfeMatched.Wh', column(() => Number.NaN)],
    ]);
    matchHours({ times: Float64Array.from(hours, (_, i) => start + i * 3_600_000), columns }, calendar);
    const whole = Object.fromEntries([...columns].map(([name, values]) => [name, values.reduce((a, b) => a + b, 0)]));
    const known = Object.fromEntries(Object.entries(whole).map(([name, sum]) => [name, Number.isNaN(sum) ? null : sum]));
    const row = {
      id: '2026-10',
      columns: known,
      market: { value: null, why: 'noResidual' as const },
      intervals: 1,
      expected: 1,
      known: {},
    };
    return scope2Months({ rows: [row] })[0];
  };

  test('meets the worked figures', () => {
    const { cfe, volumetric } = shown(workedHours) ?? {};
    expect(cfe).toBeCloseTo(worked.cfeScore, 12);
    expect(volumetric).toBe(worked.annualVolumetricShare);
  });

  test('says nothing without load, or where a share that counts is unknown', () => {
    expect(shown([{ load: 0, clean: 0, gridShare: 1 }])?.cfe).toBeNull();
    expect(shown([{ load: 10, clean: 5, gridShare: Number.NaN }])?.cfe).toBeNull();
    expect(shown([{ load: 10, clean: 15, gridShare: Number.NaN }])?.cfe).toBe(1);
  });

  test('of a block gives the hour to its first interval', () => {
    const times = Float64Array.from({ length: 8 }, (_, i) => start + i * 900_000);
    const column = (value: (i: number) => number) => times.map((_, i) => value(i));
    const columns = new Map([
      ['consumption.Wh', column(() => 100)],
      ['carbonFree.Wh', column((i) => (i === 0 ? 200 : i < 4 ? 0 : 1000))],
      ['import.Wh', column((i) => (i < 4 ? 60 : 0))],
      ['gridCarbonFree.Wh', column((i) => (i < 4 ? 15 : Number.NaN))],
      ['cfeMatched.Wh', column(() => Number.NaN)],
    ]);
    matchHours({ times, columns }, calendar);
    expect([...(columns.get('cfeMatched.Wh') as Float64Array)]).toEqual([250, 0, 0, 0, 400, 0, 0, 0]);
  });
});

describe('market-based Scope 2', () => {
  /** A contract that gives what the vector says, each in its own hour. */
  const mgOf = (matching: 'hour' | 'year'): number => {
    const hourly = workedHours.map(({ load, clean }, i) => {
      const period = { from: start + i * hour_ms, to: start + (i + 1) * hour_ms, import_Wh: 1000 * load };
      return { period, offered: instrument('ppa', { energy_MWh: (clean * 24 * 365) / 1000 }) };
    });
    if (matching === 'hour') {
      return hourly.reduce((sum, { period, offered }) => sum + (marketBased_mg(market([offered]), [period], calendar) as number), 0);
    }
    const whole = { from: start, to: start + 24 * 365 * hour_ms, import_Wh: 400_000 };
    return marketBased_mg(market([instrument('ppa', { energy_MWh: 0.4 })]), [whole], calendar) as number;
  };

  test('meets the worked figures, matched by the hour and by the year', () => {
    expect(mgOf('hour') / 1e6).toBeCloseTo(worked.marketBasedHourly_kg, 6);
    expect(mgOf('year')).toBe(worked.marketBasedAnnual_kg);
  });

  const january = { from: start, to: Date.UTC(2026, 1, 1), import_Wh: 1_000_000 };

  test('is not said where something is not covered and there is no residual factor', () => {
    expect(marketBased_mg(market([], null), [january], calendar)).toBeNull();
    expect(marketBased_mg(market([instrument('all', { share: 1 })], null), [january], calendar)).toBe(0);
    expect(marketBased_mg(market([]), [{ ...january, import_Wh: Number.NaN }], calendar)).toBeNull();
  });

  test('adds suppliers’ factors and the residual one, and never uses more than was imported', () => {
    const two = market([instrument('a', { share: 0.5, factor: factor(100) }), instrument('b', { energy_MWh: 3.65, factor: factor(20) })]);
    const [part] = matchPeriods(two, [january], calendar);
    expect(part).toMatchObject({ used_Wh: { a: 500_000, b: 310_000 }, residual_Wh: 190_000 });
    expect(part?.mg).toBe(500_000 * 100 + 310_000 * 20 + 190_000 * 650);
    const much = matchPeriods(market([instrument('a', { share: 1 }), instrument('b', { energy_MWh: 1e6 })]), [january], calendar)[0];
    expect(Object.values(much?.used_Wh ?? {}).reduce((a, b) => a + b, 0)).toBe(1_000_000);
    expect(much?.residual_Wh).toBe(0);
  });

  test('an instrument counts only on its own local days', () => {
    const half = market([instrument('a', { share: 1, from: '2026-01-16', to: '2026-01-31' })]);
    expect(matchPeriods(half, [january], calendar)[0]?.used_Wh).toEqual({ a: Math.round((16 / 31) * 1_000_000) });
  });
});
