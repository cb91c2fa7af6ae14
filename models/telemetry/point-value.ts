/**
 * Converts a point's readings (means, instants, energies or registers, in its own unit) to kW over stretches of time
 * (METHODS 2, "What a reading means"). Other quantities keep their unit.
 */
import type { Point } from '../park/park.ts';
import { qualities } from '../quality.ts';
import { isAmount, toKilo } from '../units.ts';
import { growthOf, isNoCount } from './register.ts';
import { newestAt, oldest, type Window } from './window.ts';

export const good = qualities.indexOf('good');
export const uncertain = qualities.indexOf('uncertain');
export const bad = qualities.indexOf('bad');

/** A point with its conversion looked up once. */
export interface Meter {
  point: Point;
  cadence_ms: number;
  /** Unit → kW (rates) or kWh (amounts); 1 for quantities other than power. */
  factor: number;
  /** From a reading's time to the end of the interval it describes: a mean labelled by its start is known only then. */
  toEnd_ms: number;
  /** Past this age a value is missing and no longer held (METHODS 8). */
  horizon_ms: number;
}

/** A stretch of time and the value that holds over it. */
export interface HeldValue {
  start: number;
  end: number;
  /** kW, or the point's unit for other quantities. */
  value: number;
  /** Index into qualities. */
  validity: number;
}

const hour_ms = 3_600_000;

/**
 * The longest time between two counts of a register whose difference still gives a mean power: the energy of a week in
 * which the gateway sent nothing is still known exactly. After a longer gap a new count begins.
 */
export function longestStep_ms(cadence_ms: number): number {
  return Math.max(7 * 24 * hour_ms, 8 * cadence_ms);
}

export function meterOf(point: Point): Meter {
  const cadence_ms = point.cadence_s * 1000;
  const energy = point.quantity === 'power';
  return {
    point,
    cadence_ms,
    factor: energy ? toKilo(point.unit, point.kWhPerUnit) : 1,
    toEnd_ms: point.label === 'start' && (point.measure === 'mean' || point.measure === 'energy') ? cadence_ms : 0,
    horizon_ms: Math.max(4 * cadence_ms, 2 * hour_ms),
  };
}

/** How many readings of the point the twin keeps: three intervals, at least 65 min to notice a stuck meter; 128 to 4096. */
export function windowLength(point: Point, interval_s: number): number {
  return Math.min(4096, Math.max(128, Math.ceil(Math.max(3 * interval_s, 3900) / point.cadence_s)));
}

/**
 * The last value known at `time`, with the stretch it was measured over; null when there is none younger than two
 * horizons. `validity` is bad when the point's newest reading says "no value" (an older value is held), uncertain when
 * it is doubtful or the meter seems stuck. `change` is the difference from the value before.
 */
export function heldAt(meter: Meter, window: Window, time: number): (HeldValue & { change: number }) | null {
  const first = oldest(window);
  const newest = newestAt(window, time - meter.toEnd_ms);
  let doubt = good;
  for (let i = newest; i >= first; i--) {
    const stretch = stretchAt(meter, window, i);
    if (stretch !== null) {
      const stuck = i === newest && isStuck(meter, window, i);
      const validity = Math.max(stretch.validity, doubt, stuck ? uncertain : good);
      const before = i > first ? stretchAt(meter, window, i - 1) : null;
      return { ...stretch, validity, change: before === null ? 0 : Math.abs(stretch.value - before.value) };
    }
    // A register's step that gives no power (reset, swap) is doubtful; a reading without a value is bad.
    const value = window.values[i] as number;
    const none = Number.isNaN(value) || (meter.point.measure === 'register' && isNoCount(value, meter.point.rollover));
    doubt = Math.max(doubt, none ? bad : uncertain);
    if (time - (window.times[i] as number) > 2 * meter.horizon_ms) return null;
  }
  return null;
}

/**
 * Time-weighted mean over [from, to) of what the readings say, and the part of that time they cover. Instants hold
 * until the next value, at most to the horizon; registers are exact between consecutive readings.
 */
