/**
 * The park's values in the browser: one typed array outside React, filled by the live connection or, for a moment in
 * the past, from accounted snapshots. The scene reads it in useFrame and repaints when `changes` has grown; panels use
 * useMirror. Scene and panels treat live and past values alike, except where they must show the difference.
 */
import type { ParkView } from '../../models/api/park-view.ts';
import type { Totals } from '../../models/carbon/step.ts';
import type { Mode } from '../../models/park/sources/mode.ts';
import type { Layout } from '../../models/wire/layout.ts';

/** State of the connection to the server. */
export type ConnectionStatus = 'connecting' | 'live' | 'delayed' | 'offline';

export interface Mirror {
  layout: Layout | null;
  /** The park that `layout` was made of. */
  layoutPark: ParkView | null;
  values: Float32Array;
  /** Grows with every change of values. */
  changes: number;
  /** Moment of the values: the live park, or the means over the accounted interval that starts then (ms). */
  moment: 'live' | number;
  epoch: number;
  seq: number;
  /** Park time of the values, ms since 1970; for a past interval, its end. */
  time: number;
  /** `sampled` slots count seconds from here. */
  base: number;
  mode: Mode;
  speed: number;
  preliminary: boolean;
  /** performance.now() of the last message. */
  heard: number;
  connection: ConnectionStatus;
}

const unknown = { values: new Float32Array(0), time: Number.NaN, base: 0, preliminary: true };

export const mirror: Mirror = {
  layout: null,
  layoutPark: null,
  ...unknown,
  changes: 0,
  moment: 'live',
  epoch: 0,
  seq: 0,
  mode: 'live',
  speed: 1,
  heard: 0,
  connection: 'connecting',
};

/** The latest values from the server; updated also while the screen shows the past, so that the way back is instant. */
export type LiveSide = Pick<Mirror, 'values' | 'time' | 'base' | 'preliminary'>;
export const live: LiveSide = { ...unknown };

const listeners = new Set<() => void>();

/** Calls the listener after each change of the mirror; returns a function that stops it. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed(): void {
  mirror.changes++;
  for (const listener of listeners) listener();
}

/** Shows the live park again, with its current values. */
export function showLive(): void {
  Object.assign(mirror, live, { moment: 'live' });
  changed();
}

/** To be called after new values from the server; shows them at once, unless the screen shows the past. */
export function liveChanged(): void {
  if (mirror.moment === 'live') showLive();
  else for (const listener of listeners) listener();
}

export interface PastInterval {
  /** Start of the interval, ms. */
  start: number;
  interval_ms: number;
  /** `sampled` slots count seconds from here, ms. */
  base: number;
}

/** Reused for every past moment, so that scrubbing allocates no memory. */
let past = new Float32Array(0);

/** Shows an accounted interval; `values` is null when nothing is known of it. */
export function showPast({ start, interval_ms, base }: PastInterval, values: Float32Array | null): void {
  const size = mirror.layout?.size ?? 0;
  if (past.length !== size) past = new Float32Array(size);
  if (values) past.set(values.subarray(0, size));
  else past.fill(Number.NaN);
  Object.assign(mirror, { values: past, moment: start, time: start + interval_ms, base, preliminary: false });
  changed();
}

/** Sets the state of the connection to the server; values and `changes` stay as they are. */
export function setConnection(status: ConnectionStatus): void {
  if (mirror.connection === status) return;
  mirror.connection = status;
  for (const listener of listeners) listener();
}

/** Value of a slot; NaN when there is none (unknown, or not for this audience). */
export function valueAt(slot: number | undefined): number {
  if (slot === undefined || slot < 0) return Number.NaN;
  return mirror.values[slot] ?? Number.NaN;
}

/** One of the park's totals. */
export function total(name: keyof Totals): number {
  return valueAt(mirror.layout?.totals[name]);
}
