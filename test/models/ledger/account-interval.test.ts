import { describe, expect, test } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { startLevels } from '../../../models/carbon/storage.ts';
import { accountDay } from '../../../models/ledger/account-day.ts';
import { accountInterval, stepOfInterval } from '../../../models/ledger/account-interval.ts';
import type { Block } from '../../../models/ledger/block.ts';
import { type Earlier, earlierIn } from '../../../models/ledger/estimates.ts';
import { createFold, foldRange, take } from '../../../models/ledger/fold.ts';
import { createLedgerSchema, type LedgerSchema } from '../../../models/ledger/ledger-schema.ts';
import type { Park } from '../../../models/park/park.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { intervalsOfDay } from '../../../models/time/calendar.ts';
import { energyHub, hubReadings, monday, quarter_ms } from './energy-hub.ts';

const nothing: Earlier = () => Number.NaN;

function accounted(park: Park, readings: readonly Reading[], days = 1) {
  const schema = createLedgerSchema(park);
  const fold = createFold(park);
  take(fold, readings);
  const records = foldRange(fold, monday, monday + days * 96 * quarter_ms);
  const earlier = earlierIn((p, time) => (time < monday + (days - 1) * 96 * quarter_ms ? records[p] : undefined));
  const times = intervalsOfDay(schema.calendar, `2026-05-${String(3 + days).padStart(2, '0')}`);
  return { schema, ...accountDay(schema, times, records, startLevels(schema.compiled), earlier), times, records };
}

const columnOf = (blocks: Map<string, Block>, owner: string, name: string): Float64Array => {
  const column = blocks.get(owner)?.columns.get(name);
  if (!column) throw new Error(`${owner} has no column ${name}: ${[...(blocks.get(owner)?.columns.keys() ?? [])].join(', ')}`);
  return column;
};

/** What a column has come to at the end of interval `i`. */
const sumTo = (column: Float64Array, i: number) => column.subarray(0, i + 1).reduce((a, b) => a + b, 0);

