/**
 * The park's values in the browser: one typed array outside React, filled by the live connection (or, later, by
 * history). The scene reads it in useFrame and repaints when `revision` changed; panels use useSlot.
 */
import type { ParkView } from '../../models/park/document.ts';
import type { Layout, Mode } from '../../models/protocol.ts';

export type Line = 'connecting' | 'live' | 'delayed' | 'offline';

export interface Mirror {
  layout: Layout | null;
  /** The park that `layout` was made of. */
  layoutPark: ParkView | null;
  values: Float32Array;
  /** Grows with every change of values. */
  revision: number;
  epoch: number;
  seq: number;
  /** The park's time of the values, ms since 1970. */
  time: number;
  /** `sampled` slots count seconds from here. */
  base: number;
  mode: Mode;
  speed: number;
  preliminary: boolean;
  /** performance.now() of the last message. */
  heard: number;
  line: Line;
}

export const mirror: Mirror = {
  layout: null,
  layoutPark: null,
  values: new Float32Array(0),
  revision: 0,
  epoch: 0,
  seq: 0,
  time: Number.NaN,
  base: 0,
  mode: 'live',
  speed: 1,
  preliminary: true,
  heard: 0,
  line: 'connecting',
};

const listeners = new Set<() => void>();

/** Called after each change of the mirror; returns how to stop. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed(): void {
  mirror.revision++;
  for (const listener of listeners) listener();
}

/** Says how the line to the server is; values and revision stay as they are. */
export function setLine(line: Line): void {
  if (mirror.line === line) return;
  mirror.line = line;
  for (const listener of listeners) listener();
}

/** Value of a slot; NaN when there is none (unknown, or not for this audience). */
export function valueAt(slot: number | undefined): number {
  if (slot === undefined || slot < 0) return Number.NaN;
  return mirror.values[slot] ?? Number.NaN;
}
