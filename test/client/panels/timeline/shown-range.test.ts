import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  following,
  latest,
  positionOf,
  rangeOf,
  ranges,
  resized,
  spanOf,
  stepFor,
  timeAt,
  within,
  zoomed,
} from '../../../../client/panels/timeline/shown-range.ts';

const now = Date.UTC(2026, 5, 10, 2, 30);
const hour = 3_600_000;
const day = 24 * hour;

describe('the stretch of time in sight', () => {
  test('at first ends a little after the present, so that its mark does not stick to the edge', () => {
    const stretch = latest(day, now);
    expect(spanOf(stretch)).toBe(day);
    expect(positionOf(stretch, now, 1000)).toBeCloseTo(960, 6);
    expect(rangeOf(stretch)).toBe('1d');
  });

  test('keeps the time under the pointer where it is while it is zoomed', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), fc.integer({ min: 0, max: 1000 }), (factor, x) => {
        const stretch = latest(7 * day, now);
        const anchor = timeAt(stretch, x, 1000);
        expect(positionOf(zoomed(stretch, factor, anchor), anchor, 1000)).toBeCloseTo(x, 3);
      }),
    );
  });

  test('never gets shorter than six hours or longer than two years, nor beyond the present or the beginning', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: 1, max: 40_000 }), (from_d, hours) => {
        const first = now - 400 * day;
        const stretch = within({ from: now + from_d * day, to: now + from_d * day + hours * hour }, first, now);
        expect(spanOf(stretch)).toBeGreaterThanOrEqual(ranges['6h'] - 1);
        expect(spanOf(stretch)).toBeLessThanOrEqual(ranges['2y'] + 1);
        expect(stretch.to).toBeLessThanOrEqual(now + 0.041 * spanOf(stretch));
        if (spanOf(stretch) < 400 * day) expect(stretch.from).toBeGreaterThanOrEqual(first - 0.041 * spanOf(stretch));
      }),
    );
  });

  test('moves along with a moment that leaves it, and only then', () => {
    const stretch = { from: 0, to: day };
    expect(following(stretch, 12 * hour)).toBe(stretch);
    for (const time of [-hour, day + hour, 40 * day]) {
      const moved = following(stretch, time);
      expect(spanOf(moved)).toBe(day);
      expect(time).toBeGreaterThan(moved.from);
      expect(time).toBeLessThan(moved.to);
    }
  });

  test('of another length keeps the moment in sight', () => {
    for (const time of [hour, 12 * hour, 23 * hour]) {
      const next = resized({ from: 0, to: day }, ranges['6h'], time);
      expect(spanOf(next)).toBe(ranges['6h']);
      expect(time > next.from && time < next.to).toBe(true);
    }
  });

  test('is asked for in steps that the screen can show: intervals, hours, days', () => {
    const steps = (Object.keys(ranges) as (keyof typeof ranges)[]).map((name) => stepFor({ from: 0, to: ranges[name] }));
    expect(steps).toEqual(['interval', 'interval', 'hour', 'hour', 'day', 'day']);
  });
});
