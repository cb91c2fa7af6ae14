/**
 * Deletes what a park keeps for a limited time: first intervals with their snapshots (their sums by hour stay), then the
 * hours. Days, months and years are never deleted, nor is anything of a locked day or a published period.
 */

import { lookBack_days } from '../../models/ledger/estimates.ts';
import { sumHours } from '../../models/ledger/period-sums.ts';
import { type Calendar, dayAfter } from '../../models/time/calendar.ts';
import type { Tables } from './tables.ts';

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
  /** Deletes one day's intervals or hours, or unneeded records, in its own transaction; false when nothing is left to delete. */
  work(keeping: Keeping): boolean;
  isGone(day: string): boolean;
  /** Ranges of consecutive days whose intervals are deleted; `hours`: their hours are deleted too. */
  ranges(): (DayRange & { hours: boolean })[];
  /** Reads the deleted days again, after a failed transaction or when everything was cleared. */
  forget(): void;
}

export function makeExpiry(tables: Tables, calendar: Calendar, readGone: () => { day: string; hours: boolean }[]): Expiry {
  let gone = new Map(readGone().map(({ day, hours }) => [day, hours]));
  const isIn = (ranges: readonly DayRange[], day: string) => ranges.some(({ from, to }) => from <= day && day <= to);

  return {
    work: ({ intervalsFrom, hoursFrom, evidence }) => {
      const old = (from: string | null) => (from === null ? [] : tables.daysBefore(from).filter((day) => !isIn(evidence, day)));
      const hours = (day: string) => hoursFrom !== null && day < hoursFrom;
      const interval = old(intervalsFrom).find((day) => !gone.has(day));
      const hour = interval === undefined && old(hoursFrom).find((day) => gone.get(day) === false);
      if (interval !== undefined) {
        tables.together(() => tables.dropIntervals(interval, hours(interval) ? null : (block) => sumHours(block, calendar)));
        gone.set(interval, hours(interval));
        return true;
      }
      if (hour) {
        tables.together(() => tables.dropHours(hour));
        gone.set(hour, true);
        return true;
      }
      // Records up to `lookBack_days` before a kept day stay, because that day may be estimated from them again.
      const needed = intervalsFrom === null ? null : dayAfter(intervalsFrom, -lookBack_days);
      const around = evidence.map(({ from, to }) => ({ from: dayAfter(from, -lookBack_days), to }));
      const records = needed === null ? [] : tables.recordsBefore(needed).filter((day) => gone.has(day) && !isIn(around, day));
      if (records.length === 0) return false;
      tables.together(() => {
        for (const day of records) tables.dropRecords(day);
      });
      return true;
    },
    isGone: (day) => gone.has(day),
    ranges: () => {
      const ranges: (DayRange & { hours: boolean })[] = [];
      for (const [day, hours] of [...gone].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const open = ranges.at(-1);
        if (open && open.hours === hours && dayAfter(open.to) === day) open.to = day;
        else ranges.push({ from: day, to: day, hours });
      }
      return ranges;
    },
    forget: () => {
      gone = new Map(readGone().map(({ day, hours }) => [day, hours]));
    },
  };
}
