/** Accounts a new edition of days that are accounted already, one day after the other, and makes it visible at the end. */

import type { LedgerProgress } from '../../models/ledger/edition.ts';
import { dayAfter, dayOf } from '../../models/time/calendar.ts';
import type { Cache } from './cache.ts';
import type { DayWork } from './day-work.ts';
import type { KeptEdition } from './editions.ts';
import type { Tables } from './tables.ts';

export interface RestatingParts {
  tables: Tables;
  cache: Cache;
  work: DayWork;
  isGone: (day: string) => boolean;
  openName: () => string;
}

export interface Restating {
  /** Restates one day; null when there is nothing to restate. */
  work(): { progress: LedgerProgress; shown: boolean } | null;
}

export function makeRestating({ tables, cache, work, isGone, openName }: RestatingParts): Restating {
  const { calendar } = cache;
  /** First day, and the day after the last. An edition without end is done when it reaches the open day, which follows later. */
  const rangeOf = ({ from, to }: KeptEdition) => ({
    first: dayOf(calendar, from ?? tables.fact('from') ?? 0),
    end: to === null ? openName() : dayAfter(dayOf(calendar, to - 1)),
  });
  const days = (first: string, end: string) => Math.max(0, Math.round((Date.parse(end) - Date.parse(first)) / 86_400_000));

  return {
    work: () => {
      const edition = cache.editions().find(({ visible }) => !visible);
      if (!edition) return null;
      const { first, end } = rangeOf(edition);
      const last = tables.lastDay(edition.id);
      const day = last === null ? first : dayAfter(last);
      const progress: LedgerProgress = { what: 'restate', done: days(first, day), of: days(first, end) };
      if (day >= end) {
        tables.together(() => tables.showEdition(edition.id));
        cache.reload();
        return { progress, shown: true };
      }
      tables.together(() => {
        const draft = isGone(day) ? null : work.whole(edition, day);
        const records = cache.recordsOn(day);
        if (draft && records) work.write(draft, records);
        else {
          const held = cache.levelsBefore(edition, day) ?? {};
          tables.setDay({ ...nothing, edition: edition.id, day, before: held, after: held });
        }
      });
      return { progress, shown: false };
    },
  };
}

/** A day without any records, or whose intervals are not kept any more. */
const nothing = { at: 0, software: '', intervals: 0, flagged: 0, gaps: 0, missing: [] };
