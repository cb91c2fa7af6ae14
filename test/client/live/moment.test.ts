import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useChoices } from '../../../client/live/choices.ts';
import { clearMirror, takeSnapshot, takeUpdate } from '../../../client/live/connection.ts';
import { mirror } from '../../../client/live/mirror.ts';
import { pause, play, sameTime, setMoment, startTimeMachine, stepMoment, useTime } from '../../../client/live/moment.ts';
import { layoutSignature } from '../../../models/snapshots/slots.ts';
import { encodeSnapshots } from '../../../models/snapshots/snapshots.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';
import { encodeUpdate } from '../../../models/wire/codec.ts';
import { sampleLayout, sampleView, snapshotOf } from '../sample-view.ts';

const view = sampleView();
const layout = sampleLayout(view);
const quarter = 1000 * view.metadata.interval_s;
const day = 86_400_000;
const until = Date.UTC(2026, 5, 10, 2, 30);
const from = until - 5 * day;
/** Of each interval: its number since 1970, modulo something that snapshots keep exactly. */
const numberOf = (start: number) => (start / quarter) % 1000;
const gap = { from: until - 2 * day, to: until - 2 * day + 4 * quarter };

let served: { snapshots: boolean; signature: string; asked: string[] };
let otherPark = 0;
let stop: () => void;

/** The server's answers, from figures that can be told apart. */
function answer(path: string): Response {
  served.asked.push(path);
  const query = new URL(path, 'http://twin').searchParams;
  if (path.includes('/ledger')) {
    const iso = (time: number) => new Date(time).toISOString();
    const none = { sets: ['direct'], dirty: 0, progress: null, editions: [], locks: [], adjustments: [], simulated: true, rawFrom: null };
    return Response.json({
      park: 'sample',
      timeZone: view.metadata.timeZone,
      interval_s: view.metadata.interval_s,
      from: iso(from),
      until: iso(until),
      ...none,
    });
  }
  if (!served.snapshots) return new Response('{"message":"not now"}', { status: 503 });
  const first = Math.max(from, Date.parse(query.get('from') ?? ''));
  const last = Math.min(until, Date.parse(query.get('to') ?? ''));
  const times: number[] = [];
  for (let t = first; t < last; t += quarter) if (t < gap.from || t >= gap.to) times.push(t);
  const values = new Float32Array(times.length * layout.size);
  for (const [i, t] of times.entries()) values.fill(numberOf(t), i * layout.size, (i + 1) * layout.size);
  const set = {
    signature: served.signature,
    base: first,
    interval_ms: quarter,
    times: Float64Array.from(times),
    size: layout.size,
    values,
  };
  return new Response(encodeSnapshots(set));
}

const settled = () => expect.poll(() => useTime.getState().wait).not.toBe('loading');

beforeEach(async () => {
  served = { snapshots: true, signature: layoutSignature(layout), asked: [] };
  otherPark = 0;
  vi.stubGlobal('fetch', async (path: string) => answer(path));
  clearMirror();
  useChoices.setState({ moment: 'live' });
  takeSnapshot(view, snapshotOf(view, new Float32Array(layout.size).fill(7), { time: until + 60_000 }), 0);
  stop = startTimeMachine(view, () => otherPark++);
  await expect.poll(() => useTime.getState().ledger).not.toBeNull();
});
afterEach(() => {
  setMoment('live');
  stop();
  vi.unstubAllGlobals();
});

