/** The accounted past of one park, behind one asynchronous interface; it lives in threads of its own. */
import type { Block, FactorSet, SummedBlock } from '../../models/ledger/block.ts';
import type { LedgerStatus, Lock } from '../../models/ledger/edition.ts';

export interface Chosen {
  set: FactorSet;
  /** As of this edition; the newest when absent. */
  edition?: number | undefined;
}

export interface Ledger {
  status(): LedgerStatus;
  /** Rows of an owner (asset id, or '' for the park) whose interval starts in [from, to). */
  intervals(owner: string, from: number, to: number, chosen: Chosen): Promise<Block>;
  /** Sums by local day of the owners (null: all), first to last inclusive (`2026-01-31`). Owners without rows are absent. */
  days(owners: readonly string[] | null, first: string, last: string, chosen: Chosen): Promise<Map<string, SummedBlock>>;
  /** Encoded pictures (models/ledger/pictures.ts) of each `every`-th interval that starts in [from, to), direct set. */
  pictures(from: number, to: number, every: number): Promise<Uint8Array>;
  /** Local days with gaps, estimates or flags, restated ranges: marks for a timeline. */
  marks(from: number, to: number): Promise<LedgerMark[]>;
  /** Begins to account a range again as a new edition. Throws when it is locked. */
  restate(request: { set: FactorSet; from: number; to: number; reason: string; who: string }): Promise<number>;
  lock(lock: Omit<Lock, 'at'>): Promise<void>;
  unlock(from: string, to: string, who: string): Promise<void>;
}

export interface LedgerMark {
  kind: 'gap' | 'flagged' | 'restated' | 'locked' | 'adjusted';
  from: number;
  to: number;
  /** For people, in English; the page translates by kind. */
  note: string;
}
