/**
 * The editions of a ledger. The first edition accounts everything once; after a change of factor or method a range is
 * restated as another edition; the rows of earlier ones stay readable. Late readings change the newest edition in place
 * (each day says when it was accounted), except in locked periods, which get an adjustment instead.
 */
import type { FactorSet, LifecycleLacks } from '../park/park.ts';

export interface Edition {
  /** 1, 2, 3 … per park; the newest one that covers a day is valid. */
  id: number;
  set: FactorSet;
  /** The range that it covers, ms; null = without end. */
  from: number | null;
  to: number | null;
  /** Fingerprint and names of the factors, the cogeneration method, and the software that accounted. */
  factors: string;
  method: string;
  software: string;
  /** Why, who, when (ms); for the first one "first accounting". */
  reason: string;
  who: string;
  at: number;
}

/** A closed period: its rows stay as they are. */
export interface Lock {
  /** First and last local day, inclusive: `2026-10-01`. */
  from: string;
  to: string;
  who: string;
  at: number;
}

/** What late readings would have changed in a day that is locked, or whose intervals are not kept any more. */
export interface Adjustment {
  day: string;
  set: FactorSet;
  at: number;
  /** Park column → new minus locked value. Empty: not known, as the day's intervals are not kept any more. */
  difference: Record<string, number>;
}

export interface LedgerProgress {
  what: 'fill' | 'late' | 'restate' | 'catchUp';
  /** Days. */
  done: number;
  of: number;
}

export interface LedgerStatus {
  timeZone: string;
  interval_s: number;
  /** Accounted from … until (end of the last closed interval), ms; null while empty. */
  from: number | null;
  until: number | null;
  /** Sets that can be requested; life-cycle only where every source has such a factor. */
  sets: FactorSet[];
  /** Why there is no life-cycle set; null where there is one. */
  lacking?: LifecycleLacks | null;
  /** Days whose figures wait to be accounted again. */
  dirty: number;
  progress: LedgerProgress | null;
  editions: Edition[];
  locks: Lock[];
  adjustments: Adjustment[];
  /** All or a part of it comes from a simulator. */
  simulated: boolean;
  /** Local days whose intervals and snapshots are not kept any more, first to last inclusive; `hours`: nor are their hours. */
  gone: { from: string; to: string; hours: boolean }[];
  /** Stored readings are kept from here, ms; null = none. */
  rawFrom: number | null;
  /** Factors, methods or contracts changed: the time before is still accounted with the earlier ones and may be restated. */
  offers?: { set: FactorSet; from: number; to: number; reason: string }[];
}