describe('a moment in the past', () => {
  test('fills the mirror with its interval, and its end is the time of everything', async () => {
    setMoment(until - day + 1234);
    await settled();
    expect(mirror.moment).toBe(until - day);
    expect(mirror.time).toBe(until - day + quarter);
    expect(mirror.values[3]).toBe(numberOf(until - day));
    expect(mirror.preliminary).toBe(false);
  });

  test('of a day that is here is shown at once, with one change of the mirror', async () => {
    setMoment(until - day);
    await settled();
    const { changes } = mirror;
    setMoment(until - day - quarter);
    expect(mirror.values[0]).toBe(numberOf(until - day - quarter));
    expect(mirror.changes).toBe(changes + 1);
  });

  test('leaves the screen with its own time until the snapshot is here: never the wrong time', async () => {
    setMoment(until - day);
    expect(useTime.getState().wait).toBe('loading');
    expect(mirror.moment).toBe('live');
    expect(mirror.time).toBe(until + 60_000);
    await settled();
    // Two days on, the nearest earlier snapshot belongs to another day: what is shown says of when it is.
    setMoment(until - 4 * day);
    expect(useChoices.getState().moment).toBe(until - 4 * day);
    expect(mirror.moment).toBe(until - day);
    expect(mirror.values[0]).toBe(numberOf(until - day));
  });

  test('is no earlier than the first and no later than the last accounted interval', async () => {
    setMoment(from - 50 * day);
    expect(useChoices.getState().moment).toBe(from);
    setMoment(until + 50 * day);
    expect(useChoices.getState().moment).toBe(until - quarter);
  });

  test('of which nothing is accounted shows the unknown, at the right time', async () => {
    setMoment(gap.from + quarter);
    await settled();
    expect(useTime.getState().wait).toBe('none');
    expect(mirror.moment).toBe(gap.from + quarter);
    expect(mirror.values.every(Number.isNaN)).toBe(true);
  });

  test('that cannot be fetched shows the unknown and says so, not what was there before', async () => {
    served.snapshots = false;
    setMoment(until - 3 * day);
    await expect.poll(() => useTime.getState().wait).toBe('failed');
    expect(mirror.moment).toBe(until - 3 * day);
    expect(mirror.values.every(Number.isNaN)).toBe(true);
  });

  test('of another version of the park is never read by the wrong slots: the page is told to load the park again', async () => {
    served.signature = '0123456789abcdef';
    setMoment(until - 3 * day);
    await expect.poll(() => useTime.getState().wait).toBe('failed');
    expect(otherPark).toBeGreaterThan(0);
    expect(mirror.values.every(Number.isNaN)).toBe(true);
  });

  test('stays while the park becomes another version of itself, whose snapshots are asked for when its live values are here', async () => {
    setMoment(until - day);
    await settled();
    const { version } = useTime.getState().ledger ?? { version: Number.NaN };
    const next = { ...view, metadata: { ...view.metadata, revision: 'second' } };
    stop();
    served.asked = [];
    stop = startTimeMachine(next, () => otherPark++);
    await expect.poll(() => useTime.getState().ledger).not.toBeNull();
    // What the timeline has loaded is out of date.
    expect(useTime.getState().ledger?.version).toBeGreaterThan(version);
    expect(useTime.getState().wait).toBe('loading');
    expect(served.asked.filter((path) => path.includes('/snapshots'))).toEqual([]);
    takeSnapshot(next, snapshotOf(next, new Float32Array(layout.size).fill(8), { time: until + 60_000, epoch: 2 }), 0);
    await settled();
    expect([mirror.moment, mirror.values[3]]).toEqual([until - day, numberOf(until - day)]);
    expect([otherPark, useChoices.getState().moment]).toEqual([0, until - day]);
  });

  test('stays while the living park goes on, and the way back is instant', async () => {
    setMoment(until - day);
    await settled();
    const { changes } = mirror;
    takeUpdate(encodeUpdate({ epoch: 1, seq: 1, time: until + 61_000, slots: Uint32Array.of(0), values: Float32Array.of(42) }), 1);
    expect(mirror.changes).toBe(changes);
    expect(mirror.values[0]).toBe(numberOf(until - day));
    setMoment('live');
    expect(mirror.moment).toBe('live');
    expect([mirror.values[0], mirror.values[1], mirror.time]).toEqual([42, 7, until + 61_000]);
    expect(mirror.preliminary).toBe(true);
  });

  test('loads the days beside it ahead', async () => {
    setMoment(until - 2.5 * day);
    await expect.poll(() => served.asked.filter((path) => path.includes('/snapshots')).length).toBeGreaterThanOrEqual(3);
    await settled();
    setMoment(until - 1.5 * day);
    expect(useTime.getState().wait).toBeNull();
  });
});

describe('steps', () => {
  test('go by intervals and by days, and past the newest interval back to live', async () => {
    stepMoment(1, 'interval');
    expect(useChoices.getState().moment).toBe('live');
    stepMoment(-1, 'interval');
    expect(useChoices.getState().moment).toBe(until - quarter);
    stepMoment(-1, 'day');
    expect(useChoices.getState().moment).toBe(until - quarter - day);
    stepMoment(1, 'day');
    stepMoment(1, 'interval');
    expect(useChoices.getState().moment).toBe('live');
  });

  test('by days keep the time of day over a change of clocks', () => {
    const offset = zoneOffset('America/Los_Angeles');
    const before = Date.parse('2026-03-07T14:15-08:00');
    expect(sameTime(before, 1, offset)).toBe(Date.parse('2026-03-08T14:15-07:00'));
    expect(sameTime(Date.parse('2026-11-02T14:15-08:00'), -2, offset)).toBe(Date.parse('2026-10-31T14:15-07:00'));
    // 02:30 does not exist on that day: the same hours after midnight.
    expect(sameTime(Date.parse('2026-03-07T02:30-08:00'), 1, offset)).toBe(Date.parse('2026-03-08T03:30-07:00'));
  });
});

describe('playing', () => {
  let now = 0;
  const frames: ((now: number) => void)[] = [];
  const frame = (ms: number) => {
    now += ms;
    for (const run of frames.splice(0)) run(now);
  };
  beforeEach(() => {
    vi.stubGlobal('requestAnimationFrame', (run: (now: number) => void) => frames.push(run));
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    useTime.setState({ speed: 3600 });
  });
  afterEach(() => {
    frames.length = 0;
    vi.restoreAllMocks();
  });

  test('moves on by its speed: an hour a second at 3,600×', async () => {
    setMoment(until - day);
    await settled();
    play(from);
    for (let i = 0; i < 10; i++) frame(100);
    expect(useChoices.getState().moment).toBe(until - day + 4 * quarter);
    pause();
    for (let i = 0; i < 10; i++) frame(100);
    expect(useChoices.getState().moment).toBe(until - day + 4 * quarter);
  });

  test('waits for a snapshot that is on its way instead of running ahead of it', async () => {
    setMoment(until - day);
    play(from);
    for (let i = 0; i < 20; i++) frame(100);
    expect(useChoices.getState().moment).toBe(until - day);
    await settled();
    frame(100);
    for (let i = 0; i < 10; i++) frame(100);
    expect(useChoices.getState().moment).toBeGreaterThan(until - day);
  });

  test('catches up with the present and is live again', async () => {
    setMoment(until - 2 * quarter);
    await settled();
    play(from);
    for (let i = 0; i < 12; i++) frame(100);
    expect(useChoices.getState().moment).toBe('live');
    expect(useTime.getState().playing).toBe(false);
  });
});
