/** Rounding from local midnight on: a day is right to 1 Wh and 1 mg, whatever its intervals are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startLevels } from '../../../models/carbon/storage.ts';
import { accountDay } from '../../../models/ledger/account-day.ts';
import type { AccountedInterval } from '../../../models/ledger/account-interval.ts';
import { createLedgerSchema, type LedgerSchema } from '../../../models/ledger/ledger-schema.ts';
import { codeOf, createRecords, type PointRecords } from '../../../models/ledger/records.ts';
import type { Park } from '../../../models/park/park.ts';
import { packQuality } from '../../../models/quality.ts';
import { intervalsOfDay } from '../../../models/time/calendar.ts';
import { point } from '../tiny-park.ts';
import { energyHub, hubPower, quarter_ms } from './energy-hub.ts';
import { grid_gPerKwh, lampPark } from './lamp-park.ts';

const good = codeOf(packQuality({ origin: 'measured', validity: 'good', freshness: 'fresh' }), 'mean');

/** Records that say `value(point, interval)`; NaN is a gap. */
function told({ points }: Park, times: Float64Array, value: (id: string, i: number) => number): PointRecords[] {
  return points.map(({ id }) => {
    const records = createRecords(times[0] as number, quarter_ms, times.length, 0);
    for (let i = 0; i < times.length; i++) {
      const said = value(id, i);
      if (Number.isNaN(said)) continue;
      records.value[i] = said;
      records.sigma[i] = 0.01 * Math.abs(said);
      records.code[i] = good;
      records.age_s[i] = 0;
    }
    return records;
  });
}

function dayOf(park: Park, day: string, value: (id: string, i: number) => number) {
  const schema = createLedgerSchema(park);
  const times = intervalsOfDay(schema.calendar, day);
  const seen: AccountedInterval[] = [];
  const see = (interval: AccountedInterval) => seen.push(interval);
  const { blocks } = accountDay(schema, times, told(park, times, value), startLevels(schema.compiled), () => Number.NaN, { see });
  const column = (owner: string, name: string): Float64Array => {
    const found = blocks.get(owner)?.columns.get(name);
    if (!found) throw new Error(`${owner} has no ${name}`);
    return found;
  };
  return { schema, times, seen, blocks, column };
}

const known = (values: Iterable<number>) => [...values].filter((value) => !Number.isNaN(value));
const sum = (values: Iterable<number>) => known(values).reduce((a, b) => a + b, 0);

describe('a load of 17.9 W', () => {
  const { column } = dayOf(lampPark(), '2026-05-04', (id) => (id === 'lamp_w' ? 0.0179 : 0));

  test('has 430 Wh in a day, and every quarter-hour 4 or 5', () => {
    const Wh = column('lamp', 'electricity.in.Wh');
    expect(sum(Wh)).toBe(430);
    expect([...new Set(Wh)].sort()).toEqual([4, 5]);
  });

  test('has the carbon of 429.6 Wh, so that its day’s intensity is the grid’s to a five-hundredth', () => {
    const mg = sum(column('lamp', 'carbon.mg'));
    expect(Math.abs(mg - 429.6 * grid_gPerKwh)).toBeLessThan(1);
    expect(Math.abs(mg / sum(column('lamp', 'energy.Wh')) / grid_gPerKwh - 1)).toBeLessThan(0.002);
  });

  test('has as much from the grid as it takes, of which the stated parts are renewable and free of carbon', () => {
    expect(sum(column('lamp', 'from.grid.Wh'))).toBe(430);
    expect(Math.abs(sum(column('', 'renewable.Wh')) - 0.3 * 429.6)).toBeLessThan(1);
    expect(Math.abs(sum(column('', 'gridCarbonFree.Wh')) - 0.4 * 429.6)).toBeLessThan(1);
    expect(Math.abs(sum(column('', 'cfeMatched.Wh')) - 0.4 * 429.6)).toBeLessThan(2);
  });
});

