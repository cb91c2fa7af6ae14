import { describe, expect, it } from 'vitest';
import type { Reading } from '../../models/reading.ts';
import { judge } from '../../server/judge.ts';
import { samplePark } from '../sample-park.ts';

const points = new Map(samplePark().points.map((point) => [point.id, point]));
const now = Date.UTC(2025, 5, 2);
const day = 86_400_000;
const reading = (change: Partial<Reading> = {}): Reading => ({ point: 'hall.power', time: now, value: 700, quality: 'good', ...change });
const asideOf = (change: Partial<Reading>) => judge(points, [reading(change)], now, now).aside.map(({ reason }) => reason);

describe('the entrance', () => {
  it('takes what is plausible, and late data up to 400 days', () => {
    expect(judge(points, [reading(), reading({ time: now - 400 * day })], now, now).taken).toHaveLength(2);
    expect(asideOf({ time: now + 5 * 60_000 })).toEqual([]);
  });

  it.each([
    [{ time: now + 5 * 60_000 + 1 }, 'ahead'],
    [{ time: now + day }, 'ahead'],
    [{ time: Date.UTC(1970, 0, 20) }, 'before the year 2000'],
    [{ time: Math.floor(now / 1000) }, 'before the year 2000'],
    [{ time: now - 400 * day - 1 }, '400 days'],
    [{ value: 700_000 }, 'plausible range'],
    [{ value: -1 }, 'plausible range'],
    [{ point: 'grid.import', value: -5 }, 'plausible range'],
  ])('sets %o aside', (change, why) => {
    const [reason] = asideOf(change);
    expect(reason).toContain(why);
  });

  it.each([
    [{ point: 'nobody' }, 'no point "nobody"'],
    [{ value: Number.NaN }, 'not a finite'],
    [{ value: Number.POSITIVE_INFINITY }, 'not a finite'],
    [{ time: 1.5 }, 'whole number'],
  ])('refuses the whole batch for %o, naming it', (change, why) => {
    const batch = [...Array.from({ length: 500 }, () => reading()), reading(change), reading()];
    expect(() => judge(points, batch, now, now)).toThrow(expect.objectContaining({ index: 500, reason: expect.stringContaining(why) }));
  });

  it('keeps no value of a bad reading, and calls none bad; never zero', () => {
    const { taken } = judge(points, [reading({ value: null }), reading({ value: 5, quality: 'bad' })], now, now);
    expect(taken.map(({ value, quality }) => [value, quality])).toEqual([
      [null, 'bad'],
      [null, 'bad'],
    ]);
  });
});
