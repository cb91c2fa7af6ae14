/**
 * Keeps the ledger: accounts intervals that are over, accounts changed days again, and restates ranges. Each piece of work is
 * one transaction, so that after a kill the work continues where it was. Threads and timers are in accountant-thread.ts.
 */
import type Database from 'better-sqlite3';
import type { LedgerProgress, LedgerStatus } from '../../models/ledger/edition.ts';
import { lackingText } from '../../models/ledger/lacking.ts';
import { createCalendar, dayAfter, dayOf, daysBetween, intervalStart } from '../../models/time/calendar.ts';
import { makeAccountAgain } from './account-again.ts';
import { changeOf } from './accounted-park.ts';
import { makeCache, type ParkSets, primaryOf } from './cache.ts';
import { levelsAfter, levelsOf } from './day-draft.ts';
import type { DayRecords } from './day-records.ts';
import { makeDayWork } from './day-work.ts';
import { type Keeping, makeExpiry } from './expiry.ts';
import { nearOfPark, type StoredReadings } from './fold-stored.ts';
import type { Accounted } from './ledger.ts';
import { makeOpenDay } from './open-day.ts';
import { makePeriods } from './periods.ts';
import { makeRestating } from './restating.ts';
import { statusOf } from './status.ts';
import { openTables, readAdjustments, readEditions, readGone, readLocks } from './tables.ts';

export interface AccountantParts {
  db: Database.Database;
  stored: StoredReadings;
  parks: ParkSets;
  software: string;
  /** A simulated past: its number of days at the first start, of which the last `raw_days` have readings. */
  fill: { days: number; raw_days: number; day: (times: Float64Array) => DayRecords } | null;
  /** The park's time at the start, ms. */
  now: number;
  /** The computer's time, ms. */
  clock: () => number;
}

export type Accountant = ReturnType<typeof createAccountant>;

const hour_ms = 3_600_000;
/** Changed days up to this far back are accounted again before anything else. */
const soon_days = 35;

