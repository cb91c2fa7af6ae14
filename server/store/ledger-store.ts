/**
 * Where a ledger is kept: the bundles of its days and the small head that says which there are. An asynchronous interface that
 * knows nothing of what the bytes say (server/ledger packs and reads them). Only one accountant writes a ledger. What any
 * implementation must do is told by test/server/store/ledger-store-contract.ts.
 *
 * Days are local dates, `2026-10-01`; months `2026-10`; times are ms since 1970. Owners are ids of assets, '' is the park.
 */
import type { Level } from '../../models/carbon/step.ts';
import type { Adjustment, Edition, Lock } from '../../models/ledger/edition.ts';
import type { FactorSet } from '../../models/park/park.ts';

/** What storages hold, by asset. */
export type HeldLevels = Record<string, Level>;

export interface KeptEdition extends Edition {
  /** False while its days are still being accounted. */
  visible: boolean;
  /** Fingerprint of the park that it was accounted with. */
  fingerprint: string;
}

export interface DayRow {
  edition: number;
  day: string;
  /** When it was accounted, ms, and by which software. */
  at: number;
  software: string;
  intervals: number;
  /** Number of flagged intervals, and of gaps: intervals that are unknown or estimated for more than a tenth. */
  flagged: number;
  gaps: number;
  before: HeldLevels;
  after: HeldLevels;
  /** Ids of points without a value in some interval: they were estimated there, or unknown for lack of earlier days. */
  missing: string[];
}

export interface DirtyDay {
  day: string;
  /** Readings of the day changed, so its records must be made again. */
  refold: boolean;
  /** The storage levels before the day, or the data that it was estimated from, changed. */
  account: boolean;
}

/** A day whose intervals were deleted; `hours`: so were their sums by hour. */
export interface GoneDay {
  day: string;
  hours: boolean;
}

/** From where to where it is accounted; the past before `fillUntil` is simulated. */
export interface LedgerSpan {
  from: number | null;
  until: number | null;
  fillUntil: number | null;
}

/** What is small and always looked at as a whole. */
export interface LedgerHead extends LedgerSpan {
  /** By id. */
  editions: KeptEdition[];
  /** By day, as are the following. */
  dirty: DirtyDay[];
  locks: Lock[];
  adjustments: Adjustment[];
  gone: GoneDay[];
}

/** One day of one edition, as accounted: all of it is replaced together. */
export interface AccountedDay {
  row: DayRow;
  /** The entries of its intervals, by owner. */
  blocks: ReadonlyMap<string, Uint8Array>;
  /** The sums by day of its month, with this day among them, by owner; and the same column by column, by name. */
  months: ReadonlyMap<string, Uint8Array>;
  monthColumns: ReadonlyMap<string, Uint8Array>;
  /** Only in the primary set: the names of its slots stand once under their signature. */
  snapshots: { signature: string; slots: Uint8Array; bytes: Uint8Array } | null;
}

/** Hours that stay of a deleted day: of an owner in an edition. */
export interface HoursOfDay {
  edition: number;
  owner: string;
  bytes: Uint8Array;
}

/** What one piece of work changes; saved as a whole or not at all. */
export interface LedgerChange {
  span?: Partial<LedgerSpan>;
  /** New editions, and the packed park of each. */
  editions?: readonly { edition: KeptEdition; park: Uint8Array }[];
  /** Ids of editions that are complete from now on. */
  shown?: readonly number[];
  /** What the points said of each interval of a day, before anything is estimated; null: deleted. */
  records?: ReadonlyMap<string, Uint8Array | null>;
  days?: readonly AccountedDay[];
  /** Days that are no longer dirty, and then days that are; a day that is dirty already keeps its reasons. */
  settled?: readonly string[];
  dirty?: readonly DirtyDay[];
  /** Adjustments that are no longer needed, and then those that are; a newer one replaces that of its day and set. */
  noAdjustments?: readonly { day: string; set: FactorSet }[];
  adjustments?: readonly Adjustment[];
  /** A range that is locked already keeps its lock. */
  locks?: readonly Lock[];
  unlocked?: readonly { from: string; to: string }[];
  /** Days, each once, whose intervals and snapshots are deleted in all editions; `hours` stay, or null: no hours stay. */
  gone?: readonly { day: string; hours: readonly HoursOfDay[] | null }[];
  /** Days whose hours are deleted as well. */
  goneHours?: readonly string[];
}

export interface OwnedDay {
  day: string;
  bytes: Uint8Array;
}

/** What can be asked of a ledger's store. Ranges of days are inclusive, answers ascend. */
export interface LedgerReading {
  head(): Promise<LedgerHead>;
  /** Of the head: by id. */
  editions(): Promise<KeptEdition[]>;
  /** The packed park of an edition. */
  park(edition: number): Promise<Uint8Array>;
  /** Records of those of the days that have any. */
  records(days: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** Days before this one that have rows, and that have records. */
  daysBefore(day: string): Promise<string[]>;
  recordsBefore(day: string): Promise<string[]>;
  /** Rows of all editions, or of one, by day and edition. */
  rows(first: string, last: string, edition?: number): Promise<DayRow[]>;
  /** First and last day that has a row, of all editions or one; null: there is none. */
  days(edition?: number): Promise<{ first: string; last: string } | null>;
  /** Owners that have ever had entries, in no order. */
  owners(): Promise<string[]>;
  blocks(edition: number, owner: string, first: string, last: string): Promise<OwnedDay[]>;
  /** Entries of every owner in every edition on one day. */
  blocksOn(day: string): Promise<{ edition: number; owner: string; bytes: Uint8Array }[]>;
  hours(edition: number, owner: string, first: string, last: string): Promise<OwnedDay[]>;
  /** The months of an owner, first to last. */
  months(edition: number, owner: string, first: string, last: string): Promise<{ month: string; bytes: Uint8Array }[]>;
  /** One month of every owner that has it. */
  month(edition: number, month: string): Promise<Map<string, Uint8Array>>;
  /** The month's columns of those names, all where null; empty for months from before there were columns. */
  monthColumns(edition: number, month: string, names: readonly string[] | null): Promise<Map<string, Uint8Array>>;
  snapshots(edition: number, day: string): Promise<{ signature: string; bytes: Uint8Array } | null>;
  /** Packed names of the slots that snapshots of a signature have. */
  slots(signature: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

export interface LedgerStore extends LedgerReading {
  /** In one transaction: all of it is there afterwards, or, when this rejects, nothing. Days are of editions that there are. */
  save(change: LedgerChange): Promise<void>;
  /** Deletes everything but slots, which never change under their signature. */
  clear(): Promise<void>;
}
