import { afterEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { runClock, wallClock } from '../../../server/twin/clock.ts';
import { type HandClock, handClock, noon, type Sample, startSample } from '../sample-server.ts';

describe('the clock of a park', () => {
  it('is the wall', () => {
    expect(Math.abs(wallClock().now() - Date.now())).toBeLessThan(1000);
    expect(wallClock()).toMatchObject({ wall: true, speed: 1 });
  });

  it('of a run stands until it is started, then goes at its speed', () => {
    let elapsed = 5000;
    const clock = runClock(1_000_000, 900, () => elapsed);
    elapsed += 10_000;
    expect(clock.now()).toBe(1_000_000);
    clock.restart(1_000_000);
    elapsed += 1000;
    expect(clock.now()).toBe(1_900_000);
    clock.restart(0);
    expect(clock.now()).toBe(0);
  });
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a twin whose time is the computer’s', () => {
  let open: Sample[] = [];
  afterEach(async () => {
    for (const sample of open) await sample.close();
    open = [];
  });
  async function start(clock: HandClock): Promise<Sample> {
    const sample = await startSample({ clock, ledger: {} });
    open.push(sample);
    return sample;
  }
  const points = { 'grid.power': 1, 'hall.power': 600, 'battery.power': -100 };
  const readingsAt = (time: number): Reading[] =>
    Object.entries(points).map(([point, kW]) => ({ point, time, value: kW * (1 + (time % 7) / 100), quality: 'good' }));
  const columns = async ({ twin }: Sample, owner: string, from: number, to: number) => {
    const block = await twin.parts.ledger?.intervals(owner, from, to, { set: 'direct' });
    return { times: [...(block?.times ?? [])], columns: new Map([...(block?.columns ?? [])].map(([name, values]) => [name, [...values]])) };
  };

  /** Three hours of meters that have the right time, each 5 minutes, while the computer's clock is put by `steps` at some of them. */
  async function through(steps: Record<number, number>): Promise<Sample> {
    const clock = handClock(noon, true);
    const sample = await start(clock);
    for (let after = 5; after <= 180; after += 5) {
      clock.advance(5 * minute + (steps[after] ?? 0));
      const { accepted, quarantined } = await sample.twin.accept(readingsAt(noon + after * minute), 'test');
      expect(accepted + quarantined).toBe(3);
      const { seq } = sample.twin.snapshot('full');
      await sample.twin.tick();
      expect([sample.twin.time, sample.twin.snapshot('full').seq]).toEqual([clock.now(), seq + 1]);
      if (after % 30 === 0) await sample.twin.idle();
    }
    await sample.twin.idle();
    return sample;
  }
  const past = (sample: Sample) => Promise.all(['hall', 'battery', ''].map((owner) => columns(sample, owner, noon, noon + 3 * hour)));
  const energy = async (sample: Sample) => (await past(sample)).map((owner) => owner.columns.get('electricity.in.Wh'));

  it('accounts the same when the clock leaps an hour ahead and is put right again: nothing lost, nothing twice', async () => {
    const [right, leapt] = [await through({}), await through({ 50: hour, 95: -hour })];
    expect(await leapt.twin.parts.stores.journal.count()).toEqual(await right.twin.parts.stores.journal.count());
    const wanted = await past(right);
    expect(wanted[0]?.times).toHaveLength(12);
    expect(await past(leapt)).toEqual(wanted);
  }, 60_000);

  it('keeps aside what comes from its future while the clock is an hour behind, and accounts it when a person releases it', async () => {
    const [right, behind] = [await through({}), await through({ 50: -hour, 95: hour })];
    const { quarantine, parts } = behind.twin;
    expect(await quarantine.counts()).toEqual({ ahead: 27 });
    expect(await energy(behind)).not.toEqual(await energy(right));
    for (const { id } of await quarantine.list(100, {})) await quarantine.release(id);
    await behind.twin.idle();
    expect((await parts.stores.journal.count()).readings).toBe((await right.twin.parts.stores.journal.count()).readings);
    expect(await energy(behind)).toEqual(await energy(right));
  }, 60_000);

  it('has a leap day, whole and between its neighbours', async () => {
    // Local midnight in Shanghai.
    const from = Date.UTC(2028, 1, 27, 16);
    const clock = handClock(from, true);
    const sample = await start(clock);
    for (let at = from; at < from + 3 * day; at += 6 * hour) {
      clock.advance(6 * hour);
      const times = Array.from({ length: 72 }, (_, i) => at + i * 5 * minute);
      await sample.twin.accept(
        times.map((time) => ({ point: 'hall.power', time, value: 600, quality: 'good' as const })),
        'test',
      );
      await sample.twin.tick();
      expect(sample.twin.time).toBe(at + 6 * hour);
    }
    await sample.twin.idle();
    const days = (await sample.twin.parts.ledger?.days(['hall'], '2028-02-28', '2028-03-01', { set: 'direct' }))?.get('hall');
    expect(days?.periods).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect([...(days?.columns.get('electricity.in.Wh') ?? [])]).toEqual([14_400_000, 14_400_000, 14_400_000]);
    expect([...(days?.intervals ?? [])]).toEqual([96, 96, 96]);
  }, 60_000);
});
