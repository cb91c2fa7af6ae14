/**
 * The journal of a park: every reading as it came, what is dirty, and what lies around a time. An asynchronous interface; what any
 * implementation must do is told by test/server/store/journal-contract.ts.
 */

import type { Validity } from '../../models/quality.ts';
import type { AsideReason, AsideState, QuarantinedReading } from '../../models/telemetry/quarantine.ts';
import type { StoredReading } from '../../models/telemetry/reading.ts';

export interface AsideReading extends QuarantinedReading {
  /** Newer readings have larger ids; an id is never used again. */
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
  /** Times of a point with two values: bad now, both values are in quarantine. Listed each time a reading for it comes. */
  conflicts: { point: string; time: number }[];
  /** Times that a person has decided on and for which another value came; the decided value stays. */
  decided: { point: string; time: number; value: number }[];
  /** Readings changed in hours that the ledger had read already; these hours are dirty now. */
  late: boolean;
}

export interface SeriesRow {
  time: number;
  value: number | null;
  quality: Validity;
}

/** Summary of a point's readings within one step of time, in the point's own unit. Bad values are left out. */
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
  /** Growth of a register within the step, over rollovers and falls; null when unknown: no earlier value, or it fell. */
  increment: number | null;
  /** ms over which `increment` grew. */
  increment_ms: number;
}

/** A UTC hour (whole hours since 1970) that the ledger has read and that changed since. */
export interface DirtyHour {
  hour: number;
  /** A new number each time something changes in the hour. */
  turn: number;
}

/** By point: the value after which its register starts again at 0. */
export type Rollovers = Record<string, number>;

/** Readings as columns, ascending by time, each time of a point once. */
export interface ReadingColumns {
  /** Ids of points; `point` holds indices into it. */
  points: readonly string[];
  point: Uint32Array;
  /** ms since 1970. */
  time: Float64Array;
  /** NaN = no value. */
  value: Float64Array;
  /** Index into qualities (models/quality.ts). */
  quality: Uint8Array;
}

export interface ReadingPage extends ReadingColumns {
  /** Everything up to here is in the page, ms: the next page begins after it. */
  reached: number;
}

/** Looks for readings of a point that speaks rarely, nearest first. */
export interface Search {
  point: string;
  /** This many are enough. */
  enough: number;
  /** Value after which the point's register starts again at 0. */
  rollover?: number | undefined;
}

/** What can be asked of a journal. */
export interface JournalReading {
  /** Rows with from ≤ time < to, ascending, at most `limit`. */
  series(point: string, from: number, to: number, limit: number): Promise<SeriesRow[]>;
  /** Buckets that hold at least one good value, in order of time. Times are the step's start. */
  aggregate(points: readonly string[], from: number, to: number, step_ms: number, rollovers?: Rollovers): Promise<Bucket[]>;
  /**
   * Every reading after `since`, and before that the newest `perPoint` of each point, none before `oldest` or after `time`;
   * ascending.
   */
  latest(time: number, since: number, perPoint: number, oldest: number): Promise<(StoredReading & { conflict: boolean })[]>;
  /** Readings with after < time ≤ until: about `limit` of them and never a part of a moment; ask again after `reached`. */
  between(after: number, until: number, limit?: number): Promise<ReadingPage>;
  /**
   * Readings with from ≤ time ≤ to of the points searched for, nearest to the time asked from: `back` from `to`, or `on` from
   * `from`. Of each point until it has `enough`: of counts of its register (`back`), or of readings whatever they say (`on`).
   */
  nearest(searches: readonly Search[], from: number, to: number, way: 'back' | 'on'): Promise<ReadingColumns>;
  /** `quarantined`: how many readings wait for a decision. */
  count(): Promise<{ readings: number; quarantined: number }>;
  /** Readings that were set aside, newest first, at most `limit`. */
  quarantine(limit: number, filter?: AsideFilter): Promise<AsideReading[]>;
  /** How many readings wait for a decision, by reason. */
  quarantineCounts(): Promise<Partial<Record<AsideReason, number>>>;
  /** First and last time that has a reading; null when there is none. */
  span(): Promise<{ first: number; last: number } | null>;
  /** Hours that wait to be read again. */
  dirty(): Promise<DirtyHour[]>;
  /** Readings before this were deleted; null = all are kept. */
  rawFrom(): Promise<number | null>;
}

export interface Journal extends JournalReading {
  /** Resolves only when committed (fsync). Readings are committed as a group with other requests that have arrived. */
  append(readings: StoredReading[], quarantined: QuarantinedReading[]): Promise<AppendResult>;
  /**
   * Carries out a person's decision. Released: the value becomes that of its time, as uncertain; the value before and others in
   * conflict with it are discarded. Discarded: the reading is kept but no longer counted; a released one stays released.
   * Resolves with the reading after the decision; null when there is none with that id.
   */
  decide(id: number, decision: 'released' | 'discarded', decided: number): Promise<AsideReading | null>;
  /**
   * From now on a reading for a time up to here makes its hour dirty, because the ledger is about to read these times. One whose
   * append is under way is either found by `between` from now on, or makes its hour dirty. The mark never goes back.
   */
  setAccounted(until: number): Promise<void>;
  /** The hours were read again; those that changed since stay dirty. */
  clearDirty(hours: readonly DirtyHour[]): Promise<void>;
  /** Deletes at most `limit` readings before `before`, oldest first, never those of dirty hours; returns how many. */
  forget(before: number, limit: number): Promise<number>;
  /** Deletes everything of a replayed park before a new epoch. */
  clear(): Promise<void>;
}
