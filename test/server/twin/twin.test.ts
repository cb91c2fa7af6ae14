import { afterEach, describe, expect, it } from 'vitest';
import { modeOf } from '../../../models/park/sources/sources.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import type { PolledSource } from '../../../server/sources/source.ts';
import type { Twin } from '../../../server/twin/twin.ts';
import { samplePark } from '../../sample-park.ts';
import { handClock, noon, quietPark, type Sample, type SampleOptions, startSample } from '../sample-server.ts';

let open: Sample[] = [];
afterEach(async () => {
  for (const sample of open) await sample.close();
  open = [];
});
async function start(options: SampleOptions = {}): Promise<Sample> {
  const sample = await startSample({ clock: handClock(noon), ...options });
  open.push(sample);
  return sample;
}

const minute = 60_000;
const reading = (point: string, value: number | null, at = noon, quality: Reading['quality'] = 'good'): Reading => ({
  point,
  time: at,
  value,
  quality,
});
const hall = (twin: Twin) => twin.document('full').assets['hall'];

/** Says the same every minute of a span of its own. */
function everyMinute(first: number, last: number): PolledSource {
  const say = (from: number, to: number) => {
    const readings: Reading[] = [];
    for (let t = Math.max(first, Math.floor(from / minute) * minute + minute); t <= Math.min(to, last); t += minute) {
      readings.push(reading('hall.power', 500, t));
    }
    return readings;
  };
  return { name: 'test', readings: say, span: { first, last }, history_ms: 60 * minute, slice_ms: 30 * minute };
}

