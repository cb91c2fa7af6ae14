/**
 * Sums of intervals by hour and local day, of days by month and year. Whole numbers add up exactly in any order, so days,
 * months and years agree to the last digit.
 */

import { type Bounds, type Calendar, dayBounds, dayOf, daysOfPeriod, hourStart, intervalsIn, monthOf, yearOf } from '../time/calendar.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { type Block, isLevel, type SummedBlock } from './block.ts';

const hour_ms = 3_600_000;

/** Rows of one or more days; each day that has rows is one period. */
export function sumByDay(block: Block, calendar: Calendar): SummedBlock {
  const bounds = new Map<string, Bounds>();
  let within: { day: string; bounds: Bounds } | null = null;
  const periodOf = (time: number): string => {
    if (within === null || time < within.bounds.from || time >= within.bounds.to) {
      const day = dayOf(calendar, time);
      within = { day, bounds: dayBounds(calendar, day) };
      bounds.set(day, within.bounds);
    }
    return within.day;
  };
  return sumRows(block, periodOf, (day) => bounds.get(day) as Bounds, calendar);
}

/** Hours since local midnight, named by their start in UTC. */
export function sumHours(block: Block, calendar: Calendar): SummedBlock {
  const periodOf = (time: number) => new Date(hourStart(calendar, time)).toISOString();
  const boundsOf = (hour: string): Bounds => {
    const from = Date.parse(hour);
    // The last hour of a day is half an hour if clocks moved by half an hour.
    const day = dayBounds(calendar, dayOf(calendar, from));
    return { from, to: Math.min(from + hour_ms, day.to) };
  };
  return sumRows(block, periodOf, boundsOf, calendar);
}

export function monthsOf(days: SummedBlock, calendar: Calendar): SummedBlock {
  return sumPeriods(days, monthOf, calendar);
}

/** Sums of days or months by year. */
export function yearsOf(days: SummedBlock, calendar: Calendar): SummedBlock {
  return sumPeriods(days, yearOf, calendar);
}

/** Blocks of the same owner one after the other (their times ascend); a column that one of them lacks is unknown there. */
export function joinSums(blocks: readonly SummedBlock[]): SummedBlock {
  const names = [...new Set(blocks.flatMap((block) => [...block.columns.keys()]))];
  const join = (of: (block: SummedBlock) => Float64Array | undefined, missing: number) => {
    const all = new Float64Array(blocks.reduce((n, block) => n + block.times.length, 0));
    let at = 0;
    for (const block of blocks) {
      const part = of(block);
      if (part) all.set(part, at);
      else all.fill(missing, at, at + block.times.length);
      at += block.times.length;
    }
    return all;
  };
  return {
    periods: blocks.flatMap((block) => block.periods),
    times: join((block) => block.times, Number.NaN),
    columns: new Map(names.map((name) => [name, join((block) => block.columns.get(name), Number.NaN)])),
    known: new Map(names.map((name) => [name, join((block) => block.known.get(name), 0)])),
    intervals: join((block) => block.intervals, 0),
    expected: join((block) => block.expected, 0),
  };
}

function sumRows(block: Block, periodOf: (time: number) => string, boundsOf: (period: string) => Bounds, calendar: Calendar): SummedBlock {
  const { place, periods } = placesOf(block.times, periodOf);
  const bounds = periods.map(boundsOf);
  const ones = new Float64Array(block.times.length).fill(1);
  const summed: SummedBlock = {
    periods,
    times: Float64Array.from(bounds, ({ from }) => from),
    columns: new Map(),
    known: new Map(),
    intervals: addUp(ones, place, periods.length),
    expected: Float64Array.from(bounds, (bound) => intervalsIn(calendar, bound)),
  };
  for (const [name, column] of block.columns) {
    summed.columns.set(name, isLevel(name) ? lastOf(column, place, periods.length) : addUp(column, place, periods.length));
    summed.known.set(
      name,
      addUp(
        column.map((value) => (Number.isNaN(value) ? 0 : 1)),
        place,
        periods.length,
      ),
    );
  }
  return summed;
}

function sumPeriods(parts: SummedBlock, periodOf: (part: string) => string, calendar: Calendar): SummedBlock {
  const wholes = parts.periods.map(periodOf);
  const periods = [...new Set(wholes)];
  const place = Int32Array.from(wholes, (whole) => periods.indexOf(whole));
  const bounds = periods.map((period): Bounds => {
    const days = daysOfPeriod(period) as { first: string; last: string };
    return { from: dayBounds(calendar, days.first).from, to: dayBounds(calendar, days.last).to };
  });
  return {
    periods,
    times: Float64Array.from(bounds, ({ from }) => from),
    columns: new Map(
      [...parts.columns].map(([name, column]) => [
        name,
        isLevel(name) ? lastOf(column, place, periods.length) : addUp(column, place, periods.length),
      ]),
    ),
    known: new Map([...parts.known].map(([name, column]) => [name, addUp(column, place, periods.length)])),
    intervals: addUp(parts.intervals, place, periods.length),
    expected: Float64Array.from(bounds, (bound) => intervalsIn(calendar, bound)),
  };
}

function placesOf(times: Float64Array, periodOf: (time: number) => string): { place: Int32Array; periods: string[] } {
  const index = new Map<string, number>();
  const place = Int32Array.from(times, (time) => {
    const period = periodOf(time);
    const found = index.get(period) ?? index.size;
    index.set(period, found);
    return found;
  });
  return { place, periods: [...index.keys()] };
}

/** The sum of the known values of each period; NaN where none is known. */
function addUp(column: Float64Array, place: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < column.length; i++) {
    const value = f64(column, i);
    if (Number.isNaN(value)) continue;
    const at = i32(place, i);
    sums[at] = Number.isNaN(sums[at]) ? value : f64(sums, at) + value;
  }
  return sums;
}

/** The last known value of each period. */
function lastOf(column: Float64Array, place: Int32Array, count: number): Float64Array {
  const last = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i < column.length; i++) if (!Number.isNaN(column[i])) last[i32(place, i)] = f64(column, i);
  return last;
}
