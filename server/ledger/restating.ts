/** Another edition of days that are accounted already, one after the other, until people may read it. */

import type { LedgerProgress } from '../../models/ledger/edition.ts';
import { dayAfter, dayOf } from '../../models/time/calendar.ts';
import type { Books } from './books.ts';
import type { DayWork } from './day-work.ts';
import type { KeptEdition } from './editions.ts';
import type { Shelf } from './shelf.ts';

export interface RestatingParts {
  books: Books;
  shelf: Shelf;
  work: DayWork;
  isGone: (day: string) => boolean;
  openName: () => string;
}

export interface Restating {
  /** One day; null when nothing is to be restated. */
  work(): { progress: LedgerProgress; shown: boolean } | null;
}

export function makeRestating({ books, shelf, work, isGone, openName }: RestatingParts): Restating {
  const { calendar } = shelf;
  /** First day, and the one after the last. One without end is done when it has reached the open day, which follows then. */
  const rangeOf = ({ from, to }: KeptEdition) => ({
    first: dayOf(calendar, from ?? books.fact('from') ?? 0),
    end: to === null ? openName() : dayAfter(dayOf(calendar, to - 1)),
  });
  const days = (first: string, end: string) => Math.max(0, Math.round((Date.parse(end) - Date.parse(first)) / 86_400_000));

  return {
    work: () => {
      const edition = shelf.editions().find(({ visible }) => !visible);
      if (!edition) return null;
      const { first, end } = rangeOf(edition);
      const last = books.lastDay(edition.id);
      const day = last === null ? first : dayAfter(last);
      const progress: LedgerProgress = { what: 'restate', done: days(first, day), of: days(first, end) };
      if (day >= end) {
        books.together(() => books.showEdition(edition.id));
        shelf.reload();
        return { progress, shown: true };
      }
      books.together(() => {
        const sheet = isGone(day) ? null : work.whole(edition, day);
        const records = shelf.recordsOn(day);
        if (sheet && records) work.write(sheet, records);
        else {
          const held = shelf.levelsBefore(edition, day) ?? {};
          books.setDay({ ...nothing, edition: edition.id, day, before: held, after: held });
        }
      });
      return { progress, shown: false };
    },
  };
}

/** A day without any records, or whose intervals are not kept any more. */
const nothing = { at: 0, software: '', intervals: 0, flagged: 0, gaps: 0, missing: [] };
