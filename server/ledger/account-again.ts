/** Accounts a finished day once more, because readings of it came late or a day that it depends on changed. */

import { lookBack_days } from '../../models/ledger/estimates.ts';
import { foldRange } from '../../models/ledger/fold.ts';
import type { Park } from '../../models/park/park.ts';
import { dayAfter, intervalsOfDay } from '../../models/time/calendar.ts';
import type { JournalReading } from '../store/journal.ts';
import type { AccountedDay, DirtyDay, KeptEdition, LedgerChange, LedgerReading } from '../store/ledger-store.ts';
import type { Cache } from './cache.ts';
import { accountBundle, bundleOf, differenceOf, loadBundle, type Made } from './day-bundle.ts';
import { changedPoints, type DayRecords, dayRecords, filled, packDay, withGone } from './day-records.ts';
import { covers } from './editions.ts';
import { foldAround } from './fold-stored.ts';

export interface AccountAgainParts {
  park: Park;
  store: LedgerReading;
  cache: Cache;
  journal: JournalReading;
  made: () => Made;
  isLocked: (day: string) => boolean;
  /** Whether the day's intervals are deleted; its sums then stay as they are. */
  isGone: (day: string) => boolean;
  fillUntil: () => number;
  /** The day that is not over; only days before it are accounted again here. */
  openName: () => string;
}

/** What changes when a dirty day is accounted again. */
export function makeAccountAgain(parts: AccountAgainParts): (dirty: DirtyDay) => Promise<LedgerChange> {
  const { park, store, cache, journal, made, isLocked, isGone, fillUntil, openName } = parts;
  const { calendar } = cache;
  const ids = park.points.map(({ id }) => id);
  const registers = new Set(park.points.filter(({ measure }) => measure === 'register').map(({ id }) => id));

  /** Records made from readings. Where readings are no longer kept in full, the known records with late readings added. */
  const refolded = async (day: string, before: DayRecords | null): Promise<DayRecords> => {
    const times = intervalsOfDay(calendar, day);
    const from = times[0] as number;
    const to = (times.at(-1) as number) + calendar.interval_ms;
    const fold = await foldAround(journal, park, from, to, cache.head().until ?? 0);
    const records = dayRecords(ids, foldRange(fold, from, to));
    const whole = from >= fillUntil() && from >= ((await journal.rawFrom()) ?? from);
    return whole || before === null ? withGone(before, records) : filled(before, records);
  };

  const editionsOf = async (day: string): Promise<KeptEdition[]> => {
    const bounds = cache.boundsOf(day);
    const valid = cache.sets.flatMap((set) => cache.valid(set, day) ?? []);
    // An edition that is still being accounted uses the same readings.
    const begun: KeptEdition[] = [];
    for (const edition of cache.head().editions)
      if (!edition.visible && covers(edition, bounds) && (await cache.row(edition.id, day)) !== null) begun.push(edition);
    return [...valid, ...begun];
  };

  /**
   * The other days that a change affects: the neighbouring days, because a register's step may reach beyond the day, and later
   * days that may be estimated from this one.
   */
  const spread = async (day: string, changed: ReturnType<typeof changedPoints>): Promise<DirtyDay[]> => {
    const dirty: DirtyDay[] = [];
    const steps = changed.filter(({ id }) => registers.has(id));
    const first = cache.head().from ?? 0;
    const yesterday = dayAfter(day, -1);
    if (steps.some(({ atStart }) => atStart) && cache.boundsOf(yesterday).to > first && (await cache.recordsOn(yesterday)))
      dirty.push({ day: yesterday, refold: true, account: false });
    if (steps.some(({ atEnd }) => atEnd) && dayAfter(day) <= openName()) dirty.push({ day: dayAfter(day), refold: true, account: false });
    const names = new Set(changed.map(({ id }) => id));
    for (const later of await store.rows(dayAfter(day), dayAfter(day, lookBack_days))) {
      if (later.missing.some((id) => names.has(id))) dirty.push({ day: later.day, refold: false, account: true });
    }
    return dirty;
  };

  /** Readings came after the day's intervals were deleted and cannot change it; an empty adjustment records this. */
  const tooLate = async ({ day, refold }: DirtyDay): Promise<LedgerChange> => {
    const of = refold ? await editionsOf(day) : [];
    return { settled: [day], adjustments: of.map(({ set }) => ({ day, set, at: made().at, difference: {} })) };
  };

  return async ({ day, refold, account }) => {
    if (isGone(day)) return tooLate({ day, refold, account });
    const before = await cache.recordsOn(day);
    const records = refold ? await refolded(day, before) : before;
    if (records === null) return { settled: [day] };
    const changed = refold ? changedPoints(before, records) : [];
    const change = { settled: [day], days: [] as AccountedDay[], dirty: [] as DirtyDay[] };
    const [adjustments, noAdjustments]: [NonNullable<LedgerChange['adjustments']>[number][], { day: string; set: KeptEdition['set'] }[]] = [
      [],
      [],
    ];
    if (changed.length > 0) {
      cache.keepRecords(day, records);
      change.dirty.push(...(await spread(day, changed)));
    }
    for (const edition of await editionsOf(day)) {
      const bundle = await loadBundle(cache, edition, day, records);
      // The records are the same as before and nothing else that the day depends on has changed.
      if (!account && changed.length === 0 && bundle.row !== null) continue;
      const draft = accountBundle(bundle);
      if (edition.visible && isLocked(day)) {
        const difference = differenceOf(draft, bundle, made().at);
        if (difference) adjustments.push(difference);
        else noAdjustments.push({ day, set: edition.set });
        continue;
      }
      const { saved, month, levelsChanged } = bundleOf(draft, bundle, made());
      cache.keepMonth(edition.id, day, month);
      change.days.push(saved);
      if (levelsChanged && dayAfter(day) <= openName()) change.dirty.push({ day: dayAfter(day), refold: false, account: true });
    }
    return {
      ...change,
      adjustments,
      noAdjustments,
      ...(changed.length > 0 && { records: new Map([[day, packDay(records)]]) }),
    };
  };
}
