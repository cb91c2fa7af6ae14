/** A source that the twin asks: what was measured since it asked last. Others hand in by themselves (http.ts). */
import type { Reading } from '../../models/telemetry/reading.ts';

export interface Source {
  name: string;
  /** Readings that became known after `from` and by `to`, park time. */
  readings(from: number, to: number): Reading[] | Promise<Reading[]>;
  /** First and last time it can say anything about; absent when it always can. */
  span?: { first: number; last: number };
  /** How far back from the start it can fill an empty history, ms, and in what slices it is asked to. */
  history_ms: number;
  slice_ms: number;
  /** Lets go of what it holds; absent when it holds nothing. */
  close?(): Promise<void>;
}
