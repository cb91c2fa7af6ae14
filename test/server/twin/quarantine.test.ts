import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qualities } from '../../../models/quality.ts';
import { type HandClock, handClock, noon, postReadings, type Sample, startSample, token } from '../sample-server.ts';

let clock: HandClock;
let sample: Sample;
beforeAll(async () => {
  clock = handClock(noon);
  sample = await startSample({ clock });
});
afterAll(() => sample.close());

const at = (ms: number) => new Date(noon + ms).toISOString();
const base = '/api/v1/parks/sample/quarantine';
type Json = Record<string, never>;

/** As a browser or a program on this computer would ask, with any headers. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
  return new Promise((resolve, reject) => {
    const options = { port: sample.port, host: '127.0.0.1', path, method, headers: { host: `127.0.0.1:${sample.port}`, ...headers } };
    const asked = request(options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(body) }));
    });
    asked.on('error', reject).end();
  });
}
const list = async (query = '') =>
  (await ask(base + query)).body as unknown as { readings: Record<string, unknown>[] } & Record<string, unknown>;
const post = async (...readings: object[]) => (await postReadings(sample.url, { readings })).json();
const hall = (value: number | null, ms: number) => ({ point: 'hall.power', time: at(ms), value });
const idOf = async (value: number) => (await list('?state=all')).readings.find((reading) => reading['value'] === value)?.['id'];
/** What the twin believes of the hall's meter, after a tick. */
async function shown(): Promise<{ kW: number; validity: unknown }> {
  await sample.twin.tick();
  const { value, validity } = sample.twin.live.pointValues;
  const i = sample.twin.park.points.findIndex(({ id }) => id === 'hall.power');
  return { kW: value[i] as number, validity: qualities[validity[i] as number] };
}

