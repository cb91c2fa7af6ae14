/** Accounts the day that is not over. Its readings and figures stay in memory, so each new interval costs one interval. */

import { type Fold, foldPoint, foldRange, forgetBefore } from '../../models/ledger/fold.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import type { Park } from '../../models/park/park.ts';
import { type Calendar, dayAfter, dayOf, intervalsOfDay } from '../../models/time/calendar.ts';
import type { JournalReading } from '../store/journal.ts';
import type { AccountedDay, LedgerChange } from '../store/ledger-store.ts';
import type { Cache } from './cache.ts';
import { bundleOf, loadBundle, type Made } from './day-bundle.ts';
import { accountFrom, type DayDraft, openDraft } from './day-draft.ts';
import { type DayRecords, dayRecords, firstChange, packDay } from './day-records.ts';
import { foldAround, foldNext } from './fold-stored.ts';

export interface OpenDayParts {
  park: Park;
  cache: Cache;
  journal: JournalReading;
  made: () => Made;
  save: (change: LedgerChange) => Promise<void>;
  /** Days that start before `until` get their records from `day` instead of from readings. */
  simulated: { until: () => number; day: (times: Float64Array) => DayRecords } | null;
}

export interface OpenDay {
  /** Accounts from `until` to `target`, within one day, and saves it together; returns the time it reached. */
  advance(until: number, target: number): Promise<number>;
  /** The day's drafts, one per factor set; empty while no interval of the day is accounted. */
  drafts(): readonly DayDraft[];
  /** Discards the day after something it depends on changed; it is then made again from readings. */
  drop(): void;
}

interface Current {
  day: string;
  times: Float64Array;
  records: PointRecords[] | null;
  drafts: DayDraft[];
  /** Points whose first reading of the day has been looked at. */
  seen: Uint8Array;
}

export function makeOpenDay({ park, cache, journal, made: madeNow, save, simulated }: OpenDayParts): OpenDay {
  const { calendar } = cache;
  let current: Current | null = null;
  /** Readings near the open day, up to `taken`. */
  let fold: { of: Fold; taken: number } | null = null;

  const open = async (day: string): Promise<Current> => {
    const drafts: DayDraft[] = [];
    for (const set of cache.sets) {
      const edition = cache.valid(set, day);
      if (!edition) continue;
      const [schema, before] = [await cache.schemaOf(edition), await cache.levelsBefore(edition, day)];
      drafts.push(openDraft({ edition, schema, day, before, drawn: set === cache.primary }));
    }
    return { day, times: intervalsOfDay(calendar, day), records: null, drafts, seen: new Uint8Array(park.points.length) };
  };

  const read = async (from: number, end: number): Promise<Fold> => {
    if (fold === null || fold.taken < from) {
      fold = { of: await foldAround(journal, park, from, end, end), taken: end };
    } else if (fold.taken < end) {
      await foldNext(journal, fold.of, fold.taken, end);
      fold.taken = end;
    }
    return fold.of;
  };

  return {
    advance: async (until, target) => {
      const day = dayOf(calendar, until);
      if (current?.day !== day) current = await open(day);
      const held = current;
      const { times, drafts } = held;
      const from = times[0] as number;
      const last = (times.at(-1) as number) + calendar.interval_ms;
      const made = simulated && from < simulated.until() ? simulated.day(times) : null;
      const end = made ? last : Math.min(last, target);
      const records = made?.records ?? foldRange(await read(from, end), from, end);
      const first = firstChange(held.records, records);
      const told = made ?? dayRecords(ids(park), records);
      cache.keepRecords(day, told);
      const days: AccountedDay[] = [];
      for (const draft of drafts) {
        const bundle = await loadBundle(cache, draft.edition, day, told);
        accountFrom(draft, first, bundle.records, bundle.earlier);
        const { saved, month } = bundleOf(draft, bundle, madeNow());
        cache.keepMonth(draft.edition.id, day, month);
        days.push(saved);
      }
      const before = made ? null : await reachedBack(held, (fold as { of: Fold }).of, calendar, cache);
      await save({
        records: new Map([[day, packDay(told)]]),
        days,
        settled: [day],
        dirty: before === null ? [] : [{ day: before, refold: true, account: false }],
        span: { until: end },
      });
      held.records = records;
      if (end === last) {
        current = null;
        if (fold) forgetBefore(fold.of, end);
      }
      return end;
    },
    drafts: () => current?.drafts ?? [],
    drop: () => {
      current = null;
      fold = null;
    },
  };
}

function ids(park: Park): string[] {
  return park.points.map(({ id }) => id);
}

/**
 * The first reading of a day can change the day before: a register without readings around midnight, or an hour's energy that
 * began before midnight. Returns the day before if its last interval would be different now.
 */
async function reachedBack({ day, times, seen }: Current, fold: Fold, { interval_ms }: Calendar, cache: Cache): Promise<string | null> {
  const from = times[0] as number;
  const yesterday = dayAfter(day, -1);
  let changed = false;
  let before: DayRecords | null | undefined;
  for (const [p, { meter, times: heard }] of fold.heard.entries()) {
    if (seen[p] === 1 || meter.point.measure === 'instant' || (heard.at(-1) ?? Number.NEGATIVE_INFINITY) <= from) continue;
    seen[p] = 1;
    if (before === undefined) before = await cache.recordsOn(yesterday);
    const then = before?.records[before.index.get(meter.point.id) ?? -1];
    if (!then) continue;
    const i = then.code.length - 1;
    const now = foldPoint(fold, p, from - interval_ms, from);
    changed ||= then.code[i] !== now.code[0] || !Object.is(then.value[i], now.value[0]);
  }
  return changed ? yesterday : null;
}
