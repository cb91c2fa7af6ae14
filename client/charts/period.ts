/** Periods of charts: days, weeks, months, years of the park's calendar, as `2026-10-12`, `2026-W42`, `2026-10`, `2026`. */
import { localDay, startOfDay, weekday, type ZoneOffset } from '../../models/time/local-time.ts';

export const periodKinds = ['day', 'week', 'month', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

export interface Period {
  kind: PeriodKind;
  /** As written in the address. */
  key: string;
  /** ms; `to` is not included. */
  from: number;
  to: number;
}

const day_ms = 86_400_000;
const two = (n: number) => String(n).padStart(2, '0');
const four = (n: number) => String(n).padStart(4, '0');

/** Local days since 1970 → year, month 1…12, day of the month. */
function dateOf(day: number): [year: number, month: number, day: number] {
  const date = new Date(day * day_ms);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / day_ms;
}

function between(kind: PeriodKind, key: string, first: number, after: number, offset: ZoneOffset): Period {
  return { kind, key, from: startOfDay(first, offset), to: startOfDay(after, offset) };
}

/** The period of a kind in which a time lies. Weeks begin on Monday (ISO 8601). */
export function periodAt(kind: PeriodKind, time: number, offset: ZoneOffset): Period {
  const day = localDay(time, offset);
  const [year, month] = dateOf(day);
  switch (kind) {
    case 'day':
      return between(kind, dayKey(day), day, day + 1, offset);
    case 'week': {
      const monday = day - weekday(time, offset);
      return between(kind, weekKey(monday), monday, monday + 7, offset);
    }
    case 'month':
      return between(kind, `${four(year)}-${two(month)}`, dayOf(year, month, 1), dayOf(year, month + 1, 1), offset);
    case 'year':
      return between(kind, four(year), dayOf(year, 1, 1), dayOf(year + 1, 1, 1), offset);
  }
}

export function dayKey(day: number): string {
  const [year, month, date] = dateOf(day);
  return `${four(year)}-${two(month)}-${two(date)}`;
}

/** A week belongs to the year of its Thursday. */
function weekKey(monday: number): string {
  const [year] = dateOf(monday + 3);
  const fourth = dayOf(year, 1, 4);
  const firstMonday = fourth - ((fourth + 3) % 7);
  return `${four(year)}-W${two((monday - firstMonday) / 7 + 1)}`;
}

/** Reads a key; null if the text is none. */
export function readPeriod(key: string, offset: ZoneOffset): Period | null {
  const week = /^(\d{4})-W(\d{2})$/.exec(key);
  if (week) {
    const fourth = dayOf(Number(week[1]), 1, 4);
    return exactly('week', fourth + 7 * (Number(week[2]) - 1), key, offset);
  }
  const date = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(key);
  if (!date) return null;
  const [, year, month, day] = date;
  const kind = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year';
  return exactly(kind, dayOf(Number(year), Number(month ?? 1), Number(day ?? 1)), key, offset);
}

/** Null for a day that does not exist (30 February): its period has another key than the one that was read. */
function exactly(kind: PeriodKind, day: number, key: string, offset: ZoneOffset): Period | null {
  const period = periodAt(kind, startOfDay(day, offset), offset);
  return period.key === key ? period : null;
}

/** The period of the same kind, `by` periods later (−: earlier). */
export function shifted(period: Period, by: number, offset: ZoneOffset): Period {
  let at = period;
  for (let i = 0; i < Math.abs(by); i++) at = periodAt(at.kind, by > 0 ? at.to : at.from - 1, offset);
  return at;
}
