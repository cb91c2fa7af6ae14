/** Every operation gives its good answer, as the contract has it; and questions at the edge of the calendar are refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, api } from '../../../models/api/api.ts';
import type { Operation } from '../../../models/api/operation.ts';
import type { Twin } from '../../../server/twin/twin.ts';
import { handClock, quietPark, type Sample, startSample, token } from '../sample-server.ts';

const minute = 60_000;
const day = 86_400_000;
/** Local midnight in Shanghai of 30 April; readings until noon of the second of May: April is over. */
const midnight = Date.UTC(2025, 3, 29, 16);
const end = midnight + 2.5 * day;
const iso = (time: number) => new Date(time).toISOString();

let sample: Sample;
/** Ids of readings that were set aside, one to release and one to discard. */
let aside: number[];
beforeAll(async () => {
  const clock = handClock(midnight, true);
  const events = [{ id: 'outage', title: { en: 'Outage' }, from: midnight + day, to: midnight + day + minute }];
  // What a folder gives is in test/server/twin/reload.test.ts.
  const none = { added: 0, removed: 0, changed: 0 };
  const reload = async ({ epoch, time }: Twin) => ({
    ...{ changed: true, epoch, time, warnings: 1, assets: none, lines: none, points: none },
    accounting: [{ set: 'direct' as const, reason: 'the factors changed' }],
  });
  sample = await startSample({ clock, ledger: {}, reload, park: { ...quietPark(), events } });
  clock.advance(end - midnight + minute);
  const points = { 'grid.power': 1, 'feeder.power': 1000, 'hall.power': 600, 'battery.power': -100, 'pv.power': 50, 'chp.power': 0 };
  for (let from = midnight; from < end; from += day) {
    const times = Array.from({ length: 288 }, (_, i) => from + i * 5 * minute).filter((time) => time < end);
    const readings = times.flatMap((time) =>
      Object.entries(points).map(([point, value]) => ({ point, time, value, quality: 'good' as const })),
    );
    await sample.twin.accept(readings, 'test');
  }
  // Microseconds where milliseconds are meant, and what no meter there can show.
  for (const [time, value] of [
    [end * 1000, 1],
    [end, 9e9],
  ] as const) {
    await sample.twin.accept([{ point: 'hall.power', time, value, quality: 'good' }], 'test');
  }
  await sample.twin.tick();
  await sample.twin.idle();
  aside = (await sample.twin.quarantine.list(10, {})).map(({ id }) => id);
}, 60_000);
afterAll(() => sample.close());

interface Asked {
  path?: Record<string, string>;
  query?: string;
  body?: unknown;
  /** Media type, where it is not JSON. */
  type?: string;
}

