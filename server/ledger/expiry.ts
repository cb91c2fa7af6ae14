/**
 * Lets go of what a park keeps for some time only: intervals with their snapshots, which leave their hours behind, then
 * the hours. Days, months and years stay as they are, and so does all of a locked day or a published period.
 */

import { lookBack_days } from '../../models/ledger/estimates.ts';
import { sumHours } from '../../models/ledger/sums.ts';
import { type Calendar, dayAfter } from '../../models/time/calendar.ts';
import type { Tables } from './tables.ts';

/** First and last local day, inclusive. */
export interface DayRange {
  from: string;
  to: string;
}

export interface Keeping {
  /** Intervals of days before this may go, and hours; null: all are kept. */
  intervalsFrom: string | null;
  hoursFrom: string | null;
  /** What is kept whatever its age. */
  evidence: readonly DayRange[];
}

export interface Expiry {
  /** One day's worth; false when there is nothing more. In a transaction of its own. */
  work(keeping: Keeping): boolean;
  isGone(day: string): boolean;
  /** Days in a row whose intervals are not kept any more; `hours`: nor are their hours. */
  ranges(): (DayRange & { hours: boolean })[];
  /** After a transaction that failed, or when all was cleared. */
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
      // Later days that can still be accounted again may have been estimated from these.
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
