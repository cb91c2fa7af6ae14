import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastUpTo, SnapshotCache } from '../../../client/live/snapshot-cache.ts';
import type { SnapshotSet } from '../../../models/snapshots/snapshots.ts';

const day = 86_400_000;
const quarter = 900_000;
const utc = () => 0;

function setOf(from: number, to: number): SnapshotSet {
  const times = Float64Array.from({ length: Math.max(0, (to - from) / quarter) }, (_, i) => from + i * quarter);
  return { signature: '', base: from, interval_ms: quarter, times, size: 1, values: Float32Array.from(times, (t) => t / day) };
}

interface Asked {
  from: number;
  signal: AbortSignal;
  answer(set?: SnapshotSet): Promise<void>;
  fail(): Promise<void>;
}

/** A cache whose questions are answered by hand. */
function sample(until: number) {
  const asked: Asked[] = [];
  let arrived = 0;
  const cache = new SnapshotCache(
    (from, to, signal) =>
      new Promise((resolve, reject) => {
        const settle = async (act: () => void) => {
          act();
          await new Promise((done) => setTimeout(done));
        };
        asked.push({
          from,
          signal,
          answer: (set = setOf(from, Math.min(to, cache.until))) => settle(() => resolve(set)),
          fail: () => settle(() => reject(new Error('no'))),
        });
      }),
    utc,
    () => arrived++,
  );
  cache.until = until;
  return { cache, asked, arrived: () => arrived };
}

describe('the cache of snapshots', () => {
  test('asks for what is needed most first, two days at a time, and finds what has come', async () => {
    const { cache, asked, arrived } = sample(10 * day);
    cache.want([5, 4, 6, 3]);
    expect(asked.map(({ from }) => from / day)).toEqual([5, 4]);
    expect(cache.find(5 * day + quarter).state).toBe('away');
    await asked[0]?.answer();
    expect(arrived()).toBe(1);
    expect(cache.find(5 * day + quarter)).toMatchObject({ state: 'there', index: 1 });
    expect(asked.map(({ from }) => from / day)).toEqual([5, 4, 6]);
  });

  test('does not wait for days that nobody looks at any more', async () => {
    const { cache, asked } = sample(100 * day);
    cache.want([5, 6]);
    cache.want([50, 51]);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false, false]);
    await asked[0]?.answer();
    expect(cache.find(5 * day).state).toBe('away');
  });

  test('has nothing to show in a gap, and says so', async () => {
    const { cache, asked } = sample(10 * day);
    cache.want([5]);
    await asked[0]?.answer(setOf(5 * day, 5.5 * day));
    expect(cache.find(5.5 * day)).toEqual({ state: 'none', base: 5 * day });
  });

  test('meanwhile offers the nearest earlier snapshot, never a later one, never one older than the day before', async () => {
    const { cache, asked } = sample(10 * day);
    cache.want([5]);
    await asked[0]?.answer(setOf(5 * day + 4 * quarter, 6 * day));
    const near = cache.nearestBefore(6 * day + 3 * quarter);
    expect(near?.set.times[near.index]).toBe(6 * day - quarter);
    expect(cache.nearestBefore(5 * day)).toBeNull();
    expect(cache.nearestBefore(8 * day)).toBeNull();
  });

  test('asks again for a day that goes on, once more of it is accounted, and not before', async () => {
    const { cache, asked } = sample(5 * day + 2 * quarter);
    cache.want([5]);
    await asked[0]?.answer();
    cache.want([5]);
    expect(asked).toHaveLength(1);
    expect(cache.find(5 * day + 2 * quarter).state).toBe('none');
    cache.until = 5 * day + 3 * quarter;
    expect(cache.find(5 * day + 2 * quarter).state).toBe('away');
    cache.want([5]);
    await asked[1]?.answer();
    expect(cache.find(5 * day + 2 * quarter).state).toBe('there');
  });

  test('tells of a failure and tries again when it is told to', async () => {
    const { cache, asked } = sample(10 * day);
    cache.want([5]);
    await asked[0]?.fail();
    expect(cache.find(5 * day).state).toBe('failed');
    cache.want([5]);
    expect(asked).toHaveLength(1);
    cache.retry();
    expect(asked).toHaveLength(2);
    await asked[1]?.answer();
    expect(cache.find(5 * day).state).toBe('there');
  });

  test('shows old figures until the new ones of a restated day are here', async () => {
    const { cache, asked } = sample(10 * day);
    cache.want([5]);
    await asked[0]?.answer();
    cache.outdate();
    expect(asked).toHaveLength(2);
    expect(cache.find(5 * day).state).toBe('there');
  });

  test('finds the last time up to another as a plain search does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 100 })), fc.integer({ min: -1, max: 101 }), (times, time) => {
        const sorted = Float64Array.from(times).sort();
        expect(lastUpTo(sorted, time)).toBe(sorted.findLastIndex((t) => t <= time));
      }),
    );
  });
});
