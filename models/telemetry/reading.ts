import type { Validity } from '../quality.ts';

/** One value of a point at a time. Every source produces readings. */
export interface Reading {
  /** Id of a declared point of the park. */
  point: string;
  /** When it was measured: ms since 1970 UTC. For `label: start` points the start of the interval. */
  time: number;
  /** In the point's own unit; null = the source says "no value", which is bad, never zero. */
  value: number | null;
  quality: Validity;
}

/** A reading as it is kept. */
export interface StoredReading {
  point: string;
  time: number;
  /** null = bad: the source had no value. */
  value: number | null;
  quality: Validity;
  /** When the twin received it, ms since 1970. */
  received: number;
}
