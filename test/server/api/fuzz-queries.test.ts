/** Whatever a question to the HTTP API holds, it is answered, or refused with what is wrong. */
import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, patience, texts, timePieces } from '../ledger/damage.ts';
import { handClock, noon, type Sample, startSample } from '../sample-server.ts';

const minute = 60_000;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let sample: Sample;
beforeAll(async () => {
  const clock = handClock(noon, true);
  sample = await startSample({ clock, ledger: {} });
  clock.advance(121 * minute);
  const times = Array.from({ length: 120 }, (_, i) => noon + i * minute);
  await sample.twin.accept(
    times.map((time) => ({ point: 'hall.power', time, value: 500, quality: 'good' as const })),
    'test',
  );
  await sample.twin.tick();
  await sample.twin.idle();
});
afterAll(async () => {
  agent.destroy();
  await sample.close();
});

/** As it stands, with what cannot stand in a request line encoded: no client mends it on the way. */
const inLine = (text: string) => text.replaceAll(/[^\x21-\x7e]+/g, (odd) => encodeURIComponent(Buffer.from(odd).toString()));

function ask(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: sample.port, host: '127.0.0.1', path, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
        } catch {
          reject(new Error(`${path} is answered ${response.statusCode} without JSON: ${text.slice(0, 200)}`));
        }
      });
    });
    asked.on('error', reject).end();
  });
}

const starts = ['2025-06-02T04:00:00Z', '2025-06-02T13:00:00+08:00', '2024-02-29T00:00:00Z'];
const ends = ['2025-06-02T06:00:00%2B00:00', '2025-06-02T15:00:00+08:00', '9999-12-31T23:59:60Z'];
/** What is understood, by key. */
const known: Record<string, Record<string, string[]>> = {
  history: {
    asset: ['hall', 'hall', 'grid'],
    quantity: ['electricity.in', 'hall.power', 'electricity.out'],
    from: starts,
    to: ends,
    step: ['60', '900', '999999999'],
    aggregation: ['mean', 'min', 'energy'],
  },
  series: {
    owner: ['', 'hall', '*'],
    columns: ['electricity.in.Wh', 'carbon.mg,electricity.in.Wh', ''],
    from: starts,
    to: ends,
    step: ['interval', 'hour', 'day', 'month', 'year'],
    set: ['direct', 'lifecycle'],
    edition: ['1', '2', '999999999'],
  },
};
const needed = ['asset', 'quantity', 'from', 'to'];
const pieces = [
  ...timePieces.map(encodeURIComponent),
  ...['hall', 'hour', '*', '-1', '1e9', '__proto__', 'constructor', '&from=', '&step=60', '&owner='],
  ...['&', '=', '?', '#', '+', ',', '[]', '%', '%00', '%ff', '%F0%9F', '%2c', '<', "'", '\ud800'],
];

/** Keys with values that are understood, each odd, left out or there twice now and then; or anything. */
function queries(values: Record<string, string[]>): fc.Arbitrary<string> {
  const pairs = Object.entries(values).map(([key, good]) => {
    const value = fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: texts(good, pieces) });
    const usual = fc.array(value, { minLength: needed.includes(key) ? 1 : 0, maxLength: 1 });
    const all = fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) });
    return all.map((given) => given.map((one) => `${key}=${one}`));
  });
  const asked = fc.tuple(...pairs).map((all) => all.flat().join('&'));
  const keys = Object.keys(values).map((key) => `${key}=`);
  return fc.oneof({ weight: 4, arbitrary: asked }, { weight: 1, arbitrary: texts(keys, pieces) });
}

describe('fuzzing', { timeout: patience }, () => {
  it.each(Object.keys(known))('a question to %s: an answer, or 4xx with a message', async (resource) => {
    const query = queries(known[resource] ?? {}).map(inLine);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const { status, body } = await ask(`/api/v1/parks/sample/${resource}?${text}`);
        if (status === 200) answered++;
        else {
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
          expect(body['message']).toEqual(expect.stringMatching(/./));
        }
      }),
      cases(500),
    );
    // Else it would be the refusals alone that are tested.
    expect(answered).toBeGreaterThan(0);
    expect(sample.log.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});
