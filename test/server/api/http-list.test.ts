import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handClock, noon, type Sample, startSample, token } from '../sample-server.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await startSample({ clock: handClock(noon) });
});
afterAll(() => sample.close());

/** Says the bytes, then one more each 50 ms; resolves with the answer and how long it held, when the server closes. */
function drip(bytes: string): Promise<{ answer: string; held_ms: number }> {
  return new Promise((resolve) => {
    const began = performance.now();
    let answer = '';
    let more: NodeJS.Timeout | undefined;
    const socket = connect(sample.port, '127.0.0.1', () => {
      socket.write(bytes);
      more = setInterval(() => socket.write('x'), 50);
    });
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(more);
      resolve({ answer: answer.split('\r\n')[0] as string, held_ms: performance.now() - began });
    });
  });
}

describe('a slow sender', () => {
  const head = (port: number) =>
    `POST /api/v1/parks/sample/readings HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`;

  it('is held no longer than 10 s for a head and 30 s for a body', () => {
    const { headersTimeout, requestTimeout } = sample.app.http;
    // Looked at every second.
    expect(headersTimeout + 1000).toBeLessThan(10_000);
    expect(requestTimeout + 1000).toBeLessThan(30_000);
  });

  it('is answered 408 and closed, in the head and in the body, while others are served', async () => {
    const { http } = sample.app;
    const usual = [http.headersTimeout, http.requestTimeout] as const;
    [http.headersTimeout, http.requestTimeout] = [300, 600];
    const slow = [
      ...Array.from({ length: 20 }, () => drip(`${head(sample.port)}X: `)),
      drip(`${head(sample.port)}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{`),
    ];
    const other = await fetch(`${sample.url}/healthz`);
    for (const { answer, held_ms } of await Promise.all(slow)) {
      expect(answer).toContain('408');
      expect(held_ms).toBeLessThan(5000);
    }
    [http.headersTimeout, http.requestTimeout] = usual;
    expect(other.status).toBe(200);
    expect((await sample.twin.parts.stores.journal.count()).readings).toBe(0);
  });
});

describe('a sender that says who it is', () => {
  /** Status of a history question from `forwarded`, at a server that is bound to `host`. */
  const ask = (port: number, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const query = `asset=hall&quantity=electricity.in&from=${new Date(noon - 1000).toISOString()}&to=${new Date(noon).toISOString()}`;
      request({ port, host: '127.0.0.1', path: `/api/v1/parks/sample/history?${query}`, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('gains nothing from X-Forwarded-For, X-Real-IP, Forwarded or X-Forwarded-Host', async () => {
    const open = await startSample({ clock: handClock(noon), host: '0.0.0.0' });
    for (const headers of [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-real-ip': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1;host=localhost' },
      { 'x-forwarded-host': 'localhost', host: 'park.example' },
    ]) {
      expect([headers, await ask(open.port, headers)]).toEqual([headers, 403]);
    }
    await open.close();
    // At a server bound to this computer a forwarded request comes from elsewhere.
    expect(await ask(sample.port, { 'x-forwarded-for': '127.0.0.1' })).toBe(403);
    expect(await ask(sample.port, {})).toBe(200);
  });
});