describe('the twin', () => {
  it('shows a reading at the next tick after it was kept, and nothing of a refused batch', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock });
    await expect(twin.accept([reading('hall.power', 700), reading('nobody', 1)], 'test')).rejects.toMatchObject({ index: 1 });
    expect(await twin.parts.stores.journal.count()).toEqual({ readings: 0, quarantined: 0 });
    expect(await twin.accept([reading('hall.power', 700)], 'test')).toEqual({ accepted: 1, duplicates: 0, quarantined: 0 });
    expect(hall(twin)?.ports?.['electricity.in']).toBeNull();
    clock.advance(1000);
    await twin.tick();
    expect(hall(twin)).toMatchObject({ ports: { 'electricity.in': 700 }, age_s: 1, origin: 'simulated' });
  });

  it('never shows an implausible value, and makes a time with two values bad', async () => {
    const clock = handClock(noon);
    const { twin, log } = await start({ clock });
    const result = await twin.accept([reading('hall.power', 700_000), reading('hall.power', 600, noon - 1)], 'test');
    expect(result).toEqual({ accepted: 1, duplicates: 0, quarantined: 1 });
    await twin.tick();
    expect(hall(twin)?.ports?.['electricity.in']).toBe(600);
    await twin.accept([reading('hall.power', 600, noon), reading('hall.power', 900, noon)], 'test');
    await twin.tick();
    // The time before it is held, and the newest word is bad.
    expect(hall(twin)).toMatchObject({ ports: { 'electricity.in': 600 }, validity: 'bad' });
    await twin.accept([reading('hall.power', 800_000, noon + 1)], 'test');
    expect(log.filter((line) => line.includes('plausible range'))).toHaveLength(1);
  });

  it('counts its ticks, and tells listeners of each', async () => {
    const { twin } = await start();
    let updates = 0;
    twin.onStep(() => updates++);
    const before = twin.snapshot('full');
    await twin.tick();
    await twin.tick();
    const after = twin.snapshot('full');
    expect([after.seq - before.seq, updates]).toEqual([2, 2]);
    expect(after.epoch).toBe(before.epoch);
  });

  it('knows after a restart what it knew before, and steps storages on from where they were', async () => {
    const at = noon - (noon % (15 * minute));
    const clock = handClock(at + minute, true);
    const first = await start({ clock, ledger: {} });
    const charge: Reading[] = [];
    for (let t = at; t < at + 16 * minute; t += minute) {
      charge.push(reading('battery.power', -400, t), reading('grid.power', 1, t), reading('hall.power', 300, t));
    }
    clock.advance(15 * minute);
    await first.twin.accept(charge, 'test');
    await first.twin.tick();
    const before = first.twin.document('full');
    await first.twin.idle();
    expect(first.twin.parts.ledger?.known()?.until).toBe(at + 15 * minute);
    await first.twin.tick();
    const known = first.twin.document('full');
    expect(known.assets['battery']).not.toEqual(before.assets['battery']);
    open = [];
    await first.close(false);

    const second = await start({ clock, folder: first.folder, ledger: {} });
    const again = second.twin.document('full');
    expect(again.epoch).not.toBe(known.epoch);
    expect(again.totals).toEqual(known.totals);
    expect(again.assets).toEqual(known.assets);
  });

  it('starts a run on its own clock with an empty history', async () => {
    const first = await start();
    await first.twin.accept([reading('hall.power', 700)], 'test');
    open = [];
    await first.close(false);
    const second = await start({ folder: first.folder });
    expect(await second.twin.parts.stores.journal.count()).toEqual({ readings: 0, quarantined: 0 });
  });

  it('fills an empty history from its source, and learns from it for when the meter is silent', async () => {
    const clock = handClock(noon);
    const source = everyMinute(noon - 300 * minute, noon - 2 * minute);
    const { twin } = await start({ clock, sources: [{ ...source, span: undefined as never, history_ms: 300 * minute }] });
    await twin.idle();
    expect((await twin.parts.stores.journal.span())?.first).toBe(noon - 300 * minute);
    expect((await twin.parts.stores.journal.count()).readings).toBe(299);
    // A day later, nothing was heard since: the same time of day.
    clock.advance(24 * 60 * minute - 120 * minute);
    await twin.tick();
    expect(hall(twin)).toMatchObject({ ports: { 'electricity.in': 500 }, origin: 'estimated', freshness: 'missing' });
  });

  it('takes over after a restart what it had learnt', async () => {
    const clock = handClock(noon, true);
    const source: PolledSource = {
      ...everyMinute(noon - 300 * minute, noon - 2 * minute),
      span: undefined as never,
      history_ms: 300 * minute,
    };
    const first = await start({ clock, sources: [source] });
    await first.twin.idle();
    open = [];
    await first.close(false);
    expect(
      await (async () => {
        const second = await start({ clock, folder: first.folder });
        await second.twin.idle();
        clock.advance(22 * 60 * minute);
        await second.twin.tick();
        return hall(second.twin);
      })(),
    ).toMatchObject({ ports: { 'electricity.in': 500 }, origin: 'estimated' });
  });

  it('begins a replay again at its end as another epoch with an empty history', async () => {
    const clock = handClock(noon);
    const park = { ...quietPark(), replay: { loop: true } };
    const { twin } = await start({ clock, park, sources: [everyMinute(noon, noon + 10 * minute)] });
    let epochs = 0;
    twin.onStep(({ begins }) => {
      if (begins) epochs++;
    });
    const { epoch } = twin;
    clock.advance(10 * minute);
    await twin.tick();
    expect((await twin.parts.stores.journal.count()).readings).toBe(11);
    clock.advance(minute);
    await twin.tick();
    expect([twin.time, twin.snapshot('full').seq, epochs]).toEqual([noon, 0, 1]);
    expect(twin.epoch).toBeGreaterThan(epoch);
    expect(await twin.parts.stores.journal.count()).toEqual({ readings: 0, quarantined: 0 });
    clock.advance(minute);
    await twin.tick();
    expect((await twin.parts.stores.journal.count()).readings).toBe(2);
    expect(hall(twin)?.ports?.['electricity.in']).toBe(500);
  });

  it('lets go of a long past that is still being filled when its replay begins again', async () => {
    const clock = handClock(noon);
    const park = { ...quietPark(), replay: { loop: true } };
    const source = { ...everyMinute(noon - 9000 * minute, noon + 10 * minute), history_ms: 9000 * minute, slice_ms: 10 * minute };
    const { twin } = await start({ clock, park, sources: [source], ledger: {} });
    clock.advance(11 * minute);
    await twin.tick();
    expect(twin.time).toBe(noon - 9000 * minute);
    await twin.idle();
    expect(await twin.parts.stores.journal.count()).toEqual({ readings: 0, quarantined: 0 });
    // The other life is accounted as the first would have been.
    clock.advance(40 * minute);
    await twin.tick();
    await twin.idle();
    expect((await twin.parts.stores.journal.count()).readings).toBe(41);
    expect(twin.parts.ledger?.known()?.until).toBe(noon - 9000 * minute + 30 * minute);
  });

  it('ticks on while a long past is being filled', async () => {
    const clock = handClock(noon);
    const source = { ...everyMinute(noon - 20_000 * minute, noon + 60 * minute), history_ms: 20_000 * minute };
    const { twin } = await start({ clock, sources: [source], ledger: {} });
    for (let i = 1; i <= 5; i++) {
      clock.advance(1000);
      await twin.tick();
      expect(twin.time).toBe(noon + i * 1000);
    }
    expect((await twin.parts.stores.journal.span())?.first).toBeGreaterThan(noon - 20_000 * minute);
    await twin.idle();
    expect((await twin.parts.stores.journal.span())?.first).toBe(noon - 20_000 * minute);
    expect(twin.parts.ledger?.status().from).toBeLessThanOrEqual(noon - 20_000 * minute);
  });

  it('stands still at the end of a replay that does not loop', async () => {
    const clock = handClock(noon);
    const park = { ...quietPark(), replay: { loop: false } };
    const { twin } = await start({ clock, park, sources: [everyMinute(noon, noon + 10 * minute)] });
    clock.advance(60 * minute);
    await twin.tick();
    expect(twin.time).toBe(noon + 10 * minute);
  });

  it('goes on ticking when a source fails', async () => {
    const clock = handClock(noon);
    const broken: PolledSource = {
      name: 'broken',
      readings: () => {
        throw new Error('wire cut');
      },
      history_ms: 0,
      slice_ms: 1,
    };
    const { twin, log } = await start({ clock, sources: [broken] });
    clock.advance(1000);
    await twin.tick();
    expect(twin.time).toBe(noon + 1000);
    expect(log.some((line) => line.includes('wire cut'))).toBe(true);
  });

  it('tells how its values come about', () => {
    const park = samplePark();
    expect(modeOf(park)).toBe('simulated');
    expect(modeOf({ ...park, points: park.points.map((p) => ({ ...p, source: { type: 'push' } })) })).toBe('live');
    expect(modeOf({ ...park, replay: { loop: true } })).toBe('replayed');
  });
});
