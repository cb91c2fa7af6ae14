/**
 * Keeps the ledger: accounts intervals that are over, accounts changed days again, and restates ranges. Each piece of work loads
 * what it rests on, works out what changes, and saves that as a whole, so that after a kill the work continues where it was. It
 * does one thing at a time: its caller awaits each before the next. Threads and timers are in accountant-thread.ts.
 */
import type { Bases } from '../../models/carbon/basis.ts';
import type { LedgerProgress, LedgerStatus, Lock } from '../../models/ledger/edition.ts';
import { lackingText } from '../../models/ledger/lacking.ts';
import { createCalendar, dayAfter, dayOf, daysBetween, intervalStart } from '../../models/time/calendar.ts';
import type { JournalReading } from '../store/journal.ts';
import type { DirtyDay, LedgerChange, LedgerStore } from '../store/ledger-store.ts';
import { makeAccountAgain } from './account-again.ts';
import { openCache } from './cache.ts';
import { levelsAfter, levelsOf } from './day-draft.ts';
import type { DayRecords } from './day-records.ts';
import { type Keeping, makeExpiry } from './expiry.ts';
import { nearOfPark } from './fold-stored.ts';
import type { Accounted, RestateRequest } from './ledger.ts';
import { makeOpenDay } from './open-day.ts';
import { makePeriods } from './periods.ts';
import { makeRestating } from './restating.ts';
import { statusOf } from './status.ts';

export interface AccountantParts {
  store: LedgerStore;
  journal: JournalReading;
  /** What it accounts with from now on; each has editions of its own. */
  bases: Bases;
  software: string;
  /** A simulated past: its number of days at the first start, of which the last `raw_days` have readings. */
  fill: { days: number; raw_days: number; day: (times: Float64Array) => DayRecords } | null;
  /** The park's time at the start, ms. */
  now: number;
  /** The computer's time, ms. */
  clock: () => number;
}

export type Accountant = Awaited<ReturnType<typeof createAccountant>>;

const hour_ms = 3_600_000;
/** Changed days up to this far back are accounted again before anything else. */
const soon_days = 35;

