import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerAnswer } from '../../../models/api/ledger.ts';
import type { SeriesAnswer } from '../../../models/api/series.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';
import { layoutSignature } from '../../../models/snapshots/slots.ts';
import { decodeSnapshots } from '../../../models/snapshots/snapshots.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import type { Ledger } from '../../../server/ledger/ledger.ts';
import { type HandClock, handClock, quietPark, type Sample, startSample, token } from '../sample-server.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Local midnight in Shanghai, and three days of readings until noon of the third. */
const midnight = Date.UTC(2025, 4, 30, 16);
const end = midnight + 2 * day + 12 * hour;

let sample: Sample;
let clock: HandClock;
const outage = { id: 'outage', title: { en: 'Outage', zh: '停电' }, asset: 'hall', from: midnight + 3 * hour, to: midnight + 5 * hour };
beforeAll(async () => {
  clock = handClock(midnight, true);
  sample = await startSample({ clock, ledger: {}, park: { ...quietPark(), events: [outage] } });
  clock.advance(end - midnight + minute);
  const points = { 'grid.power': 1, 'feeder.power': 1000, 'hall.power': 600, 'battery.power': -100, 'pv.power': 50, 'chp.power': 0 };
  for (let from = midnight; from < end; from += day) {
    const times = Array.from({ length: 288 }, (_, i) => from + i * 5 * minute).filter((time) => time < end);
    await sample.twin.accept(
      times.flatMap((time) => Object.entries(points).map(([point, value]) => ({ point, time, value, quality: 'good' as const }))),
      'test',
    );
  }
  await sample.twin.tick();
  await sample.twin.idle();
}, 60_000);
afterAll(() => sample.close());

/** The order of columns says nothing. */
const sorted = (columns: ReadonlyMap<string, Float64Array> | undefined) =>
  Object.fromEntries([...(columns ?? [])].map(([name, c]) => [name, [...c]]));
const iso = (time: number) => new Date(time).toISOString();
const path = (what: string, query: Record<string, string> | [string, string][] = {}) =>
  `${sample.url}/api/v1/parks/sample/${what}?${new URLSearchParams(query)}`;
const ask = (what: string, query: Record<string, string> | [string, string][] = {}, init: RequestInit = {}) =>
  fetch(path(what, query), init);
