/** Accounts a new edition of days that are accounted already, one day after the other, and makes it visible at the end. */

import type { LedgerProgress } from '../../models/ledger/edition.ts';
import { dayAfter, dayOf } from '../../models/time/calendar.ts';
import type { AccountedDay, KeptEdition, LedgerChange, LedgerReading } from '../store/ledger-store.ts';
import type { Cache } from './cache.ts';
import { accountBundle, bundleOf, loadBundle, type Made } from './day-bundle.ts';

export interface RestatingParts {
  store: LedgerReading;
  cache: Cache;
  made: () => Made;
  isGone: (day: string) => boolean;
  openName: () => string;
}

export interface Restating {
  /** What changes when one day is restated; null when there is nothing to restate. */
  work(): Promise<{ progress: LedgerProgress; change: LedgerChange } | null>;
}

export function makeRestating({ store, cache, made, isGone, openName }: RestatingParts): Restating {
  const { calendar } = cache;
  /** First day, and the day after the last. An edition without end is done when it reaches the open day, which follows later. */
  const rangeOf = ({ from, to }: KeptEdition) => ({
    first: dayOf(calendar, from ?? cache.head().from ?? 0),
    end: to === null ? openName() : dayAfter(dayOf(calendar, to - 1)),
  });
  const days = (first: string, end: string) => Math.max(0, Math.round((Date.parse(end) - Date.parse(first)) / 86_400_000));

  const account = async (edition: KeptEdition, day: string): Promise<AccountedDay> => {
    const records = isGone(day) ? null : await cache.recordsOn(day);
    if (records === null) {
      const held = (await cache.levelsBefore(edition, day)) ?? {};
      return { row: { ...nothing, edition: edition.id, day, before: held, after: held }, ...noFigures };
    }
    const bundle = await loadBundle(cache, edition, day, records);
    const { saved, month } = bundleOf(accountBundle(bundle), bundle, made());
    cache.keepMonth(edition.id, day, month);
    return saved;
  };

  return {
    work: async () => {
      const edition = cache.head().editions.find(({ visible }) => !visible);
      if (!edition) return null;
      const { first, end } = rangeOf(edition);
      const last = (await store.days(edition.id))?.last;
      const day = last === undefined ? first : dayAfter(last);
      const progress: LedgerProgress = { what: 'restate', done: days(first, day), of: days(first, end) };
      // Another edition is valid from now on, perhaps for the open day as well.
      if (day >= end) return { progress, change: { shown: [edition.id], dirty: [{ day: openName(), refold: false, account: true }] } };
      return { progress, change: { days: [await account(edition, day)] } };
    },
  };
}

/** A day without any records, or whose intervals are not kept any more. */
const nothing = { at: 0, software: '', intervals: 0, flagged: 0, gaps: 0, missing: [] };
const noFigures = { blocks: new Map(), months: new Map(), monthColumns: new Map(), snapshots: null };