test('a load whose sources take turns has what each of them gave over the day, and no sun at night', () => {
  const roof = (i: number) => (i < 30 || i >= 70 ? 0 : i % 2 === 0 ? 0.0107 : 0.0007);
  const { column } = dayOf(lampPark(), '2026-05-04', (id, i) => (id === 'lamp_w' ? 0.0179 : roof(i)));
  const solar = column('lamp', 'from.solar.Wh');
  expect(Math.abs(sum(solar) - 20 * 250 * (0.0107 + 0.0007))).toBeLessThan(1.5);
  expect(sum(solar) + sum(column('lamp', 'from.grid.Wh'))).toBe(430);
  expect([...solar].every((Wh, i) => Wh >= 0 && (Wh === 0 || roof(i) > 0))).toBe(true);
});

test('an interval of which nothing is known stays unknown and takes nothing from the rest of the day', () => {
  const { column } = dayOf(lampPark(), '2026-05-04', (id, i) => (id === 'lamp_w' && i % 3 === 1 ? Number.NaN : 0.0179));
  const Wh = column('lamp', 'electricity.in.Wh');
  expect([...Wh].every((value, i) => Number.isNaN(value) === (i % 3 === 1))).toBe(true);
  expect(Math.abs(sum(Wh) - 64 * 4.475)).toBeLessThanOrEqual(0.5);
});

