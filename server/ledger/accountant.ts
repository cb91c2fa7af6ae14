/**
 * Keeps the ledger: accounts what is over, again what changed, anew what is restated; one piece of work at a time, each
 * in one transaction, so that after a kill it goes on where it was. No threads and no timers: accountant-thread.ts has those.
 */
import type Database from 'better-sqlite3';
import type { LedgerProgress, LedgerStatus } from '../../models/ledger/edition.ts';
import { lackingText } from '../../models/ledger/lacking.ts';
import { createCalendar, dayAfter, dayOf, daysBetween, intervalStart } from '../../models/time/calendar.ts';
import { changeOf } from './accounted-park.ts';
import { makeAgain } from './again.ts';
import { openBooks, readAdjustments, readEditions, readGone, readLocks } from './books.ts';
import type { DayRecords } from './day-records.ts';
import { makeDayWork } from './day-work.ts';
import type { Accounted } from './ledger.ts';
import { type Keeping, makeLettingGo } from './letting-go.ts';
import { makeOpenDay } from './open-day.ts';
import { makePeriods } from './periods.ts';
import { nearOfPark, type Raw } from './raw.ts';
import { makeRestating } from './restating.ts';
import { levelsAfter, levelsOf } from './sheet.ts';
import { makeShelf, type Parks, primaryOf } from './shelf.ts';
import { statusOf } from './status.ts';

export interface AccountantParts {
  db: Database.Database;
  raw: Raw;
  parks: Parks;
  software: string;
  /** A past that nobody measured: days of it at the first start, of which the last `raw_days` have readings. */
  fill: { days: number; raw_days: number; day: (times: Float64Array) => DayRecords } | null;
  /** The park's time at the start, ms. */
  now: number;
  /** The computer's time, ms. */
  clock: () => number;
}

export type Accountant = ReturnType<typeof createAccountant>;

const hour_ms = 3_600_000;
/** Late readings up to so far back are accounted before anything else. */
const soon_days = 35;

