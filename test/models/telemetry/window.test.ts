import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualities } from '../../../models/quality.ts';
import { createWindow, insert, newestAt, oldest } from '../../../models/telemetry/window.ts';

const readings = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 40 }),
    value: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
    quality: fc.constantFrom(...qualities),
  }),
  { maxLength: 80 },
);

function visible(list: { time: number; value: number | null; quality: (typeof qualities)[number] }[], keep: number) {
  const window = createWindow(keep);
  for (const { time, value, quality } of list) insert(window, time, value, quality);
  const from = oldest(window);
  return [window.times.slice(from), window.values.slice(from), window.validities.slice(from)];
}

describe('a window of readings', () => {
  it('is the same for the same readings in any order, with duplicates', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat()), (list, keep, draw) => {
        const doubled = [...list, ...list.slice(0, list.length / 5)];
        const shuffled = doubled
          .map((reading) => ({ reading, key: draw.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ reading }) => reading);
        expect(visible(shuffled, keep)).toEqual(visible(list, keep));
      }),
      { numRuns: 300 },
    );
  });

  it('makes a time bad for good when two values contradict each other', () => {
    for (const order of [
      [5, 7, 5],
      [7, 5, 5],
      [null, 5, 5],
    ]) {
      const window = createWindow(10);
      for (const value of order) insert(window, 1, value, 'good');
      expect(window.values).toEqual([Number.NaN]);
      expect(qualities[window.validities[0] as number]).toBe('bad');
    }
  });

  it('keeps the worse quality of one value said twice', () => {
    const window = createWindow(10);
    insert(window, 1, 5, 'uncertain');
    insert(window, 1, 5, 'good');
    expect(window.values).toEqual([5]);
    expect(qualities[window.validities[0] as number]).toBe('uncertain');
  });

  it('drops a value that its source calls bad', () => {
    const window = createWindow(10);
    insert(window, 1, 5, 'bad');
    expect(window.values).toEqual([Number.NaN]);
  });

  it('finds the newest reading not later than a time', () => {
    const window = createWindow(100);
    for (let t = 0; t < 50; t++) insert(window, 10 * t, t, 'good');
    expect(newestAt(window, -1)).toBe(-1);
    for (const time of [0, 5, 123, 250, 489, 490, 9999]) {
      const at = newestAt(window, time);
      expect(window.times[at]).toBe(Math.min(490, 10 * Math.floor(time / 10)));
    }
  });

  it('keeps only the newest, however many come', () => {
    const window = createWindow(16);
    for (let t = 0; t < 1000; t++) insert(window, t, t, 'good');
    expect(window.times.slice(oldest(window))[0]).toBe(984);
    expect(window.times.length).toBeLessThan(33);
  });
});
