/** History behind one asynchronous interface: SQLite in a worker thread now, PostgreSQL by URL later. */

import type { Validity } from '../../models/quality.ts';
import type { AsideReason, AsideState, QuarantinedReading } from '../../models/telemetry/quarantine.ts';
import type { StoredReading } from '../../models/telemetry/reading.ts';

export interface AsideReading extends QuarantinedReading {
  /** Newer ones have larger ones; never used again. */
  id: number;
  state: AsideState;
  /** When a person decided, ms since 1970. */
  decided: number | null;
}

export interface AsideFilter {
  state?: AsideState | undefined;
  point?: string | undefined;
  reason?: AsideReason | undefined;
  /** Only those with a smaller id: the next page. */
  before?: number | undefined;
}

export interface AppendResult {
  accepted: number;
  duplicates: number;
  /** Readings set aside because their time already had another value. */
  conflicting: number;
  /** Times of one point with two values: bad now, both values are in quarantine. Each is named whenever it is met. */
  conflicts: { point: string; time: number }[];
  /** Times that a person has decided and that were met again with another value: what was decided stays. */
  decided: { point: string; time: number; value: number }[];
  /** Something changed in hours that the ledger had read already: they are dirty now. */
  late: boolean;
}

export interface SeriesRow {
  time: number;
  value: number | null;
  quality: Validity;
}

/** What a point said within one step of time, in the point's own unit. Bad values are left out. */
export interface Bucket {
  point: string;
  /** Start of the step. */
  time: number;
  count: number;
  /** Of `count`: those of uncertain quality. */
  uncertain: number;
  mean: number | null;
  min: number | null;
  max: number | null;
  /** Mean of max(0, value) and of max(0, −value): a signed meter's two ports. */
  positive: number | null;
  negative: number | null;
  /** Growth of a register within the step, over rollovers and falls; null when nothing can be said: no earlier value, or it fell. */
  increment: number | null;
  /** ms over which `increment` grew. */
  increment_ms: number;
}

/** A UTC hour (whole hours since 1970) that the ledger has read and that changed since. */
export interface DirtyHour {
  hour: number;
  /** Another one each time something changes in it. */
  turn: number;
}

/** Registers start again at 0 after this value. */
export type Rollovers = Record<string, number>;

export interface Store {
  /** Resolves only when committed (fsync). Everything handed over is committed as a group with what else has arrived. */
  append(readings: StoredReading[], quarantined: QuarantinedReading[]): Promise<AppendResult>;
  /** Rows with from ≤ time < to, ascending, at most `limit`. */
  series(point: string, from: number, to: number, limit: number): Promise<SeriesRow[]>;
  /** Buckets that hold at least one good value, in order of time. Times are the step's start. */
  aggregate(points: string[], from: number, to: number, step_ms: number, rollovers?: Rollovers): Promise<Bucket[]>;
  /** Every reading after `since`, and before that the newest `perPoint` of each point, none before `oldest` or after `time`; ascending. */
  latest(time: number, since: number, perPoint: number, oldest: number): Promise<(StoredReading & { conflict: boolean })[]>;
  /** `quarantined` are those that wait for a decision. */
  count(): Promise<{ readings: number; quarantined: number }>;
  /** What was set aside, newest first, at most `limit`. */
  quarantine(limit: number, filter?: AsideFilter): Promise<AsideReading[]>;
  /** Those that wait for a decision, by reason. */
  quarantineCounts(): Promise<Partial<Record<AsideReason, number>>>;
  /**
   * A person decided. Released: the value becomes its time's, uncertain; what that time had before and other values in
   * conflict with it are discarded. Discarded: kept, and no longer counted; one that was released stays released.
   * Resolves with the reading as it is then; null when there is none with that id.
   */
  decide(id: number, decision: 'released' | 'discarded', decided: number): Promise<AsideReading | null>;
  /** First and last time that has a reading; null when there is none. */
  span(): Promise<{ first: number; last: number } | null>;
  /** From now on whatever comes for times up to here makes its hour dirty: the ledger is about to read them. */
  setAccounted(until: number): Promise<void>;
  /** Hours that wait to be read again. */
  dirty(): Promise<DirtyHour[]>;
  /** They were read again; those that changed since stay dirty. */
  clearDirty(hours: readonly DirtyHour[]): Promise<void>;
  /** Lets go of at most `limit` readings before `before`, oldest first, never of dirty hours; returns how many went. */
  forget(before: number, limit: number): Promise<number>;
  /** Readings before this were let go; null = all are kept. */
  rawFrom(): Promise<number | null>;
  /** Bytes under a name, for what is costly to find out again. */
  saveMemory(name: string, bytes: Uint8Array): Promise<void>;
  loadMemory(name: string): Promise<Uint8Array | null>;
  /** Forgets everything of a replayed park before a new epoch. */
  clear(): Promise<void>;
  /** Finishes what was handed over, then lets go of the file. */
  close(): Promise<void>;
}
