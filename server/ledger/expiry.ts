/**
 * Deletes what a park keeps for a limited time: first intervals with their snapshots (their sums by hour stay), then the
 * hours. Days, months and years are never deleted, nor is anything of a locked day or a published period.
 */

import { lookBack_days } from '../../models/ledger/estimates.ts';
import { sumHours } from '../../models/ledger/period-sums.ts';
import { type Calendar, dayAfter } from '../../models/time/calendar.ts';
import type { LedgerChange, LedgerHead, LedgerReading } from '../store/ledger-store.ts';
import { pack, unpack } from './packed.ts';

/** First and last local day, inclusive. */
export interface DayRange {
  from: string;
  to: string;
}

export interface Keeping {
  /** Intervals, or hours, of days before this may be deleted; null: all are kept. */
  intervalsFrom: string | null;
  hoursFrom: string | null;
  /** Days that are kept whatever their age. */
  evidence: readonly DayRange[];
}

export interface Expiry {
  /** What changes when one day's intervals or hours, or records that nobody needs, are deleted; null when nothing is left to delete. */
  work(keeping: Keeping): Promise<LedgerChange | null>;
  isGone(day: string): boolean;
  /** Ranges of consecutive days whose intervals are deleted; `hours`: their hours are deleted too. */
  ranges(): (DayRange & { hours: boolean })[];
}

export function makeExpiry(store: LedgerReading, calendar: Calendar, head: () => LedgerHead): Expiry {
  const isIn = (ranges: readonly DayRange[], day: string) => ranges.some(({ from, to }) => from <= day && day <= to);
  /** The days of the head that was looked at last, because whole years of days are looked for in it. */
  let known: { of: LedgerHead; days: ReadonlySet<string> } | null = null;
  const isGone = (day: string) => {
    const of = head();
    if (known?.of !== of) known = { of, days: new Set(of.gone.map((one) => one.day)) };
    return known.days.has(day);
  };

  return {
    work: async ({ intervalsFrom, hoursFrom, evidence }) => {
      const gone = new Map(head().gone.map(({ day, hours }) => [day, hours]));
      const old = async (from: string | null) =>
        from === null ? [] : (await store.daysBefore(from)).filter((day) => !isIn(evidence, day));
      const interval = (await old(intervalsFrom)).find((day) => !gone.has(day));
      if (interval !== undefined) {
        if (hoursFrom !== null && interval < hoursFrom) return { gone: [{ day: interval, hours: null }] };
        const hours = (await store.blocksOn(interval)).map(({ edition, owner, bytes }) => {
          return { edition, owner, bytes: pack.sums(sumHours(unpack.block(bytes), calendar)) };
        });
        return { gone: [{ day: interval, hours }] };
      }
      const hour = (await old(hoursFrom)).find((day) => gone.get(day) === false);
      if (hour !== undefined) return { goneHours: [hour] };
      // Records up to `lookBack_days` before a kept day stay, because that day may be estimated from them again.
      const needed = intervalsFrom === null ? null : dayAfter(intervalsFrom, -lookBack_days);
      const around = evidence.map(({ from, to }) => ({ from: dayAfter(from, -lookBack_days), to }));
      const records = needed === null ? [] : (await store.recordsBefore(needed)).filter((day) => gone.has(day) && !isIn(around, day));
      return records.length === 0 ? null : { records: new Map(records.map((day) => [day, null])) };
    },
    isGone,
    ranges: () => {
      const ranges: (DayRange & { hours: boolean })[] = [];
      for (const { day, hours } of head().gone) {
        const open = ranges.at(-1);
        if (open && open.hours === hours && dayAfter(open.to) === day) open.to = day;
        else ranges.push({ from: day, to: day, hours });
      }
      return ranges;
    },
  };
}
