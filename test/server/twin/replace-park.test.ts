/** Another version of the park in a running twin, with a clock that tests move. */
import { afterEach, describe, expect, it } from 'vitest';
import { basesOf } from '../../../models/carbon/basis.ts';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import { qualities } from '../../../models/quality.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import type { PolledSource } from '../../../server/sources/source.ts';
import type { NextPark } from '../../../server/twin/replace-park.ts';
import type { ToldStep } from '../../../server/twin/steps.ts';
import type { Twin } from '../../../server/twin/twin.ts';
import { sampleFactors, sampleGeoJson, sampleTexts, sampleYaml } from '../../sample-park.ts';
import { reading, told } from '../balanced-readings.ts';
import { type HandClock, handClock, noon, type Sample, type SampleOptions, startSample } from '../sample-server.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Local midnight in Shanghai. */
const midnight = Date.UTC(2025, 5, 1, 16);
const direct = { set: 'direct' } as const;

let open: Sample[] = [];
afterEach(async () => {
  for (const sample of open) await sample.close();
  open = [];
});
async function start(options: SampleOptions & { clock: HandClock }): Promise<Sample> {
  const sample = await startSample(options);
  open.push(sample);
  return sample;
}

interface Texts {
  yaml?: string;
  factors?: string;
  geojson?: string;
}

function parkOf({ yaml = sampleYaml, factors = sampleFactors, geojson = sampleGeoJson }: Texts = {}): Park {
  const files = new Map([['park.geojson', geojson]]);
  const { park, problems } = buildPark({ ...sampleTexts(), yaml, files, factorFiles: new Map([['sample-factors.json', factors]]) });
  if (!park) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { ...park, tick_s: 3600 };
}

function next(park: Park, sources: PolledSource[] = []): NextPark {
  return { bases: basesOf(park), warnings: [], sources };
}

const boilerGas =
  '  - {id: boiler.gas, asset: boiler, port: gas.in, unit: kW, cadence_s: 60, range: [0, 5000], source: {type: simulator}}\n';
const withMeter = sampleYaml.replace('tenants:', `${boilerGas}tenants:`);
const without = (point: string) => sampleYaml.replace(new RegExp(` {2}- \\{id: ${point},.*\n`), '');
const dearGrid = sampleFactors.replace('"value":550', '"value":650');

const port = (twin: Twin, asset: string, name: 'electricity.in' | 'gas.in') => twin.document('full').assets[asset]?.ports?.[name];

