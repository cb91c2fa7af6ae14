/**
 * Bad telemetry and what it gets, against the running server: refused (R, nothing stored), quarantined (Q, out of every
 * sum) or accepted with a flag (F). Always the same process, no stack trace, at most one line in the log for each.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { qualities } from '../../../models/quality.ts';
import { csvReplay } from '../../../server/sources/csv/replay.ts';
import { type HandClock, handClock, noon, postReadings, quietPark, type Sample, startSample, token } from '../sample-server.ts';

const minute = 60_000;
const day = 86_400_000;
/** Each case has a day of its own. */
let now = noon;
let clock: HandClock;
let sample: Sample;
beforeAll(async () => {
  const park = quietPark();
  const wheel = { rollover: 2 ** 32, range: [0, 2 ** 32] as [number, number] };
  clock = handClock(noon);
  sample = await startSample({ clock, park: { ...park, points: park.points.map((p) => (p.id === 'chp.gas' ? { ...p, ...wheel } : p)) } });
});
afterAll(() => sample.close());
beforeEach(() => {
  clock.advance(day);
  now = clock.now();
});

const iso = (ms: number) => new Date(ms).toISOString();
const hall = (change: object = {}) => ({ point: 'hall.power', time: iso(now), value: 700, ...change });
const stored = () => sample.twin.parts.stores.journal.count();
const series = (point: string, from = now - 12 * 60 * minute, to = now + 1) =>
  sample.twin.parts.stores.journal.series(point, from, to, 10_000);
async function post(body: unknown): Promise<{ status: number; answer: Record<string, unknown> }> {
  const response = await postReadings(sample.url, body);
  return { status: response.status, answer: await response.json() };
}
/** A counter's readings: minutes before now, and what it showed. */
const counts = (point: string, ...rows: [number, number | null][]) =>
  rows.map(([before, value]) => ({ point, time: iso(now - before * minute), value }));
/** What the twin believes of a point after a tick. */
async function believed(point: string): Promise<{ value: number; validity: unknown }> {
  await sample.twin.tick();
  const { value, validity } = sample.twin.live.pointValues;
  const i = sample.twin.park.points.findIndex(({ id }) => id === point);
  return { value: value[i] as number, validity: qualities[validity[i] as number] };
}
/** Growth of a register in steps of 5 minutes over the last half hour; null where nothing can be said. */
async function growth(point: string): Promise<(number | null)[]> {
  const { rollover } = sample.twin.park.points.find(({ id }) => id === point) as { rollover?: number };
  const rollovers = rollover === undefined ? {} : { [point]: rollover };
  const buckets = await sample.twin.parts.stores.journal.aggregate([point], now - 30 * minute, now + 1, 5 * minute, rollovers);
  return buckets.map(({ increment }) => increment);
}

describe('R: refused with the reason, nothing stored', () => {
  const value = (text: string) => `{"readings":[{"point":"hall.power","time":"2025-06-02T04:00:00Z","value":${text}}]}`;
  it.each<[string, string | (() => unknown), string]>([
    ['NaN', value('NaN'), 'readings[0].value'],
    ['1e400', value('1e400'), 'too large'],
    ['"12,5"', value('"12,5"'), 'value'],
    ['an integer over 2^53', value('9007199254740993'), '2^53'],
    ['an own __proto__ key', '{"__proto__":{"a":1},"readings":[]}', '__proto__'],
    ['an own __proto__ key in a reading', value('1,"__proto__":{}'), '__proto__'],
    ['a key twice', value('1,"value":2'), 'twice'],
    ['depth over 16', value(`${'['.repeat(17)}${']'.repeat(17)}`), 'deeper'],
    ['an empty body', '', 'empty'],
    ['a body of spaces', '  ', 'too early'],
    ['a time without offset', () => ({ readings: [hall({ time: '2025-06-02T12:00:00' })] }), 'no offset'],
    ['02:30 in the spring gap, without offset', () => ({ readings: [hall({ time: '2025-03-30T02:30:00' })] }), 'no offset'],
    ['02:30 in autumn, without offset', () => ({ readings: [hall({ time: '2025-10-26T02:30:00' })] }), 'no offset'],
    ['an unknown point', () => ({ readings: [hall({ point: 'nobody' })] }), 'no point "nobody"'],
    ['a point named __proto__', () => ({ readings: [hall({ point: '__proto__' })] }), 'no point'],
  ])('%s', async (_, body, why) => {
    const before = await stored();
    const lines = sample.log.length;
    const { status, answer } = await post(typeof body === 'string' ? body : body());
    expect([status, await stored()]).toEqual([400, before]);
    expect(`${answer['message']} ${answer['reason']}`).toContain(why);
    expect(JSON.stringify(answer)).not.toMatch(/\bat .*\.ts|node_modules/);
    expect(sample.log.length - lines).toBeLessThanOrEqual(1);
    expect(sample.log.join('')).not.toContain(token);
  });

  it('row 500 of 1,000: all of them, with the index', async () => {
    const before = await stored();
    const readings = Array.from({ length: 1000 }, (_, i) => hall({ time: iso(now - i), value: i === 500 ? '12,5' : 1 }));
    const { status, answer } = await post({ readings });
    expect([status, answer['index'], await stored()]).toEqual([400, 500, before]);
  });

  it('1 M rows in one body: 413', async () => {
    const before = await stored();
    const row = JSON.stringify(hall());
    const body = Buffer.from(`{"readings":[${`${row},`.repeat(999_999)}${row}]}`);
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': body.length };
      const asked = request(`${sample.url}/api/v1/parks/sample/readings`, { method: 'POST', headers });
      asked.on('response', (response) => {
        resolve(response.statusCode);
        asked.destroy();
      });
      asked.on('error', reject);
      asked.end(body);
    });
    expect([status, await stored()]).toEqual([413, before]);
    expect((await post({ readings: [hall()] })).status).toBe(200);
  });

  it('no point is made of an unknown one', async () => {
    const points = sample.twin.park.points.length;
    await post({ readings: [hall(), hall({ point: 'new.one' })] });
    expect(sample.twin.park.points).toHaveLength(points);
    expect(await series('new.one')).toEqual([]);
  });

  it.each([
    ['the spring gap', '2025-03-30 02:30:00', 'does not exist'],
    ['autumn, where it comes twice', '2025-10-26 02:30:00', 'exists twice'],
  ])('a local 02:30 in %s, in a file with a time zone', async (_, time, why) => {
    const [some] = sample.twin.park.points;
    const source = { type: 'csv' as const, file: 'm.csv', time: 'ts', column: 'a', timeZone: 'Europe/Berlin' };
    const replay = await csvReplay([{ ...some, source } as never], async () => `ts,a\n2025-03-01 00:00:00,1\n${time},2\n`);
    expect(replay?.faults).toMatchObject([{ line: 3, message: expect.stringContaining(why) }]);
    expect(replay?.source.readings(0, Date.UTC(2026, 0, 1))).toHaveLength(1);
  });
});

