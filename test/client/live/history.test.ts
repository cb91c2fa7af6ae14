import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchSeries, fetchSnapshots, forgetSeries } from '../../../client/live/history.ts';
import { queries } from '../../../client/live/queries.ts';
import { encodeSnapshots } from '../../../models/snapshots/snapshots.ts';

const from = Date.UTC(2026, 9, 1);
const to = Date.UTC(2026, 9, 2);
const question = { owners: ['hall'], columns: ['energy.Wh'], from, to, step: 'hour' as const };

function answering(answer: (signal: AbortSignal | null | undefined) => Response | Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(async (_path, init) => answer(init?.signal));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
afterEach(() => {
  vi.unstubAllGlobals();
  queries.clear();
});

describe('questions about the past', () => {
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

  it('name all assets with a star', async () => {
    const fetch = answering(() => Response.json({ until: null }));
    await fetchSeries('demo', { ...question, owners: '*', step: 'day' });
    expect(new URL(String(fetch.mock.calls[0]?.[0]), 'http://twin').searchParams.getAll('owner')).toEqual(['*']);
  });

  it('that two ask at once go out once, and are taken back only when nobody waits any more', async () => {
    const gone = vi.fn();
    const fetch = answering(
      (signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            gone();
            reject(signal.reason);
          });
        }),
    );
    const [one, two] = [new AbortController(), new AbortController()];
    const first = fetchSeries('demo', question, one.signal).catch((error: unknown) => error);
    const second = fetchSeries('demo', question, two.signal).catch((error: unknown) => error);
    expect(fetch).toHaveBeenCalledTimes(1);
    one.abort();
    expect(await first).toMatchObject({ name: 'AbortError' });
    expect(gone).not.toHaveBeenCalled();
    two.abort();
    expect(await second).toMatchObject({ name: 'AbortError' });
    expect(gone).toHaveBeenCalledTimes(1);
    // Asked again, it is a new question.
    answering(() => Response.json({ until: '2026-10-05T00:00:00.000Z' }));
    expect(await fetchSeries('demo', question)).toMatchObject({ until: '2026-10-05T00:00:00.000Z' });
  });

  it('are asked anew after a restatement, also while the old answer is on its way', async () => {
    let land = (_: Response) => {};
    answering(
      () =>
        new Promise((resolve) => {
          land = resolve;
        }),
    );
    const before = fetchSeries('demo', question);
    forgetSeries();
    const after = answering(() => Response.json({ until: '2026-10-05T00:00:00.000Z', edition: 2 }));
    expect(await fetchSeries('demo', question)).toMatchObject({ edition: 2 });
    land(Response.json({ until: '2026-10-05T00:00:00.000Z', edition: 1 }));
    expect(await before).toMatchObject({ edition: 1 });
    expect(await fetchSeries('demo', question)).toMatchObject({ edition: 2 });
    expect(after).toHaveBeenCalledTimes(1);
  });

  it('leave nothing behind on a signal that outlives them', async () => {
    answering(() => Response.json({ until: null }));
    const { signal } = new AbortController();
    for (let i = 0; i < 3; i++) await fetchSeries('demo', question, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('that failed are asked again by the next who wants to know', async () => {
    answering(() => Response.json({ error: 'busy', message: 'not now' }, { status: 503 }));
    await expect(fetchSeries('demo', question)).rejects.toMatchObject({ trouble: 'server', message: 'not now' });
    answering(() => Response.json({ until: null }));
    expect(await fetchSeries('demo', question)).toEqual({ until: null });
  });

  it('bring snapshots that are read at once', async () => {
    const set = {
      signature: '0123456789abcdef',
      base: from,
      interval_ms: 900_000,
      times: Float64Array.of(from, from + 900_000),
      size: 2,
      values: Float32Array.of(1, Number.NaN, 2, 0),
    };
    const fetch = answering(() => new Response(encodeSnapshots(set)));
    expect(await fetchSnapshots('demo', from, to, undefined, 4)).toEqual(set);
    expect(fetch.mock.calls[0]?.[0]).toContain('/snapshots?from=2026-10-01T00%3A00%3A00.000Z&to=2026-10-02T00%3A00%3A00.000Z&every=4');
  });
});