describe('a day of any powers, intensities and gaps', () => {
  /** Without a factor of last resort: where the grid says nothing, carbon is unknown. */
  const hub = (timeZone: string): Park => {
    const park = energyHub();
    const told_g = point('grid_g', 'grid', 'electricity.out', { quantity: 'intensity', unit: 'gCO2e/kWh', cadence_s: 900 });
    const { electricity: _, ...fallback } = park.fallback;
    const sources = park.sources.map((of) => (of.asset === 'grid' ? { ...of, factor: null } : of));
    return { ...park, timeZone, points: [...park.points, told_g], sources, fallback };
  };
  const days = fc.constantFrom(
    { timeZone: 'America/Los_Angeles', day: '2019-03-10', intervals: 92 },
    { timeZone: 'Asia/Shanghai', day: '2026-05-04', intervals: 96 },
    { timeZone: 'America/Los_Angeles', day: '2019-11-03', intervals: 100 },
  );
  const scene = fc.record({
    of: days,
    scale: fc.constantFrom(0.00002, 0.0003, 0.01, 1, 40),
    seed: fc.nat(),
    gaps: fc.constantFrom(0, 0.03, 0.3),
  });
  const all = (check: (day: ReturnType<typeof dayOf>, intervals: number) => void) =>
    fc.assert(
      fc.property(scene, ({ of: { timeZone, day, intervals }, scale, seed, gaps }) => {
        let state = seed;
        const next = () => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return state / 2 ** 32;
        };
        const value = (id: string, i: number) => {
          const [random, gap] = [next(), next() < gaps];
          return gap ? Number.NaN : id === 'grid_g' ? 900 * random : scale * 2 * random * hubPower(id, i);
        };
        check(dayOf(hub(timeZone), day, value), intervals);
      }),
      { numRuns: 20 },
    );

  test('is right to half a Wh and half a mg for every port and everything else that is rounded by itself', () => {
    all(({ schema, seen, column, times }, intervals) => {
      expect(times.length).toBe(intervals);
      const right = (owner: string, name: string, exact: (interval: AccountedInterval) => number) => {
        const entries = column(owner, name);
        const truth = seen.map(exact);
        expect([...entries].map(Number.isNaN), `${owner} ${name}`).toEqual(truth.map(Number.isNaN));
        expect(Math.abs(sum(entries) - sum(truth)), `${owner} ${name}`).toBeLessThanOrEqual(0.501);
      };
      for (const [p, { asset, port }] of schema.compiled.ports.entries()) {
        const owner = schema.park.assets[asset]?.id as string;
        const kW = ({ step }: AccountedInterval) => step.port_kW[p] as number;
        right(owner, `${port}.Wh`, (interval) => kW(interval) * 250);
        right(owner, `${port}.mg`, (interval) =>
          kW(interval) === 0 ? 0 : kW(interval) * 250 * (interval.step.portIntensity_gPerKwh[p] as number),
        );
      }
      for (const name of ['imported', 'otherInjected', 'unmetered'] as const)
        right('', `${name}.mg`, ({ step }) => step.totals[`${name}_kgPerH`] * 250_000);
    });
  });

  test('adds up: totals are sums of ports, energy by origin is the energy, and carbon closes in every interval', () => {
    all(({ schema, column, times }) => {
      for (let i = 0; i < times.length; i++) {
        const at = (owner: string, name: string) => column(owner, name)[i] as number;
        const ports = (names: [string, string][]) => sum(names.map(([owner, port]) => at(owner, port)));
        const use = ports([
          ['hall', 'electricity.in.Wh'],
          ['office', 'electricity.in.Wh'],
        ]);
        expect(known([at('', 'consumption.Wh')]).every((Wh) => Wh === use)).toBe(true);
        const onsite = ports([
          ['roof', 'electricity.out.Wh'],
          ['chp', 'electricity.out.Wh'],
        ]);
        expect(known([at('', 'onsite.Wh')]).every((Wh) => Wh === onsite)).toBe(true);
        for (const { id, columns } of schema.owners) {
          const whole = id === '' ? at('', 'consumption.Wh') : columns.includes('energy.Wh') ? at(id, 'energy.Wh') : 0;
          const parts = columns.filter((name) => name.startsWith('from.')).map((name) => at(id, name));
          const told = parts.length > 0 && !parts.some(Number.isNaN);
          if (told) expect(sum(parts), id).toBe(whole);
        }
        const [comesIn, goesOut] = [
          ['stack.mg', 'imported.mg', 'otherInjected.mg'],
          ['attributed.mg', 'unmetered.mg', 'exported.mg', 'storageChange.mg', 'losses.mg'],
        ].map((names) => names.reduce((all, name) => all + at('', name), 0)) as [number, number];
        expect(comesIn).toBe(Number.isNaN(at('', 'losses.mg')) ? comesIn : goesOut);
      }
    });
  });

  test('has no negative energy, no part that is more than its whole, and parts that are right over the day', () => {
    all(({ schema, seen, blocks, column }) => {
      for (const [owner, { columns }] of blocks) {
        for (const [name, entries] of columns) {
          expect(known(entries).every(Number.isInteger), `${owner} ${name}`).toBe(true);
          // A rest is negative where sources have no meter, a residual where a tank gave more than it had.
          if (!name.endsWith('.Wh') || name.startsWith('unmetered.') || name === 'residual.Wh') continue;
          expect(Math.min(0, ...known(entries)), `${owner} ${name}`).toBe(0);
        }
        for (const { whole, name, part, exact } of partsOf(schema, owner, seen, column)) {
          expect(
            [...part].every((Wh, i) => !(Wh > (whole[i] as number))),
            `${owner} ${name}`,
          ).toBe(true);
          expect([...part].map(Number.isNaN), `${owner} ${name}`).toEqual(exact.map(Number.isNaN));
          // The energy itself is right to half a Wh a port; when a source begins or ends, what is rounded by then stays where it is.
          const turns = exact.filter((Wh, i) => Wh > 0 !== (exact[i - 1] ?? 0) > 0).length;
          expect(Math.abs(sum(part) - sum(exact)), `${owner} ${name}`).toBeLessThanOrEqual(2.5 + 0.5 * turns);
        }
      }
    });
  });
});

test.each([0.0003, 0.01, 1])('parts of a usual day are right to 1.5 Wh, in a park of %d times the usual size', (scale) => {
  const { schema, seen, column } = dayOf(energyHub(), '2026-05-04', (id, i) => scale * hubPower(id, i));
  for (const { id } of schema.owners) {
    for (const { name, part, exact } of partsOf(schema, id, seen, column))
      expect(Math.abs(sum(part) - sum(exact)), `${id} ${name}`).toBeLessThanOrEqual(1.5);
  }
});

/** Parts of an owner's energy, with what they were before they were rounded. */
function partsOf(
  schema: LedgerSchema,
  owner: string,
  seen: readonly AccountedInterval[],
  column: (owner: string, name: string) => Float64Array,
) {
  const { first, columns } = schema.owners.find(({ id }) => id === owner) as LedgerSchema['owners'][number];
  return columns.flatMap((name, c) => {
    if (!/^(from\..*|estimated|renewable)\.Wh$/.test(name)) return [];
    const whole = column(owner, owner === '' ? 'consumption.Wh' : 'energy.Wh');
    return [{ name, whole, part: column(owner, name), exact: seen.map(({ row }) => row[first + c] as number) }];
  });
}