describe('Q: quarantined, out of every sum', () => {
  it.each<[string, () => object, string]>([
    [
      'a wrong unit: Wh where kWh are meant',
      () => ({ point: 'office.energy', time: iso(now - 15 * minute), value: 250_000 }),
      'outOfRange',
    ],
    ['a wrong unit: kW where MW are meant', () => ({ point: 'grid.power', time: iso(now), value: 4200 }), 'outOfRange'],
    ['a value outside the plausible range', () => hall({ value: 3001 }), 'outOfRange'],
    ['a negative on an import register', () => ({ point: 'grid.import', time: iso(now), value: -5 }), 'negativeCount'],
    ['the year 1970', () => hall({ value: 701, time: '1970-01-20T00:00:00Z' }), 'beforeYear2000'],
    ['seconds where milliseconds are meant', () => hall({ value: 701, time: Math.floor(now / 1000) }), 'beforeYear2000'],
    ['a day ahead', () => hall({ value: 701, time: iso(now + day) }), 'ahead'],
    ['older than 400 days', () => hall({ value: 701, time: iso(now - 401 * day) }), 'tooOld'],
  ])('%s', async (_, reading, reason) => {
    const before = await stored();
    const sent = reading() as { point: string; value: number };
    expect(await post({ readings: [sent] })).toEqual({ status: 200, answer: { accepted: 0, duplicates: 0, quarantined: 1 } });
    expect(await stored()).toEqual({ readings: before.readings, quarantined: before.quarantined + 1 });
    expect((await sample.twin.parts.stores.journal.quarantine(1))[0]).toMatchObject({ reason, value: sent.value, state: 'aside' });
    expect((await believed(sent.point)).value).not.toBe(sent.value);
  });

  it.each([
    [700, 900],
    [900, 700],
  ])('the same key with %d and then %d: both, whichever came first', async (first, second) => {
    const before = await stored();
    await post({ readings: [hall({ value: 500, time: iso(now - minute) }), hall({ value: first })] });
    const { answer } = await post({ readings: [hall({ value: second })] });
    expect(answer).toEqual({ accepted: 0, duplicates: 0, quarantined: 1 });
    const aside = (await sample.twin.parts.stores.journal.quarantine(2)).map(({ value, reason }) => [value, reason]);
    expect(aside.sort()).toEqual([
      [700, 'conflict'],
      [900, 'conflict'],
    ]);
    expect((await stored()).quarantined - before.quarantined).toBe(2);
    expect((await series('hall.power')).at(-1)).toEqual({ time: now, value: null, quality: 'bad' });
    expect(await believed('hall.power')).toEqual({ value: 500, validity: 'bad' });
  });
});

