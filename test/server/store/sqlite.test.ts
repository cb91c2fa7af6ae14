import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredReading } from '../../../models/telemetry/reading.ts';
import { openSqlite } from '../../../server/store/sqlite.ts';
import type { Store } from '../../../server/store/store.ts';

const day = Date.UTC(2025, 5, 1);
const reading = (point: string, minute: number, value: number | null, quality: StoredReading['quality'] = 'good'): StoredReading => ({
  point,
  time: day + minute * 60_000,
  value,
  quality: value === null ? 'bad' : quality,
  received: day,
});

let folder: string;
let file: string;
let store: Store;
// Starting two threads takes most of a second: the file is shared and emptied between tests.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'park.sqlite');
  store = await openSqlite({ file });
});
beforeEach(() => store.clear());
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('the SQLite store', () => {
  it('keeps a reading once, however often it arrives', async () => {
    const first = await store.append([reading('a', 0, 5), reading('b', 0, null), reading('a', 0, 5)], []);
    const again = await store.append([reading('a', 0, 5), reading('b', 0, null)], []);
    expect(first).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(again).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(await store.series('a', day, day + 1, 10)).toEqual([{ time: day, value: 5, quality: 'good' }]);
    expect(await store.series('b', day, day + 1, 10)).toEqual([{ time: day, value: null, quality: 'bad' }]);
  });

  it('takes −0 for 0', async () => {
    await store.append([reading('a', 0, 0)], []);
    expect(await store.append([reading('a', 0, -0)], [])).toMatchObject({ duplicates: 1, conflicting: 0 });
  });

  it('sets both values of a conflict aside, and every later one for that time', async () => {
    await store.append([reading('a', 0, 5)], []);
    const conflict = await store.append([reading('a', 0, 6)], []);
    expect(conflict).toMatchObject({ accepted: 0, duplicates: 0, conflicting: 1, conflicts: [{ point: 'a', time: day }], decided: [] });
    const third = await store.append([reading('a', 0, 5), reading('a', 0, 7)], []);
    expect(third).toMatchObject({ accepted: 0, duplicates: 1, conflicting: 1 });
    expect(await store.series('a', day, day + 1, 10)).toEqual([{ time: day, value: null, quality: 'bad' }]);
    expect((await store.quarantine(10)).map((row) => row.value).sort()).toEqual([5, 6, 7]);
    expect(await store.count()).toEqual({ readings: 1, quarantined: 3 });
  });

  it('reads the same whatever the order and however many doubles', async () => {
    const arbitrary = fc.array(
      fc.record({
        point: fc.constantFrom('a', 'b'),
        minute: fc.integer({ min: 0, max: 4 }),
        value: fc.constantFrom(1, 2, null),
        quality: fc.constantFrom('good' as const, 'uncertain' as const),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const everything = async () => {
      const aside = (await store.quarantine(100)).map((row) => JSON.stringify({ ...row, received: 0, id: 0 }));
      return [await store.series('a', 0, 2 * day, 99), await store.series('b', 0, 2 * day, 99), aside.sort()];
    };
    await fc.assert(
      fc.asyncProperty(
        arbitrary.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list, ...list.slice(0, 3)], { minLength: list.length + Math.min(3, list.length) }),
          ),
        ),
        async ([one, other]) => {
          await store.clear();
          await store.append(
            one.map((r) => reading(r.point, r.minute, r.value, r.quality)),
            [],
          );
          const expected = await everything();
          await store.clear();
          for (const r of other) await store.append([reading(r.point, r.minute, r.value, r.quality)], []);
          expect(await everything()).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sets a redelivered implausible reading aside once', async () => {
    const wild = { ...reading('a', 0, 9e9), reason: 'outOfRange' };
    await store.append([], [wild]);
    await store.append([], [wild, { ...wild, value: null }]);
    await store.append([], [{ ...wild, value: null }]);
    expect(await store.count()).toEqual({ readings: 0, quarantined: 2 });
  });

  it('counts what waits for a decision by reason, and lists it page by page', async () => {
    await store.append(
      [reading('a', 0, 5), reading('a', 0, 6)],
      [
        { ...reading('b', 1, 9e9), reason: 'outOfRange' },
        { ...reading('b', 2, null), reason: 'MQTT some/topic: not JSON: {' },
      ],
    );
    expect(await store.quarantineCounts()).toEqual({ conflict: 2, outOfRange: 1, message: 1 });
    const [newest, next] = await store.quarantine(2);
    expect([newest?.point, next?.reason]).toEqual(['b', 'outOfRange']);
    expect((await store.quarantine(9, { before: next?.id })).map(({ value }) => value)).toEqual([6, 5]);
    expect(await store.quarantine(9, { point: 'b', reason: 'message' })).toMatchObject([{ reason: 'MQTT some/topic: not JSON: {' }]);
    expect(await store.quarantine(9, { state: 'discarded' })).toEqual([]);
  });

  it('lets a person decide a conflict, whatever is delivered again', async () => {
    await store.append([reading('a', 0, 5), reading('a', 0, 6)], []);
    const six = (await store.quarantine(9)).find(({ value }) => value === 6);
    expect(await store.decide(six?.id as number, 'released', 77)).toMatchObject({ state: 'released', decided: 77, value: 6 });
    const series = () => store.series('a', day, day + 1, 10);
    expect(await series()).toEqual([{ time: day, value: 6, quality: 'uncertain' }]);
    expect(await store.quarantineCounts()).toEqual({});
    // Both again, and a third that nobody has seen.
    const again = await store.append([reading('a', 0, 6), reading('a', 0, 5), reading('a', 0, 7)], []);
    expect(again).toMatchObject({ duplicates: 2, conflicting: 1, conflicts: [] });
    expect(again.decided.map(({ value }) => value)).toEqual([6, 6]);
    expect(await series()).toEqual([{ time: day, value: 6, quality: 'uncertain' }]);
    expect(await store.quarantineCounts()).toEqual({ conflict: 1 });
    // On second thoughts.
    const five = (await store.quarantine(9)).find(({ value }) => value === 5);
    await store.decide(five?.id as number, 'released', 78);
    expect(await series()).toEqual([{ time: day, value: 5, quality: 'uncertain' }]);
    expect((await store.quarantine(9)).map(({ value, state }) => [value, state])).toEqual([
      [7, 'discarded'],
      [6, 'discarded'],
      [5, 'released'],
    ]);
  });

  it('keeps what a released value replaces', async () => {
    await store.append([reading('a', 0, 5)], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
    const [wild] = await store.quarantine(9);
    await store.decide(wild?.id as number, 'released', 77);
    expect(await store.series('a', day, day + 1, 9)).toEqual([{ time: day, value: 4000, quality: 'uncertain' }]);
    expect((await store.quarantine(9)).map(({ value, state }) => [value, state])).toEqual([
      [5, 'discarded'],
      [4000, 'released'],
    ]);
    expect(await store.append([reading('a', 0, 5)], [])).toMatchObject({ duplicates: 1, conflicting: 0, decided: [{ value: 4000 }] });
  });

  it('keeps what was discarded, out of the count, and never gives its number to another', async () => {
    await store.append([], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
    const id = (await store.quarantine(9))[0]?.id as number;
    expect(await store.decide(id, 'discarded', 77)).toMatchObject({ state: 'discarded', decided: 77 });
    expect(await store.count()).toEqual({ readings: 0, quarantined: 0 });
    await store.append([], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
    expect(await store.quarantineCounts()).toEqual({});
    expect(await store.decide(id, 'released', 78)).toMatchObject({ state: 'released' });
    expect(await store.decide(id, 'discarded', 79)).toMatchObject({ state: 'released', decided: 78 });
    await store.clear();
    expect(await store.decide(id, 'released', 80)).toBeNull();
    await store.append([], [{ ...reading('a', 0, 4000), reason: 'outOfRange' }]);
    expect((await store.quarantine(9))[0]?.id).toBeGreaterThan(id);
  });

  it('opens at synchronous FULL and WAL every time, with strict tables', async () => {
    await store.append([reading('a', 0, 5)], []);
    await store.close();
    store = await openSqlite({ file });
    expect(await store.count()).toEqual({ readings: 1, quarantined: 0 });
    const db = new Database(file, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(
      db
        .prepare("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%STRICT%'")
        .get(),
    ).toEqual({ n: 0 });
    db.close();
  });

  it('sums up by step: means, signs, registers over a reset and a rollover', async () => {
    const rows = [
      reading('register', -5, 90),
      reading('register', 5, 100),
      reading('register', 20, 130),
      reading('register', 35, 2),
      reading('register', 50, 12),
      reading('wheel', 5, 990),
      reading('wheel', 20, 10),
      reading('signed', 0, 10),
      reading('signed', 5, -20),
      reading('signed', 10, null),
    ];
    await store.append(rows, []);
    const step = 15 * 60_000;
    const register = await store.aggregate(['register'], day, day + 4 * step, step);
    expect(register.map((b) => b.increment)).toEqual([10, 30, null, 10]);
    expect(register.map((b) => b.time - day)).toEqual([0, step, 2 * step, 3 * step]);
    const wheel = await store.aggregate(['wheel'], day, day + 4 * step, step, { wheel: 1000 });
    expect(wheel.map((b) => b.increment)).toEqual([null, 20]);
    const [signed] = await store.aggregate(['signed'], day, day + step, step);
    expect(signed).toMatchObject({ count: 2, mean: -5, positive: 5, negative: 10, min: -20, max: 10 });
    expect(await store.aggregate(['nobody'], day, day + step, step)).toEqual([]);
  });

  it('finds the newest readings of each point, and all since a time', async () => {
    const many = [0, 1, 2, 3, 4, 5].map((minute) => reading('a', minute, minute));
    await store.append([...many, reading('slow', 1, 7), reading('a', 60, 60), reading('a', 3, 99)], []);
    const at = (minute: number) => day + minute * 60_000;
    const found = await store.latest(at(5), at(4), 3, at(0));
    expect(found.map((r) => [r.point, (r.time - day) / 60_000, r.value, r.conflict])).toEqual([
      ['slow', 1, 7, false],
      ['a', 3, null, true],
      ['a', 4, 4, false],
      ['a', 5, 5, false],
    ]);
  });

  it('marks the hours that change after the ledger has read them, and only those', async () => {
    const marked = async () => (await store.dirty()).map(({ hour }) => hour - day / 3_600_000);
    expect((await store.append([reading('a', 10, 1)], [])).late).toBe(false);
    await store.setAccounted(day + 120 * 60_000);
    expect((await store.append([reading('a', 10, 1), reading('a', 121, 1)], [])).late).toBe(false);
    expect(await marked()).toEqual([]);
    expect((await store.append([reading('a', 10, 2), reading('b', 119, 1)], [])).late).toBe(true);
    expect(await marked()).toEqual([0, 1]);
    const [conflict] = await store.quarantine(1);
    await store.clearDirty(await store.dirty());
    await store.decide(conflict?.id as number, 'released', day);
    expect(await marked()).toEqual([0]);
  });

  it('keeps an hour dirty that changed again while it was read', async () => {
    await store.setAccounted(day + 120 * 60_000);
    await store.append([reading('a', 10, 1)], []);
    const taken = await store.dirty();
    await store.append([reading('a', 11, 1)], []);
    await store.clearDirty(taken);
    expect(await store.dirty()).toHaveLength(1);
    await store.clearDirty(await store.dirty());
    expect(await store.dirty()).toEqual([]);
  });

  it('lets go of old readings in portions, but not of hours that wait to be read again', async () => {
    const hours = Array.from({ length: 10 }, (_, h) => reading('a', 60 * h, h));
    await store.append(hours, []);
    await store.setAccounted(day + 600 * 60_000);
    await store.append([reading('b', 240, 1)], []);
    expect(await store.rawFrom()).toBeNull();
    expect(await store.forget(day + 540 * 60_000, 3)).toBe(3);
    expect(await store.rawFrom()).toBe(day + 120 * 60_000 + 1);
    expect(await store.forget(day + 540 * 60_000, 100)).toBe(1);
    await store.clearDirty(await store.dirty());
    expect(await store.forget(day + 540 * 60_000, 100)).toBe(6);
    expect(await store.span()).toEqual({ first: day + 540 * 60_000, last: day + 540 * 60_000 });
    expect(await store.rawFrom()).toBe(day + 540 * 60_000);
  });

  it('remembers bytes by name', async () => {
    expect(await store.loadMemory('typical')).toBeNull();
    await store.saveMemory('typical', Uint8Array.of(1, 2));
    await store.saveMemory('typical', Uint8Array.of(3));
    expect(await store.loadMemory('typical')).toEqual(Uint8Array.of(3));
  });

  it('says that the disk is full, stores nothing of that request, keeps what was acknowledged and goes on', async () => {
    const small = await openSqlite({ file: join(folder, 'small.sqlite'), maxPages: 40 });
    await small.append([reading('a', 0, 1)], []);
    const flood = Array.from({ length: 20_000 }, (_, i) => reading('new', i, i));
    await expect(small.append(flood, [])).rejects.toMatchObject({ code: 'full' });
    expect(await small.count()).toEqual({ readings: 1, quarantined: 0 });
    // The point that came with the flood was rolled back with it and is made again.
    expect(await small.append([reading('new', 0, 1)], [])).toMatchObject({ accepted: 1 });
    expect(await small.series('new', 0, 2 * day, 9)).toHaveLength(1);
    await small.close();
  });

  it('commits what was handed over before it closes, and refuses afterwards', async () => {
    const pending = Array.from({ length: 20 }, (_, i) => store.append([reading('a', i, i)], []));
    const closed = store.close();
    await Promise.all(pending);
    await closed;
    await expect(store.append([reading('a', 99, 1)], [])).rejects.toMatchObject({ code: 'closed' });
    expect(readdirSync(folder).filter((name) => name.startsWith('park.'))).toEqual(['park.sqlite']);
    store = await openSqlite({ file });
    expect((await store.count()).readings).toBe(20);
  });
});
