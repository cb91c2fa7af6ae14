/**
 * The value of every point at a moment or over an interval, with its quality: the last value while it is young enough,
 * then an estimate from the same time of week, then unknown. A missing value never becomes zero (METHODS 2 and 8).
 */

import type { Park } from '../park/park.ts';
import { freshnesses, freshnessOf, origins } from '../quality.ts';
import { f64, u8 } from '../typed-arrays.ts';
import type { Bindings, VirtualBinding } from './bindings.ts';
import { bad, good, heldAt, type Meter, meanOver, uncertain } from './point-value.ts';
import { estimate, type TypicalBook } from './typical.ts';
import { virtualSum } from './virtual-sum.ts';
import type { Window } from './window.ts';

/** One entry for each point, then for each virtual point. */
export interface Values {
  /** kW, signed, for power; the point's own unit for other quantities; NaN unknown. */
  value: Float64Array;
  /** Standard uncertainty in the same unit; 0 for fiscal meters. */
  sigma: Float64Array;
  /** Indices into origins, qualities and freshnesses. */
  origin: Uint8Array;
  validity: Uint8Array;
  freshness: Uint8Array;
  /** When the newest value behind it was measured (the end of its interval), ms; NaN when none was. */
  sampled_ms: Float64Array;
}

export const calculated = origins.indexOf('calculated');
export const estimated = origins.indexOf('estimated');
export const modelled = origins.indexOf('modelled');
export const simulated = origins.indexOf('simulated');
export const fresh = freshnesses.indexOf('fresh');
export const stale = freshnesses.indexOf('stale');
export const missing = freshnesses.indexOf('missing');

/** Standard uncertainty of an estimate from the same time of week, as a fraction of the value. */
export const estimateSigma = 0.2;
/** An interval counts as known when readings cover half of it; below that the rest is a guess. */
const enough = 0.5;

export function createValues(park: Park): Values {
  return emptyValues(park.points.length + park.virtualPoints.length);
}

export function emptyValues(n: number): Values {
  return {
    value: new Float64Array(n),
    sigma: new Float64Array(n),
    origin: new Uint8Array(n),
    validity: new Uint8Array(n),
    freshness: new Uint8Array(n),
    sampled_ms: new Float64Array(n),
  };
}

/** All values as they are known at `time`. Later readings are ignored. */
export function valuesAt(park: Park, bindings: Bindings, windows: readonly Window[], typical: TypicalBook, time: number): Values {
  const values = createValues(park);
  for (const [i, meter] of bindings.meters.entries()) {
    const held = heldAt(meter, windows[i] as Window, time);
    hold(values, i, meter, held, time);
    if (values.freshness[i] === missing) fillIn(values, i, meter, typical, time);
  }
  for (const virtual of bindings.virtuals) combine(values, virtual);
  return values;
}

/** Means over [from, to), for the accounting of an interval that is over. */
export function valuesOver(
  park: Park,
  bindings: Bindings,
  windows: readonly Window[],
  typical: TypicalBook,
  from: number,
  to: number,
): Values {
  const values = createValues(park);
  for (const [i, meter] of bindings.meters.entries()) {
    if (sayOver(values, i, meter, windows[i] as Window, from, to) === 'missing') fillIn(values, i, meter, typical, from);
  }
  for (const virtual of bindings.virtuals) combine(values, virtual);
  return values;
}

/** Writes a point's value over [from, to) into entry i: the mean, else the last value, else only its age. Makes no estimates. */
export function sayOver(values: Values, i: number, meter: Meter, window: Window, from: number, to: number): 'mean' | 'held' | 'missing' {
  const mean = meanOver(meter, window, from, to);
  if (mean.covered >= enough) {
    hold(values, i, meter, { start: from, end: to, value: mean.value, validity: mean.validity, change: 0 }, to);
    return 'mean';
  }
  // A slow point may have no reading inside a short interval, and its value is still known.
  hold(values, i, meter, heldAt(meter, window, to), to);
  return values.freshness[i] === missing ? 'missing' : 'held';
}

function hold(values: Values, i: number, meter: Meter, held: ReturnType<typeof heldAt>, time: number): void {
  const { point } = meter;
  values.origin[i] = origins.indexOf(point.origin);
  if (held === null) {
    values.value[i] = Number.NaN;
    values.sigma[i] = 0;
    values.validity[i] = bad;
    values.freshness[i] = missing;
    values.sampled_ms[i] = Number.NaN;
    return;
  }
  const age_s = Math.max(0, (time - held.end) / 1000);
  values.value[i] = held.value;
  values.validity[i] = held.validity;
  values.freshness[i] = freshnesses.indexOf(freshnessOf(age_s, point.cadence_s));
  values.sampled_ms[i] = held.end;
  // The truth moves away from a held value, and a mean lags behind it: by as much as the last change, capped at half the value.
  const cadences = age_s / point.cadence_s;
  const drift = held.change * Math.min(1, cadences + (point.measure === 'instant' ? 0 : 0.5));
  const size = Math.abs(held.value);
  const sigma = Math.hypot(point.accuracy * (1 + cadences) * size, drift);
  values.sigma[i] = point.fiscal ? 0 : Math.min(sigma, 0.5 * Math.max(size, held.change));
}

/** Replaces a value that is too old to hold by the typical value at this time of the week, or by unknown. */
function fillIn(values: Values, i: number, meter: Meter, typical: TypicalBook, time: number): void {
  const { quantity } = meter.point;
  const usual = quantity === 'power' || quantity === 'intensity' ? estimate(typical, meter.point.id, time) : Number.NaN;
  values.value[i] = usual;
  values.sigma[i] = Number.isNaN(usual) ? 0 : estimateSigma * Math.abs(usual);
  values.validity[i] = Number.isNaN(usual) ? bad : uncertain;
  if (!Number.isNaN(usual)) values.origin[i] = estimated;
}

/**
 * The sum of a virtual point (virtual-sum.ts); as bad and as old as its worst term. It is *simulated* when declared calculated
 * and everything behind it is simulated, *estimated* when declared calculated and a term is estimated or modelled.
 */
export function combine(values: Values, { virtual, value: at, terms }: VirtualBinding): void {
  let variance = 0;
  let validity = good;
  let freshness = fresh;
  let sampled_ms = Number.POSITIVE_INFINITY;
  let guessed = false;
  let allSimulated = true;
  for (const { value: t, weight, optional } of terms) {
    const term = f64(values.value, t);
    if (Number.isNaN(term) && optional) continue;
    variance += (weight * f64(values.sigma, t)) ** 2;
    validity = Math.max(validity, u8(values.validity, t));
    freshness = Math.max(freshness, u8(values.freshness, t));
    sampled_ms = Math.min(sampled_ms, f64(values.sampled_ms, t));
    const origin = u8(values.origin, t);
    guessed ||= origin === estimated || origin === modelled;
    allSimulated &&= origin === simulated;
  }
  const sum = virtualSum(virtual, (i) => f64(values.value, (terms[i] as (typeof terms)[number]).value));
  const unknown = Number.isNaN(sum) || sampled_ms === Number.POSITIVE_INFINITY;
  values.value[at] = unknown ? Number.NaN : sum;
  values.sigma[at] = unknown ? 0 : Math.sqrt(variance);
  values.validity[at] = unknown ? bad : validity;
  values.freshness[at] = unknown ? missing : freshness;
  values.sampled_ms[at] = unknown ? Number.NaN : sampled_ms;
  const declared = origins.indexOf(virtual.origin);
  const plain = declared === calculated;
  values.origin[at] = plain && allSimulated ? simulated : plain && guessed ? estimated : declared;
}