const range = `from=${iso(midnight)}&to=${iso(midnight + day)}`;
const may = { from: '2025-05-01', to: '2025-05-01', who: 'test' };
/** In this order: what is published is then read. */
const good: Record<keyof Api, () => Asked[]> = {
  listParks: () => [{}],
  readPark: () => [{ type: 'application/geo+json' }],
  reloadPark: () => [{}],
  readState: () => [{}],
  readSupply: () => [{}, { query: 'direction=downstream', path: { asset: 'grid' } }, { query: `moment=${iso(midnight)}` }],
  readHistory: () => [
    { query: `${range}&asset=hall&quantity=electricity.in` },
    { query: `${range}&asset=hall&quantity=electricity.in&aggregation=energy&step=3600` },
  ],
  postReadings: () => [{ body: { readings: [{ point: 'hall.power', time: iso(end), value: 600 }] } }],
  listQuarantine: () => [{}, { query: 'state=all&limit=1' }],
  releaseReading: () => [{ path: { id: String(aside[0]) } }],
  discardReading: () => [{ path: { id: String(aside[1]) } }],
  readLedger: () => [{}],
  restateLedger: () => [{ body: { set: 'direct', from: iso(midnight), to: iso(midnight + day), reason: 'a test', who: 'test' } }],
  lockPeriod: () => [{ body: may }],
  unlockPeriod: () => [{ query: String(new URLSearchParams(may)) }],
  readSeries: () => [{ query: range }, { query: `${range}&owner=hall&owner=&step=interval` }, { query: `${range}&owner=*&step=day` }],
  readSnapshots: () => [{ query: range, type: 'application/octet-stream' }],
  readMarks: () => [{ query: `from=${iso(midnight)}&to=${iso(end)}` }],
  readFlows: () => [{ query: range }, { query: `${range}&group=asset` }],
  readReport: () => [
    { query: 'period=2025-04' },
    { query: 'period=2025-04&format=csv&lang=zh', type: 'text/csv' },
    { query: 'period=2025&format=xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  ],
  publishReport: () => [{ body: { period: '2025-04', who: 'test' } }],
  listReports: () => [{}],
  readPublished: () => [{ path: { report: '2025-04.direct.1' } }],
};

function ask(operation: Operation, { path = {}, query = '', body }: Asked): Promise<Response> {
  const names: Record<string, string> = { park: 'sample', asset: 'hall', ...path };
  const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
  return fetch(`${sample.url}/api/v1${address}${query && `?${query}`}`, {
    method: operation.method.toUpperCase(),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(operation.needs === 'readings:write' && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

describe('the good answer', () => {
  it.each(Object.keys(good) as (keyof Api)[])('of %s is as the contract says', async (name) => {
    const operation: Operation = api[name];
    for (const asked of good[name]()) {
      const response = await ask(operation, asked);
      expect([response.status, response.status < 300 ? '' : await response.text()]).toEqual([operation.answer.status ?? 200, '']);
      expect(response.headers.get('content-type')).toContain(asked.type ?? 'application/json');
      // The server parses each answer by its schema; a list that is empty would prove little.
      if (name === 'readMarks') expect(((await response.json()) as { marks: unknown[] }).marks).not.toEqual([]);
    }
    if (name === 'restateLedger') await sample.twin.idle();
  });

  it('is of its moment: nothing keeps it but the park and its pictures, which have tags', async () => {
    for (const [name, asked] of Object.entries(good) as [keyof Api, () => Asked[]][]) {
      const operation: Operation = api[name];
      if (operation.method !== 'get') continue;
      const response = await ask(operation, asked()[0] as Asked);
      const kept = Object.hasOwn(operation.problems, '304');
      expect([name, response.headers.has('etag'), response.headers.get('cache-control')]).toEqual([
        name,
        kept,
        kept ? 'private, no-cache' : 'no-store',
      ]);
      await response.arrayBuffer();
    }
  });
});

describe('times at the edge', () => {
  it.each([
    ['readSeries', 'from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:59Z'],
    ['readFlows', 'from=0000-01-01T00:00:00%2B12:00&to=0000-01-02T00:00:00Z'],
    ['readMarks', 'from=1899-12-31T23:59:59Z&to=2025-01-01T00:00:00Z'],
    ['readSnapshots', 'from=3000-01-01T00:00:00Z&to=3000-01-02T00:00:00Z'],
    ['readSupply', 'moment=9999-12-31T23:59:59Z'],
    ['unlockPeriod', 'from=0000-01-01&to=2025-05-01&who=test'],
  ] as const)('%s?%s is refused with the years that there are', async (name, query) => {
    const response = await ask(api[name], { query });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toContain('of the years 1900 to 2999');
  });

  it('of a reading that no calendar has is refused; one that is only wrong is set aside, and its list can be read', async () => {
    const none = await ask(api.postReadings, { body: { readings: [{ point: 'hall.power', time: 9_007_199_254_740_991, value: 1 }] } });
    expect([none.status, ((await none.json()) as { reason: string }).reason]).toEqual([400, expect.stringContaining('calendar')]);
    for (const time of [end * 1000, -62_200_000_000_000]) {
      const odd = await ask(api.postReadings, { body: { readings: [{ point: 'hall.power', time, value: 2 }] } });
      expect(await odd.json()).toMatchObject({ quarantined: 1 });
    }
    const list = await ask(api.listQuarantine, {});
    const { readings } = (await list.json()) as { readings: { time: string; reason: string }[] };
    expect(readings.slice(0, 2).map(({ time, reason }) => [time.slice(0, 7), reason])).toEqual([
      ['-000002', 'beforeYear2000'],
      [iso(end * 1000).slice(0, 7), 'ahead'],
    ]);
  });
});

describe('these tests', () => {
  it('run with answers that are checked', () => expect(process.env['CHECK_ANSWERS']).toBe('1'));
});