export function createAccountant({ db, raw, parks, software, fill, now, clock }: AccountantParts) {
  const park = primaryOf(parks);
  const calendar = createCalendar(park);
  const books = openBooks(db);
  const shelf = makeShelf({ books, readEditions: () => readEditions(db), parks, calendar, software });
  const work = makeDayWork(books, shelf, software, clock);
  const fillUntil = () => books.fact('fillUntil') ?? Number.NEGATIVE_INFINITY;
  const open = makeOpenDay({ park, books, shelf, work, raw, simulated: fill && { until: fillUntil, day: fill.day } });
  const near = nearOfPark(park);

  let until = books.fact('until');
  let wanted = Number.NEGATIVE_INFINITY;
  let locks = readLocks(db);
  let adjustments = readAdjustments(db);
  let progress: LedgerProgress | null = null;
  /** Since there was nothing to do: days accounted again. */
  let again = 0;
  /** Where catching up, or a fill, began. */
  let begunAt = 0;

  const openName = () => dayOf(calendar, until ?? wanted);
  const isLocked = (day: string) => locks.some(({ from, to }) => from <= day && day <= to);
  const lettingGo = makeLettingGo(books, calendar, () => readGone(db));
  const { isGone } = lettingGo;
  const redo = makeAgain({ park, books, shelf, work, raw, clock, isLocked, isGone, fillUntil, openName, until: () => until ?? 0 });
  const restating = makeRestating({ books, shelf, work, isGone, openName });
  const readPeriods = () => {
    locks = readLocks(db);
    adjustments = readAdjustments(db);
  };
  const periods = makePeriods({
    books,
    shelf,
    clock,
    openName,
    isLocked,
    isGone,
    until: () => until,
    lacking: () => lackingText(park.lifecycleLacks),
    adjustments: () => adjustments,
    changed: readPeriods,
  });
  const forget = () => {
    shelf.forget();
    work.forget();
    open.drop();
    lettingGo.forget();
    until = books.fact('until');
    readPeriods();
  };
  const firstOf = (time: number) => Math.ceil(shelf.boundsOf(dayOf(calendar, time)).from / calendar.interval_ms) * calendar.interval_ms;

  /** Every set has an edition without end; where factors, method or park changed, another one from the open day on. */
  const ensureEditions = () =>
    books.together(() => {
      for (const set of shelf.sets()) {
        const endless = shelf.editions().filter((edition) => edition.set === set && edition.to === null);
        const head = endless.findLast(({ visible }) => visible);
        // A set that a park has gained is accounted from the beginning, in the background.
        const gained = !head && until !== null;
        if (gained && endless.length > 0) continue;
        const basis = shelf.bases[set];
        const change = head && basis ? changeOf(shelf.basisOn(head), basis) : 'first accounting';
        if (change === null) continue;
        const from = head && until !== null ? shelf.boundsOf(openName()).from : null;
        shelf.begin(set, { from, to: null, visible: !gained }, change, 'the twin', clock());
        if (head && until !== null) books.setDirty(openName(), 'account');
      }
      shelf.reload();
    });
  /** A ledger begins where readings do… */
  const begin = (): boolean => {
    if (until !== null) return true;
    const from = raw.first();
    if (from === null || from >= wanted) return false;
    until = firstOf(from);
    books.together(() => {
      books.setFact('from', until as number);
      books.setFact('until', until as number);
    });
    return true;
  };
  /** …or where a made-up past does. */
  const beginFill = () => {
    if (!fill || until !== null) return;
    const today = dayOf(calendar, now);
    const from = firstOf(shelf.boundsOf(dayAfter(today, -fill.days)).from);
    const end = firstOf(shelf.boundsOf(dayAfter(today, -fill.raw_days)).from);
    books.together(() => {
      books.setFact('from', from);
      books.setFact('until', from);
      books.setFact('fillUntil', end);
    });
    until = from;
  };
  ensureEditions();
  beginFill();

  const advance = (): boolean => {
    const target = Math.max(wanted, fillUntil());
    if (!begin() || until === null || until >= target) return false;
    if (progress?.what !== 'fill' && progress?.what !== 'catchUp') begunAt = until;
    const days = (time: number) => Math.ceil((time - begunAt) / (24 * hour_ms));
    const filling = until < fillUntil();
    const far = target - until > 48 * hour_ms || (progress?.what === 'catchUp' && target - until > calendar.interval_ms);
    const end = filling ? fillUntil() : target;
    progress = filling || far ? { what: filling ? 'fill' : 'catchUp', done: days(until), of: days(end) } : null;
    until = open.advance(until, target);
    return true;
  };

  const accountAgain = (recent: boolean): boolean => {
    // Before anything is accounted there is no day that is open.
    if (until === null) return false;
    const dirty = books.dirty();
    const today = openName();
    const soon = dayAfter(today, -soon_days);
    const next = dirty.find(({ day }) => !recent || day >= soon);
    if (!next) return false;
    again++;
    progress = { what: 'late', done: again, of: again + dirty.length - 1 };
    if (next.day < today) {
      redo(next);
      adjustments = readAdjustments(db);
      return true;
    }
    open.drop();
    const begun = until > firstOf(shelf.boundsOf(today).from) && next.day === today;
    if (begun) open.advance(until - calendar.interval_ms, until);
    else books.clearDirty(next.day);
    return true;
  };

  const restateOn = (): boolean => {
    const state = restating.work();
    if (state === null) return false;
    progress = state.progress;
    // Another edition is valid from now on, perhaps for the open day as well.
    if (state.shown) books.setDirty(openName(), 'account');
    return true;
  };

  return {
    /** Account up to here as soon as possible. */
    want: (time: number) => {
      wanted = Math.max(wanted, intervalStart(calendar, time));
    },
    until: () => until,
    /** One piece of work; false when there is none. */
    work: (): boolean => {
      try {
        if (accountAgain(true) || advance() || accountAgain(false) || restateOn()) return true;
        progress = null;
        again = 0;
        return false;
      } catch (error) {
        forget();
        throw error;
      }
    },
    /** Hours (since 1970) whose readings changed after they were read. Kept when this returns. */
    late: (hours: readonly number[]) => {
      if (until === null) return;
      const today = openName();
      const first = dayOf(calendar, books.fact('from') ?? until);
      const days = new Set<string>();
      for (const hour of hours) {
        const from = dayOf(calendar, hour * hour_ms - near.after_ms);
        const to = dayOf(calendar, (hour + 1) * hour_ms + near.before_ms);
        for (const day of daysBetween(from, to < today ? to : today)) days.add(day);
      }
      const told = [...hours].map((hour) => dayOf(calendar, hour * hour_ms)).sort()[0];
      books.together(() => {
        if (told !== undefined && told < first) {
          books.setFact('from', firstOf(shelf.boundsOf(told).from));
          for (const day of daysBetween(told, dayAfter(first, -1))) books.setDirty(day, 'refold');
        }
        for (const day of days) if (day >= first) books.setDirty(day, 'refold');
      });
    },
    restate: periods.restate,
    lock: periods.lock,
    unlock: periods.unlock,
    clear: () => {
      books.together(() => books.clear());
      forget();
      wanted = Number.NEGATIVE_INFINITY;
      progress = null;
      ensureEditions();
      beginFill();
    },
    /** Lets go of a day's worth of what is not kept for ever; false when there is nothing, or other work goes first. */
    letGo: ({ evidence, ...keeping }: Keeping): boolean => {
      const busy = until === null || until < fillUntil() || books.dirty().length > 0 || shelf.editions().some(({ visible }) => !visible);
      if (busy) return false;
      return lettingGo.work({ ...keeping, evidence: [...evidence, ...locks] });
    },
    /** Readings before this are in the ledger for good: they may be let go. Null: none. */
    settledBefore: (): number | null => {
      if (until === null || until < fillUntil() || books.dirty().length > 0) return null;
      return shelf.boundsOf(openName()).from - Math.max(near.before_ms, lookBackOfRegisters_ms);
    },
    known: (): Accounted | null => {
      if (until === null || until < fillUntil()) return null;
      const sheet = open.sheets().find(({ edition }) => edition.set === shelf.primary);
      if (sheet && sheet.rows.length > 0) return { until, levels: levelsAfter(sheet) };
      const yesterday = dayOf(calendar, until - calendar.interval_ms);
      const edition = shelf.valid(shelf.primary, yesterday);
      if (!edition) return null;
      return { until, levels: levelsOf(shelf.planOf(edition), books.day(edition.id, yesterday)?.after ?? null) };
    },
    status: (): LedgerStatus =>
      statusOf({
        park,
        shelf,
        from: until === null ? null : books.fact('from'),
        until,
        dirty: books.dirty().length,
        progress,
        locks,
        adjustments,
        gone: lettingGo.ranges(),
        rawFrom: raw.first(),
      }),
  };
}

/** A register that was silent for days tells of them when it speaks again (models/telemetry/point-value.ts). */
const lookBackOfRegisters_ms = 24 * hour_ms;
