import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  fetchLedger,
  fetchMarks,
  fetchPictures,
  fetchSeries,
  forgetSeries,
  HistoryError,
  seriesPath,
} from '../../../client/live/history.ts';
import { createLru } from '../../../client/live/lru.ts';
import { encodePictures } from '../../../models/ledger/pictures.ts';

const from = Date.UTC(2026, 9, 1);
const to = Date.UTC(2026, 9, 2);
const question = { owners: ['hall'], columns: ['energy.Wh'], from, to, step: 'hour' as const };

function answering(answer: () => Response | Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer());
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
afterEach(() => {
  vi.unstubAllGlobals();
  forgetSeries();
});

describe('questions about the past', () => {
  it('are addresses that say everything', () => {
    const path = seriesPath('a park', { ...question, owners: ['hall', 'chp'], set: 'lifecycle', edition: 3 });
    expect(path.split('?')[0]).toBe('/api/v1/parks/a%20park/series');
    const query = new URLSearchParams(path.split('?')[1]);
    expect(query.getAll('owner')).toEqual(['hall', 'chp']);
    expect(Object.fromEntries(query)).toMatchObject({
      columns: 'energy.Wh',
      from: '2026-10-01T00:00:00.000Z',
      to: '2026-10-02T00:00:00.000Z',
      step: 'hour',
      set: 'lifecycle',
      edition: '3',
    });
    expect(new URLSearchParams(seriesPath('p', { ...question, owners: '*' }).split('?')[1]).getAll('owner')).toEqual(['*']);
  });

  it('are asked once where the past is closed, again where it grows or was accounted again', async () => {
    const closed = answering(() => Response.json({ until: '2026-10-05T00:00:00.000Z' }));
    await fetchSeries('demo', question);
    await fetchSeries('demo', question);
    expect(closed).toHaveBeenCalledTimes(1);
    forgetSeries();
    const growing = answering(() => Response.json({ until: '2026-10-01T12:00:00.000Z' }));
    await fetchSeries('demo', question);
    await fetchSeries('demo', question);
    expect(growing).toHaveBeenCalledTimes(2);
    const empty = answering(() => Response.json({ until: null }));
    await fetchSeries('demo', question);
    await fetchSeries('demo', question);
    expect(empty).toHaveBeenCalledTimes(2);
  });

  it('bring pictures that are read at once', async () => {
    const set = {
      signature: '0123456789abcdef',
      base: from,
      interval_ms: 900_000,
      times: Float64Array.of(from, from + 900_000),
      size: 2,
      values: Float32Array.of(1, Number.NaN, 2, 0),
    };
    const fetch = answering(() => new Response(encodePictures(set)));
    expect(await fetchPictures('demo', from, to, undefined, 4)).toEqual(set);
    expect(fetch.mock.calls[0]?.[0]).toContain('/snapshots?from=2026-10-01T00%3A00%3A00.000Z&to=2026-10-02T00%3A00%3A00.000Z&every=4');
  });

  it.each([
    [403, 'notPublic'],
    [404, 'notFound'],
    [400, 'refused'],
    [503, 'server'],
  ])('say what is wrong when the server answers %d', async (status, trouble) => {
    answering(() => Response.json({ error: 'x', message: 'in words' }, { status }));
    await expect(fetchLedger('demo')).rejects.toMatchObject({ name: 'HistoryError', trouble, message: 'in words' });
  });

  it('say that there is no line, or that another server answered', async () => {
    answering(() => Promise.reject(new TypeError('no line')));
    await expect(fetchMarks('demo', from, to)).rejects.toMatchObject({ trouble: 'offline' });
    answering(() => new Response('<html>gateway</html>', { status: 502, statusText: 'Bad Gateway' }));
    await expect(fetchMarks('demo', from, to)).rejects.toMatchObject({ trouble: 'server', message: '502 Bad Gateway' });
  });

  it('that are taken back are no trouble', async () => {
    const abort = new AbortController();
    abort.abort();
    answering(() => Promise.reject(new DOMException('taken back', 'AbortError')));
    const error = await fetchLedger('demo', abort.signal).catch((cause: unknown) => cause);
    expect(error).not.toBeInstanceOf(HistoryError);
    expect(error).toMatchObject({ name: 'AbortError' });
  });
});

describe('what is remembered', () => {
  it('is let go when it was not used longest, and the newest stays however large', () => {
    const lru = createLru<number>(10);
    lru.set('a', 1, 4);
    lru.set('b', 2, 4);
    expect(lru.get('a')).toBe(1);
    lru.set('c', 3, 4);
    expect([lru.get('a'), lru.get('b'), lru.get('c'), lru.bytes]).toEqual([1, undefined, 3, 8]);
    lru.set('c', 4, 1);
    expect(lru.bytes).toBe(5);
    lru.set('d', 5, 100);
    expect([lru.get('a'), lru.get('c'), lru.get('d'), lru.bytes]).toEqual([undefined, undefined, 5, 100]);
    lru.delete('d');
    lru.delete('d');
    expect(lru.bytes).toBe(0);
  });
});