const range = (from: number, to: number) => ({ from: iso(from), to: iso(to) });
const series = async (query: Record<string, string> | [string, string][]) => (await (await ask('series', query)).json()) as SeriesAnswer;
const send = (method: string, what: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(what, {}, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

describe('the state of the ledger', () => {
  it('says how far the past is accounted, and with what', async () => {
    const answer = (await (await ask('ledger')).json()) as LedgerAnswer;
    expect(answer).toMatchObject({ park: 'sample', timeZone: 'Asia/Shanghai', interval_s: 900, from: iso(midnight), until: iso(end) });
    expect(answer).toMatchObject({ sets: ['direct'], dirty: 0, progress: null, locks: [], adjustments: [], rawFrom: iso(midnight) });
    expect(answer.editions[0]).toMatchObject({ id: 1, set: 'direct', from: null, to: null, software: 'test', who: 'the twin' });
    expect(answer.editions[0]?.at).toMatch(/^\d{4}-.*Z$/);
  });
});

describe('following the carbon of an accounted interval', () => {
  const supply = async (asset: string, query: Record<string, string>) =>
    (await (await ask(`assets/${asset}/supply`, query)).json()) as FollowAnswer;
  const then = midnight + day + 5 * hour;

  it('tells every source of an asset, in sum what the ledger charged it with', async () => {
    const answer = await supply('hall', { moment: iso(then + 7 * minute) });
    expect(answer).toMatchObject({ park: 'sample', asset: 'hall', direction: 'upstream', moment: iso(then), asAccounted: true });
    expect(answer.time).toBe(iso(then + 15 * minute));
    expect(answer.sources.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(answer.sources.map(({ asset }) => asset)).toEqual(expect.arrayContaining(['grid', 'hall-pv']));
    expect(answer.sources.find(({ asset }) => asset === 'grid')?.path).toEqual(['grid', 'feeder', 'sub-1', 'e-hall', 'hall']);
    const { owners } = await series({ owner: 'hall', columns: 'attributed.mg', step: 'interval', ...range(then, then + 15 * minute) });
    const milligrams = owners['hall']?.columns['attributed.mg']?.values[0] as number;
    expect(answer.total?.carbon_kgPerH).toBeCloseTo((4 * milligrams) / 1e6, 3);
  });

  it('tells every use of a source, and says no where nothing is accounted or who asks may not know', async () => {
    const answer = await supply('grid', { moment: iso(then), direction: 'downstream' });
    expect(answer.uses.reduce((sum, { share }) => sum + share, answer.lost)).toBeCloseTo(1, 6);
    expect(answer.uses.map(({ asset }) => asset)).toContain('hall');
    expect((await ask('assets/hall/supply', { moment: iso(midnight - 9 * day) })).status).toBe(404);
    expect((await ask('assets/nobody/supply', { moment: iso(then) })).status).toBe(404);
    const elsewhere = { headers: { 'x-forwarded-for': '10.0.0.1' } };
    expect((await ask('assets/hall/supply', { moment: iso(then) }, elsewhere)).status).toBe(403);
  });
});

describe('series of the accounted past', () => {
  it('gives energy and carbon of an asset by interval in whole numbers', async () => {
    const answer = await series({
      owner: 'hall',
      columns: 'electricity.in.Wh,carbon.mg',
      step: 'interval',
      ...range(midnight, midnight + hour),
    });
    expect(answer).toMatchObject({
      park: 'sample',
      set: 'direct',
      edition: 1,
      step: 'interval',
      timeZone: 'Asia/Shanghai',
      until: iso(end),
    });
    expect(answer.times).toEqual([0, 15, 30, 45].map((m) => iso(midnight + m * minute)));
    expect(answer.owners['hall']?.columns['electricity.in.Wh']).toEqual({
      unit: 'Wh',
      values: Array(4).fill(150_000),
      known: [1, 1, 1, 1],
    });
    const carbon = answer.owners['hall']?.columns['carbon.mg'];
    expect(carbon?.unit).toBe('mg');
    for (const value of carbon?.values ?? []) expect(Number.isInteger(value)).toBe(true);
    expect([answer.intervals, answer.expected]).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]);
  });

  it('adds intervals up to hours, days, months and years, exactly, in the time of the park', async () => {
    const whole = range(midnight - 40 * day, midnight + 40 * day);
    const sum = async (step: string) => {
      const { times, owners, intervals, expected } = await series({ columns: 'consumption.Wh', step, ...whole });
      const values = owners['']?.columns['consumption.Wh']?.values ?? [];
      return {
        n: times.length,
        total: values.reduce<number>((s, v) => s + (v ?? 0), 0),
        accounted: intervals.reduce((s, v) => s + v, 0),
        expected,
      };
    };
    const days = await sum('day');
    expect([days.n, days.accounted, days.expected[0]]).toEqual([80, 240, 96]);
    const months = await sum('month');
    // From 21 April: May and June begin in it, and July does not.
    expect([months.n, months.accounted, months.expected]).toEqual([3, 240, [31 * 96, 30 * 96, 31 * 96]]);
    const hours = await sum('hour');
    expect([hours.n, hours.expected[0]]).toEqual([80 * 24, 4]);
    const year = await series({ columns: 'consumption.Wh', step: 'year', ...range(Date.UTC(2024, 11, 1), Date.UTC(2025, 11, 1)) });
    expect(year.times).toEqual([iso(Date.UTC(2024, 11, 31, 16))]);
    expect(year.expected).toEqual([365 * 96]);
    expect([months.total, hours.total, year.owners['']?.columns['consumption.Wh']?.values[0]]).toEqual(Array(3).fill(days.total));
    expect(days.total).toBeGreaterThan(0);
  });

  it('gives several assets, or all of them by day', async () => {
    const two = await series([
      ['owner', 'hall'],
      ['owner', 'battery'],
      ...Object.entries({ step: 'day', ...range(midnight, midnight + day) }),
    ]);
    expect(Object.keys(two.owners)).toEqual(['hall', 'battery']);
    expect(two.owners['battery']?.columns['level.Wh']?.values[0]).toBeGreaterThan(500_000);
    const all = await series({ owner: '*', columns: 'energy.Wh', ...range(midnight, midnight + 2 * day) });
    expect(Object.keys(all.owners)).toEqual(expect.arrayContaining(['hall', 'office', 'chp', 'battery']));
    expect(Object.keys(all.owners)).not.toContain('');
    expect(all.owners['hall']?.columns['energy.Wh']?.values).toHaveLength(2);
  });

  it('has every period before the beginning and after the end, without figures', async () => {
    const before = await series({ owner: 'hall', columns: 'energy.Wh', ...range(midnight - 700 * day, midnight - 698 * day) });
    expect(before.owners['hall']?.columns['energy.Wh']).toEqual({ unit: 'Wh', values: [null, null], known: [0, 0] });
    expect([before.intervals, before.expected]).toEqual([
      [0, 0],
      [96, 96],
    ]);
    const after = await series({ owner: 'hall', columns: 'energy.Wh', step: 'interval', ...range(end - hour, end + hour) });
    expect(after.intervals).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('says nothing but null of what is unknown', async () => {
    const text = await (await ask('series', { owner: 'office', step: 'interval', ...range(midnight, midnight + hour) })).text();
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    const { owners } = JSON.parse(text) as SeriesAnswer;
    // Its meters never said anything, and there is nothing to estimate from.
    expect(owners['office']?.columns['heat.in.Wh']?.values).toEqual([null, null, null, null]);
    expect(owners['office']?.columns['heat.in.Wh']?.known).toEqual([0, 0, 0, 0]);
  });

  it('streams a long answer that is whole', async () => {
    const answer = await series({ owner: 'hall', step: 'interval', ...range(midnight - 200 * day, midnight + 5 * day) });
    expect(answer.times).toHaveLength(205 * 96);
    for (const { values, known } of Object.values(answer.owners['hall']?.columns ?? {})) {
      expect([values.length, known.length]).toEqual([205 * 96, 205 * 96]);
    }
  });

  it.each([
    [{ owner: 'nobody' }, 404, 'no asset "nobody"'],
    [{ owner: 'hall', columns: 'gas.in.Wh' }, 400, 'there is electricity.in.Wh'],
    [{ owner: 'hall', columns: '' }, 400, 'it has no ""'],
    [{ owner: '*', step: 'hour' }, 400, 'a day or longer'],
    [{ step: 'week' }, 400, 'step'],
    [{ set: 'lifecycle' }, 400, 'accounted with direct'],
    [{ edition: '7' }, 400, 'there is 1'],
    [{ edition: 'first' }, 400, 'whole number'],
    [{ from: 'yesterday' }, 400, 'ISO 8601'],
    [range(end, end), 400, 'not after'],
    [{ step: 'interval', ...range(midnight - 300 * day, midnight) }, 400, 'at most 20000 rows at a time, not 28800'],
    [{ step: 'hour', from: '1900-01-01T00:00:00Z' }, 400, 'at most 20000 rows'],
    [{ owner: '*', ...range(midnight - 19_000 * day, midnight) }, 400, 'at most 2000000 values'],
    [{ surprise: '1' }, 400, 'surprise'],
  ])('answers %o with %d and why', async (change, status, why) => {
    const response = await ask('series', { ...range(midnight, end), ...change });
    expect([response.status, (await response.json()).message]).toEqual([status, expect.stringContaining(why)]);
  });
});

describe('snapshots of the past', () => {
  const layout = layoutOf(quietPark(), 'full');

  it('come as one compact binary that a browser unpacks by itself', async () => {
    const response = await ask('snapshots', range(midnight, midnight + day));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const set = decodeSnapshots(new Uint8Array(await response.arrayBuffer()));
    expect([set.times.length, set.size, set.signature, set.interval_ms]).toEqual([96, layout.size, layoutSignature(layout), 900_000]);
    const power = layout.assets.get('hall')?.ports['electricity.in']?.power as number;
    expect(set.values[30 * set.size + power]).toBeCloseTo(600, 0);
  });

  it('come thinned out, or one alone, or none where nothing is accounted', async () => {
    const times = async (query: Record<string, string>) => [...decodeSnapshots(await (await ask('snapshots', query)).arrayBuffer()).times];
    expect(await times({ ...range(midnight + day, midnight + 2 * day), every: '24' })).toEqual(
      [0, 6, 12, 18].map((h) => midnight + day + h * hour),
    );
    expect(await times(range(midnight + 7 * hour, midnight + 7 * hour + 15 * minute))).toEqual([midnight + 7 * hour]);
    expect(await times(range(midnight - day, midnight))).toEqual([]);
    expect(await times(range(end - 15 * minute, end + hour))).toEqual([end - 15 * minute]);
  });

  it('are sent again only when they changed', async () => {
    const first = await ask('snapshots', range(midnight, midnight + day));
    const etag = first.headers.get('etag') as string;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toContain('Accept-Encoding');
    // Not with fetch, which has a cache control of its own where If-None-Match is given.
    const status = await new Promise((resolve) => {
      const url = new URL(path('snapshots', range(midnight, midnight + day)));
      request(url, { headers: { 'if-none-match': etag } }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(304);
    const plain = await ask('snapshots', range(midnight, midnight + day), { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const br = await ask('snapshots', range(midnight, midnight + day), { headers: { 'accept-encoding': 'br' } });
    expect(br.headers.get('content-encoding')).toBe('br');
    expect(decodeSnapshots(await br.arrayBuffer()).times).toHaveLength(96);
  });

  it.each([
    [range(midnight, midnight + 5 * day), 400, 'at most 400 moments at a time, not 480'],
    [{ from: '1900-01-01T00:00:00Z', to: '2999-01-01T00:00:00Z' }, 400, 'at most 400 moments'],
    [{ from: '0001-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' }, 400, 'a time of the years 1900 to 2999'],
    [{ ...range(midnight, end), every: '0' }, 400, 'every'],
    [range(end, midnight), 400, 'not after'],
    [{ from: iso(midnight) }, 400, 'to'],
  ])('answers %o with %d', async (query, status, why) => {
    const response = await ask('snapshots', query);
    expect([response.status, (await response.json()).message]).toEqual([status, expect.stringContaining(why)]);
  });
});

describe('marks', () => {
  it('are in order of time, and limited', async () => {
    const { marks } = await (await ask('marks', range(midnight - day, end))).json();
    const { from: began, to: ended, ...event } = outage;
    expect(marks).toContainEqual({ kind: 'event', from: iso(began), to: iso(ended), note: 'Outage', event });
    for (const { kind, from, to, note } of marks) {
      expect(['gap', 'flagged', 'event']).toContain(kind);
      expect(Date.parse(to)).toBeGreaterThan(Date.parse(from));
      expect(note).not.toBe('');
    }
    const starts = marks.map(({ from }: { from: string }) => from);
    expect(starts).toEqual([...starts].sort());
    expect((await ask('marks', { from: '1900-01-01T00:00:00Z', to: iso(end) })).status).toBe(400);
  });
});

describe('closing and restating', () => {
  const who = 'Ada';
  const restatement = { set: 'direct', ...range(midnight, midnight + day), reason: 'another factor', who };

  it('accounts a range again as another edition, and keeps the one before', async () => {
    const response = await send('POST', 'ledger/restate', restatement);
    expect([response.status, await response.json()]).toEqual([202, { edition: 2 }]);
    await sample.twin.idle();
    const { editions } = (await (await ask('ledger')).json()) as LedgerAnswer;
    expect(editions[1]).toMatchObject({
      id: 2,
      set: 'direct',
      from: iso(midnight),
      to: iso(midnight + day),
      reason: 'another factor',
      who,
    });
    const values = async (edition: string) =>
      (await series({ owner: 'hall', columns: 'electricity.in.Wh', edition, ...range(midnight, midnight + day) })).owners;
    expect(await values('1')).toEqual(await values('2'));
    const { marks } = await (await ask('marks', range(midnight, end))).json();
    expect(marks.map(({ kind }: { kind: string }) => kind)).toContain('restated');
  });

  it('says the same of everybody together as of each one, over several editions and months', async () => {
    const ledger = sample.twin.parts.ledger as Ledger;
    const chosen = { set: 'direct' } as const;
    const span = ['2025-04-01', '2025-07-31'] as const;
    const together = await ledger.days(null, ...span, chosen);
    const each = await ledger.days([...together.keys()], ...span, chosen);
    expect(together.size).toBeGreaterThan(5);
    expect(together.get('hall')?.periods).toEqual(['2025-05-31', '2025-06-01', '2025-06-02']);
    for (const [owner, days] of together) {
      const own = each.get(owner);
      expect({ ...days, columns: sorted(days.columns), known: sorted(days.known) }).toEqual({
        ...own,
        columns: sorted(own?.columns),
        known: sorted(own?.known),
      });
    }
    const some = await ledger.days(null, ...span, chosen, ['energy.Wh']);
    expect([...(some.get('hall')?.columns.keys() ?? [])]).toEqual(['energy.Wh']);
    expect(some.get('hall')?.columns.get('energy.Wh')).toEqual(together.get('hall')?.columns.get('energy.Wh'));
    expect((await ledger.days(null, '2020-01-01', '2020-12-31', chosen)).size).toBe(0);
  });

  it('closes a period, which then cannot be restated, and opens it again', async () => {
    const locked = await send('POST', 'ledger/locks', { from: '2025-05-31', to: '2025-05-31', who });
    expect([locked.status, (await locked.json()).locks]).toEqual([
      200,
      [expect.objectContaining({ from: '2025-05-31', to: '2025-05-31', who })],
    ]);
    const refused = await send('POST', 'ledger/restate', restatement);
    expect([refused.status, (await refused.json()).error]).toEqual([409, 'locked']);
    const opened = await ask('ledger/locks', { from: '2025-05-31', to: '2025-05-31', who }, { method: 'DELETE' });
    expect([opened.status, await opened.json()]).toEqual([200, { locks: [] }]);
  });

  it.each([
    ['restate', { ...restatement, set: 'both' }, 400, 'set'],
    ['restate', { ...restatement, set: 'lifecycle' }, 400, ''],
    ['restate', { ...restatement, reason: ' ' }, 400, 'reason'],
    ['restate', { ...restatement, who: undefined }, 400, 'who'],
    ['restate', { ...restatement, from: '2025-05-31T00:00:00' }, 400, 'no offset'],
    ['restate', { ...restatement, to: restatement.from }, 400, 'not after'],
    ['locks', { from: '2025-05-32', to: '2025-06-01', who }, 400, 'a date'],
    ['locks', { from: '2025-06-02', to: '2025-06-01', who }, 400, 'before from'],
    ['locks', { from: '2025-06-02', to: '2035-06-02', who }, 400, ''],
  ])('refuses %s of %o with %d', async (what, body, status, why) => {
    const response = await send('POST', `ledger/${what}`, body);
    expect([response.status, (await response.json()).message]).toEqual([status, expect.stringContaining(why)]);
  });

  it('is for the server’s own pages and those who have the token', async () => {
    const lock = { from: '2025-05-31', to: '2025-05-31', who };
    const status = async (headers: Record<string, string>) => (await send('POST', 'ledger/locks', lock, headers)).status;
    expect(await status({ origin: 'https://elsewhere.example' })).toBe(403);
    expect(await status({ 'x-forwarded-for': '10.0.0.1' })).toBe(403);
    expect(await status({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await status({ authorization: `Bearer ${token}`, 'x-forwarded-for': '10.0.0.1' })).toBe(200);
    expect((await ask('ledger/locks', lock, { method: 'DELETE', headers: { origin: 'https://elsewhere.example' } })).status).toBe(403);
    expect((await ask('ledger/locks', lock, { method: 'DELETE' })).status).toBe(200);
    expect((await send('POST', 'ledger/locks', lock, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('the rest', () => {
  it('keeps the past from the public', async () => {
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.9' } };
    for (const [what, query] of Object.entries({
      ledger: {},
      series: range(midnight, end),
      snapshots: range(midnight, end),
      marks: range(midnight, end),
    })) {
      expect([what, (await ask(what, query, forwarded)).status]).toEqual([what, 403]);
    }
  });

  it('says that a park keeps no ledger, or that there is no such park', async () => {
    const bare = await startSample({ clock: handClock(midnight) });
    expect((await fetch(`${bare.url}/api/v1/parks/sample/ledger`)).status).toBe(404);
    await bare.close();
    expect((await fetch(`${sample.url}/api/v1/parks/other/series?from=${iso(0)}&to=${iso(1)}`)).status).toBe(404);
  });

  it('describes all of it for programs', async () => {
    const document = await (await fetch(`${sample.url}/api/v1/openapi.json`)).json();
    for (const name of ['ledger', 'series', 'snapshots', 'marks']) expect(document.paths[`/parks/{park}/${name}`]?.get).toBeDefined();
    expect(document.paths['/parks/{park}/ledger/restate'].post.responses['202']).toBeDefined();
    expect(Object.keys(document.paths['/parks/{park}/ledger/locks'])).toEqual(['post', 'delete']);
    const owner = document.paths['/parks/{park}/series'].get.parameters.find(({ name }: { name: string }) => name === 'owner');
    expect(owner.schema.type).toBe('array');
  });
});
