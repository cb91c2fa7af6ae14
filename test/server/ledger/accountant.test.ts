import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { basesOf } from '../../../models/carbon/basis.ts';
import { compile } from '../../../models/carbon/compile.ts';
import type { Park } from '../../../models/park/park.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { createAccountant } from '../../../server/ledger/accountant.ts';
import type { LedgerStore } from '../../../server/store/ledger-store.ts';
import { lampPark } from '../../models/ledger/lamp-park.ts';
import { samplePark } from '../../sample-park.ts';
import { memoryLedger } from '../store/memory-ledger.ts';
import { contentsOf, daySum, type HandLedger, handLedger, parkColumn } from './hand-ledger.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Local midnight in Shanghai. */
const start = Date.UTC(2026, 2, 29, 16);
const dates = ['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02'] as const;
const end = start + 3 * day + 5 * hour;

let open: HandLedger[] = [];
let folders: string[] = [];
afterEach(() => {
  for (const ledger of open) ledger.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
  open = [];
  folders = [];
});
function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  folders.push(folder);
  return folder;
}
async function start_(folder = folderFor(), park: Park = samplePark(), store?: LedgerStore): Promise<HandLedger> {
  const ledger = await handLedger(folder, park, store && { store });
  open.push(ledger);
  return ledger;
}

/** Three days and a bit, told every quarter of an hour or so, with points that are silent over midnight. */
let readings: Reading[];
beforeAll(() => {
  const park = samplePark();
  const simulator = createSimulator(compile(park), { seed: 3, faults: [] });
  const all: Reading[] = [];
  for (let t = start - hour; t < end; t += 12 * hour) all.push(...simulator.readings(t, Math.min(end, t + 12 * hour)));
  const silent = (point: string, from: number, to: number) => (r: Reading) =>
    r.point === point && r.time > start + from && r.time < start + to;
  const gaps = [
    silent('hall.power', 20 * hour, 30 * hour),
    silent('chp.heat', 22 * hour, 27.3 * hour),
    silent('office.energy', 60 * hour, 66 * hour),
  ];
  readings = all.filter((r, i) => !gaps.some((gap) => gap(r)) && (r.time % 900_000 === 0 || i % 7 === 0));
});

async function inOrder(store?: LedgerStore): Promise<HandLedger> {
  const ledger = await start_(folderFor(), samplePark(), store);
  for (let until = start; until <= end; until += 2 * hour) {
    ledger.append(readings.filter(({ time }) => time > until - 2 * hour && time <= until));
    await ledger.settle(until);
  }
  ledger.append(readings.filter(({ time }) => time > end - 5 * hour));
  await ledger.settle(end);
  return ledger;
}

/** All that a store has been told, as anybody is told who asks it. */
async function told(store: LedgerStore) {
  const [head, owners, rows] = [await store.head(), await store.owners(), await store.rows('', '9')];
  const all = await Promise.all(
    rows.map(async ({ edition, day: date }) => [
      await Promise.all(owners.map((owner) => store.blocks(edition, owner, date, date))),
      await store.month(edition, date.slice(0, 7)),
      await store.monthColumns(edition, date.slice(0, 7), null),
      await store.records([date]),
      await store.snapshots(edition, date),
    ]),
  );
  // Bytes are told as plain arrays by one and as buffers by another.
  const plain = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (value instanceof Map) return Object.fromEntries([...value].sort().map(([key, one]) => [key, plain(one)]));
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  };
  return plain({ head, owners: [...owners].sort(), rows, all: all.map(([blocks, ...rest]) => [blocks, ...rest]) });
}

