import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { basesOf } from '../../../models/carbon/basis.ts';
import type { Park } from '../../../models/park/park.ts';
import { decodeSnapshots } from '../../../models/snapshots/snapshots.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import type { LedgerKeeper } from '../../../server/ledger/ledger.ts';
import { samplePark } from '../../sample-park.ts';
import { reading, told } from '../balanced-readings.ts';
import { handClock, quietPark, type Sample, type SampleOptions, startSample } from '../sample-server.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Local midnight in Shanghai. */
const midnight = Date.UTC(2026, 2, 29, 16);
const direct = { set: 'direct' } as const;

let open: Sample[] = [];
afterEach(async () => {
  for (const sample of open) await sample.close();
  open = [];
});
async function start(options: SampleOptions): Promise<{ sample: Sample; ledger: LedgerKeeper }> {
  const sample = await startSample({ ledger: {}, ...options });
  open.push(sample);
  return { sample, ledger: sample.twin.parts.ledger as LedgerKeeper };
}

describe('the ledger behind a twin', () => {
  it('accounts what is over, steps the storages, and takes late readings in within moments', async () => {
    const clock = handClock(midnight + minute, true);
    const { sample, ledger } = await start({ clock });
    const { twin } = sample;
    clock.advance(3 * hour);
    await twin.accept(told(midnight, midnight + 3 * hour), 'test');
    await twin.tick();
    await twin.idle();
    const until = midnight + 3 * hour;
    expect(ledger.known()?.until).toBe(until);
    expect(ledger.status()).toMatchObject({ from: midnight, until, dirty: 0, rawFrom: midnight, simulated: true });
    const level = ledger.known()?.levels[0]?.energy_kWh as number;
    expect(level).toBeGreaterThan(500 + 250);

    const block = await ledger.intervals('hall', midnight, until, direct);
    expect(block.times).toHaveLength(12);
    expect([...(block.columns.get('electricity.in.Wh') ?? [])]).toEqual(Array(12).fill(150_000));
    const later = await ledger.intervals('hall', midnight + hour, midnight + 2 * hour, direct);
    expect([...later.times]).toEqual([60, 75, 90, 105].map((m) => midnight + m * minute));
    const days = await ledger.days(['hall'], '2026-03-01', '2026-04-30', direct);
    expect(days.get('hall')?.columns.get('electricity.in.Wh')?.[0]).toBe(12 * 150_000);
    expect([days.get('hall')?.intervals[0], days.get('hall')?.expected[0]]).toEqual([12, 96]);
    expect([...(await ledger.days(null, '2026-03-30', '2026-03-30', direct)).keys()]).toContain('battery');

    await twin.accept([reading('hall.power', 1200, midnight + 61 * minute)], 'test');
    await expect
      .poll(
        async () => (await ledger.intervals('hall', midnight + hour, midnight + 2 * hour, direct)).columns.get('electricity.in.Wh')?.[0],
      )
      .toBeGreaterThan(150_000);
    await twin.idle();
    expect(await twin.parts.stores.journal.dirty()).toEqual([]);
    const metrics = await twin.parts.metrics.registry.metrics();
    expect(metrics).toContain('ecopark_ledger_dirty_days{park="sample"} 0');
    expect(metrics).toContain(`ecopark_ledger_accounted_until_seconds{park="sample"} ${until / 1000}`);
  });

  it('gives snapshots of any range that say what the live view said, and marks what was doubtful', async () => {
    const clock = handClock(midnight + minute, true);
    const { sample, ledger } = await start({ clock });
    const { twin } = sample;
    clock.advance(26 * hour);
    await twin.accept(told(midnight, midnight + 20 * hour), 'test');
    await twin.tick();
    await twin.idle();
    const park = layoutOf(twin.park, 'full');
    const hall = park.assets.get('hall')?.ports['electricity.in']?.power as number;
    const day = decodeSnapshots(await ledger.snapshots(midnight, midnight + 24 * hour, 1));
    expect(day.times).toHaveLength(96);
    expect(day.values[10 * day.size + hall]).toBeCloseTo(600, 0);
    const some = decodeSnapshots(await ledger.snapshots(midnight + 23 * hour, midnight + 26 * hour, 4));
    expect([...some.times]).toEqual([23, 24, 25].map((h) => midnight + h * hour));
    expect(decodeSnapshots(await ledger.snapshots(0, 1000, 1)).times).toHaveLength(0);
    // Nobody spoke in the last hours, and there is no week before to estimate from.
    const gap = (await ledger.marks(midnight, midnight + 30 * hour)).find(({ kind }) => kind === 'gap');
    expect(gap?.to).toBe(midnight + 26 * hour);
    const far = await ledger.marks(midnight - 300 * 24 * hour, midnight + 24 * hour);
    expect(far.some(({ kind }) => kind === 'gap')).toBe(true);
  });

  it('accounts after a restart what happened meanwhile, and goes on from where storages were', async () => {
    const clock = handClock(midnight + minute, true);
    const first = await start({ clock });
    clock.advance(2 * hour);
    await first.sample.twin.accept(told(midnight, midnight + 2 * hour), 'test');
    await first.sample.twin.tick();
    await first.sample.twin.idle();
    const known = first.ledger.known();
    open = [];
    await first.sample.close(false);
    clock.advance(30 * hour);
    const second = await start({ clock, folder: first.sample.folder });
    expect(second.sample.twin.parts.ledger?.known()).not.toBeNull();
    await second.sample.twin.idle();
    expect(second.ledger.known()?.until).toBe(midnight + 32 * hour);
    const rows = await second.ledger.intervals('battery', midnight, midnight + 2 * hour, direct);
    expect(rows.columns.get('level.Wh')?.at(-1)).toBe(Math.round((known?.levels[0]?.energy_kWh as number) * 1000));
  });

  it('begins anew with each loop of a replay', async () => {
    const first = midnight;
    const last = midnight + 2 * hour;
    const source = {
      name: 'test',
      readings: (from: number, to: number) => told(midnight, Math.min(to, last)).filter(({ time }) => time > from),
      span: { first, last },
      history_ms: hour,
      slice_ms: hour,
    };
    const clock = handClock(first);
    const park: Park = { ...quietPark(), replay: { loop: true } };
    const { sample, ledger } = await start({ park, clock, sources: [source] });
    clock.advance(hour);
    await sample.twin.tick();
    await sample.twin.idle();
    expect(ledger.known()?.until).toBe(first + hour);
    clock.advance(1.5 * hour);
    await sample.twin.tick();
    expect(ledger.known()).toBeNull();
    expect(ledger.status()).toMatchObject({ from: null, until: null });
    clock.advance(30 * minute);
    await sample.twin.tick();
    await sample.twin.idle();
    expect(ledger.known()?.until).toBe(first + 30 * minute);
  });

  it('lets go of readings that are older than the park keeps, and keeps what it made of them', async () => {
    const clock = handClock(midnight + minute, true);
    const park: Park = { ...quietPark(), retention: { raw_days: 2 } };
    const { sample, ledger } = await start({ park, clock, ledger: { bases: basesOf(park), retention_ms: 100 } });
    const { twin } = sample;
    const { journal } = twin.parts.stores;
    clock.advance(100 * hour);
    await twin.accept(told(midnight, midnight + 100 * hour), 'test');
    await twin.tick();
    await twin.idle();
    const before = await ledger.days(['hall'], '2026-03-30', '2026-03-30', direct);
    // Two days, and what the first of them needs of the evening before.
    const kept = midnight + 48 * hour - 12 * hour;
    await expect.poll(async () => (await journal.span())?.first).toBe(kept);
    expect(await journal.rawFrom()).toBe(kept);
    expect(await ledger.days(['hall'], '2026-03-30', '2026-03-30', direct)).toEqual(before);
    // Something comes for a day that has no readings any more: what is known stays.
    await twin.accept([reading('hall.power', 2000, midnight + 5 * hour + 1)], 'test');
    await twin.idle();
    expect(await ledger.days(['hall'], '2026-03-30', '2026-03-30', direct)).toEqual(before);
    await expect.poll(async () => (await journal.span())?.first).toBe(kept);
  });

  it('lets go of intervals that are older than the park keeps, but not of what was published, and says so wherever they are asked for', async () => {
    const clock = handClock(midnight + minute, true);
    // Shorter than a park.yaml may say.
    const park: Park = { ...quietPark(), retention: { intervals_days: 1 } };
    const { sample, ledger } = await start({ park, clock, ledger: { bases: basesOf(park), retention_ms: 400 } });
    const { twin } = sample;
    const published = [{ id: '2026-03.direct.1', period: '2026-03', set: 'direct', who: 'Ada', at: '', total_mg: null }];
    await twin.parts.stores.documents.save([{ name: 'reports', bytes: new TextEncoder().encode(JSON.stringify(published)) }]);
    clock.advance(100 * hour);
    await twin.accept(told(midnight, midnight + 100 * hour), 'test');
    await twin.tick();
    await twin.idle();
    await expect.poll(() => ledger.status().gone, { timeout: 20_000 }).toEqual([{ from: '2026-04-01', to: '2026-04-01', hours: false }]);

    const [from, to] = [midnight + 46 * hour, midnight + 74 * hour];
    const ask = async (step: string) => {
      const query = `owner=hall&columns=electricity.in.Wh&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&step=${step}`;
      const { intervals, gone, owners } = await (await fetch(`${sample.url}/api/v1/parks/${park.id}/series?${query}`)).json();
      return { intervals, gone, values: owners.hall.columns['electricity.in.Wh'].values };
    };
    const gone = [{ from: new Date(midnight + 48 * hour).toISOString(), to: new Date(midnight + 72 * hour).toISOString() }];
    const known = Array(8).fill(150_000);
    expect(await ask('interval')).toMatchObject({ gone, values: [...known, ...Array(96).fill(null), ...known] });
    expect(await ask('hour')).toEqual({ gone: [], values: Array(28).fill(600_000), intervals: Array(28).fill(4) });
    expect(await ask('day')).toMatchObject({ gone: [], values: [24 * 600_000, 24 * 600_000] });
    const shown = decodeSnapshots(await ledger.snapshots(from, to, 1));
    expect([...shown.times].some((time) => time >= midnight + 48 * hour && time < midnight + 72 * hour)).toBe(false);
    expect(shown.times).toHaveLength(16);
    const marks = await ledger.marks(from, to);
    expect(marks.filter(({ kind }) => kind === 'gone')).toEqual([
      { kind: 'gone', from: midnight + 48 * hour, to: midnight + 72 * hour, note: 'only hours and days are kept' },
    ]);
  });

  it('that fails says so in the log, once until it gets on, with the place in its own code', async () => {
    const clock = handClock(midnight + minute, true);
    const { sample, ledger } = await start({ clock });
    const { twin, folder, log } = sample;
    await twin.idle();
    const file = readdirSync(folder).find((name) => name.endsWith('ledger.sqlite')) as string;
    const db = new Database(join(folder, file));
    const said = () => log.filter((line) => line.includes('the ledger stands still'));
    const anHourWithoutStore = async (faults: number) => {
      db.exec('ALTER TABLE record RENAME TO elsewhere');
      const from = clock.now() - minute;
      clock.advance(hour);
      await twin.accept(told(from, from + hour), 'test');
      await twin.tick();
      await expect.poll(said).toHaveLength(faults);
      // Each question has it try again.
      for (let i = 0; i < 3; i++) await expect(ledger.idle()).rejects.toThrow('no such table');
      expect(said()).toHaveLength(faults);
    };
    await anHourWithoutStore(1);
    expect(said()).toEqual([expect.stringMatching(/no such table.*\.ts:\d+/)]);
    db.exec('ALTER TABLE elsewhere RENAME TO record');
    await ledger.idle();
    expect(ledger.status().until).toBe(midnight + hour);
    await anHourWithoutStore(2);
    db.exec('ALTER TABLE elsewhere RENAME TO record');
    db.close();
  });

  it('refuses to restate or lock what it must not, in words', async () => {
    const clock = handClock(midnight + minute, true);
    const { sample, ledger } = await start({ clock, park: samplePark() });
    const request = { set: 'direct' as const, from: midnight, to: midnight + hour, reason: 'x', who: 'Ada' };
    await expect(ledger.restate(request)).rejects.toMatchObject({ why: 'range' });
    await expect(ledger.restate({ ...request, set: 'lifecycle' })).rejects.toMatchObject({ why: 'set' });
    await expect(ledger.lock({ from: '2026-03-30', to: '2026-03-30', who: 'Ada' })).rejects.toMatchObject({ why: 'range' });
    await expect(ledger.unlock('2026-03-30', '2026-03-30', 'Ada')).rejects.toThrow('no period');
    expect(sample.twin.parts.ledger?.status().locks).toEqual([]);
  });
});
