/** The periods of a range, each with how many intervals it has. */
import {
  type Calendar,
  dayBounds,
  dayOf,
  daysBetween,
  hourStart,
  intervalStart,
  intervalsIn,
  monthOf,
  periodBounds,
  yearOf,
} from '../time/calendar.ts';
import type { LedgerStep } from './period.ts';

export interface PeriodList {
  /** Starts, ms. */
  times: number[];
  /** Ends, ms. */
  ends: number[];
  /** As SummedBlock names them: local dates, months, years; hours and intervals as ISO 8601 UTC. */
  periods: string[];
  expected: number[];
}

const day_ms = 86_400_000;
const hour_ms = 3_600_000;

/** Periods of the step that start in [from, to), whole. Days, months and years are the park's own. */
export function periodList(calendar: Calendar, step: LedgerStep, from: number, to: number): PeriodList {
  const list: PeriodList = { times: [], ends: [], periods: [], expected: [] };
  const add = (period: string, start: number, end: number) => {
    if (start < from || start >= to) return;
    list.times.push(start);
    list.ends.push(end);
    list.periods.push(period);
    list.expected.push(intervalsIn(calendar, { from: start, to: end }));
  };
  if (step === 'interval') {
    const { interval_ms } = calendar;
    for (let start = intervalStart(calendar, from); start < to; start += interval_ms)
      add(new Date(start).toISOString(), start, start + interval_ms);
  } else if (step === 'hour') {
    for (let start = hourStart(calendar, from); start < to; ) {
      // The last hour of a day may be half where clocks move by half an hour.
      const next = hourStart(calendar, start + hour_ms);
      const end = next > start ? next : start + hour_ms;
      add(new Date(start).toISOString(), start, end);
      start = end;
    }
  } else {
    const days = daysBetween(dayOf(calendar, from), dayOf(calendar, to - 1));
    const names = step === 'day' ? days : [...new Set(days.map(step === 'month' ? monthOf : yearOf))];
    for (const name of names) {
      const bounds = step === 'day' ? dayBounds(calendar, name) : periodBounds(calendar, name);
      if (bounds) add(name, bounds.from, bounds.to);
    }
  }
  return list;
}

/** Roughly how many periods `periodList` gives (days, where it goes by days), without making the list. */
export function roughCount({ interval_ms }: Calendar, step: LedgerStep, from: number, to: number): number {
  return Math.ceil((to - from) / (step === 'interval' ? interval_ms : step === 'hour' ? hour_ms : day_ms));
}