describe('the accountant', () => {
  it('keeps the same ledger wherever it is kept: it knows nothing but what it loads and saves', async () => {
    const [kept, other] = [await inOrder(), await inOrder(memoryLedger())];
    const late = readings.slice(0, 40).map((reading) => ({ ...reading, time: reading.time + 1234 }));
    for (const ledger of [kept, other]) {
      await ledger.accountant.lock({ from: dates[0], to: dates[0], who: 'Ada' });
      ledger.append(late);
      await ledger.settle(end);
      await ledger.accountant.restate({ set: 'direct', from: start + day, to: start + 2 * day, reason: 'again', who: 'Ada' });
      await ledger.settle(end);
    }
    expect(await told(other.store)).toEqual(await told(kept.store));
    expect(await other.accountant.status()).toEqual(await kept.accountant.status());
  });

  it('goes on where it was when its store or the journal is away for a while', async () => {
    const expected = await told((await inOrder(memoryLedger())).store);
    let calls = 0;
    // Now and then a call fails, whatever it asks; a change that fails was not saved.
    const flaky = <T extends object>(of: T): T =>
      Object.fromEntries(
        Object.entries(of).map(([name, call]) => [
          name,
          async (...args: unknown[]) => {
            if (++calls % 31 === 0) throw new Error('connection lost');
            return call(...args);
          },
        ]),
      ) as T;
    const memory = memoryLedger();
    const ledger = await start_(folderFor(), samplePark(), memory);
    ledger.append(readings);
    const parts = { store: flaky(memory), journal: flaky(ledger.journal), bases: basesOf(samplePark()), software: 'test', fill: null };
    const again = async <T>(work: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          expect((error as Error).message).toBe('connection lost');
        }
      }
    };
    const accountant = await again(() => createAccountant({ ...parts, now: end, clock: () => 0 }));
    for (let until = start; until <= end; until += hour) {
      accountant.want(until);
      while (await again(() => accountant.work())) {}
    }
    expect(calls).toBeGreaterThan(100);
    expect(await told(memory)).toEqual(expected);
  });

  it('accounts each interval from what was stored, steps the storages, and sums days exactly', async () => {
    const ledger = await inOrder();
    const known = await ledger.accountant.known();
    expect(known?.until).toBe(end);
    expect(known?.levels[0]?.energy_kWh).toBeGreaterThan(0);
    const parts = parkColumn(ledger.db, dates[1], 'import.Wh');
    expect(parts).toHaveLength(96);
    expect(daySum(ledger.db, dates[1], 'import.Wh')).toBe(parts.reduce((a, b) => a + b, 0));
    expect(await ledger.accountant.status()).toMatchObject({ from: start - day, dirty: 0, progress: null, sets: ['direct'] });
  });

  it('says the same whatever the order of arrival, with doubles, late ones, and kills in between', async () => {
    const expected = contentsOf((await inOrder()).db);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (random) => {
        const draw = () => random.next().value as number;
        const folder = folderFor();
        let ledger = await start_(folder);
        const shuffled = [...readings, ...readings.filter(() => draw() < 0.2)]
          // Some come in their time, some days late.
          .map((reading) => ({ reading, at: reading.time + (draw() < 0.1 ? draw() * 60 * hour : draw() * hour) }))
          .sort((a, b) => a.at - b.at)
          .map(({ reading }) => reading);
        const batches = 3 + Math.floor(draw() * 8);
        for (let b = 0; b < batches; b++) {
          const from = Math.floor((b * shuffled.length) / batches);
          ledger.append(shuffled.slice(from, Math.floor(((b + 1) * shuffled.length) / batches)));
          await ledger.settle(start + Math.floor(((b + 1) * (end - start)) / batches / 900_000) * 900_000, draw() < 0.4 ? 2 : undefined);
          if (draw() < 0.4) {
            open.splice(open.indexOf(ledger), 1);
            ledger.close();
            ledger = await start_(folder);
          }
        }
        await ledger.settle(end);
        expect(contentsOf(ledger.db)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('accounts a day again when readings of it come late, and every later day that rests on it', async () => {
    const ledger = await inOrder();
    const before = contentsOf(ledger.db);
    const level = JSON.stringify((await ledger.accountant.known())?.levels);
    // The battery charged for two hours more than anybody knew.
    const late: Reading[] = Array.from({ length: 24 }, (_, i) => ({
      point: 'battery.power',
      time: start + 3 * hour + 7 + i * 300_000,
      value: -500,
      quality: 'good',
    }));
    ledger.append(late);
    expect(ledger.dirtyHours()).toBe(2);
    await ledger.settle(end);
    const after = contentsOf(ledger.db);
    const changed = (key: string) => before[key] !== after[key];
    expect(changed(`record ${dates[0]}`)).toBe(true);
    expect(changed(`record ${dates[1]}`)).toBe(false);
    expect(changed(`block 1 ${dates[1]} battery`)).toBe(true);
    expect(JSON.stringify((await ledger.accountant.known())?.levels)).not.toBe(level);
    expect((await ledger.accountant.status()).dirty).toBe(0);
  });

  it('leaves every other day to the last byte when a reading comes late in a park without a storage', async () => {
    const ledger = await start_(folderFor(), lampPark());
    const from = start - 8 * hour;
    // Some watts: what rounding leaves over would show in the days after, if it were carried past midnight.
    for (let t = from; t <= end; t += 900_000) {
      const watts = 17.9 + ((t / 900_000) % 7);
      ledger.append([
        { point: 'lamp_w', time: t, value: watts, quality: 'good' },
        { point: 'roof_w', time: t, value: watts / 3, quality: 'good' },
      ]);
    }
    await ledger.settle(end);
    const before = contentsOf(ledger.db);
    const Wh = daySum(ledger.db, dates[1], 'consumption.Wh');
    ledger.append([{ point: 'lamp_w', time: start + day + 3 * hour + 60_000, value: 99.7, quality: 'good' }]);
    await ledger.settle(end);
    const after = contentsOf(ledger.db);
    expect(daySum(ledger.db, dates[1], 'consumption.Wh')).not.toBe(Wh);
    const changed = Object.keys(after).filter((key) => before[key] !== after[key]);
    expect(changed.length).toBeGreaterThan(0);
    // Sums of a month have a place for each of its days.
    expect(changed.filter((key) => !key.startsWith('month ') && !key.includes(` ${dates[1]}`))).toEqual([]);
  });

  it('begins earlier when readings come for days before its first', async () => {
    const whole = contentsOf((await inOrder()).db);
    const ledger = await start_();
    const second = start + day;
    ledger.append(readings.filter(({ time }) => time > second));
    await ledger.settle(end);
    expect((await ledger.accountant.status()).from).toBe(second);
    ledger.append(readings.filter(({ time }) => time <= second));
    await ledger.settle(end);
    expect(contentsOf(ledger.db)).toEqual(whole);
  });

  it('takes a person’s decision about a conflict into the past', async () => {
    const ledger = await inOrder();
    const at = readings.find(({ point, time }) => point === 'hall.power' && time > start + 10 * hour) as Reading;
    ledger.append([{ ...at, value: (at.value as number) + 500 }]);
    await ledger.settle(end);
    const conflicting = contentsOf(ledger.db)[`record ${dates[0]}`];
    ledger.release('hall.power', at.time);
    expect(ledger.dirtyHours()).toBe(1);
    await ledger.settle(end);
    expect(contentsOf(ledger.db)[`record ${dates[0]}`]).not.toBe(conflicting);
  });

  it('keeps what is known of days whose readings are gone, and fills only what nobody had said', async () => {
    const ledger = await inOrder();
    const imported = parkColumn(ledger.db, dates[0], 'import.Wh');
    const before = ledger.accountant.settledBefore();
    expect(before).not.toBeNull();
    expect(ledger.forget(start + 2 * day)).toBeGreaterThan(100);
    const silent = start + 25 * hour;
    const late = (point: string, time: number, value: number): Reading => ({ point, time, value, quality: 'good' });
    ledger.append([late('grid.power', start + 5 * hour + 1, 9)]);
    ledger.append(Array.from({ length: 60 }, (_, i) => late('hall.power', silent + i * 60_000, 777)));
    await ledger.settle(end);
    expect(parkColumn(ledger.db, dates[0], 'import.Wh')).toEqual(imported);
    const hall = await ledger.accountant.status();
    expect(hall.dirty).toBe(0);
    const row = ledger.db.prepare<[], { missing: string }>(`SELECT missing FROM day WHERE day = '${dates[1]}'`).get();
    expect(row).toBeDefined();
  });

  it('restates a range as another edition and leaves the earlier rows as they were', async () => {
    const ledger = await inOrder();
    const before = contentsOf(ledger.db);
    const reason = 'a better factor';
    const id = await ledger.accountant.restate({ set: 'direct', from: start, to: start + 2 * day, reason, who: 'Ada' });
    expect(id).toBe(2);
    expect((await ledger.accountant.status()).editions.map((e) => e.id)).toEqual([1]);
    await ledger.settle(end);
    const after = contentsOf(ledger.db);
    for (const [key, value] of Object.entries(before)) expect([key, after[key]]).toEqual([key, value]);
    // Nothing has changed in the park: the figures are the same.
    expect(after[`block 2 ${dates[0]} hall`]).toBe(before[`block 1 ${dates[0]} hall`]);
    expect((await ledger.accountant.status()).editions[1]).toMatchObject({ id: 2, reason, who: 'Ada', from: start, to: start + 2 * day });
  });

  it('begins another edition by itself when factors change, for the open day and on, and offers to restate what was before', async () => {
    const folder = folderFor();
    const first = await start_(folder);
    first.append(readings);
    await first.settle(end);
    const before = contentsOf(first.db);
    open = [];
    first.close();
    const park = samplePark();
    for (const source of park.sources) if (source.asset === 'grid' && source.factor) source.factor = { ...source.factor, value: 600 };
    const second = await start_(folder, park);
    await second.settle(end);
    const status = await second.accountant.status();
    expect(status.editions.map((e) => [e.id, e.from, e.reason])).toEqual([
      [1, null, 'first accounting'],
      [2, start + 3 * day, 'the factors changed'],
    ]);
    expect(status.offers).toEqual([{ set: 'direct', from: status.from, to: start + 3 * day, reason: 'the factors changed' }]);
    const after = contentsOf(second.db);
    expect(after[`block 1 ${dates[0]} `]).toBe(before[`block 1 ${dates[0]} `]);
    expect(daySum(second.db, dates[3], 'imported.mg', 2)).toBeGreaterThan(daySum(second.db, dates[3], 'imported.mg', 1));

    // What comes late for a day of the first edition finds the factors of its time.
    const was = daySum(second.db, dates[1], 'scope2Location.mg');
    second.append([{ point: 'hall.power', time: start + day + 9 * hour + 11, value: 1, quality: 'good' }]);
    await second.settle(end);
    expect(contentsOf(second.db)[`record ${dates[1]}`]).not.toBe(before[`record ${dates[1]}`]);
    expect(daySum(second.db, dates[1], 'scope2Location.mg')).toBe(was);

    await second.accountant.restate({ set: 'direct', from: start - day, to: end, reason: 'one factor for all', who: 'Ada' });
    await second.settle(end);
    expect(daySum(second.db, dates[1], 'scope2Location.mg', 3) / was).toBeCloseTo(600 / 550, 6);
    expect((await second.accountant.status()).offers).toEqual([]);
    second.append([]);
    await second.settle(end);
    expect((await second.accountant.known())?.until).toBe(end);
  });

  it('leaves a locked day as it is, notes what would differ, and makes good for it when it is opened', async () => {
    const ledger = await inOrder();
    const before = daySum(ledger.db, dates[0], 'import.Wh');
    await ledger.accountant.lock({ from: dates[0], to: dates[1], who: 'Ada' });
    await expect(ledger.accountant.lock({ from: dates[0], to: dates[3], who: 'Ada' })).rejects.toThrow('over');
    await expect(ledger.accountant.restate({ set: 'direct', from: start, to: end, reason: 'x', who: 'Ada' })).rejects.toThrow('locked');
    const at = start + 4 * hour;
    const late: Reading[] = Array.from({ length: 30 }, (_, i) => ({
      point: 'grid.import',
      time: at + 1 + i * 60_000,
      value: null,
      quality: 'bad',
    }));
    ledger.append([...late, { point: 'hall.power', time: at + 17, value: 2999, quality: 'good' }]);
    await ledger.settle(end);
    expect(daySum(ledger.db, dates[0], 'import.Wh')).toBe(before);
    const [adjustment] = (await ledger.accountant.status()).adjustments;
    expect(adjustment).toMatchObject({ day: dates[0], set: 'direct' });
    const by = adjustment?.difference['attributed.mg'] as number;
    const attributed = daySum(ledger.db, dates[0], 'attributed.mg');
    await ledger.accountant.unlock(dates[0], dates[1]);
    await ledger.settle(end);
    expect(daySum(ledger.db, dates[0], 'attributed.mg')).toBe(attributed + by);
    expect(await ledger.accountant.status()).toMatchObject({ adjustments: [], locks: [], dirty: 0 });
  });
});