export async function createAccountant({ store, journal, bases, software, fill, now, clock }: AccountantParts) {
  const [{ park }] = bases;
  const calendar = createCalendar(park);
  const cache = await openCache({ store, bases, calendar, software });
  const { head } = cache;
  const near = nearOfPark(park);
  const made = () => ({ at: clock(), software });

  let wanted = Number.NEGATIVE_INFINITY;
  let progress: LedgerProgress | null = null;
  /** Number of days accounted again since there was last nothing to do. */
  let again = 0;
  /** Time at which catching up, or a fill, began, ms. */
  let begunAt = 0;

  const save = async (change: LedgerChange) => {
    await store.save(change);
    await cache.reload();
  };
  const fillUntil = () => head().fillUntil ?? Number.NEGATIVE_INFINITY;
  const openName = () => dayOf(calendar, head().until ?? wanted);
  const isLocked = (day: string) => head().locks.some(({ from, to }) => from <= day && day <= to);
  const expiry = makeExpiry(store, calendar, head);
  const { isGone } = expiry;
  const open = makeOpenDay({ park, cache, journal, made, save, simulated: fill && { until: fillUntil, day: fill.day } });
  const redo = makeAccountAgain({ park, store, cache, journal, made, isLocked, isGone, fillUntil, openName });
  const restating = makeRestating({ store, cache, made, isGone, openName });
  const periods = makePeriods({ cache, clock, openName, isLocked, isGone, lacking: () => lackingText(park.lifecycleLacks) });
  /** What is in memory may not be what is kept: it is read again before anything else is done. */
  let doubtful = false;
  const forget = async () => {
    open.drop();
    await cache.forget();
    doubtful = false;
  };
  const firstOf = (time: number) => Math.ceil(cache.boundsOf(dayOf(calendar, time)).from / calendar.interval_ms) * calendar.interval_ms;

  /** Gives each set an edition without end; where factors, method or park changed, a new one from the open day on. */
  const ensureEditions = async () => {
    const { until } = head();
    const begun: ReturnType<typeof cache.edition>[] = [];
    const dirty: DirtyDay[] = [];
    for (const set of cache.sets) {
      const endless = head().editions.filter((edition) => edition.set === set && edition.to === null);
      const last = endless.findLast(({ visible }) => visible);
      // A set that is new in the park is accounted from the beginning, in the background.
      const gained = !last && until !== null;
      if (gained && endless.length > 0) continue;
      const reason = last ? await cache.changeSince(last) : 'first accounting';
      if (reason === null) continue;
      const from = last && until !== null ? cache.boundsOf(openName()).from : null;
      const range = { from, to: null, visible: !gained };
      begun.push(cache.edition(set, range, { reason, who: 'the twin', at: clock() }, begun.length + 1));
      if (last && until !== null) dirty.push({ day: openName(), refold: false, account: true });
    }
    if (begun.length > 0) await save({ editions: begun, dirty });
  };
  /** Starts an empty ledger at the first reading; false while it cannot start. */
  const begin = async (): Promise<boolean> => {
    if (head().until !== null) return true;
    const from = (await journal.span())?.first;
    if (from === undefined || from >= wanted) return false;
    await save({ span: { from: firstOf(from), until: firstOf(from) } });
    return true;
  };
  /** Starts an empty ledger at the beginning of the simulated past, if there is one. */
  const beginFill = async () => {
    if (!fill || head().until !== null) return;
    const today = dayOf(calendar, now);
    const from = firstOf(cache.boundsOf(dayAfter(today, -fill.days)).from);
    const end = firstOf(cache.boundsOf(dayAfter(today, -fill.raw_days)).from);
    await save({ span: { from, until: from, fillUntil: end } });
  };
  await ensureEditions();
  await beginFill();

  const advance = async (): Promise<boolean> => {
    const target = Math.max(wanted, fillUntil());
    await begin();
    const { until } = head();
    if (until === null || until >= target) return false;
    if (progress?.what !== 'fill' && progress?.what !== 'catchUp') begunAt = until;
    const days = (time: number) => Math.ceil((time - begunAt) / (24 * hour_ms));
    const filling = until < fillUntil();
    const far = target - until > 48 * hour_ms || (progress?.what === 'catchUp' && target - until > calendar.interval_ms);
    const end = filling ? fillUntil() : target;
    progress = filling || far ? { what: filling ? 'fill' : 'catchUp', done: days(until), of: days(end) } : null;
    await open.advance(until, target);
    return true;
  };

  const accountAgain = async (recent: boolean): Promise<boolean> => {
    const { until, dirty } = head();
    // Before anything is accounted there is no day that is open.
    if (until === null) return false;
    const today = openName();
    const soon = dayAfter(today, -soon_days);
    const next = dirty.find(({ day }) => !recent || day >= soon);
    if (!next) return false;
    again++;
    progress = { what: 'late', done: again, of: again + dirty.length - 1 };
    if (next.day < today) {
      await save(await redo(next));
      return true;
    }
    open.drop();
    const begun = until > firstOf(cache.boundsOf(today).from) && next.day === today;
    if (begun) await open.advance(until - calendar.interval_ms, until);
    else await save({ settled: [next.day] });
    return true;
  };

  const restateOn = async (): Promise<boolean> => {
    const state = await restating.work();
    if (state === null) return false;
    progress = state.progress;
    await save(state.change);
    return true;
  };

  return {
    /** Account up to here as soon as possible. */
    want: (time: number) => {
      wanted = Math.max(wanted, intervalStart(calendar, time));
    },
    until: () => head().until,
    /** One piece of work; false when there is none. */
    work: async (): Promise<boolean> => {
      if (doubtful) await forget();
      try {
        if ((await accountAgain(true)) || (await advance()) || (await accountAgain(false)) || (await restateOn())) return true;
        progress = null;
        again = 0;
        return false;
      } catch (error) {
        doubtful = true;
        throw error;
      }
    },
    /** Marks the days of hours (since 1970) whose readings changed after they were read. Saved when this resolves. */
    late: async (hours: readonly number[]) => {
      const { until, from: begun } = head();
      if (until === null) return;
      const today = openName();
      const first = dayOf(calendar, begun ?? until);
      const days = new Set<string>();
      for (const hour of hours) {
        const from = dayOf(calendar, hour * hour_ms - near.after_ms);
        const to = dayOf(calendar, (hour + 1) * hour_ms + near.before_ms);
        for (const day of daysBetween(from, to < today ? to : today)) if (day >= first) days.add(day);
      }
      const told = hours.map((hour) => dayOf(calendar, hour * hour_ms)).sort()[0];
      const earlier = told !== undefined && told < first;
      if (earlier) for (const day of daysBetween(told, dayAfter(first, -1))) days.add(day);
      await save({
        ...(earlier && { span: { from: firstOf(cache.boundsOf(told).from) } }),
        dirty: [...days].map((day) => ({ day, refold: true, account: false })),
      });
    },
    /** Returns the id of the new edition. Throws a LedgerRefusal, as the next two do. */
    restate: async (request: RestateRequest): Promise<number> => {
      const begun = periods.restate(request);
      await save({ editions: [begun] });
      return begun.edition.id;
    },
    lock: async (lock: Omit<Lock, 'at'>) => save(periods.lock(lock)),
    unlock: async (from: string, to: string) => save(periods.unlock(from, to)),
    clear: async () => {
      await store.clear();
      await forget();
      wanted = Number.NEGATIVE_INFINITY;
      progress = null;
      await ensureEditions();
      await beginFill();
    },
    /** Deletes one day's data past its retention; false when there is none, or when other work must be done first. */
    letGo: async ({ evidence, ...keeping }: Keeping): Promise<boolean> => {
      const { until, dirty, editions, locks } = head();
      const busy = until === null || until < fillUntil() || dirty.length > 0 || editions.some(({ visible }) => !visible);
      const change = busy ? null : await expiry.work({ ...keeping, evidence: [...evidence, ...locks] });
      if (change === null) return false;
      await save(change);
      return true;
    },
    /** Readings before this time are fully accounted and may be deleted. Null: none. */
    settledBefore: (): number | null => {
      const { until, dirty } = head();
      if (until === null || until < fillUntil() || dirty.length > 0) return null;
      return cache.boundsOf(openName()).from - Math.max(near.before_ms, lookBackOfRegisters_ms);
    },
    known: async (): Promise<Accounted | null> => {
      const { until } = head();
      if (until === null || until < fillUntil()) return null;
      const draft = open.drafts().find(({ edition }) => edition.set === cache.primary);
      if (draft && draft.rows.length > 0) return { until, levels: levelsAfter(draft) };
      const yesterday = dayOf(calendar, until - calendar.interval_ms);
      const edition = cache.valid(cache.primary, yesterday);
      if (!edition) return null;
      const row = await cache.row(edition.id, yesterday);
      return { until, levels: levelsOf(await cache.schemaOf(edition), row?.after ?? null) };
    },
    status: async (): Promise<LedgerStatus> =>
      statusOf({ park, cache, progress, gone: expiry.ranges(), rawFrom: (await journal.span())?.first ?? null }),
  };
}

/** After days without readings, a register's next reading also covers those days (models/telemetry/point-value.ts). */
const lookBackOfRegisters_ms = 24 * hour_ms;