describe('F: accepted with a flag', () => {
  it('null: bad, never 0', async () => {
    const { answer } = await post({ readings: [hall({ time: iso(now - minute), value: 650 }), hall({ value: null })] });
    expect(answer).toMatchObject({ accepted: 2 });
    expect((await series('hall.power')).at(-1)).toEqual({ time: now, value: null, quality: 'bad' });
    expect(await believed('hall.power')).toEqual({ value: 650, validity: 'bad' });
  });

  it('a status of bad with a value: the value is dropped', async () => {
    await post({ readings: [hall({ time: iso(now - minute), value: 650 }), hall({ value: 0, quality: 'bad' })] });
    expect((await series('hall.power')).at(-1)).toEqual({ time: now, value: null, quality: 'bad' });
    expect(await believed('hall.power')).toEqual({ value: 650, validity: 'bad' });
  });

  it('−0: taken as 0', async () => {
    await post(`{"readings":[{"point":"hall.power","time":"${iso(now)}","value":-0}]}`);
    expect((await series('hall.power')).map(({ value }) => Object.is(value, 0))).toEqual([true]);
    expect((await post({ readings: [hall({ value: 0 })] })).answer).toMatchObject({ duplicates: 1 });
  });

  it('a leap second: uncertain', async () => {
    const { answer } = await post({ readings: [hall({ time: iso(now - minute).replace(/:\d\d\.\d+Z/, ':60Z') })] });
    expect(answer).toMatchObject({ accepted: 1 });
    expect(await series('hall.power')).toMatchObject([{ quality: 'uncertain' }]);
    expect(await believed('hall.power')).toEqual({ value: 700, validity: 'uncertain' });
  });

  it('the same key and value twice: one row', async () => {
    const { answer } = await post({ readings: [hall(), hall()] });
    expect([answer, (await series('hall.power')).length]).toEqual([{ accepted: 1, duplicates: 1, quarantined: 0 }, 1]);
  });

  it('400 days late: taken, with when it was received beside when it was measured', async () => {
    const then = now - 400 * day;
    const { answer } = await post({ readings: [hall({ time: iso(then), value: 123 })] });
    expect(answer).toMatchObject({ accepted: 1, quarantined: 0 });
    const [row] = await sample.twin.parts.stores.journal.latest(then, then, 1, then);
    expect(row).toMatchObject({ time: then, value: 123 });
    expect(row?.received).toBeGreaterThan(then + 100 * day);
  });

  it('a counter that falls to 0 and recovers: delta 0', async () => {
    await post({ readings: counts('grid.import', [25, 990], [20, 1000], [15, 0], [10, 1000]) });
    expect(await growth('grid.import')).toEqual([null, 10, null, 0]);
    clock.advance(-10 * minute);
    expect(await believed('grid.import')).toEqual({ value: 0, validity: 'uncertain' });
    clock.advance(10 * minute);
  });

  it('a swapped meter: nothing for the step in between, then a new count', async () => {
    await post({ readings: counts('grid.import', [15, 1000], [10, 1005], [5, 2]) });
    expect(await believed('grid.import')).toMatchObject({ value: (5 * 1000 * 60) / 5, validity: 'uncertain' });
    await post({ readings: counts('grid.import', [0, 4]) });
    expect(await believed('grid.import')).toMatchObject({ value: (2 * 1000 * 60) / 5, validity: 'good' });
    expect(await growth('grid.import')).toEqual([null, 5, null, 2]);
  });

  it('a rollover at 2^32: the right delta', async () => {
    await post({ readings: counts('chp.gas', [10, 2 ** 32 - 30], [5, 2 ** 32 - 10], [0, 5]) });
    expect(await growth('chp.gas')).toEqual([null, 20, 15]);
    // m³ of 10 kWh in 5 minutes.
    expect(await believed('chp.gas')).toEqual({ value: (15 * 10 * 60) / 5, validity: 'uncertain' });
  });

  it('0xFFFFFFFF of a 32-bit register: bad; 65,535 is a number', async () => {
    await post({ readings: counts('chp.gas', [10, 65_515], [5, 65_535], [0, 0xffff_ffff]) });
    expect(await series('chp.gas')).toMatchObject([{ value: 65_515 }, { value: 65_535, quality: 'good' }, { value: null, quality: 'bad' }]);
    expect(await believed('chp.gas')).toEqual({ value: (20 * 10 * 60) / 5, validity: 'bad' });
    expect(await growth('chp.gas')).toEqual([null, 20]);
  });

  it('a step of 5.001 minutes: no gap, neither live nor in the past', async () => {
    const step = 5.001 * minute;
    const start = now - 10 * 60 * minute;
    const readings = Array.from({ length: 119 }, (_, i) => ({ point: 'chp.gas', time: Math.round(start + i * step), value: 1000 + i }));
    await post({ readings });
    const query = new URLSearchParams({ asset: 'chp', quantity: 'gas.in', from: iso(start), to: iso(now - 15 * minute), step: '900' });
    const { values } = await (await fetch(`${sample.url}/api/v1/parks/sample/history?${query}`)).json();
    expect(values).toHaveLength(39);
    for (const { mean } of values) expect(mean).toBeCloseTo((10 * 60) / 5.001, 3);
    expect(await believed('chp.gas')).toMatchObject({ validity: 'good' });
    expect(sample.twin.live.pointValues.freshness[sample.twin.park.points.findIndex(({ id }) => id === 'chp.gas')]).toBe(0);
  });
});

it('nothing of this hurt the server', async () => {
  expect((await fetch(`${sample.url}/readyz`)).status).toBe(200);
  expect(sample.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});