describe('the quarantine', () => {
  it('lists what was set aside, newest first, with reason, count and pages', async () => {
    await post(hall(700, -60_000), hall(900_000, -50_000), { point: 'pv.power', time: 1_748_836, value: 3 }, hall(800_000, -40_000));
    const all = await list();
    expect(all).toMatchObject({ park: 'sample', waiting: 3, counts: { outOfRange: 2, beforeYear2000: 1 }, next: null });
    expect(all.readings[0]).toMatchObject({
      point: 'hall.power',
      time: at(-40_000),
      value: 800_000,
      reason: 'outOfRange',
      message: expect.stringContaining('plausible range'),
      state: 'aside',
      decided: null,
    });
    expect(all.readings[1]).toMatchObject({ reason: 'beforeYear2000', message: expect.stringContaining('seconds') });
    const first = await list('?limit=2');
    expect(first.readings).toHaveLength(2);
    const rest = await list(`?limit=2&cursor=${first['next']}`);
    expect([rest.readings.map(({ value }) => value), rest['next']]).toEqual([[900_000], null]);
    expect((await list('?point=pv.power')).readings).toHaveLength(1);
    expect((await list('?reason=outOfRange&limit=9')).readings).toHaveLength(2);
    for (const wrong of ['?limit=0', '?limit=999', '?reason=why', '?state=x', '?cursor=-1', '?limit=1&limit=2', '?other=1'])
      expect((await ask(base + wrong)).status).toBe(400);
  });

  it('is counted in the metrics by reason, until a person decides', async () => {
    const metrics = async () => (await fetch(`${sample.url}/metrics`)).text();
    expect(await metrics()).toContain('ecopark_quarantined_readings{park="sample",reason="outOfRange"} 2');
    const { status, body } = await ask(`${base}/${await idOf(900_000)}/discard`, 'POST');
    expect([status, body]).toEqual([200, expect.objectContaining({ state: 'discarded', decided: expect.any(String) })]);
    expect(await metrics()).toContain('ecopark_quarantined_readings{park="sample",reason="outOfRange"} 1');
    expect((await list()).readings.map(({ value }) => value)).not.toContain(900_000);
    expect((await list('?state=discarded')).readings.map(({ value }) => value)).toEqual([900_000]);
  });

  it('lets a released reading into history and onto the screen, uncertain', async () => {
    expect(await shown()).toMatchObject({ kW: 700, validity: 'good' });
    const { status, body } = await ask(`${base}/${await idOf(800_000)}/release`, 'POST');
    expect([status, body]).toEqual([200, expect.objectContaining({ state: 'released' })]);
    expect(await shown()).toMatchObject({ kW: 800_000, validity: 'uncertain' });
    expect(await sample.twin.parts.stores.journal.series('hall.power', noon - 40_000, noon, 9)).toEqual([
      { time: noon - 40_000, value: 800_000, quality: 'uncertain' },
    ]);
    expect((await ask(`${base}/${await idOf(800_000)}/release`, 'POST')).status).toBe(200);
    expect((await ask(`${base}/${await idOf(800_000)}/discard`, 'POST')).status).toBe(409);
  });

  it("sets a conflict's time to the released value, live too, whatever is delivered again", async () => {
    await post(hall(500, -20_000), hall(600, -20_000));
    expect(await shown()).toMatchObject({ kW: 800_000, validity: 'bad' });
    expect((await list())['counts']).toMatchObject({ conflict: 2 });
    expect((await ask(`${base}/${await idOf(600)}/release`, 'POST')).status).toBe(200);
    expect(await shown()).toMatchObject({ kW: 600, validity: 'uncertain' });
    expect((await list())['counts']).not.toHaveProperty('conflict');
    expect(await post(hall(500, -20_000), hall(600, -20_000))).toEqual({ accepted: 0, duplicates: 2, quarantined: 0 });
    expect(await shown()).toMatchObject({ kW: 600 });
  });

  it('releases nothing whose time cannot be right or has not come, or that has no value', async () => {
    await post(hall(1, 3_600_000), hall(4, -10_000), hall(null, -10_000));
    const none = (await list('?reason=conflict')).readings.find(({ value }) => value === null);
    for (const [id, why] of [
      [await idOf(3), 'time cannot be right'],
      [await idOf(1), 'not come yet'],
      [none?.['id'], 'no value'],
    ]) {
      const { status, body } = await ask(`${base}/${id}/release`, 'POST');
      expect([status, body]).toEqual([409, expect.objectContaining({ message: expect.stringContaining(String(why)) })]);
    }
    clock.advance(3_600_000);
    expect((await ask(`${base}/${await idOf(1)}/release`, 'POST')).status).toBe(200);
  });

  it('knows only what is there', async () => {
    for (const id of ['999999', '0', '-1', 'x', '1e3']) expect((await ask(`${base}/${id}/release`, 'POST')).status).toBe(404);
    expect((await ask(`${base}/1/release`)).status).toBe(405);
    expect((await ask('/api/v1/parks/other/quarantine/1/discard', 'POST')).status).toBe(404);
  });

  it('is decided by this computer and by the token, not by the public or a foreign page', async () => {
    await post(hall(850_000, -5000));
    const path = `${base}/${await idOf(850_000)}/discard`;
    for (const headers of [
      { host: 'park.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'x-forwarded-for': '10.0.0.1' },
    ] as Record<string, string>[])
      expect([headers, (await ask(path, 'POST', headers)).status]).toEqual([headers, 403]);
    expect((await ask(path, 'POST', { authorization: `Bearer ${token}x` })).status).toBe(401);
    expect((await ask(base, 'GET', { host: 'park.example' })).status).toBe(403);
    expect((await list('?state=aside')).readings.map(({ value }) => value)).toContain(850_000);
    const own = { origin: `http://127.0.0.1:${sample.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask(path, 'POST', own)).status).toBe(200);
    expect((await ask(path, 'POST', { host: 'park.example', authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('is described', async () => {
    const { paths } = await (await fetch(`${sample.url}/api/v1/openapi.json`)).json();
    expect(Object.keys(paths['/parks/{park}/quarantine'])).toEqual(['get']);
    expect(paths['/parks/{park}/quarantine/{id}/release'].post.security).toEqual([{ ingestToken: [] }, {}]);
  });
});
