import { afterEach, describe, expect, it, vi } from 'vitest';
import { AskError, addressOf, ask, iso } from '../../../client/live/ask.ts';

function answering(answer: () => Response | Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer());
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
afterEach(() => vi.unstubAllGlobals());

const range = { from: iso(Date.UTC(2026, 9, 1)), to: iso(Date.UTC(2026, 9, 2)) };
const ledger = (signal?: AbortSignal) => ask('GET /parks/{park}/ledger', { park: 'demo' }, signal);

describe('a question', () => {
  it('is an address that says everything', () => {
    const query = { owner: ['hall', 'chp'], columns: 'energy.Wh,carbon.mg', ...range, step: 'hour', set: undefined } as const;
    const path = addressOf('GET /parks/{park}/series', { park: 'a park', query: { ...query, owner: [...query.owner] } });
    expect(path.split('?')[0]).toBe('/api/v1/parks/a%20park/series');
    const asked = new URLSearchParams(path.split('?')[1]);
    expect(asked.getAll('owner')).toEqual(['hall', 'chp']);
    expect(Object.fromEntries(asked)).toMatchObject({ columns: query.columns, from: range.from, to: range.to, step: 'hour' });
    expect(asked.has('set')).toBe(false);
    expect(addressOf('GET /parks', {})).toBe('/api/v1/parks');
    expect(addressOf('GET /parks/{park}/assets/{asset}/supply', { park: 'a/b', asset: 'x?y', query: {} })).toBe(
      '/api/v1/parks/a%2Fb/assets/x%3Fy/supply',
    );
  });

  it('is asked with its method, and with a body as JSON', async () => {
    const fetch = answering(() => Response.json({ locks: [] }));
    await ask('POST /parks/{park}/ledger/locks', { park: 'demo', body: { from: '2026-10-01', to: '2026-10-31', who: 'me' } });
    expect(fetch).toHaveBeenCalledWith('/api/v1/parks/demo/ledger/locks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"from":"2026-10-01","to":"2026-10-31","who":"me"}',
    });
  });

  it.each([
    [403, 'notPublic'],
    [404, 'notFound'],
    [400, 'refused'],
    [503, 'server'],
  ])('says what is wrong when the server answers %d', async (status, trouble) => {
    answering(() => Response.json({ error: 'x', message: 'in words' }, { status }));
    await expect(ledger()).rejects.toMatchObject({ name: 'AskError', trouble, message: 'in words' });
  });

  it('says that there is no line, or that another server answered', async () => {
    answering(() => Promise.reject(new TypeError('no line')));
    await expect(ledger()).rejects.toMatchObject({ trouble: 'offline' });
    answering(() => new Response('<html>gateway</html>', { status: 502, statusText: 'Bad Gateway' }));
    await expect(ledger()).rejects.toMatchObject({ trouble: 'server', message: '502 Bad Gateway' });
  });

  it('that is taken back is no trouble', async () => {
    const abort = new AbortController();
    abort.abort();
    answering(() => Promise.reject(new DOMException('taken back', 'AbortError')));
    const error = await ledger(abort.signal).catch((cause: unknown) => cause);
    expect(error).not.toBeInstanceOf(AskError);
    expect(error).toMatchObject({ name: 'AbortError' });
  });
});
