/**
 * The last readings of one point in time order, whatever order they arrived in. The window keeps the newest `keep` times
 * that were ever inserted, so the same readings in any order give the same window.
 */
import { qualities, type Validity } from '../quality.ts';

export interface Window {
  /** Ascending, each time once. Only the last `keep` count; older ones are dropped now and then. */
  times: number[];
  /** In the point's unit; NaN = the source said "no value", or two values contradict each other. */
  values: number[];
  /** Index into qualities. */
  validities: number[];
  keep: number;
}

const bad = qualities.indexOf('bad');

export function createWindow(keep: number): Window {
  return { times: [], values: [], validities: [], keep };
}

/** Index of the oldest reading that counts. */
export function oldest(window: Window): number {
  return Math.max(0, window.times.length - window.keep);
}

/** Index of the newest reading not later than `time`, −1 when there is none. */
export function newestAt(window: Window, time: number): number {
  const { times } = window;
  let last = times.length - 1;
  const from = oldest(window);
  // Live steps need one of the newest readings; the binary search is for intervals and late readings.
  for (let i = 0; i < 4 && last >= from; i++, last--) {
    if ((times[last] as number) <= time) return last;
  }
  let low = from;
  let high = last;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle - 1;
  }
  return high >= from ? high : -1;
}

/**
 * Inserts a reading in time order. The same reading again changes nothing; another value at the same time makes that time
 * bad for good; if one value comes with two qualities, the worse one counts. A value of bad quality is dropped.
 */
export function insert(window: Window, time: number, value: number | null, quality: Validity): void {
  const { times, values, validities } = window;
  const code = value === null || !Number.isFinite(value) ? bad : qualities.indexOf(quality);
  const usable = code === bad ? Number.NaN : (value as number);
  const last = times.length - 1;
  if (last < 0 || time > (times[last] as number)) {
    times.push(time);
    values.push(usable);
    validities.push(code);
    trim(window);
    return;
  }
  const at = lowerBound(times, time);
  if (times[at] === time) {
    if (values[at] !== usable) values[at] = Number.NaN;
    validities[at] = Number.isNaN(values[at]) ? bad : Math.max(validities[at] as number, code);
    return;
  }
  times.splice(at, 0, time);
  values.splice(at, 0, usable);
  validities.splice(at, 0, code);
  trim(window);
}

/** Inserts a reading in time order, in place of the one at that time if there is one. */
export function replace(window: Window, time: number, value: number | null, quality: Validity): void {
  const at = lowerBound(window.times, time);
  if (window.times[at] === time) {
    window.times.splice(at, 1);
    window.values.splice(at, 1);
    window.validities.splice(at, 1);
  }
  insert(window, time, value, quality);
}

function lowerBound(times: number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The window is cut only when it is twice as long as needed, which keeps the cost of a reading constant. */
function trim(window: Window): void {
  const extra = window.times.length - window.keep;
  if (extra < window.keep) return;
  window.times.splice(0, extra);
  window.values.splice(0, extra);
  window.validities.splice(0, extra);
}
