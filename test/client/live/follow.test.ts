import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { select, useChoices } from '../../../client/live/choices.ts';
import { clearMirror, takeSnapshot, takeUpdate } from '../../../client/live/connection.ts';
import { belongs, setFollow, startFollowing, turnFollow, useFollow, waysOf } from '../../../client/live/follow.ts';
import { litBy } from '../../../client/live/isolate.ts';
import { mirror, showLive, showPast } from '../../../client/live/mirror.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';
import { encodeUpdate } from '../../../models/wire/codec.ts';
import { sampleLayout, sampleView, snapshotOf } from '../sample-view.ts';

const view = sampleView();
const layout = sampleLayout(view);
const then = Date.UTC(2026, 5, 10, 2, 30);

let asked: URL[] = [];
let status = 200;
let stop = () => {};

function answerTo(url: URL): FollowAnswer {
  const asset = url.pathname.split('/').at(-2) as string;
  const moment = url.searchParams.get('moment');
  return {
    park: 'sample',
    asset,
    direction: url.searchParams.get('direction') as FollowAnswer['direction'],
    time: '2026-06-10T02:45:00.000Z',
    moment,
    asAccounted: true,
    total: { power_kW: 100, intensity_gPerKwh: 300, carbon_kgPerH: 30 },
    sources: [],
    uses: [],
    lost: 0,
    lines: [{ id: 'feeder', from: 'grid', to: 'sub-1', share: 1, power_kW: 100, carbon_kgPerH: 30, assumed: false }],
    through: ['grid', 'sub-1', asset],
  };
}

let seq = 0;
const tick = () =>
  takeUpdate(encodeUpdate({ epoch: 1, seq: ++seq, time: 1_000_000 + seq, slots: new Uint32Array(0), values: new Float32Array(0) }), 0);
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const lit = () => [...(useChoices.getState().lit ?? ['all'])].sort();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string) => {
    const url = new URL(path, 'http://twin');
    asked.push(url);
    return Promise.resolve(status === 200 ? Response.json(answerTo(url)) : new Response('{}', { status }));
  });
  [asked, status, seq] = [[], 200, 0];
  useChoices.setState({ park: view, selected: null, hovered: null, follow: null, lit: null, only: null });
  takeSnapshot(view, snapshotOf(view, new Float32Array(layout.size)), 0);
  stop = startFollowing(view);
});
afterEach(() => {
  stop();
  clearMirror();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('whoever takes can be followed up, whoever gives down', () => {
  const ways = (id: string) => waysOf(view.assets.find((asset) => asset.id === id) as (typeof view.assets)[number]);
  expect(ways('hall')).toEqual(['up']);
  expect(ways('hall-pv')).toEqual(['down']);
  expect(ways('grid')).toEqual(['down']);
  expect(ways('chp')).toEqual(['up', 'down']);
  expect(ways('battery')).toEqual(['up', 'down']);
  expect(ways('sub-1')).toEqual([]);
});

describe('following', () => {
  test('asks for the way, lights what is on it, and lets go of all in the end', async () => {
    select('hall');
    setFollow('up');
    expect(useChoices.getState().flight?.to).toEqual({ kind: 'whole' });
    await settle();
    expect(asked.map(({ pathname, search }) => pathname + search)).toEqual(['/api/v1/parks/sample/assets/hall/supply?direction=upstream']);
    expect(lit()).toEqual(['feeder', 'grid', 'hall', 'sub-1']);
    expect(useFollow.getState().answer?.asset).toBe('hall');
    setFollow(null);
    expect(lit()).toEqual(['all']);
    expect(useFollow.getState()).toMatchObject({ subject: null, answer: null });
  });

  test('gives back what was singled out before', async () => {
    const only = { by: 'kind', value: 'pv' } as const;
    useChoices.setState({ only, lit: litBy(view, only), selected: 'hall', follow: 'up' });
    await settle();
    expect(lit()).toContain('feeder');
    setFollow(null);
    expect(lit()).toEqual(['hall-pv']);
  });

  test('asks again when the park ticked, once a second at most, and never twice at once', async () => {
    select('hall');
    setFollow('up');
    await settle();
    for (let i = 0; i < 5; i++) tick();
    await settle(900);
    expect(asked).toHaveLength(1);
    await settle(200);
    expect(asked).toHaveLength(2);
    await settle(5000);
    expect(asked).toHaveLength(2);
  });

  test('goes with the moment, and an answer of another moment is not shown beside its numbers', async () => {
    select('hall');
    setFollow('up');
    await settle();
    showPast({ start: then, interval_ms: 900_000, base: then }, null);
    expect(belongs(useFollow.getState().answer)).toBe(false);
    await settle();
    expect(asked.at(-1)?.searchParams.get('moment')).toBe('2026-06-10T02:30:00.000Z');
    expect(belongs(useFollow.getState().answer)).toBe(true);
    showLive();
    expect(belongs(useFollow.getState().answer)).toBe(false);
    await settle();
    expect(belongs(useFollow.getState().answer)).toBe(true);
    status = 404;
    showPast({ start: then - 900_000, interval_ms: 900_000, base: then }, null);
    await settle();
    expect(useFollow.getState()).toMatchObject({ answer: null, trouble: 'notAccounted' });
    expect(mirror.moment).toBe(then - 900_000);
  });

  test('goes to whom is chosen next, the way it has; a line on the way changes nobody', async () => {
    select('hall');
    setFollow('up');
    await settle();
    select('feeder');
    await settle();
    expect(useFollow.getState().subject).toEqual({ asset: 'hall', way: 'up' });
    select('grid');
    await settle();
    expect(useFollow.getState().subject).toEqual({ asset: 'grid', way: 'down' });
    expect(useChoices.getState().follow).toBe('down');
    expect(asked.at(-1)?.pathname).toContain('/grid/');
    select(null);
    expect(useChoices.getState().follow).toBeNull();
    expect(lit()).toEqual(['all']);
  });

  test('turns with each press of the key: up, down, off, as far as there are ways', () => {
    select('chp');
    const turns = [0, 1, 2].map(() => {
      turnFollow();
      return useChoices.getState().follow;
    });
    expect(turns).toEqual(['up', 'down', null]);
    select('sub-1');
    turnFollow();
    expect(useChoices.getState().follow).toBeNull();
  });

  test('is not for the public, whatever a link asks for', async () => {
    stop();
    const everybody = { ...view, metadata: { ...view.metadata, audience: 'public' as const } };
    useChoices.setState({ park: everybody, selected: 'hall', follow: 'up' });
    stop = startFollowing(everybody);
    await settle(2000);
    expect(asked).toEqual([]);
    expect(useChoices.getState().follow).toBeNull();
  });
});
