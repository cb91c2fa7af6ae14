/** The periods that reports are made for: a month `2026-10`, a quarter `2026-Q3`, a year `2026`, in the park's own days. */
import { daysBetween, daysOfPeriod } from '../../time/calendar.ts';

export interface ReportPeriod {
  id: string;
  kind: 'month' | 'quarter' | 'year';
  /** First and last local day: `2026-10-01`. */
  first: string;
  last: string;
  days: number;
}

const kinds = { 4: 'year', 7: 'month' } as const;
const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/** Null when the id is no period: before 1970, after 2999, a thirteenth month. */
export function periodOf(id: string): ReportPeriod | null {
  const days = id.length <= 7 && id >= '1970' && id < '3000' ? daysOfPeriod(id) : null;
  if (days === null) return null;
  const kind = id.includes('Q') ? 'quarter' : kinds[id.length as 4 | 7];
  return { id, kind, ...days, days: daysBetween(days.first, days.last).length };
}

/** The period before, of the same kind. */
export function previousPeriod(period: ReportPeriod): ReportPeriod {
  return shifted(period, -monthsOf[period.kind]);
}

/** The same period of the previous year. */
export function yearBefore(period: ReportPeriod): ReportPeriod {
  return shifted(period, -12);
}

/** The months of a quarter or year; for a month, the month itself. */
export function monthsIn({ kind, first }: ReportPeriod): ReportPeriod[] {
  return Array.from({ length: monthsOf[kind] }, (_, i) => make('month', monthNumber(first) + i));
}

export function daysOfYear(year: number): number {
  return daysBetween(`${year}-01-01`, `${year}-12-31`).length;
}

function shifted({ kind, first }: ReportPeriod, by: number): ReportPeriod {
  return make(kind, monthNumber(first) + by);
}

/** Months since the year 0. */
function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function make(kind: ReportPeriod['kind'], month: number): ReportPeriod {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  const m = month % 12;
  const id = kind === 'year' ? year : kind === 'quarter' ? `${year}-Q${m / 3 + 1}` : `${year}-${String(m + 1).padStart(2, '0')}`;
  const { first, last } = daysOfPeriod(id) as { first: string; last: string };
  return { id, kind, first, last, days: daysBetween(first, last).length };
}
