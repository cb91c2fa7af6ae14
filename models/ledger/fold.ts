/**
 * Readings → records: the value of each point in each interval. Readings are taken in any order, also twice; each record
 * depends only on the readings within the point's reach of its interval, so folding a day, a year or one interval gives
 * the same records to the last bit.
 */
import type { Park, Point } from '../park/park.ts';
import { origins, qualities } from '../quality.ts';
import { longestStep_ms, type Meter, meterOf } from '../telemetry/point-value.ts';
import type { Reading } from '../telemetry/reading.ts';
import { emptyValues, sayOver } from '../telemetry/values.ts';
import type { Window } from '../telemetry/window.ts';
import { f64, u8 } from '../typed-arrays.ts';
import { codeOf, createRecords, type PointRecords } from './records.ts';

/** How long before an interval's start and after its end readings of the point can matter to its record. */
export interface Reach {
  before_ms: number;
  after_ms: number;
}

interface Heard {
  meter: Meter;
  reach: Reach;
  /** As a window: ascending times, each once, after `settle`. */
  times: number[];
  values: number[];
  validities: number[];
  /** How many entries from the start are in order, each time once. */
  settled: number;
}

export interface Fold {
  interval_ms: number;
  /** By point, in the park's order. */
  heard: Heard[];
  index: Map<string, number>;
}

const hour_ms = 3_600_000;
const bad = qualities.indexOf('bad');

export function reachOf(point: Point): Reach {
  const { cadence_ms, horizon_ms } = meterOf(point);
  // A held value is looked for twice the horizon back, and a stuck meter is noticed over an hour and a dozen readings.
  const held_ms = 2 * horizon_ms + Math.max(16 * cadence_ms, 2 * hour_ms);
  if (point.measure === 'instant') return { before_ms: held_ms, after_ms: 0 };
  if (point.measure !== 'register') return { before_ms: held_ms, after_ms: cadence_ms };
  return { before_ms: longestStep_ms(cadence_ms) + held_ms, after_ms: longestStep_ms(cadence_ms) };
}

/** The longest reach of any point: how far before and after a range readings are needed to fold it. */
export function reachOfPark(park: Park): Reach {
  const all = park.points.map(reachOf);
  return { before_ms: Math.max(0, ...all.map((r) => r.before_ms)), after_ms: Math.max(0, ...all.map((r) => r.after_ms)) };
}

export function createFold(park: Park): Fold {
  return {
    interval_ms: park.interval_s * 1000,
    heard: park.points.map((point) => ({
      meter: meterOf(point),
      reach: reachOf(point),
      times: [],
      values: [],
      validities: [],
      settled: 0,
    })),
    index: new Map(park.points.map((point, i) => [point.id, i])),
  };
}

/** Takes readings in, in any order. Those of points that the park does not have are ignored. */
export function take(fold: Fold, readings: Iterable<Reading>): void {
  for (const { point, time, value, quality } of readings) {
    const i = fold.index.get(point);
    if (i !== undefined) takeOne(fold, i, time, value, qualities.indexOf(quality));
  }
}

/** The same for one reading of the point with index i; `validity` is an index into qualities. */
export function takeOne({ heard }: Fold, i: number, time: number, value: number | null, validity: number): void {
  const { times, values, validities } = heard[i] as Heard;
  const usable = value !== null && Number.isFinite(value) && validity !== bad;
  times.push(time);
  values.push(usable ? value : Number.NaN);
  validities.push(usable ? validity : bad);
}

/** Records of every point over the intervals that start in [from, to); `from` is the start of an interval. */
export function foldRange(fold: Fold, from: number, to: number): PointRecords[] {
  return fold.heard.map((_, i) => foldPoint(fold, i, from, to));
}

export function foldPoint({ heard, interval_ms }: Fold, i: number, from: number, to: number): PointRecords {
  const one = heard[i] as Heard;
  settle(one);
  const { meter, reach, times } = one;
  const count = Math.max(0, Math.ceil((to - from) / interval_ms));
  const records = createRecords(from, interval_ms, count, origins.indexOf(meter.point.origin));
  const window: Window = { times, values: one.values, validities: one.validities, keep: 0 };
  const said = emptyValues(1);
  let oldest = 0;
  for (let n = 0; n < count; n++) {
    const start = from + n * interval_ms;
    const end = start + interval_ms;
    while (oldest < times.length && (times[oldest] as number) < start - reach.before_ms) oldest++;
    if (oldest === times.length) break;
    window.keep = times.length - oldest;
    const kind = sayOver(said, 0, meter, window, start, end);
    const quality = u8(said.origin, 0) + 5 * u8(said.validity, 0) + 15 * u8(said.freshness, 0);
    records.code[n] = codeOf(quality, kind);
    records.age_s[n] = (end - f64(said.sampled_ms, 0)) / 1000;
    if (kind === 'missing') continue;
    records.value[n] = f64(said.value, 0);
    records.sigma[n] = f64(said.sigma, 0);
  }
  return records;
}

/** Drops readings that no interval from `time` on can need. */
export function forgetBefore(fold: Fold, time: number): void {
  for (const one of fold.heard) {
    settle(one);
    const old = lowerBound(one.times, time - one.reach.before_ms);
    if (old === 0) continue;
    one.times = one.times.slice(old);
    one.values = one.values.slice(old);
    one.validities = one.validities.slice(old);
    one.settled = one.times.length;
  }
}

/** Sorts the readings taken since. Two values of one time make it bad; if one value has two qualities, the worse one counts. */
function settle(one: Heard): void {
  const { times } = one;
  if (one.settled === times.length) return;
  let ascending = true;
  for (let i = Math.max(1, one.settled); i < times.length && ascending; i++) ascending = (times[i] as number) > (times[i - 1] as number);
  if (!ascending) sort(one);
  one.settled = one.times.length;
}

function sort(one: Heard): void {
  const order = Uint32Array.from(one.times, (_, i) => i).sort((a, b) => (one.times[a] as number) - (one.times[b] as number));
  const times: number[] = [];
  const values: number[] = [];
  const validities: number[] = [];
  for (const i of order) {
    const time = one.times[i] as number;
    const value = one.values[i] as number;
    const validity = one.validities[i] as number;
    const last = times.length - 1;
    if (last < 0 || times[last] !== time) {
      times.push(time);
      values.push(value);
      validities.push(validity);
      continue;
    }
    if (values[last] !== value) values[last] = Number.NaN;
    validities[last] = Number.isNaN(values[last]) ? bad : Math.max(validities[last] as number, validity);
  }
  Object.assign(one, { times, values, validities });
}

function lowerBound(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