describe('another version of the park', () => {
  it('begins an epoch with what the one before knew, at the same moment', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf() });
    await twin.accept([reading('hall.power', 700, noon), reading('grid.power', 1, noon)], 'test');
    clock.advance(1000);
    await twin.tick();
    const before = twin.document('full');
    const steps: ToldStep[] = [];
    twin.onStep((step) => {
      steps.push(step);
      expect(twin.document('full')).toMatchObject({ epoch: step.epoch, seq: step.seq });
    });
    const renamed = parkOf({ yaml: sampleYaml.replace('Sample park', 'Renamed park') });
    await twin.replacePark(next(renamed));
    expect(twin.park.name).toEqual({ en: 'Renamed park', zh: '样例园区' });
    const after = twin.document('full');
    expect([after.totals, after.assets, after.time]).toEqual([before.totals, before.assets, before.time]);
    expect([after.seq, steps.map(({ begins, seq }) => [begins, seq])]).toEqual([0, [[true, 0]]]);
    expect(after.epoch).toBeGreaterThan(before.epoch);
    await twin.tick();
    expect(twin.document('full').seq).toBe(1);
  });

  it('takes the readings of a new meter from then on, and those of one that is gone no more', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf() });
    await expect(twin.accept([reading('boiler.gas', 500, noon)], 'test')).rejects.toThrow('has no point');
    await twin.replacePark(next(parkOf({ yaml: withMeter })));
    await twin.accept([reading('boiler.gas', 500, noon)], 'test');
    clock.advance(1000);
    await twin.tick();
    expect(port(twin, 'boiler', 'gas.in')).toBe(500);
    await twin.replacePark(next(parkOf({ yaml: without('hall.power') })));
    await expect(twin.accept([reading('hall.power', 500, noon)], 'test')).rejects.toThrow('has no point');
    expect(await twin.parts.stores.journal.count()).toEqual({ readings: 1, quarantined: 0 });
  });

  it('loses and doubles none of the readings that pour in meanwhile, and knows them all', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf(), ledger: {} });
    let pouring = true;
    const accepted = { readings: 0, refused: 0 };
    const pour = async (lane: number) => {
      for (let i = 0; pouring; i++) {
        clock.advance(1);
        const value = 500 + (i % 100);
        const at = noon - hour + lane * 20 * minute + i;
        await twin.accept([reading('hall.power', value, at), reading('pv.power', 10, at)], 'test').then(
          (result) => {
            accepted.readings += result.accepted;
          },
          () => accepted.refused++,
        );
      }
    };
    const lanes = [0, 1, 2].map(pour);
    for (let i = 0; i < 4; i++) {
      await twin.replacePark(next(parkOf({ yaml: i % 2 === 0 ? withMeter : sampleYaml })));
      await twin.tick();
    }
    pouring = false;
    await Promise.all(lanes);
    expect(accepted.refused).toBe(0);
    expect(accepted.readings).toBeGreaterThan(100);
    expect(await twin.parts.stores.journal.count()).toEqual({ readings: accepted.readings, quarantined: 0 });
    // The same as a twin that reads it all from the store.
    await twin.tick();
    const known = twin.document('full');
    await twin.replacePark(next(parkOf()));
    const again = twin.document('full');
    expect([again.totals, again.assets]).toEqual([known.totals, known.assets]);
  });

  it('knows what was accepted, decided on and contradicted while it was prepared', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf() });
    await twin.accept([reading('hall.power', 9000, noon - minute), reading('pv.power', 50, noon)], 'test');
    const [aside] = await twin.quarantine.list(1, {});
    let ready = false;
    await twin.replacePark(next(parkOf()), async () => {
      await twin.quarantine.release(aside?.id as number);
      await twin.accept([reading('pv.power', 60, noon), reading('office.energy', 20, noon - 900_000)], 'test');
      await twin.tick();
      ready = true;
    });
    expect(ready).toBe(true);
    clock.advance(1000);
    await twin.tick();
    const { value, validity } = twin.live.pointValues;
    const at = (point: string) => twin.park.points.findIndex(({ id }) => id === point);
    expect([value[at('hall.power')], qualities[validity[at('hall.power')] as number]]).toEqual([9000, 'uncertain']);
    expect(qualities[validity[at('pv.power')] as number]).toBe('bad');
    expect(value[at('office.energy')]).toBe(80);
  });

  it('leaves all as it was when something cannot be made ready', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf(), ledger: {} });
    const { epoch, park } = twin;
    const fails = twin.replacePark(next(parkOf({ yaml: withMeter })), () => Promise.reject(new Error('not ready')));
    await expect(fails).rejects.toThrow('not ready');
    expect([twin.epoch, twin.park]).toEqual([epoch, park]);
    await twin.accept([reading('hall.power', 700, noon)], 'test');
    await twin.tick();
    expect(port(twin, 'hall', 'electricity.in')).toBe(700);
  });

  it('is taken one after the other, and not while the twin stops', async () => {
    const clock = handClock(noon);
    const sample = await start({ clock, park: parkOf() });
    const { twin } = sample;
    const order: string[] = [];
    const [one, other] = [parkOf(), parkOf({ yaml: withMeter })];
    const taken = [one, other].map((park, i) =>
      twin.replacePark(next(park), async () => {
        order.push(`ready ${i}`);
      }),
    );
    await Promise.all(taken.map((done, i) => done.then(() => order.push(`done ${i}`))));
    expect(order).toEqual(['ready 0', 'done 0', 'ready 1', 'done 1']);
    expect(twin.park).toBe(other);
    const late = twin.replacePark(next(one), () => new Promise((resolve) => setTimeout(resolve, 50)));
    open = [];
    const [result] = await Promise.allSettled([late, sample.close()]);
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'Busy' } });
    await expect(twin.replacePark(next(one))).rejects.toMatchObject({ name: 'Busy' });
  });
});

