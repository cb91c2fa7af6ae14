/** Carries out people's decisions about periods: to restate, to lock, to unlock. */

import type { Adjustment, Lock } from '../../models/ledger/edition.ts';
import { dayOf, daysBetween } from '../../models/time/calendar.ts';
import type { Cache } from './cache.ts';
import { LedgerRefusal, type RestateRequest } from './ledger.ts';
import type { Tables } from './tables.ts';

export interface PeriodsParts {
  tables: Tables;
  cache: Cache;
  clock: () => number;
  openName: () => string;
  isLocked: (day: string) => boolean;
  /** Whether the day's intervals are deleted. */
  isGone: (day: string) => boolean;
  until: () => number | null;
  /** Why there is no life-cycle set. */
  lacking: () => string;
  adjustments: () => readonly Adjustment[];
  /** Called when locks or adjustments have changed. */
  changed: () => void;
}

export interface Periods {
  /** Returns the id of the new edition. Throws a LedgerRefusal, as the other functions do. */
  restate(request: RestateRequest): number;
  lock(lock: Omit<Lock, 'at'>): void;
  unlock(from: string, to: string): void;
}

export function makePeriods(parts: PeriodsParts): Periods {
  const { tables, cache, clock, openName, isLocked, isGone, until, lacking, adjustments, changed } = parts;
  const { calendar, boundsOf } = cache;
  return {
    restate: ({ set, from, to, reason, who }) => {
      if (!cache.sets().includes(set)) {
        const why = set === 'lifecycle' ? lacking() : 'its factors are life-cycle factors';
        throw new LedgerRefusal('set', `the park is not accounted with the set ${set}: ${why}`);
      }
      const start = tables.fact('from');
      const end = until();
      if (end === null || start === null || to <= start || from >= end || from >= to)
        throw new LedgerRefusal('range', 'nothing is accounted in that range yet');
      const first = dayOf(calendar, Math.max(from, start));
      const last = dayOf(calendar, Math.min(to, end) - 1);
      const locked = daysBetween(first, last).find(isLocked);
      if (locked !== undefined) throw new LedgerRefusal('locked', `${locked} is locked: open the period first`);
      const gone = daysBetween(first, last).findLast(isGone);
      if (gone !== undefined)
        throw new LedgerRefusal(
          'range',
          `intervals up to ${gone} are not kept any more (retention): only later days can be accounted again`,
        );
      // A range that reaches the open day has no end: the new edition applies from now on too.
      const range = { from: boundsOf(first).from, to: last >= openName() ? null : boundsOf(last).to, visible: false };
      const id = tables.together(() => cache.begin(set, range, reason, who, clock()));
      cache.reload();
      return id;
    },
    lock: (lock) => {
      const start = tables.fact('from');
      if (until() === null || start === null || lock.to >= openName() || lock.from > lock.to || lock.to < dayOf(calendar, start))
        throw new LedgerRefusal('range', 'only days that are over and accounted can be locked');
      const waiting = tables.dirty().find(({ day }) => lock.from <= day && day <= lock.to);
      if (waiting) throw new LedgerRefusal('range', `${waiting.day} is about to be accounted again: try once more in a minute`);
      tables.addLock({ ...lock, at: clock() });
      changed();
    },
    unlock: (from, to) => {
      if (!tables.removeLock(from, to)) throw new LedgerRefusal('range', `no period from ${from} to ${to} is locked`);
      changed();
      // Late readings that came while the period was locked are accounted now.
      tables.together(() => {
        for (const { day, set } of adjustments()) {
          if (isLocked(day) || isGone(day)) continue;
          tables.clearAdjustment(day, set);
          tables.setDirty(day, 'account');
        }
      });
      changed();
    },
  };
}
