import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../../../models/park/park.ts';
import { csvReplay } from '../../../../server/sources/csv/replay.ts';
import { samplePark } from '../../../sample-park.ts';

const [some] = samplePark().points as [Point, ...Point[]];
const quarter = 900_000;

function bound(column: string, change: Partial<Point> = {}, timeZone?: string): Point {
  return {
    ...some,
    id: column,
    measure: 'instant',
    label: 'end',
    cadence_s: 900,
    source: { type: 'csv', file: 'm.csv', time: 'ts', column, ...(timeZone && { timeZone }) },
    ...change,
  };
}

async function all(text: string, points = [bound('a')]) {
  const replay = await csvReplay(points, async () => text);
  if (!replay) throw new Error('no replay');
  const { first, last } = replay.source.span as { first: number; last: number };
  const readings = replay.source.readings(first - 1, last);
  return { readings, values: readings.map(({ value }) => value), faults: replay.faults, source: replay.source, first, last };
}

describe('CSV replay', () => {
  it('reads what OpenEMS exports: a counter, a header without a name, a gap in the middle', async () => {
    const text =
      ',meter0/ActiveConsumptionEnergy\n2023-12-31T15:00:00Z,5831900.0\n2023-12-31T15:05:00Z,5831900.0\n2024-01-01T14:35:00Z,5837900.0\n';
    const column = 'meter0/ActiveConsumptionEnergy';
    const source = { type: 'csv', file: 'openems.csv', time: '', column } as const;
    const { readings, faults } = await all(text, [bound(column, { measure: 'register', source })]);
    expect(readings.map(({ time, value }) => [new Date(time).toISOString(), value])).toEqual([
      ['2023-12-31T15:00:00.000Z', 5_831_900],
      ['2023-12-31T15:05:00.000Z', 5_831_900],
      ['2024-01-01T14:35:00.000Z', 5_837_900],
    ]);
    expect(faults).toEqual([]);
  });

  it('tells each reading once, when it would have become known', async () => {
    const text = 'ts,a,b\n2019-02-01T08:00Z,1,10\n2019-02-01T08:15Z,2,20\n2019-02-01T08:30Z,3,30\n';
    const { source, first, last } = await all(text, [bound('a'), bound('b', { measure: 'mean', label: 'start' })]);
    const t = Date.UTC(2019, 1, 1, 8);
    expect([first, last]).toEqual([t, t + 3 * quarter]);
    const told = (from: number, to: number) => source.readings(from, to).map(({ point, value }) => `${point}${value}`);
    expect(told(t - 1, t)).toEqual(['a1']);
    // A mean labelled by its start is known at its end, under the time of its start.
    expect(told(t, t + quarter)).toEqual(['a2', 'b10']);
    expect(source.readings(t, t + quarter)[1]?.time).toBe(t);
    expect(told(t + quarter, t + 9 * quarter)).toEqual(['a3', 'b20', 'b30']);
  });

  it('can tell a park that begins in the middle all that was recorded before, or as much as is wished', async () => {
    const day = 96 * quarter;
    const history = async (wish?: number) =>
      (await csvReplay([bound('a')], async () => 'ts,a\n2019-02-01T08:00Z,1\n', wish))?.source.history_ms;
    expect(await history()).toBeGreaterThan(366 * day);
    expect(await history(5 * day)).toBe(5 * day);
    // What is older than the entrance takes would only be set aside.
    expect(await history(4000 * day)).toBe(await history());
  });

  it('reads a byte order mark, semicolons, CRLF, quotes, thousands, blanks and NaN', async () => {
    const text = '\uFEFFts;a\r\n2019-02-01T08:00Z;"1,702.85"\r\n2019-02-01T08:15Z;\r\n2019-02-01T08:30Z;NaN\r\n2019-02-01T08:45Z;-3\r\n';
    expect((await all(text)).values).toEqual([1702.85, -3]);
    const plain = '\uFEFFts,a\r\n2019-02-01T08:00Z,1\r\n2019-02-01T08:15Z,\r\n2019-02-01T08:30Z,nan\r\n2019-02-01T08:45Z,2\r\n';
    expect((await all(plain)).values).toEqual([1, 2]);
  });

  it('brings descending rows into order', async () => {
    const { readings } = await all('ts,a\n2019-02-01T08:15Z,2\n2019-02-01T08:00Z,1\n');
    expect(readings.map(({ value }) => value)).toEqual([1, 2]);
  });

  it('reads local times, and says which rows do not exist or exist twice', async () => {
    const text = 'ts,a\n2019-03-10 01:45,1\n2019-03-10 02:30,2\n2019-03-10 03:00,3\n2019-11-03 01:30,4\n';
    const { values, faults } = await all(text, [bound('a', {}, 'America/Los_Angeles')]);
    expect(values).toEqual([1, 3]);
    expect(faults.map(({ line, message }) => [line, message.slice(0, 40)])).toEqual([
      [3, 'the local time does not exist in America'],
      [5, 'the local time exists twice in America/L'],
    ]);
  });

  it('leaves a cell out that is no number, and names it', async () => {
    const { values, faults } = await all('ts,a\n2019-02-01T08:00Z,12;5\n2019-02-01T08:15Z,0x10\n2019-02-01T08:30Z,3\n');
    expect(values).toEqual([3]);
    expect(faults.map(({ line }) => line)).toEqual([2, 3]);
  });

  it.each([
    ['a column that is missing', 'ts,b\n2019-02-01T08:00Z,1\n', 'has no column "a"'],
    ['two columns of one name', 'ts,a,a\n2019-02-01T08:00Z,1,2\n', 'two columns "a"'],
    ['a ragged row', 'ts,a\n2019-02-01T08:00Z,1\n2019-02-01T08:15Z\n', 'line 3'],
    ['no usable row', 'ts,a\nnever,1\n', 'no row that can be used'],
    ['a line without end', `ts,a\n2019-02-01T08:00Z,${'1'.repeat(1_500_000)}\n`, 'more than 1 MB'],
  ])('refuses %s', async (_, text, why) => {
    await expect(all(text)).rejects.toThrow(why);
  });

  const folder = new URL('../../../../../shared/parks/ucsd/', import.meta.url);
  it.skipIf(!existsSync(folder))('reads a year of a real park (skipped where the data is absent)', async () => {
    const points = [
      bound('grid_import_kw', { measure: 'mean', label: 'start' }),
      bound('campus_load_kw', { measure: 'mean', label: 'start' }),
    ].map((p) => ({ ...p, source: { ...p.source, time: 'ts_utc' } as Point['source'] }));
    const replay = await csvReplay(points, () => readFile(new URL('meters/campus_15min_2019-02_2019-12.csv', folder), 'utf8'));
    expect(replay?.faults).toEqual([]);
    const from = Date.parse('2019-11-03T00:00-07:00');
    const day = replay?.source.readings(from, Date.parse('2019-11-04T00:00-08:00')) ?? [];
    // 25 hours.
    expect(day.filter(({ point }) => point === 'grid_import_kw')).toHaveLength(100);
  });
});