describe('the sources of another version', () => {
  /** Says every minute what each of its points shows; notes the spans that it was asked for. */
  function source(points: Record<string, number>, more: Partial<PolledSource> = {}) {
    const asked: [number, number][] = [];
    let closed = 0;
    const polled: PolledSource = {
      name: 'test',
      readings: async (from, to) => {
        if (closed > 0) throw new Error('asked after it was let go');
        asked.push([from, to]);
        const found: Reading[] = [];
        for (let t = Math.floor(from / minute) * minute + minute; t <= to; t += minute)
          for (const [point, value] of Object.entries(points)) found.push(reading(point, value, t));
        return found;
      },
      history_ms: hour,
      slice_ms: hour,
      close: async () => {
        closed++;
      },
      ...more,
    };
    return { polled, asked, closed: () => closed };
  }

  it('go on where the others were asked to: no gap, nothing twice, and the others are let go', async () => {
    const clock = handClock(noon);
    const first = source({ 'hall.power': 500 });
    const { twin } = await start({ clock, park: parkOf(), sources: [first.polled] });
    await twin.idle();
    clock.advance(minute);
    await twin.tick();
    const second = source({ 'hall.power': 500, 'boiler.gas': 80 });
    await twin.replacePark(next(parkOf({ yaml: withMeter }), [second.polled]));
    expect(first.closed()).toBe(1);
    clock.advance(2 * minute);
    await twin.tick();
    expect(second.asked.at(-1)).toEqual([noon + minute, noon + 3 * minute]);
    const rows = await twin.parts.stores.journal.series('hall.power', noon, noon + hour, 100);
    expect(rows.map(({ time }) => time)).toEqual([0, 1, 2, 3].map((m) => noon + m * minute));
    const counted = await twin.parts.metrics.registry.metrics();
    expect(counted).not.toContain('result="duplicates"');
    expect(port(twin, 'boiler', 'gas.in')).toBe(80);
  });

  it('are asked for the last hours of a new meter, so that it is known at once', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf(), sources: [source({ 'hall.power': 500 }).polled] });
    await twin.replacePark(next(parkOf({ yaml: withMeter }), [source({ 'hall.power': 500, 'boiler.gas': 80 }).polled]));
    await twin.tick();
    expect(port(twin, 'boiler', 'gas.in')).toBe(80);
    const rows = await twin.parts.stores.journal.series('boiler.gas', noon - day, noon + 1, 1000);
    expect([rows.length, rows[0]?.time]).toEqual([120, noon - 2 * hour + minute]);
  });

  it('answer for a meter that is gone without taking the rest along', async () => {
    const clock = handClock(noon);
    let answer: (() => void) | null = null;
    const slow = source({ 'hall.power': 500, 'battery.soc': 50 });
    const { readings } = slow.polled;
    const { twin, log } = await start({ clock, park: parkOf(), sources: [slow.polled], patience_ms: 300 });
    await twin.idle();
    slow.polled.readings = async (from, to) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return readings(from, to);
    };
    clock.advance(minute);
    // The tick goes on without the slow answer.
    await twin.tick();
    const replaced = twin.replacePark(next(parkOf({ yaml: without('battery.soc') }), [source({ 'hall.power': 500 }).polled]));
    await expect.poll(() => twin.park.points.some(({ id }) => id === 'battery.soc')).toBe(false);
    expect(slow.closed()).toBe(0);
    (answer as (() => void) | null)?.();
    await replaced;
    expect(slow.closed()).toBe(1);
    expect(log.filter((line) => line.includes('were lost'))).toEqual([]);
    const rows = await twin.parts.stores.journal.series('hall.power', noon + 1, noon + hour, 10);
    expect(rows.map(({ time }) => time)).toEqual([noon + minute]);
  });

  it('go on filling a long past that the others began', async () => {
    const clock = handClock(noon);
    const history_ms = 40 * hour;
    const first = source({ 'hall.power': 500 }, { history_ms });
    const { readings } = first.polled;
    let let_on = () => {};
    const held = new Promise<void>((resolve) => {
      let_on = resolve;
    });
    let questions = 0;
    first.polled.readings = async (from, to) => {
      // The first hours are asked for before the first tick.
      if (questions++ > 4) await held;
      return readings(from, to);
    };
    const { twin, log } = await start({ clock, park: parkOf(), sources: [first.polled] });
    await expect.poll(() => questions).toBeGreaterThan(5);
    const replaced = twin.replacePark(next(parkOf(), [source({ 'hall.power': 500 }, { history_ms }).polled]));
    let_on();
    await replaced;
    await twin.idle();
    expect((await twin.parts.stores.journal.span())?.first).toBe(noon - history_ms - 2 * hour + minute);
    expect((await twin.parts.stores.journal.count()).readings).toBe((history_ms + 2 * hour) / minute);
    expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('replay on at the time of the park, and begin again at their end', async () => {
    const clock = handClock(noon);
    const park = (name: string) => ({ ...parkOf({ yaml: sampleYaml.replace('Sample', name) }), replay: { loop: true } });
    const record = () => source({ 'hall.power': 500 }, { span: { first: noon, last: noon + 10 * minute } }).polled;
    const { twin } = await start({ clock, park: park('One'), sources: [record()] });
    clock.advance(5 * minute);
    await twin.tick();
    await twin.replacePark(next(park('Two'), [record()]));
    expect(twin.time).toBe(noon + 5 * minute);
    clock.advance(5 * minute);
    await twin.tick();
    expect((await twin.parts.stores.journal.series('hall.power', noon, noon + hour, 100)).length).toBe(11);
    clock.advance(minute);
    await twin.tick();
    expect(twin.time).toBe(noon);
    expect(await twin.parts.stores.journal.count()).toEqual({ readings: 0, quarantined: 0 });
  });
});

