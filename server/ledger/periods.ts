/** What people decide about periods: to restate, to lock, to unlock. */

import type { Lock } from '../../models/ledger/edition.ts';
import { dayOf, daysBetween } from '../../models/time/calendar.ts';
import type { KeptEdition, LedgerChange } from '../store/ledger-store.ts';
import type { Cache } from './cache.ts';
import { LedgerRefusal, type RestateRequest } from './ledger.ts';

export interface PeriodsParts {
  cache: Cache;
  clock: () => number;
  openName: () => string;
  isLocked: (day: string) => boolean;
  /** Whether the day's intervals are deleted. */
  isGone: (day: string) => boolean;
  /** Why there is no life-cycle set. */
  lacking: () => string;
}

/** What changes when a decision is carried out. Each throws a LedgerRefusal where it cannot be. */
export interface Periods {
  restate(request: RestateRequest): { edition: KeptEdition; park: Uint8Array };
  lock(lock: Omit<Lock, 'at'>): LedgerChange;
  unlock(from: string, to: string): LedgerChange;
}

export function makePeriods({ cache, clock, openName, isLocked, isGone, lacking }: PeriodsParts): Periods {
  const { calendar, boundsOf } = cache;
  return {
    restate: ({ set, from, to, reason, who }) => {
      if (!cache.sets.includes(set)) {
        const why = set === 'lifecycle' ? lacking() : 'its factors are life-cycle factors';
        throw new LedgerRefusal('set', `the park is not accounted with the set ${set}: ${why}`);
      }
      const { from: start, until: end } = cache.head();
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
      return cache.edition(set, range, { reason, who, at: clock() });
    },
    lock: (lock) => {
      const { from: start, until, dirty } = cache.head();
      if (until === null || start === null || lock.to >= openName() || lock.from > lock.to || lock.to < dayOf(calendar, start))
        throw new LedgerRefusal('range', 'only days that are over and accounted can be locked');
      const waiting = dirty.find(({ day }) => lock.from <= day && day <= lock.to);
      if (waiting) throw new LedgerRefusal('range', `${waiting.day} is about to be accounted again: try once more in a minute`);
      return { locks: [{ ...lock, at: clock() }] };
    },
    unlock: (from, to) => {
      const { locks, adjustments } = cache.head();
      const left = locks.filter((lock) => lock.from !== from || lock.to !== to);
      if (left.length === locks.length) throw new LedgerRefusal('range', `no period from ${from} to ${to} is locked`);
      const stillLocked = (day: string) => left.some((lock) => lock.from <= day && day <= lock.to);
      // Late readings that came while the period was locked are accounted now.
      const due = adjustments.filter(({ day }) => !stillLocked(day) && !isGone(day));
      return {
        unlocked: [{ from, to }],
        noAdjustments: due.map(({ day, set }) => ({ day, set })),
        dirty: due.map(({ day }) => ({ day, refold: false, account: true })),
      };
    },
  };
}