export function createAccountant({ db, stored, parks, software, fill, now, clock }: AccountantParts) {
  const park = primaryOf(parks);
  const calendar = createCalendar(park);
  const tables = openTables(db);
  const cache = makeCache({ tables, readEditions: () => readEditions(db), parks, calendar, software });
  const work = makeDayWork(tables, cache, software, clock);
  const fillUntil = () => tables.fact('fillUntil') ?? Number.NEGATIVE_INFINITY;
  const open = makeOpenDay({ park, tables, cache, work, stored, simulated: fill && { until: fillUntil, day: fill.day } });
  const near = nearOfPark(park);

  let until = tables.fact('until');
  let wanted = Number.NEGATIVE_INFINITY;
  let locks = readLocks(db);
  let adjustments = readAdjustments(db);
  let progress: LedgerProgress | null = null;
  /** Number of days accounted again since there was last nothing to do. */
  let again = 0;
  /** Time at which catching up, or a fill, began, ms. */
  let begunAt = 0;

  const openName = () => dayOf(calendar, until ?? wanted);
  const isLocked = (day: string) => locks.some(({ from, to }) => from <= day && day <= to);
  const lettingGo = makeExpiry(tables, calendar, () => readGone(db));
  const { isGone } = lettingGo;
  const redo = makeAccountAgain({
    park,
    tables,
    cache,
    work,
    stored,
    clock,
    isLocked,
    isGone,
    fillUntil,
    openName,
    until: () => until ?? 0,
  });
  const restating = makeRestating({ tables, cache, work, isGone, openName });
  const readPeriods = () => {
    locks = readLocks(db);
    adjustments = readAdjustments(db);
  };
  const periods = makePeriods({
    tables,
    cache,
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
    cache.forget();
    work.forget();
    open.drop();
    lettingGo.forget();
    until = tables.fact('until');
    readPeriods();
  };
  const firstOf = (time: number) => Math.ceil(cache.boundsOf(dayOf(calendar, time)).from / calendar.interval_ms) * calendar.interval_ms;

  /** Gives each set an edition without end; where factors, method or park changed, a new one from the open day on. */
  const ensureEditions = () =>
    tables.together(() => {
      for (const set of cache.sets()) {
        const endless = cache.editions().filter((edition) => edition.set === set && edition.to === null);
        const head = endless.findLast(({ visible }) => visible);
        // A set that is new in the park is accounted from the beginning, in the background.
        const gained = !head && until !== null;
        if (gained && endless.length > 0) continue;
        const basis = cache.bases[set];
        const change = head && basis ? changeOf(cache.basisOn(head), basis) : 'first accounting';
        if (change === null) continue;
        const from = head && until !== null ? cache.boundsOf(openName()).from : null;
        cache.begin(set, { from, to: null, visible: !gained }, change, 'the twin', clock());
        if (head && until !== null) tables.setDirty(openName(), 'account');
      }
      cache.reload();
    });
  /** Starts an empty ledger at the first reading; false while it cannot start. */
  const begin = (): boolean => {
    if (until !== null) return true;
    const from = stored.first();
    if (from === null || from >= wanted) return false;
    until = firstOf(from);
    tables.together(() => {
      tables.setFact('from', until as number);
      tables.setFact('until', until as number);
    });
    return true;
  };
  /** Starts an empty ledger at the beginning of the simulated past, if there is one. */
  const beginFill = () => {
    if (!fill || until !== null) return;
    const today = dayOf(calendar, now);
    const from = firstOf(cache.boundsOf(dayAfter(today, -fill.days)).from);
    const end = firstOf(cache.boundsOf(dayAfter(today, -fill.raw_days)).from);
    tables.together(() => {
      tables.setFact('from', from);
      tables.setFact('until', from);
      tables.setFact('fillUntil', end);
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
    const dirty = tables.dirty();
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
    const begun = until > firstOf(cache.boundsOf(today).from) && next.day === today;
    if (begun) open.advance(until - calendar.interval_ms, until);
    else tables.clearDirty(next.day);
    return true;
  };

  const restateOn = (): boolean => {
    const state = restating.work();
    if (state === null) return false;
    progress = state.progress;
    // Another edition is valid from now on, perhaps for the open day as well.
    if (state.shown) tables.setDirty(openName(), 'account');
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
    /** Marks the days of hours (since 1970) whose readings changed after they were read. Saved when this returns. */
    late: (hours: readonly number[]) => {
      if (until === null) return;
      const today = openName();
      const first = dayOf(calendar, tables.fact('from') ?? until);
      const days = new Set<string>();
      for (const hour of hours) {
        const from = dayOf(calendar, hour * hour_ms - near.after_ms);
        const to = dayOf(calendar, (hour + 1) * hour_ms + near.before_ms);
        for (const day of daysBetween(from, to < today ? to : today)) days.add(day);
      }
      const told = [...hours].map((hour) => dayOf(calendar, hour * hour_ms)).sort()[0];
      tables.together(() => {
        if (told !== undefined && told < first) {
          tables.setFact('from', firstOf(cache.boundsOf(told).from));
          for (const day of daysBetween(told, dayAfter(first, -1))) tables.setDirty(day, 'refold');
        }
        for (const day of days) if (day >= first) tables.setDirty(day, 'refold');
      });
    },
    restate: periods.restate,
    lock: periods.lock,
    unlock: periods.unlock,
    clear: () => {
      tables.together(() => tables.clear());
      forget();
      wanted = Number.NEGATIVE_INFINITY;
      progress = null;
      ensureEditions();
      beginFill();
    },
    /** Deletes one day's data past its retention; false when there is none, or when other work must be done first. */
    letGo: ({ evidence, ...keeping }: Keeping): boolean => {
      const busy = until === null || until < fillUntil() || tables.dirty().length > 0 || cache.editions().some(({ visible }) => !visible);
      if (busy) return false;
      return lettingGo.work({ ...keeping, evidence: [...evidence, ...locks] });
    },
    /** Readings before this time are fully accounted and may be deleted. Null: none. */
    settledBefore: (): number | null => {
      if (until === null || until < fillUntil() || tables.dirty().length > 0) return null;
      return cache.boundsOf(openName()).from - Math.max(near.before_ms, lookBackOfRegisters_ms);
    },
    known: (): Accounted | null => {
      if (until === null || until < fillUntil()) return null;
      const draft = open.drafts().find(({ edition }) => edition.set === cache.primary);
      if (draft && draft.rows.length > 0) return { until, levels: levelsAfter(draft) };
      const yesterday = dayOf(calendar, until - calendar.interval_ms);
      const edition = cache.valid(cache.primary, yesterday);
      if (!edition) return null;
      return { until, levels: levelsOf(cache.schemaOf(edition), tables.day(edition.id, yesterday)?.after ?? null) };
    },
    status: (): LedgerStatus =>
      statusOf({
        park,
        cache,
        from: until === null ? null : tables.fact('from'),
        until,
        dirty: tables.dirty().length,
        progress,
        locks,
        adjustments,
        gone: lettingGo.ranges(),
        rawFrom: stored.first(),
      }),
  };
}

/** After days without readings, a register's next reading also covers those days (models/telemetry/point-value.ts). */
const lookBackOfRegisters_ms = 24 * hour_ms;
