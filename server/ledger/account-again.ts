/** Accounts a finished day once more, because readings of it came late or a day that it depends on changed. */

import { lookBack_days } from '../../models/ledger/estimates.ts';
import { createFold, foldRange } from '../../models/ledger/fold.ts';
import type { Park } from '../../models/park/park.ts';
import { dayAfter, intervalsOfDay } from '../../models/time/calendar.ts';
import type { Cache } from './cache.ts';
import { changedPoints, type DayRecords, dayRecords, filled, withGone } from './day-records.ts';
import type { DayWork } from './day-work.ts';
import { covers, type KeptEdition } from './editions.ts';
import type { StoredReadings } from './fold-stored.ts';
import type { DirtyDay, Tables } from './tables.ts';

export interface AccountAgainParts {
  park: Park;
  tables: Tables;
  cache: Cache;
  work: DayWork;
  stored: StoredReadings;
  clock: () => number;
  isLocked: (day: string) => boolean;
  /** Whether the day's intervals are deleted; its sums then stay as they are. */
  isGone: (day: string) => boolean;
  fillUntil: () => number;
  /** The day that is not over; only days before it are accounted again here. */
  openName: () => string;
  until: () => number;
}

export function makeAccountAgain(parts: AccountAgainParts): (dirty: DirtyDay) => void {
  const { park, tables, cache, work, stored, clock, isLocked, isGone, fillUntil, openName, until } = parts;
  const { calendar } = cache;
  const ids = park.points.map(({ id }) => id);
  const registers = new Set(park.points.filter(({ measure }) => measure === 'register').map(({ id }) => id));

  /** Records made from readings. Where readings are no longer kept in full, the known records with late readings added. */
  const refolded = (day: string, before: DayRecords | null): DayRecords => {
    const times = intervalsOfDay(calendar, day);
    const from = times[0] as number;
    const to = (times.at(-1) as number) + calendar.interval_ms;
    const fold = createFold(park);
    stored.around(fold, from, to, until());
    const records = dayRecords(ids, foldRange(fold, from, to));
    const whole = from >= fillUntil() && from >= (stored.rawFrom() ?? from);
    return whole || before === null ? withGone(before, records) : filled(before, records);
  };

  const editionsOf = (day: string): KeptEdition[] => {
    const bounds = cache.boundsOf(day);
    const valid = cache.sets().flatMap((set) => cache.valid(set, day) ?? []);
    // An edition that is still being accounted uses the same readings.
    const begun = cache.editions().filter((e) => !e.visible && covers(e, bounds) && tables.day(e.id, day) !== null);
    return [...valid, ...begun];
  };

  /**
   * Marks the other days that a change affects: the neighbouring days, because a register's step may reach beyond the day, and
   * later days that may be estimated from this one.
   */
  const spread = (day: string, changed: ReturnType<typeof changedPoints>) => {
    const steps = changed.filter(({ id }) => registers.has(id));
    const first = tables.fact('from') ?? 0;
    const yesterday = dayAfter(day, -1);
    if (steps.some(({ atStart }) => atStart) && cache.boundsOf(yesterday).to > first && tables.records(yesterday))
      tables.setDirty(yesterday, 'refold');
    if (steps.some(({ atEnd }) => atEnd) && dayAfter(day) <= openName()) tables.setDirty(dayAfter(day), 'refold');
    const names = new Set(changed.map(({ id }) => id));
    for (const later of tables.days(dayAfter(day), dayAfter(day, lookBack_days))) {
      if (later.missing.some((id) => names.has(id))) tables.setDirty(later.day, 'account');
    }
  };

  /** Readings came after the day's intervals were deleted and cannot change it; an empty adjustment records this. */
  const tooLate = ({ day, refold }: DirtyDay) =>
    tables.together(() => {
      tables.clearDirty(day);
      for (const { set } of refold ? editionsOf(day) : []) tables.setAdjustment({ day, set, at: clock(), difference: {} });
    });

  return ({ day, refold, account }) => {
    if (isGone(day)) return tooLate({ day, refold, account });
    const before = cache.recordsOn(day);
    const records = refold ? refolded(day, before) : before;
    if (records === null) return tables.clearDirty(day);
    const changed = refold ? changedPoints(before, records) : [];
    tables.together(() => {
      tables.clearDirty(day);
      if (changed.length > 0) {
        cache.putRecords(day, records);
        spread(day, changed);
      }
      for (const edition of editionsOf(day)) {
        // The records are the same as before and nothing else that the day depends on has changed.
        if (!account && changed.length === 0 && tables.day(edition.id, day) !== null) continue;
        const draft = work.whole(edition, day);
        if (draft === null) continue;
        if (edition.visible && isLocked(day)) {
          const difference = work.difference(draft);
          if (difference) tables.setAdjustment(difference);
          else tables.clearAdjustment(day, edition.set);
        } else if (work.write(draft, records) && dayAfter(day) <= openName()) tables.setDirty(dayAfter(day), 'account');
      }
    });
  };
}
