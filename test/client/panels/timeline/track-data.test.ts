import { describe, expect, test } from 'vitest';
import { axesOf } from '../../../../client/panels/timeline/paint-track.ts';
import { merged, timelineMarksAt } from '../../../../client/panels/timeline/timeline-marks.ts';
import { axisEnd, joined, noRows, rowAt, rowsOf, rowsWithin, sumAt } from '../../../../client/panels/timeline/track-data.ts';

const quarter = 900_000;
const column = (...values: (number | null)[]) => ({ values });

describe('the rows of the timeline', () => {
  const rows = rowsOf(
    [0, quarter, 2 * quarter, 4 * quarter],
    {
      'from.grid.Wh': column(250_000, 500_000, null, 0),
      'from.solar.Wh': column(0, 250_000, null, 0),
      'consumption.Wh': column(250_000, 750_000, null, 0),
      'consumption.mg': column(125_000_000, 150_000_000, null, 0),
      'estimated.Wh': column(0, 375_000, null, 0),
    },
    (start) => start + quarter,
  );

  test('are mean powers and intensities of each period', () => {
    expect([...(rows.power_kW.grid ?? [])]).toEqual([1000, 2000, Number.NaN, 0]);
    expect([...rows.intensity]).toEqual([500, 200, Number.NaN, Number.NaN]);
    expect([...rows.estimated].slice(0, 2)).toEqual([0, 0.5]);
    expect(sumAt(rows, 1)).toBe(3000);
  });

  test('keep the unknown unknown: never zero, never an intensity of nothing', () => {
    expect(sumAt(rows, 2)).toBeNaN();
    expect(sumAt(rows, 3)).toBe(0);
    expect(rows.intensity[3]).toBeNaN();
  });

  test('leave out sources that never gave anything', () => {
    expect(rows.power_kW.wind).toBeUndefined();
  });

  test('are found by time; between them there is nothing', () => {
    expect(rowAt(rows, 0)).toBe(0);
    expect(rowAt(rows, quarter - 1)).toBe(0);
    expect(rowAt(rows, quarter)).toBe(1);
    expect(rowAt(rows, 3 * quarter + 5)).toBe(-1);
    expect(rowAt(noRows, 5)).toBe(-1);
    expect(rowsWithin(rows, quarter, 4 * quarter)).toEqual([1, 3]);
  });

  test('of pieces join; a source that one piece does not have gave nothing there, where anything is known', () => {
    const night = rowsOf(
      [5 * quarter, 6 * quarter],
      { 'from.grid.Wh': column(250_000, null), 'consumption.Wh': column(250_000, null) },
      (s) => s + quarter,
    );
    const all = joined([rows, night]);
    expect([...all.starts]).toEqual([0, quarter, 2 * quarter, 4 * quarter, 5 * quarter, 6 * quarter]);
    expect([...(all.power_kW.solar ?? [])].slice(4)).toEqual([0, Number.NaN]);
  });

  test('decide the ends of the axes: the stack from zero, the line between round numbers', () => {
    expect(axesOf({ rows, stretch: { from: 0, to: 5 * quarter } })).toEqual({ power_kW: 4000, low: 200, high: 500 });
    expect(axesOf({ rows: noRows, stretch: { from: 0, to: 1 } })).toEqual({ power_kW: 1, low: 0, high: 100 });
    expect([0, 1, 9.1, 12, 13_800].map(axisEnd)).toEqual([1, 1, 10, 15, 15_000]);
  });
});

describe('marks', () => {
  test('of one kind that nobody could tell apart are one; others stay apart', () => {
    const marks = merged(
      [
        { kind: 'flagged', from: 10, to: 20 },
        { kind: 'gap', from: 22, to: 30 },
        { kind: 'flagged', from: 25, to: 26 },
        { kind: 'flagged', from: 90, to: 91 },
      ],
      10,
    );
    expect(marks).toEqual([
      { kind: 'flagged', from: 10, to: 26, count: 2, marked_ms: 11, titles: [] },
      { kind: 'gap', from: 22, to: 30, count: 1, marked_ms: 8, titles: [] },
      { kind: 'flagged', from: 90, to: 91, count: 1, marked_ms: 1, titles: [] },
    ]);
    expect(timelineMarksAt(marks, 24, 0).map((mark) => mark.kind)).toEqual(['flagged', 'gap']);
    expect(timelineMarksAt(marks, 50, 5)).toEqual([]);
  });

  test('flags that would run together into more than they mark are left for a closer look', () => {
    const flags = Array.from({ length: 12 }, (_, i) => ({ kind: 'flagged' as const, from: 10 * i, to: 10 * i + 3 }));
    expect(merged(flags, 10)).toEqual([]);
    expect(merged(flags, 5)).toHaveLength(12);
    expect(merged([{ kind: 'gap', from: 0, to: 100 }], 10)).toHaveLength(1);
  });
});
