/**
 * The park's own calendar: which intervals belong to a local day, month or year. An interval belongs to the day in which
 * it starts; days have 23 to 25 hours. Days are local dates `2019-11-03`, months `2019-11`, quarters `2019-Q4`, years `2019`.
 */
import { localDay, startOfDay, type ZoneOffset, zoneOffset } from './local-time.ts';

export interface Calendar {
  timeZone: string;
  offset: ZoneOffset;
  interval_ms: number;
}

export interface Bounds {
  /** ms since 1970; `to` is the first moment after it. */
  from: number;
  to: number;
}

const day_ms = 86_400_000;
const hour_ms = 3_600_000;

export function createCalendar({ timeZone, interval_s }: { timeZone: string; interval_s: number }): Calendar {
  return { timeZone, offset: zoneOffset(timeZone), interval_ms: interval_s * 1000 };
}

/** Start of the interval that holds `time`. Intervals count from 1970 in UTC. */
export function intervalStart({ interval_ms }: Calendar, time: number): number {
  return Math.floor(time / interval_ms) * interval_ms;
}

/** The local date of a moment. */
export function dayOf({ offset }: Calendar, time: number): string {
  return dateOf(localDay(time, offset));
}

/** Start and end of a local day. Throws if `day` is not a date. */
export function dayBounds({ offset }: Calendar, day: string): Bounds {
  const n = numberOf(day);
  return { from: startOfDay(n, offset), to: startOfDay(n + 1, offset) };
}

/** Every day from first to last, inclusive; none when they are the wrong way round. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let n = numberOf(first); n <= numberOf(last); n++) days.push(dateOf(n));
  return days;
}

/** The date `days` days later (or earlier, if negative). */
export function dayAfter(day: string, days = 1): string {
  return dateOf(numberOf(day) + days);
}

/** First and last day of a day, month, quarter or year as it is written; null for anything else. */
export function daysOfPeriod(period: string): { first: string; last: string } | null {
  const match = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])(?:-(\d{2}))?|Q([1-4])))?$/.exec(period);
  if (!match) return null;
  const year = Number(match[1]);
  if (match[3] !== undefined) {
    return isDay(period) ? { first: period, last: period } : null;
  }
  const firstMonth = match[2] !== undefined ? Number(match[2]) : match[4] !== undefined ? 3 * Number(match[4]) - 2 : 1;
  const months = match[2] !== undefined ? 1 : match[4] !== undefined ? 3 : 12;
  const first = utc(year, firstMonth - 1, 1);
  const after = utc(year, firstMonth - 1 + months, 1);
  return { first: dateOf(first / day_ms), last: dateOf(after / day_ms - 1) };
}

/** Start and end of a day, month, quarter or year; null for anything else. */
export function periodBounds(calendar: Calendar, period: string): Bounds | null {
  const days = daysOfPeriod(period);
  return days && { from: dayBounds(calendar, days.first).from, to: dayBounds(calendar, days.last).to };
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function yearOf(day: string): string {
  return day.slice(0, 4);
}

/** How many intervals start in [from, to). */
export function intervalsIn({ interval_ms }: Calendar, { from, to }: Bounds): number {
  return Math.max(0, Math.ceil(to / interval_ms) - Math.ceil(from / interval_ms));
}

/** Starts of the intervals of a local day. */
export function intervalsOfDay(calendar: Calendar, day: string): Float64Array {
  const bounds = dayBounds(calendar, day);
  const first = Math.ceil(bounds.from / calendar.interval_ms) * calendar.interval_ms;
  return Float64Array.from({ length: intervalsIn(calendar, bounds) }, (_, i) => first + i * calendar.interval_ms);
}

/**
 * Start of the hour that holds `time`: whole hours since the local midnight, so that every hour lies within one day.
 * Where clocks change by half an hour, the last hour of that day is half as long.
 */
export function hourStart(calendar: Calendar, time: number): number {
  const midnight = startOfDay(localDay(time, calendar.offset), calendar.offset);
  return midnight + Math.floor((time - midnight) / hour_ms) * hour_ms;
}

/** True for a date that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dateOf(time / day_ms) === text;
}

/** Days since 1970. */
function numberOf(day: string): number {
  if (!isDay(day)) throw new RangeError(`"${day}" is not a date such as 2019-11-03`);
  return Date.parse(`${day}T00:00:00Z`) / day_ms;
}

function dateOf(day: number): string {
  return new Date(day * day_ms).toISOString().slice(0, 10);
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}
