import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { StoredReading } from '../../../../models/telemetry/reading.ts';
import type { Journal } from '../../../../server/store/journal.ts';
import { openStores } from '../../../../server/store/sqlite/open-stores.ts';
import type { Stores } from '../../../../server/store/stores.ts';

let folder: string;
let stores: Stores;
let journal: Journal;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  stores = await openStores({ file: join(folder, 'park.sqlite') });
  journal = stores.journal;
});
beforeEach(() => journal.clear());
afterAll(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

const day = Date.UTC(2025, 5, 1);
const readings = fc.array(
  fc.record({ point: fc.constantFrom('a', 'b', 'c'), minute: fc.integer({ min: 0, max: 300 }), value: fc.constantFrom(1, 2, null) }),
  { minLength: 70, maxLength: 200 },
);

function stored(list: { point: string; minute: number; value: number | null }[]): StoredReading[] {
  return list.map(({ point, minute, value }) => ({
    point,
    time: day + minute * 60_000,
    value,
    quality: value === null ? 'bad' : 'good',
    received: day,
  }));
}

it('stores many at once as it stores them one by one, whatever of it is there twice', async () => {
  const outcome = async (batches: StoredReading[][]) => {
    await journal.clear();
    const sums = { accepted: 0, duplicates: 0, conflicting: 0 };
    const conflicts: string[] = [];
    for (const batch of batches) {
      const result = await journal.append(batch, []);
      sums.accepted += result.accepted;
      sums.duplicates += result.duplicates;
      sums.conflicting += result.conflicting;
      for (const { point, time } of result.conflicts) conflicts.push(`${point} ${time}`);
    }
    const series = await Promise.all(['a', 'b', 'c'].map((point) => journal.series(point, 0, 2 * day, 999)));
    const aside = (await journal.quarantine(999)).map(({ id: _, ...row }) => row);
    return { sums, conflicts, series, aside };
  };
  await fc.assert(
    fc.asyncProperty(readings, async (list) => {
      const rows = stored(list);
      expect(await outcome([rows])).toEqual(await outcome(rows.map((row) => [row])));
    }),
    { numRuns: 12 },
  );
});

it('takes a batch of which one row is known, and the same batch again', async () => {
  const rows = stored(Array.from({ length: 100 }, (_, minute) => ({ point: 'a', minute, value: minute })));
  await journal.append(rows.slice(40, 41), []);
  expect(await journal.append(rows, [])).toMatchObject({ accepted: 99, duplicates: 1, conflicting: 0 });
  expect(await journal.append(rows, [])).toMatchObject({ accepted: 0, duplicates: 100, conflicting: 0 });
  expect(await journal.count()).toMatchObject({ readings: 100 });
});