describe('estimates and levels', () => {
  it('of a meter that stays are kept, and of one that comes back are learnt from the store', async () => {
    const clock = handClock(noon);
    const { twin } = await start({ clock, park: parkOf() });
    for (let t = noon; t < noon + 2 * hour; t += 5 * minute) {
      clock.advance(5 * minute);
      await twin.accept([reading('hall.power', 500, t)], 'test');
      await twin.tick();
    }
    await twin.replacePark(next(parkOf({ yaml: withMeter })));
    clock.advance(22 * hour);
    await twin.tick();
    const estimated = { ports: { 'electricity.in': 500 }, origin: 'estimated' };
    expect(twin.document('full').assets['hall']).toMatchObject(estimated);
    await twin.accept(
      Array.from({ length: 24 }, (_, i) => reading('boiler.gas', 90, noon + i * 5 * minute)),
      'test',
    );
    await twin.replacePark(next(parkOf()));
    await twin.replacePark(next(parkOf({ yaml: withMeter })));
    await twin.idle();
    await twin.tick();
    expect(twin.document('full').assets['boiler']).toMatchObject({ ports: { 'gas.in': 90 }, origin: 'estimated' });
  });

  it('of a storage go on from where they were, whatever stands before it in the list', async () => {
    const clock = handClock(midnight + minute, true);
    const { twin } = await start({ clock, park: parkOf(), ledger: {} });
    clock.advance(3 * hour);
    await twin.accept(told(midnight, midnight + 3 * hour), 'test');
    await twin.tick();
    await twin.idle();
    const held = twin.parts.ledger?.known()?.levels[0]?.energy_kWh as number;
    expect(held).toBeGreaterThan(750);
    const levels: number[] = [];
    twin.onStep(() => levels.push(twin.live.levelFraction[twin.live.levelFraction.length - 1] as number));
    const { features, ...rest } = JSON.parse(sampleGeoJson);
    const battery = features.find(({ id }: { id: string }) => id === 'battery');
    const second = { ...battery, id: 'a-battery', properties: { ...battery.properties, at: 'sub-1' } };
    const geojson = JSON.stringify({ ...rest, features: [second, ...features] });
    await twin.replacePark(next(parkOf({ geojson, factors: dearGrid })));
    await twin.idle();
    await twin.tick();
    for (const level of levels) expect(level).toBeCloseTo(held / 1000, 3);
    expect(levels.length).toBeGreaterThan(1);
    expect(twin.parts.ledger?.known()?.levels.map(({ energy_kWh }) => Math.round(energy_kWh))).toEqual([500, Math.round(held)]);
  });
});