describe('a day of a park with everything', () => {
  const park = energyHub();
  const { schema, blocks, levels } = accounted(park, hubReadings(park, 97));
  const at = (owner: string, name: string) => columnOf(blocks, owner, name);
  const total = (name: string) => at('', name);

  test('is whole numbers, and nothing of it is unknown', () => {
    for (const [owner, { columns }] of blocks) {
      for (const [name, column] of columns) {
        const unknown = column.some((value) => Number.isNaN(value));
        // No intensity of the exporting port while nothing is exported is no gap; site load and life cycle are not stated.
        const mayBe = owner === '' && ['importLifecycle.mg', 'netLoad.Wh'].includes(name);
        expect(unknown && !mayBe, `${owner} ${name}`).toBe(false);
        expect(
          column.every((value) => Number.isNaN(value) || (Number.isInteger(value) && !Object.is(value, -0))),
          `${owner} ${name}`,
        ).toBe(true);
      }
    }
  });

  test('stack + imported + other injected = attributed + unmetered + exported + Δstorage + losses, exactly', () => {
    const names = ['attributed.mg', 'unmetered.mg', 'exported.mg', 'storageChange.mg', 'losses.mg'];
    for (let i = 0; i < 96; i++) {
      const sum = (of: string[]) => of.reduce((s, name) => s + (total(name)[i] as number), 0);
      expect(sum(['stack.mg', 'imported.mg', 'otherInjected.mg'])).toBe(sum(names));
      // Losses are carried by the load: what closes the identity is rounding, and does not grow over the day.
      expect(Math.abs(total('losses.mg')[i] as number)).toBeLessThan(100);
      expect(Math.abs(sumTo(total('losses.mg'), i))).toBeLessThan(100);
    }
  });

  test('totals are the sums of their parts', () => {
    const loads = [
      ['hall', 'electricity.in'],
      ['office', 'electricity.in'],
    ] as const;
    const use = loads.map(([owner, port]) => at(owner, `${port}.Wh`));
    const attributed = ['hall', 'office'].map((owner) => at(owner, 'attributed.mg'));
    const stack = ['chp', 'kiln'].map((owner) => at(owner, 'stack.mg'));
    for (let i = 0; i < 96; i++) {
      const sum = (of: Float64Array[]) => of.reduce((s, column) => s + (column[i] as number), 0);
      expect(total('consumption.Wh')[i]).toBe(sum(use));
      expect(total('attributed.mg')[i]).toBe(sum(attributed));
      expect(total('stack.mg')[i]).toBe(sum(stack));
      expect(total('import.Wh')[i]).toBe(at('grid', 'electricity.out.Wh')[i]);
      expect(total('onsite.Wh')[i]).toBe((at('roof', 'electricity.out.Wh')[i] as number) + (at('chp', 'electricity.out.Wh')[i] as number));
    }
  });

  test('energy by origin sums to the energy it is of', () => {
    for (const owner of ['', 'hall', 'office', 'chp', 'roof', 'grid']) {
      const whole = at(owner, owner === '' ? 'consumption.Wh' : 'energy.Wh');
      const parts = [...(blocks.get(owner) as Block).columns].filter(([name]) => name.startsWith('from.')).map(([, column]) => column);
      for (let i = 0; i < 96; i++) {
        expect(
          parts.reduce((s, column) => s + (column[i] as number), 0),
          `${owner} ${i}`,
        ).toBe(whole[i]);
      }
    }
  });

  test('an asset’s carbon over its energy is its intensity', () => {
    const { step, row } = intervalAt(schema, park, 50);
    const owner = schema.owners.find(({ id }) => id === 'hall') as (typeof schema.owners)[number];
    const get = (name: string) => row[owner.first + owner.columns.indexOf(name)] as number;
    const hall = schema.compiled.assetIndex.get('hall') as number;
    expect(get('carbon.mg') / get('energy.Wh')).toBeCloseTo(step.assetIntensity_gPerKwh[hall] as number, 1);
  });

  test('Scope 1 is what chimneys and end uses burn, Scope 2 what import carries, bought heat included', () => {
    for (let i = 0; i < 96; i++) {
      const burnt = at('hall', 'gas.in.mg')[i] as number;
      expect(total('scope1.mg')[i]).toBe((total('stack.mg')[i] as number) + burnt);
      const heat = at('district', 'heat.out.mg')[i] as number;
      // Both are right to half a unit from midnight to here.
      const [mg, Wh] = [sumTo(at('district', 'heat.out.mg'), i), sumTo(at('district', 'heat.out.Wh'), i)];
      expect(Math.abs(mg - Wh * 250)).toBeLessThanOrEqual(125.5);
      expect(total('scope2Location.heat.mg')[i]).toBe(heat);
      expect(total('scope2Location.mg')[i]).toBe(heat + (at('grid', 'electricity.out.mg')[i] as number));
    }
    // Fuels and heat are bought, and told by carrier.
    expect([...(blocks.get('') as Block).columns.keys()].filter((name) => name.startsWith('purchased.'))).toEqual([
      'purchased.electricity.Wh',
      'purchased.gas.Wh',
      'purchased.biomass.Wh',
      'purchased.heat.Wh',
    ]);
  });

  test('biogenic CO2 is a memo of the wood that was burnt', () => {
    for (let i = 0; i < 96; i++) {
      const [mg, Wh] = [sumTo(total('biogenic.mg'), i), sumTo(at('kiln', 'biomass.in.Wh'), i)];
      expect(Math.abs(mg - Wh * 403.2)).toBeLessThanOrEqual(0.5 * 403.2 + 0.5);
    }
  });

  test('what no meter sees and what lines lose are told', () => {
    expect(Math.max(...total('unmetered.hall/electricity.Wh'))).toBeGreaterThan(0);
    expect(total('losses.electricity.Wh').every((Wh) => Wh >= 0)).toBe(true);
    expect(Math.max(...total('losses.heat.Wh'))).toBeGreaterThan(0);
    expect(total('flagged').every((flag) => flag === 0)).toBe(true);
    expect(total('intervals').reduce((a, b) => a + b, 0)).toBe(96);
  });

  test('the battery’s levels go from interval to interval in whole Wh and mg', () => {
    const level = at('battery', 'level.Wh');
    expect(level[95]).toBe(Math.round(1000 * (levels[0]?.energy_kWh as number)));
    expect(Number.isInteger(Math.round(1e6 * (levels[0]?.carbon_g as number)) / 1000)).toBe(true);
    for (let i = 1; i < 96; i++) {
      const inOut = 0.95 * (at('battery', 'electricity.in.Wh')[i] as number) - (at('battery', 'electricity.out.Wh')[i] as number) / 0.95;
      const kept = ((level[i - 1] as number) + inOut) * 0.999 ** 0.25;
      expect(Math.abs((level[i] as number) - kept)).toBeLessThan(3);
    }
  });

  test('carbon-free energy is matched hour by hour, kept at the first interval of each', () => {
    const matched = total('cfeMatched.Wh');
    expect(matched.filter((_, i) => i % 4 !== 0).every((Wh) => Wh === 0)).toBe(true);
    for (let hour = 0; hour < 24; hour++) {
      const sum = (name: string) => [0, 1, 2, 3].reduce((s, q) => s + (total(name)[4 * hour + q] as number), 0);
      const own = Math.min(sum('consumption.Wh'), sum('carbonFree.Wh'));
      const grid = Math.min(sum('consumption.Wh') - own, sum('import.Wh'));
      expect(Math.abs((matched[4 * hour] as number) - own - grid * 0.4)).toBeLessThan(3);
    }
  });

  test('a picture of it is the same step, with what storages held at its end', () => {
    const interval = intervalAt(schema, park, 50);
    const picture = stepOfInterval(schema, interval);
    expect(picture.totals).toEqual(interval.step.totals);
    expect(picture.levelFraction[0]).toBeCloseTo((interval.levels[0]?.energy_kWh as number) / 400, 9);
    expect(picture.assetQuality.length).toBe(park.assets.length);
  });
});

