/** History behind one asynchronous interface: SQLite in a worker thread now, PostgreSQL by URL later. */
import type { Level } from '../../models/carbon/step.ts';
import type { Validity } from '../../models/reading.ts';

export interface StoredReading {
  point: string;
  time: number;
  /** null = bad: the source had no value. */
  value: number | null;
  quality: Validity;
  /** When the twin received it, ms since 1970. */
  received: number;
}

/** Set aside: out of every sum, kept for a person to look at. */
export interface QuarantinedReading extends StoredReading {
  reason: string;
}

export interface AppendResult {
  accepted: number;
  duplicates: number;
  /** Readings of one time with two values: that time is bad now, both values are in quarantine. */
  conflicts: { point: string; time: number }[];
}

export interface SeriesRow {
  time: number;
  value: number | null;
  quality: Validity;
}

export interface Store {
  /** Resolves only when committed (fsync). Everything handed over is committed as a group with what else has arrived. */
  append(readings: StoredReading[], quarantined: QuarantinedReading[]): Promise<AppendResult>;
  /** Rows with from ≤ time < to, ascending, at most `limit`. */
  series(point: string, from: number, to: number, limit: number): Promise<SeriesRow[]>;
  /** Per step: mean of good values, count, min, max. Times are the step's start. Points whose `measure` is register need the caller's care. */
  aggregate(
    points: string[],
    from: number,
    to: number,
    step_ms: number,
  ): Promise<{ point: string; time: number; mean: number | null; min: number | null; max: number | null; count: number }[]>;
  /** The newest readings of every point not later than `time`: enough to start a twin (newest `perPoint` each). */
  latest(time: number, perPoint: number): Promise<StoredReading[]>;
  /** Mean by point and slot of the week (local, 15 min, 0 = Monday 00:00 given by `slotOf` buckets computed on UTC ms + offset). */
  count(): Promise<{ readings: number; quarantined: number }>;
  /** Storage inventories by closed interval. */
  saveLevels(intervalEnd: number, levels: Level[]): Promise<void>;
  loadLevels(): Promise<{ intervalEnd: number; levels: Level[] } | null>;
  /** Forgets everything of a replayed park before a new epoch. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
