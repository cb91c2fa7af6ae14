/** Accounts the day that is not over. Its readings and figures stay in memory, so each new interval costs one interval. */

import { createFold, type Fold, foldPoint, foldRange, forgetBefore } from '../../models/ledger/fold.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import type { Park } from '../../models/park/park.ts';
import { type Calendar, dayAfter, dayOf, intervalsOfDay } from '../../models/time/calendar.ts';
import type { Cache } from './cache.ts';
import { accountFrom, type DayDraft, openDraft } from './day-draft.ts';
import { type DayRecords, dayRecords, firstChange } from './day-records.ts';
import type { DayWork } from './day-work.ts';
import type { StoredReadings } from './fold-stored.ts';
import type { Tables } from './tables.ts';

export interface OpenDayParts {
  park: Park;
  tables: Tables;
  cache: Cache;
  work: DayWork;
  stored: StoredReadings;
  /** Days that start before `until` get their records from `day` instead of from readings. */
  simulated: { until: () => number; day: (times: Float64Array) => DayRecords } | null;
}

export interface OpenDay {
  /** Accounts from `until` to `target`, within one day, in its own transaction; returns the time it reached. */
  advance(until: number, target: number): number;
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

export function makeOpenDay({ park, tables, cache, work, stored, simulated }: OpenDayParts): OpenDay {
  const { calendar } = cache;
  let current: Current | null = null;
  /** Readings near the open day, up to `taken`. */
  let fold: { of: Fold; taken: number } | null = null;

  const open = (day: string): Current => {
    const drafts = cache.sets().flatMap((set) => {
      const edition = cache.valid(set, day);
      return edition ? [openDraft(edition, cache.schemaOf(edition), day, cache.levelsBefore(edition, day), set === cache.primary)] : [];
    });
    return { day, times: intervalsOfDay(calendar, day), records: null, drafts, seen: new Uint8Array(park.points.length) };
  };

  const read = (from: number, end: number): Fold => {
    if (fold === null || fold.taken < from) {
      const of = createFold(park);
      stored.around(of, from, end, end);
      fold = { of, taken: end };
    } else if (fold.taken < end) {
      stored.next(fold.of, fold.taken, end);
      fold.taken = end;
    }
    return fold.of;
  };

  return {
    advance: (until, target) => {
      const day = dayOf(calendar, until);
      if (current?.day !== day) current = open(day);
      const { times, drafts } = current;
      const from = times[0] as number;
      const last = (times.at(-1) as number) + calendar.interval_ms;
      const made = simulated && from < simulated.until() ? simulated.day(times) : null;
      const end = made ? last : Math.min(last, target);
      const records = made?.records ?? foldRange(read(from, end), from, end);
      const first = firstChange(current.records, records);
      const told = made ?? dayRecords(ids(park), records);
      const held = current;
      tables.together(() => {
        cache.putRecords(day, told);
        for (const draft of drafts) {
          accountFrom(draft, first, cache.recordsFor(draft.schema, day) as PointRecords[], cache.earlier(draft.schema));
          work.write(draft, told);
        }
        if (!made) for (const dirty of reachedBack(held, (fold as { of: Fold }).of, calendar, cache)) tables.setDirty(dirty, 'refold');
        tables.clearDirty(day);
        tables.setFact('until', end);
      });
      current.records = records;
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
function reachedBack({ day, times, seen }: Current, fold: Fold, { interval_ms }: Calendar, cache: Cache): string[] {
  const from = times[0] as number;
  const yesterday = dayAfter(day, -1);
  let changed = false;
  for (const [p, { meter, times: heard }] of fold.heard.entries()) {
    if (seen[p] === 1 || meter.point.measure === 'instant' || (heard.at(-1) ?? Number.NEGATIVE_INFINITY) <= from) continue;
    seen[p] = 1;
    const before = cache.recordsOn(yesterday);
    const then = before?.records[before.index.get(meter.point.id) ?? -1];
    if (!then) continue;
    const i = then.code.length - 1;
    const now = foldPoint(fold, p, from - interval_ms, from);
    changed ||= then.code[i] !== now.code[0] || !Object.is(then.value[i], now.value[0]);
  }
  return changed ? [yesterday] : [];
}
