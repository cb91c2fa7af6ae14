/**
 * The counts of simulated meters: the true energy of every quarter-hour, summed from the start of the quarter-year (UTC),
 * when counters are read and restart at zero. In large parks that sum takes too long: their counters restart every month.
 */

import { f64 } from '../typed-arrays.ts';
import type { Truth, TruthAt } from './truth.ts';

const day_ms = 86_400_000;
const quarter_ms = 900_000;
const quarters = 96;
/** Up to this many assets counters run for a quarter of the year: summing then takes half a second at most. */
const large = 400;

/** Signed kW of each counted quantity in a truth. */
export type CounterRead = (truth: Truth, counter: number) => number;

export interface Counters {
  /** kWh counted by `time`, linear within a quarter-hour. */
  at: (counter: number, time: number) => number;
  /** Mean kW over [from, to). */
  mean: (counter: number, from: number, to: number) => number;
}

export function countersOf(truthAt: TruthAt, read: CounterRead, counters: number, assets: number): Counters {
  /** Counted at the start of each UTC day, from its origin on. */
  const bases = new Map<number, Float64Array>();
  /** Counted since the day's start by quarter: (quarters + 1) × counters. */
  const tables = new Map<number, Float64Array>();

  const tableOf = (day: number): Float64Array => {
    let table = tables.get(day);
    if (table !== undefined) return table;
    if (tables.size > 4) tables.clear();
    table = new Float64Array((quarters + 1) * counters);
    for (let q = 0; q < quarters; q++) {
      const truth = truthAt(day * day_ms + (q + 0.5) * quarter_ms, false);
      for (let c = 0; c < counters; c++) {
        table[(q + 1) * counters + c] = f64(table, q * counters + c) + 0.25 * read(truth, c);
      }
    }
    tables.set(day, table);
    return table;
  };

  const baseOf = (day: number): Float64Array => {
    let at = day;
    const origin = originOf(day, assets);
    while (at > origin && !bases.has(at)) at--;
    let base = bases.get(at) ?? new Float64Array(counters);
    bases.set(at, base);
    for (; at < day; at++) {
      const table = tableOf(at);
      base = base.map((kWh, c) => kWh + f64(table, quarters * counters + c));
      bases.set(at + 1, base);
    }
    return base;
  };

  const withinDay = (counter: number, day: number, time: number): number => {
    const table = tableOf(day);
    const x = (time - day * day_ms) / quarter_ms;
    const q = Math.min(quarters - 1, Math.floor(x));
    const a = f64(table, q * counters + counter);
    return a + (f64(table, (q + 1) * counters + counter) - a) * (x - q);
  };

  return {
    at: (counter, time) => {
      const day = Math.floor(time / day_ms);
      return f64(baseOf(day), counter) + withinDay(counter, day, time);
    },
    mean: (counter, from, to) => {
      let kWh = 0;
      for (let at = from; at < to; ) {
        const day = Math.floor(at / day_ms);
        const end = Math.min(to, (day + 1) * day_ms);
        kWh += withinDay(counter, day, end) - withinDay(counter, day, at);
        at = end;
      }
      return (kWh * 3_600_000) / (to - from);
    },
  };
}

/** Day on which the counters of `day` started at zero. */
function originOf(day: number, assets: number): number {
  const date = new Date(day * day_ms);
  const month = date.getUTCMonth();
  return Date.UTC(date.getUTCFullYear(), assets > large ? month : month - (month % 3), 1) / day_ms;
}
