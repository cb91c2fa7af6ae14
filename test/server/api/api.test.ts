import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandClock, handClock, noon, postReadings, quietPark, type Sample, startSample, token } from '../sample-server.ts';

let folder: string;
let clock: HandClock;
let sample: Sample;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-'));
  await mkdir(join(folder, 'client/assets'), { recursive: true });
  await writeFile(join(folder, 'client/index.html'), '<!doctype html><title>client</title>');
  await writeFile(join(folder, 'client/assets/index-abc123.js'), 'export {};');
  clock = handClock(noon);
  sample = await startSample({ clock, folder });
});
afterAll(() => sample.close());

const at = (ms: number) => new Date(noon + ms).toISOString();
const one = (change: object = {}) => ({ point: 'hall.power', time: at(0), value: 700, ...change });
const get = (path: string, headers: Record<string, string> = {}) => fetch(sample.url + path, { headers });
const json = async (path: string) => (await get(path)).json();
const stored = () => sample.twin.parts.stores.journal.count();

/** A path as it is, without the tidying that fetch does, under any Host. */
function raw(
  path: string,
  host = `127.0.0.1:${sample.port}`,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: sample.port, host: '127.0.0.1', path, headers: { host, ...headers } }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

/** The first line that the server answers to bytes. */
function speak(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(sample.port, '127.0.0.1', () => socket.write(bytes));
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n')[0] as string);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('posting readings', () => {
  it('answers what became of them, and shows them at the next tick', async () => {
    const readings = [one({ time: at(-1000) }), one(), one(), one({ value: 9e9, time: at(-2000) }), one({ value: null, time: at(-3000) })];
    const response = await postReadings(sample.url, { readings });
    expect([response.status, await response.json()]).toEqual([200, { accepted: 3, duplicates: 1, quarantined: 1 }]);
    await sample.twin.tick();
    expect((await json('/api/v1/parks/sample/state')).assets.hall.ports['electricity.in']).toBe(700);
    const again = await postReadings(sample.url, { readings });
    expect(await again.json()).toEqual({ accepted: 0, duplicates: 4, quarantined: 1 });
  });

  const good = Array.from({ length: 1000 }, (_, i) => one({ time: at(-60_000 - i) }));
  it.each([
    ['an unknown point', { point: 'nobody' }, 'no point "nobody"'],
    ['a decimal comma', { value: '12,5' }, 'value'],
    ['a value that is missing', { value: undefined }, 'value'],
    ['a time without offset', { time: '2025-06-02T12:00:00' }, 'no offset'],
    ['a day that does not exist', { time: '2025-02-30T12:00:00Z' }, 'no such day'],
    ['an unknown quality', { quality: 'fine' }, 'quality'],
    ['a unit that nobody asked for', { unit: 'MW' }, 'unit'],
  ])('refuses all for %s in row 500 and names it', async (_, change, why) => {
    const before = await stored();
    const response = await postReadings(sample.url, {
      readings: good.map((reading, i) => (i === 500 ? { ...reading, ...change } : reading)),
    });
    const answer = await response.json();
    expect(response.status).toBe(400);
    expect(answer).toMatchObject({ error: 'refused', index: 500, reason: expect.stringContaining(why) });
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['an empty body', '', 'empty'],
    ['no JSON', '{"readings":', 'too early'],
    ['NaN', '{"readings":[{"point":"hall.power","time":"2025-06-02T04:00:00Z","value":NaN}]}', 'readings[0].value'],
    ['1e400', '{"readings":[{"point":"hall.power","time":"2025-06-02T04:00:00Z","value":1e400}]}', 'too large'],
    ['an integer over 2^53', '{"readings":[{"point":"hall.power","time":"2025-06-02T04:00:00Z","value":9007199254740993}]}', '2^53'],
    ['an own __proto__', '{"__proto__":{},"readings":[]}', '__proto__'],
    ['a key twice', '{"readings":[],"readings":[]}', 'twice'],
    ['depth over 16', `{"readings":${'['.repeat(40)}${']'.repeat(40)}}`, 'deeper'],
    ['no readings', '{"readings":[]}', 'readings'],
    ['another shape', '[1]', 'expected object'],
  ])('refuses %s', async (_, body, why) => {
    const response = await postReadings(sample.url, body);
    expect(response.status).toBe(400);
    expect((await response.json()).message).toContain(why);
  });

  it('takes 10,000 readings at once, zipped too; 413 for a million and for a gzip bomb', async () => {
    const readings = Array.from({ length: 10_000 }, (_, i) => one({ time: at(-1_000_000 - i) }));
    const response = await postReadings(sample.url, { readings });
    expect(await response.json()).toEqual({ accepted: 10_000, duplicates: 0, quarantined: 0 });
    const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      fetch(`${sample.url}/api/v1/parks/sample/readings`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      });
    const zipped = await post(Uint8Array.from(gzipSync(JSON.stringify({ readings }))), { 'content-encoding': 'gzip' });
    expect(await zipped.json()).toEqual({ accepted: 0, duplicates: 10_000, quarantined: 0 });
    const bomb = await post(Uint8Array.from(gzipSync(Buffer.alloc(50_000_000))), { 'content-encoding': 'gzip' });
    expect(bomb.status).toBe(413);
    const million = await post(new Uint8Array(88_000_000)).then(
      ({ status }) => status,
      // The server may hang up while it is still being talked to.
      () => 413,
    );
    expect(million).toBe(413);
  });

  it('asks for the token, and is off without a good one', async () => {
    const body = { readings: [one()] };
    for (const authorization of ['', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, `Bearer ${token.slice(1)}`]) {
      const response = await postReadings(sample.url, body, { authorization });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
    expect(sample.log.join('\n')).not.toContain(token);
    for (const weak of [undefined, 'short', 'x'.repeat(31)]) {
      const off = await startSample({ clock: handClock(noon), token: weak });
      const response = await postReadings(off.url, body);
      expect(response.status).toBe(503);
      expect((await response.json()).message).toContain('HTTP ingestion is off: set INGEST_TOKEN');
      await off.close();
    }
  });

  it('refuses another type of body, another method, another park', async () => {
    expect((await postReadings(sample.url, 'a,b', { 'content-type': 'text/csv' })).status).toBe(415);
    const wrong = await get('/api/v1/parks/sample/readings');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    const response = await fetch(`${sample.url}/api/v1/parks/other/readings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(404);
  });

  it('is refused by a park that replays', async () => {
    const replay = await startSample({ clock: handClock(noon), park: { ...quietPark(), replay: { loop: true } } });
    expect((await postReadings(replay.url, { readings: [one()] })).status).toBe(409);
    await replay.close();
  });

  it('answers 503 when the disk is full, keeps what was acknowledged, and goes on', async () => {
    const small = await startSample({ clock: handClock(noon), maxPages: 60 });
    expect((await postReadings(small.url, { readings: [one()] })).status).toBe(200);
    const flood = Array.from({ length: 20_000 }, (_, i) => one({ time: at(-1000 - i) }));
    const response = await postReadings(small.url, { readings: flood });
    expect([response.status, (await response.json()).error]).toEqual([503, 'diskFull']);
    expect((await small.twin.parts.stores.journal.count()).readings).toBe(1);
    expect((await postReadings(small.url, { readings: [one({ time: at(-1) })] })).status).toBe(200);
    expect((await fetch(`${small.url}/readyz`)).status).toBe(200);
    await small.close();
  });
});

describe('reading a park', () => {
  it('lists the parks', async () => {
    const { parks } = await json('/api/v1/parks');
    expect(parks).toHaveLength(1);
    expect(parks[0]).toMatchObject({ id: 'sample', name: { en: 'Sample park', zh: '样例园区' }, mode: 'simulated', fictional: true });
  });

  it('gives the park as GeoJSON with its points, once, compressed', async () => {
    const response = await get('/api/v1/parks/sample', { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-type')).toContain('application/geo+json');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const document = await response.json();
    expect(document).toMatchObject({ type: 'FeatureCollection', metadata: { id: 'sample', audience: 'full' } });
    expect(document.points[0]).toMatchObject({ id: 'grid.power', asset: 'grid', port: 'electricity.out', unit: 'MW' });
    const etag = response.headers.get('etag') as string;
    // fetch adds "no-cache" of its own.
    const again = await raw('/api/v1/parks/sample', undefined, { 'if-none-match': etag, 'accept-encoding': 'gzip' });
    expect(again.status).toBe(304);
  });

  it('gives the state as the contract has it', async () => {
    const state = await json('/api/v1/parks/sample/state');
    expect(state).toMatchObject({ park: 'sample', preliminary: true, time: expect.stringMatching(/Z$/) });
    expect(Object.keys(state.totals)).toContain('storageChange_kgPerH');
    expect(state.assets.office).toMatchObject({ ports: { 'electricity.in': null }, freshness: 'missing', age_s: null });
    expect(state.assets['hall-pv'].stack_kgPerH).toBeNull();
    expect(Object.keys(state.lines)).toContain('feeder');
  });

  it('tells where the energy of an asset comes from', async () => {
    const supply = await json('/api/v1/parks/sample/assets/hall/supply');
    expect(supply).toMatchObject({ park: 'sample', asset: 'hall', sources: [expect.objectContaining({ kind: expect.any(String) })] });
    expect(supply).toMatchObject({ direction: 'upstream', moment: null, asAccounted: true, uses: [] });
    const down = await json('/api/v1/parks/sample/assets/grid/supply?direction=downstream');
    expect(down).toMatchObject({ asset: 'grid', direction: 'downstream', sources: [] });
    expect((await get('/api/v1/parks/sample/assets/nobody/supply')).status).toBe(404);
    expect((await get('/api/v1/parks/sample/assets/hall/supply?direction=sideways')).status).toBe(400);
    expect((await get('/api/v1/parks/sample/assets/hall/supply?moment=yesterday')).status).toBe(400);
    expect((await raw('/api/v1/parks/sample/assets/hall/supply', 'park.example')).status).toBe(403);
  });

  it('shows no power, emission, line or history to the public', async () => {
    const { body } = await raw('/api/v1/parks/sample/state', 'park.example');
    const { assets, lines } = JSON.parse(body);
    expect(assets.hall).toHaveProperty('intensity_gPerKwh');
    for (const secret of ['ports', 'attributed_kgPerH', 'stack_kgPerH']) expect(assets.hall).not.toHaveProperty(secret);
    expect(lines.feeder).not.toHaveProperty('power_kW');
    const query = `asset=hall&quantity=electricity.in&from=${at(-1)}&to=${at(0)}`;
    expect((await raw(`/api/v1/parks/sample/history?${query}`, 'park.example')).status).toBe(403);
    expect((await raw(`/api/v1/parks/sample/history?${query}`)).status).toBe(200);
  });
});

describe('history', () => {
  const ask = (query: Record<string, string>) => get(`/api/v1/parks/sample/history?${new URLSearchParams(query)}`);
  const hour = { from: at(-7_200_000), to: at(-3_600_000), step: '1800' };

  it('gives means by step in kW for a port, whatever the meter says', async () => {
    const readings = [0, 10, 20, 30, 40, 50, 60].flatMap((minute) => [
      // GJ/h → kW; a battery that charges, then discharges; a register in m³ of 10 kWh.
      { point: 'hall.heat', time: at(-7_200_000 + minute * 60_000), value: minute < 30 ? 3.6 : 7.2 },
      { point: 'battery.power', time: at(-7_200_000 + minute * 60_000), value: minute < 30 ? -100 : 50 },
      { point: 'chp.gas', time: at(-7_200_000 + minute * 60_000), value: 1000 + minute },
    ]);
    expect((await postReadings(sample.url, { readings })).status).toBe(200);
    const means = async (asset: string, quantity: string) => {
      const answer = await (await ask({ asset, quantity, ...hour })).json();
      expect(answer.unit).toBe('kW');
      return answer.values.map(({ mean }: { mean: number }) => Math.round(mean));
    };
    expect(await means('hall', 'heat.in')).toEqual([1000, 2000]);
    expect(await means('battery', 'electricity.in')).toEqual([100, 0]);
    expect(await means('battery', 'electricity.out')).toEqual([0, 50]);
    expect(await means('chp', 'gas.in')).toEqual([600, 600]);
  });

  it('gives a point by its id, in order, with times of steps', async () => {
    const answer = await (await ask({ asset: 'hall', quantity: 'hall.heat', ...hour })).json();
    expect(answer).toMatchObject({ park: 'sample', asset: 'hall', quantity: 'hall.heat', source: 'hall.heat', step_s: 1800 });
    expect(answer.values[0]).toEqual({ time: at(-7_200_000), mean: 1000, min: 1000, max: 1000, coverage: 0.1, quality: 'good' });
  });

  it('gives one aggregation of it, energy only of what was measured, and says how well', async () => {
    const values = async (quantity: string, aggregation: string, asset = 'hall') => {
      const answer = await (await ask({ asset, quantity, ...hour, aggregation })).json();
      return [answer.unit, answer.aggregation, ...answer.values.map(({ value }: { value: number }) => Math.round(value))];
    };
    expect(await values('heat.in', 'max')).toEqual(['kW', 'max', 1000, 2000]);
    // Three readings of a minute in half an hour.
    expect(await values('heat.in', 'energy')).toEqual(['kWh', 'energy', 50, 100]);
    // A register counts what was between: 20 and 30 minutes of each half hour.
    expect(await values('gas.in', 'energy', 'chp')).toEqual(['kWh', 'energy', 200, 300]);
    await postReadings(sample.url, { readings: [{ point: 'hall.heat', time: at(-7_100_000), value: 3.6, quality: 'uncertain' }] });
    const answer = await (await ask({ asset: 'hall', quantity: 'heat.in', ...hour })).json();
    expect(answer.values.map(({ quality }: { quality: string }) => quality)).toEqual(['uncertain', 'good']);
  });

  it.each([
    [{ asset: 'nobody' }, 404, 'no asset'],
    [{ quantity: 'cooling.in' }, 404, 'no point measures'],
    [{ step: '0' }, 400, 'at least 1'],
    [{ step: 'hour' }, 400, 'whole seconds'],
    [{ aggregation: 'median' }, 400, 'aggregation'],
    [{ asset: 'battery', quantity: 'battery.soc', aggregation: 'energy' }, 400, 'energy is of a power'],
    [{ from: 'yesterday' }, 400, 'ISO 8601'],
    [{ from: at(0) }, 400, 'not after'],
    [{ from: '1925-01-01T00:00:00Z', step: '1' }, 400, 'at most 400 days'],
    [{ from: at(-86_400_000), step: '1' }, 400, 'at most 10000 steps'],
    [{ other: '1' }, 400, 'other'],
  ])('answers %o with %d', async (change, status, why) => {
    const response = await ask({ asset: 'hall', quantity: 'heat.in', ...hour, ...change });
    expect(response.status).toBe(status);
    expect((await response.json()).message).toContain(why);
  });

  it('refuses a key twice, and understands a + that was not encoded', async () => {
    const path = '/api/v1/parks/sample/history?asset=hall&quantity=heat.in';
    expect((await get(`${path}&asset=office&from=${at(-1)}&to=${at(0)}`)).status).toBe(400);
    expect((await get(`${path}&a[]=1&a=2&from=${at(-1)}&to=${at(0)}`)).status).toBe(400);
    expect((await get(`${path}&from=2025-06-02T10:00:00+08:00&to=2025-06-02T11:00:00+08:00`)).status).toBe(200);
  });
});

describe('the rest of the server', () => {
  it('describes its API for programs and for people', async () => {
    const document = await json('/api/v1/openapi.json');
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/parks', '/parks/{park}', '/parks/{park}/state', '/parks/{park}/history', '/parks/{park}/readings']),
    );
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
      expect(document.components.schemas).toHaveProperty(name as string);
    const page = await (await get('/api/docs')).text();
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
    expect(page).not.toMatch(/<script|style=|onclick/);
    expect((await get('/api/docs.css')).headers.get('content-type')).toContain('text/css');
  });

  it('is alive, ready, and measured', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/ecopark_readings_total\{park="sample",source="http",result="accepted"\} \d+/);
    expect(metrics).toContain('ecopark_tick_seconds_bucket');
  });

  it('serves the page at every address a person may open, hashed files for good', async () => {
    for (const path of ['/', '/parks/sample', '/parks/sample/kiosk', '/parks/sample/tour']) {
      const response = await get(path);
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
      expect(await response.text()).toContain('client');
    }
    expect((await get('/parks/other')).status).toBe(404);
    const asset = await get('/assets/index-abc123.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('allows nothing inline and nothing evaluated', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') as string;
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure/);
    expect((await get('/')).headers.get('x-powered-by')).toBeNull();
  });

  it.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2fsample.sqlite',
    '/assets/%2e%2e%2f%2e%2e%2fsample.sqlite',
    '/..%5c..%5cpackage.json',
    '/%00',
    '/assets/%00.js',
    '/sample.sqlite',
    '/api/v2/parks',
    '/api/v1/parks/..%2f..',
    '/api/v1/parks/__proto__',
    '/api/v1/parks/sample/nothing',
    '/nothing',
  ])('answers %s with 404 in JSON and no stack', async (path) => {
    const { status, body } = await raw(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ error: 'notFound' });
    expect(body).not.toMatch(/\bat \w+.*:\d+|node_modules/);
  });

  it('refuses what is not HTTP as it should be', async () => {
    const head = `Host: 127.0.0.1:${sample.port}\r\n`;
    expect(await speak(`POST / HTTP/1.1\r\n${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc`)).toContain('400');
    expect(await speak(`GET / HTTP/1.1\r\n${head}X: ${'x'.repeat(17_000)}\r\n\r\n`)).toContain('431');
    expect(await speak('GARBAGE\r\n\r\n')).toContain('400');
    expect((await raw('/%zz')).status).toBe(404);
  });

  it('says what to do when the pages are not built', async () => {
    const bare = await startSample({ clock: handClock(noon) });
    const response = await fetch(bare.url);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm start');
    await bare.close();
  });

  it('takes nothing more while it shuts down, and lets what was taken end', async () => {
    const leaving = await startSample({ clock: handClock(noon), folder: await mkdtemp(join(tmpdir(), 'leaving-')) });
    const answers = Array.from({ length: 20 }, (_, i) =>
      postReadings(leaving.url, { readings: [one({ time: at(-i * 1000) })] }).catch(() => null),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    await leaving.close(false);
    const acknowledged = (await Promise.all(answers)).filter((response) => response?.status === 200).length;
    const after = await startSample({ clock: handClock(noon, true), folder: leaving.folder });
    expect((await after.twin.parts.stores.journal.count()).readings).toBeGreaterThanOrEqual(acknowledged);
    await after.close();
    await rm(leaving.folder, { recursive: true, force: true });
  });
});
