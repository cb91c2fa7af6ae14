import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { createMetrics } from '../../../server/process/metrics.ts';
import { Twin } from '../../../server/twin/twin.ts';
import { point, tinyPark } from '../../models/tiny-park.ts';
import { handClock, noon, type Started, startServer } from '../park-server.ts';

const minute = 60_000;
const wheel = point('wheel', 'annexe', 'electricity.in', {
  unit: 'kWh',
  measure: 'register',
  cadence_s: 300,
  range: [0, 1000],
  rollover: 1000,
});
const park = { ...tinyPark(), tick_s: 3600 };
const pointIds = ['hall_kw', 'battery_kw', 'annexe_kwh', 'wheel', 'roof_kw'];

let server: Started;
let database: Database.Database;
beforeAll(async () => {
  server = await startServer({ ...park, points: [...park.points, wheel] }, { clock: handClock(noon) });
  database = new Database(join(server.folder, `${park.id}.sqlite`), { readonly: true });
});
afterAll(async () => {
  database.close();
  await server.close();
});
// The same received time for all: only the order differs.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: noon }));
afterEach(() => void vi.useRealTimers());

const reading = fc.record({
  point: fc.constantFrom(...pointIds),
  // A few hours of minutes that are met often, a time to come, and one of long ago.
  time: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: -180, max: 0 }).map((n) => noon + n * minute) },
    { weight: 1, arbitrary: fc.constantFrom(noon + 10 * minute, noon - 500 * 1440 * minute, 7000) },
  ),
  value: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 999 }) },
    { weight: 1, arbitrary: fc.constantFrom(null, -5, 20_000, 0.1, -0) },
  ),
  quality: fc.constantFrom('good', 'good', 'good', 'uncertain', 'bad') as fc.Arbitrary<Reading['quality']>,
});

interface Case {
  readings: Reading[];
  /** The same readings as they arrive: in batches, some handed in before the one before is committed. */
  arrivals: { batch: Reading[]; waits: boolean }[];
}

/** A fifth of the readings is sent twice, and a fifth once more with another value or only another quality. */
const cases: fc.Arbitrary<Case> = fc
  .record({ base: fc.array(reading, { minLength: 10, maxLength: 60 }), other: fc.array(reading, { minLength: 12, maxLength: 12 }) })
  .map(({ base, other }) => {
    const fifth = Math.ceil(base.length / 5);
    const doubles = base.slice(0, fifth);
    const conflicts = base.slice(-fifth).map(({ point, time, value }, i) => {
      const again = other[i] as Reading;
      return { ...again, point, time, value: i % 3 === 2 ? value : again.value };
    });
    return [...base, ...doubles, ...conflicts];
  })
  .chain((readings) =>
    fc
      .tuple(
        fc.shuffledSubarray(readings, { minLength: readings.length, maxLength: readings.length }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.boolean()), { minLength: readings.length, maxLength: readings.length }),
      )
      .map(([shuffled, cuts]) => {
        const arrivals: Case['arrivals'] = [];
        for (let from = 0; from < shuffled.length; ) {
          const [size, waits] = cuts[arrivals.length] as [number, boolean];
          arrivals.push({ batch: shuffled.slice(from, from + size), waits });
          from += size;
        }
        return { readings, arrivals };
      }),
  );

/** A twin that knows nothing, over the emptied journal. */
async function emptyTwin(): Promise<Twin> {
  await server.twin.parts.stores.journal.clear();
  return new Twin({ ...server.twin.parts, metrics: createMetrics({ process: false }) });
}

/** All that remains of what a twin was told: rows, what was set aside, sums by step, and what it shows. */
async function remains(twin: Twin) {
  const { journal } = twin.parts.stores;
  const rollovers = { wheel: 1000 };
  const sums = await Promise.all(
    [5, 15, 60].map((minutes) => journal.aggregate(pointIds, noon - 240 * minute, noon + minute, minutes * minute, rollovers)),
  );
  await twin.tick();
  const { epoch, ...shown } = twin.document('full');
  return {
    rows: database
      .prepare('SELECT name, time, value, quality, received FROM reading JOIN point ON point.id = reading.point ORDER BY name, time')
      .all(),
    aside: database
      .prepare(
        `SELECT name, time, value, quality, received, reason, state, decided FROM quarantine JOIN point ON point.id = quarantine.point
         ORDER BY name, time, reason, value IS NULL, value`,
      )
      .all(),
    // Points of one step come in the order in which they were met.
    sums: sums.map((buckets) => buckets.sort((a, b) => a.time - b.time || a.point.localeCompare(b.point))),
    shown,
  };
}

describe('the same readings', () => {
  it('leave the same history, quarantine, sums and view, in whatever order and batches they arrive, a fifth twice and a fifth in conflict', async () => {
    let aside = 0;
    let bad = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ readings, arrivals }) => {
        const one = await emptyTwin();
        await one.accept(readings, 'test');
        const expected = await remains(one);
        const other = await emptyTwin();
        let pending: Promise<unknown>[] = [];
        for (const { batch, waits } of arrivals) {
          pending.push(other.accept(batch, 'test'));
          if (!waits) continue;
          await Promise.all(pending);
          pending = [];
        }
        await Promise.all(pending);
        expect(await remains(other)).toEqual(expected);
        aside += expected.aside.length;
        bad += expected.rows.filter((row) => (row as { quality: number }).quality === 3).length;
      }),
      { numRuns: 150 },
    );
    // The cases were worth it.
    expect(Math.min(aside, bad)).toBeGreaterThan(150);
  }, 180_000);
});