function intervalAt(schema: LedgerSchema, park: Park, i: number) {
  const fold = createFold(park);
  take(fold, hubReadings(park, 97));
  const records = foldRange(fold, monday, monday + 96 * quarter_ms);
  return accountInterval(schema, monday + i * quarter_ms, records, startLevels(compile(park)), nothing);
}

describe('what is not known', () => {
  const park = energyHub();

  test('is estimated from the weeks before, counted as estimated, and said by point', () => {
    const silent = accounted(
      park,
      hubReadings(park, 8 * 96 + 1, (id, i) => id === 'office_kw' && i >= 7 * 96),
      8,
    );
    expect(silent.estimatedPoints).toEqual([3]);
    const heard = accounted(park, hubReadings(park, 8 * 96 + 1), 8);
    expect(heard.estimatedPoints).toEqual([]);
    const energy = columnOf(silent.blocks, 'office', 'energy.Wh');
    const estimated = columnOf(silent.blocks, 'office', 'estimated.Wh');
    // After the readings are too old to hold.
    for (let i = 20; i < 96; i++) {
      expect(energy[i]).toBeGreaterThan(10_000);
      expect(estimated[i]).toBe(energy[i]);
    }
    // What remains is the gas of the cogeneration, which no meter tells: its part of the mix is modelled.
    expect(columnOf(heard.blocks, 'office', 'estimated.Wh')[40]).toBeLessThan(0.5 * (energy[40] as number));
  });

  test('is unknown where nothing was said before: the import, and what rests on it', () => {
    const { blocks } = accounted(
      park,
      hubReadings(park, 97, (id) => id === 'grid_kw'),
    );
    expect(columnOf(blocks, '', 'import.Wh').every(Number.isNaN)).toBe(true);
    expect(columnOf(blocks, '', 'scope2Location.mg').every(Number.isNaN)).toBe(true);
    expect(columnOf(blocks, '', 'consumption.Wh').every((Wh) => Wh > 0)).toBe(true);
  });

  test('a doubtful reading flags its interval', () => {
    const readings = hubReadings(park, 97).map((r) =>
      r.point === 'roof_kw' && r.time === monday + 7 * quarter_ms ? { ...r, quality: 'uncertain' as const } : r,
    );
    const flagged = columnOf(accounted(park, readings).blocks, '', 'flagged');
    expect([...flagged.keys()].filter((i) => flagged[i] === 1)).toEqual([7]);
  });
});

describe('the factor set', () => {
  test('of life-cycle factors has no Scopes: they are inventories of direct emissions', () => {
    const park = energyHub({ set: 'lifecycle' });
    const columns = new Set(createLedgerSchema(park).owners[0]?.columns);
    expect(columns.has('scope2Location.mg')).toBe(false);
    expect(columns.has('scope1.mg')).toBe(false);
    expect(columns.has('attributed.mg')).toBe(true);
  });

  test('that is direct tells the import with the life-cycle factors of the grid and of bought heat beside', () => {
    const hub = energyHub();
    const lifecycle = (value: number) => ({
      ...(hub.sources[0]?.factor as NonNullable<(typeof hub.sources)[0]['factor']>),
      value,
      set: 'lifecycle' as const,
    });
    const sources = hub.sources.map((s) =>
      s.asset === 'grid' ? { ...s, lifecycle: lifecycle(700) } : s.asset === 'district' ? { ...s, lifecycle: lifecycle(300) } : s,
    );
    const { blocks } = accounted({ ...hub, sources }, hubReadings(hub, 97));
    const beside = columnOf(blocks, '', 'importLifecycle.mg');
    for (let i = 0; i < 96; i++) {
      const expected =
        700 * sumTo(columnOf(blocks, 'grid', 'electricity.out.Wh'), i) + 300 * sumTo(columnOf(blocks, 'district', 'heat.out.Wh'), i);
      expect(Math.abs(sumTo(beside, i) - expected)).toBeLessThan(501);
    }
  });
});

test('records of another park or time are refused', () => {
  const park = energyHub();
  const schema = createLedgerSchema(park);
  const fold = createFold(park);
  const records = foldRange(fold, monday, monday + quarter_ms);
  expect(() => accountInterval(schema, monday, records.slice(1), startLevels(schema.compiled), nothing)).toThrow(/another park/);
  expect(() => accountInterval(schema, monday + quarter_ms, records, startLevels(schema.compiled), nothing)).toThrow(/interval/);
});