export function meanOver(meter: Meter, window: Window, from: number, to: number): { value: number; covered: number; validity: number } {
  const first = oldest(window);
  let weighted = 0;
  let covered_ms = 0;
  let validity = good;
  let next = to;
  for (let i = lastTouching(meter, window, to); i >= first; i--) {
    const stretch = stretchAt(meter, window, i);
    if (stretch === null) {
      if ((window.times[i] as number) < from - meter.horizon_ms) break;
      continue;
    }
    const holds = meter.point.measure === 'instant';
    const end = Math.min(to, next, holds ? stretch.end + meter.horizon_ms : stretch.end);
    const start = Math.max(from, stretch.start);
    if (end > start) {
      weighted += stretch.value * (end - start);
      covered_ms += end - start;
      validity = Math.max(validity, stretch.validity);
    }
    next = Math.min(next, stretch.start);
    if (stretch.start <= from) break;
  }
  return { value: covered_ms > 0 ? weighted / covered_ms : Number.NaN, covered: covered_ms / (to - from), validity };
}

/** The last reading that may describe times before `to`. Except for instants, it can be the first reading after `to`. */
function lastTouching(meter: Meter, window: Window, to: number): number {
  const { measure } = meter.point;
  const at = newestAt(window, measure === 'instant' ? to : to - meter.toEnd_ms);
  if (measure === 'instant' || at < 0) return measure === 'instant' ? at : window.times.length > 0 ? oldest(window) : -1;
  return Math.min(at + 1, window.times.length - 1);
}

/** The stretch and value that reading `i` gives; null when it has no value or is a register's step that gives no power. */
function stretchAt(meter: Meter, window: Window, i: number): HeldValue | null {
  const value = window.values[i] as number;
  if (Number.isNaN(value)) return null;
  const { point } = meter;
  const end = (window.times[i] as number) + meter.toEnd_ms;
  const validity = window.validities[i] as number;
  if (point.measure === 'register') return registerStep(meter, window, i, end, validity);
  if (point.measure === 'instant') return { start: end, end, value: value * meter.factor, validity };
  const start = end - meter.cadence_ms;
  const kilo =
    isAmount(point.unit) && point.quantity === 'power' ? (value * meter.factor * hour_ms) / meter.cadence_ms : value * meter.factor;
  return { start, end, value: kilo, validity };
}

/**
 * Mean power since the count from which the register grew. It is uncertain when the register rolled over or came back
 * after a fall. A register that fell gives no power, and a new count begins.
 */
function registerStep(meter: Meter, window: Window, i: number, end: number, validity: number): HeldValue | null {
  const { rollover } = meter.point;
  const value = window.values[i] as number;
  if (isNoCount(value, rollover)) return null;
  const counts: number[] = [];
  const growth = growthOf(
    value,
    (n) => {
      while (counts.length <= n) {
        const j = previousCount(meter.point, window, counts.at(-1) ?? i);
        if (j < 0) return undefined;
        counts.push(j);
      }
      return window.values[counts[n] as number];
    },
    rollover,
  );
  if (growth === null) return null;
  const j = counts[growth.since] as number;
  const start = window.times[j] as number;
  if (end - start > longestStep_ms(meter.cadence_ms)) return null;
  const worst = Math.max(validity, window.validities[j] as number, growth.inferred ? uncertain : good);
  const kW = (growth.amount * meter.factor * hour_ms) / (end - start);
  return isJump(meter.point, kW) ? null : { start, end, value: kW, validity: worst };
}

/** More power than the point can have: its meter was swapped for one with a higher count, or jumped. A new count begins. */
export function isJump(point: Point, kW: number): boolean {
  return point.maxPower_kW !== undefined && kW > point.maxPower_kW;
}

/** Index of the count before reading `i`; −1 when there is none. */
function previousCount(point: Point, window: Window, i: number): number {
  for (let j = i - 1; j >= oldest(window); j--) {
    const value = window.values[j] as number;
    if (!Number.isNaN(value) && !isNoCount(value, point.rollover)) return j;
  }
  return -1;
}

/**
 * Whether a power well above zero is the same to the last bit for an hour and a dozen readings. Real powers vary, so
 * the meter or its gateway probably repeats an old value.
 */
function isStuck(meter: Meter, window: Window, i: number): boolean {
  const { point } = meter;
  if (point.quantity !== 'power' || point.measure === 'register' || point.measure === 'energy') return false;
  const value = window.values[i] as number;
  if (Math.abs(value) <= 0.01 * Math.max(Math.abs(point.range[0]), Math.abs(point.range[1]))) return false;
  let count = 1;
  let j = i - 1;
  const end = window.times[i] as number;
  for (const first = oldest(window); j >= first && window.values[j] === value; j--) {
    count++;
    if (count >= 12 && end - (window.times[j] as number) >= hour_ms) return true;
  }
  return false;
}
