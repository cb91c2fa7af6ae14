/** Asynchronous interface to the accounted past of one park, which is kept by separate threads. */
import type { Bases } from '../../models/carbon/basis.ts';
import type { FollowDirection, Followed } from '../../models/carbon/follow.ts';
import type { Level } from '../../models/carbon/step.ts';
import type { Block, SummedBlock } from '../../models/ledger/block.ts';
import type { LedgerStatus, Lock } from '../../models/ledger/edition.ts';
import type { MarketSpan } from '../../models/ledger/report/market.ts';
import type { FactorSet } from '../../models/park/park.ts';

export interface Chosen {
  set: FactorSet;
  /** As of this edition; the newest when absent. */
  edition?: number | undefined;
}

/** Questions about the accounted past. */
export interface LedgerAnswers {
  /** Rows of an owner (asset id, or '' for the park) whose interval starts in [from, to). */
  intervals(owner: string, from: number, to: number, chosen: Chosen): Promise<Block>;
  /** Sums by hour (models/ledger/period-sums.ts) of hours that start in [from, to), also where their intervals are deleted. */
  hours(owner: string, from: number, to: number, chosen: Chosen): Promise<SummedBlock>;
  /**
   * Sums by local day of the owners (null: all), first to last inclusive (`2026-01-31`). Owners without rows are absent.
   * With all owners, `columns` limits which columns are read; the answer may still contain others.
   */
  days(
    owners: readonly string[] | null,
    first: string,
    last: string,
    chosen: Chosen,
    columns?: readonly string[] | null,
  ): Promise<Map<string, SummedBlock>>;
  /** The contracts of each local day, first to last inclusive: those of the edition that is valid for the day, direct set. */
  markets(first: string, last: string): Promise<MarketSpan[]>;
  /** Encoded snapshots (models/snapshots/snapshots.ts) of each `every`-th interval that starts in [from, to), direct set. */
  snapshots(from: number, to: number, every: number): Promise<Uint8Array>;
  /** Follows the carbon of an asset in the accounted interval that holds a time; null where nothing is accounted. */
  followed(asset: string, direction: FollowDirection, time: number): Promise<PastFollowed | null>;
  /** Local days with gaps, estimates or flags, restated ranges: marks for a timeline. */
  marks(from: number, to: number): Promise<LedgerMark[]>;
}

export interface Ledger extends LedgerAnswers {
  status(): LedgerStatus;
  /** Begins to account a range again as a new edition. Throws when it is locked. */
  restate(request: RestateRequest): Promise<number>;
  /** Closes whole local days, first to last inclusive. Throws when some of them are not accounted yet. */
  lock(lock: Omit<Lock, 'at'>): Promise<void>;
  unlock(from: string, to: string, who: string): Promise<void>;
}

export interface PastFollowed {
  /** Start of the interval, ms. */
  from: number;
  /** False where late readings of a locked period would change the asset's figures in the ledger. */
  asAccounted: boolean;
  followed: Followed;
}

export interface RestateRequest {
  set: FactorSet;
  from: number;
  to: number;
  reason: string;
  who: string;
}

/** The request cannot be done, for a reason that the person who asked can understand and correct. */
export class LedgerRefusal extends Error {
  override name = 'LedgerRefusal';
  constructor(
    readonly why: 'locked' | 'range' | 'set',
    message: string,
  ) {
    super(message);
  }
}

/** What storages hold at the end of an interval. */
export interface Accounted {
  /** End of the last accounted interval, ms. */
  until: number;
  levels: Level[];
}

/** The ledger with the further calls that its twin needs. */
export interface LedgerKeeper extends Ledger {
  /** What was accounted last; null while empty. */
  known(): Accounted | null;
  /**
   * Accounts every interval that ends by `until`, from the stored readings. Resolves when done, which takes long after a long
   * pause. The result is what is accounted then: it may end after `until`, and is null where there is nothing to account yet.
   */
  advance(until: number): Promise<Accounted | null>;
  /** Readings came, or were decided on, for accounted times; those times are accounted again soon. */
  late(): void;
  /** Resolves when nothing waits to be accounted. */
  idle(): Promise<void>;
  /**
   * Goes on with another version of the park, as after a restart with it: what is accounted stays, and where factors, method,
   * assets, lines or points changed, a new edition begins with the open day. On an error the park is as it was.
   */
  replacePark(bases: Bases): Promise<void>;
  /** Deletes everything, because another epoch of a replay begins. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerMark {
  kind: 'gap' | 'flagged' | 'restated' | 'locked' | 'adjusted' | 'gone';
  from: number;
  to: number;
  /** For people, in English; the page translates by kind. */
  note: string;
}