describe('the past', () => {
  const yesterday = '2025-06-02';

  async function twoDays(park: Park): Promise<{ sample: Sample; clock: HandClock }> {
    const clock = handClock(midnight + minute, true);
    const sample = await start({ clock, park, ledger: {} });
    clock.advance(day + 3 * hour);
    for (let from = midnight; from < midnight + day + 3 * hour; from += hour)
      await sample.twin.accept(told(from, from + hour - 5 * minute), 'test');
    await sample.twin.tick();
    await sample.twin.idle();
    return { sample, clock };
  }

  const carbon = async ({ twin }: Sample, first: string) => {
    const days = await twin.parts.ledger?.days(null, first, first, direct);
    return Object.fromEntries([...(days ?? [])].map(([owner, { columns }]) => [owner, Object.fromEntries(columns)]));
  };

  it('stays as it was accounted when a factor changes: today begins a new edition', async () => {
    const { sample } = await twoDays(parkOf());
    const { twin } = sample;
    const [before, today] = [await carbon(sample, yesterday), await carbon(sample, '2025-06-03')];
    await twin.replacePark(next(parkOf({ factors: dearGrid })));
    await twin.idle();
    const status = twin.parts.ledger?.status();
    expect(status?.editions.map(({ from, reason }) => [from, reason])).toEqual([
      [null, 'first accounting'],
      [midnight + day, 'the factors changed'],
    ]);
    expect(await carbon(sample, yesterday)).toEqual(before);
    const now = await carbon(sample, '2025-06-03');
    expect(now['grid']).not.toEqual(today['grid']);
    expect(Object.keys(now['grid'] ?? {})).toEqual(Object.keys(today['grid'] ?? {}));
  });

  it('stays when a name changes, and no edition begins', async () => {
    const { sample } = await twoDays(parkOf());
    const { twin } = sample;
    const before = await carbon(sample, yesterday);
    await twin.replacePark(next(parkOf({ yaml: sampleYaml.replace('Sample park', 'Renamed') })));
    await twin.idle();
    expect(twin.parts.ledger?.status().editions).toHaveLength(1);
    expect(await carbon(sample, yesterday)).toEqual(before);
  });

  it('keeps what a meter said that is gone, also when another reading of that day comes late', async () => {
    const { sample } = await twoDays(parkOf());
    const { twin } = sample;
    const before = await carbon(sample, yesterday);
    await twin.replacePark(next(parkOf({ yaml: without('pv.power') })));
    await twin.accept([reading('weather.temperature', 20, midnight + hour)], 'test');
    await twin.idle();
    expect(await carbon(sample, yesterday)).toEqual(before);
    await twin.accept([reading('hall.power', 620, midnight + hour + minute)], 'test');
    await twin.idle();
    const now = await carbon(sample, yesterday);
    expect(now['hall-pv']).toEqual(before['hall-pv']);
    expect(now['hall']).not.toEqual(before['hall']);
  });

  it('is accounted on to the end that was asked for before', async () => {
    const { sample, clock } = await twoDays(parkOf());
    const { twin } = sample;
    const { ledger } = twin.parts;
    clock.advance(hour);
    await twin.accept(told(midnight + day + 3 * hour, midnight + day + 4 * hour), 'test');
    const asked = ledger?.advance(midnight + day + 4 * hour);
    await twin.replacePark(next(parkOf({ yaml: withMeter })));
    await asked;
    await twin.idle();
    expect(ledger?.known()?.until).toBe(midnight + day + 4 * hour);
    const followed = await ledger?.followed('boiler', 'upstream', midnight + day + hour);
    expect(followed).not.toBeNull();
  });
});
