/** Reads times as people and devices write them into ms since 1970 UTC, or says why it cannot. */
import { type ZoneOffset, zoneOffset } from './local-time.ts';

/** Years that a request or a park may name: others are typing errors, and time zone data does not cover them. */
export const years = { first: 1900, last: 2999 } as const;

/** Whether a written day or time is in those years. */
export function isOfYears(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= years.first && year <= years.last;
}

/** Whether `time` (ms since 1970) is a valid moment. */
export function isMoment(time: number): boolean {
  return Number.isSafeInteger(time) && Math.abs(time) <= 8.64e15;
}

export interface ReadTime {
  /** ms since 1970. */
  time: number;
  /** True for a leap second (":60"): this clock has none, so it is read as the end of that minute and is uncertain. */
  leap: boolean;
}

const day_ms = 86_400_000;
const fourCenturies_ms = 146_097 * day_ms;
const iso = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads ISO 8601 with an offset ("Z", "+08:00"). Returns a string that says why where it cannot be read. */
export function readTime(text: string): ReadTime | string {
  const parts = read(text);
  if (typeof parts === 'string') return parts;
  if (parts.offset_ms === null) return 'the time has no offset: end it with Z or an offset such as +08:00';
  return { time: parts.local - parts.offset_ms, leap: parts.leap };
}

/** The same, but a time without offset is read in `timeZone`; one that does not exist or exists twice there is refused. */
export function timeReader(timeZone: string | undefined): (text: string) => ReadTime | string {
  if (timeZone === undefined) return readTime;
  const offset = zoneOffset(timeZone);
  return (text) => {
    const parts = read(text);
    if (typeof parts === 'string') return parts;
    if (parts.offset_ms !== null) return { time: parts.local - parts.offset_ms, leap: parts.leap };
    const times = timesOf(parts.local, offset);
    if (times.length === 0) return `the local time does not exist in ${timeZone}: clocks were put forward over it`;
    if (times.length > 1) return `the local time exists twice in ${timeZone}: clocks were put back over it; give an offset`;
    return { time: times[0] as number, leap: parts.leap };
  };
}

/** Every time at which clocks there show `local` (as if it were UTC). */
function timesOf(local: number, offset: ZoneOffset): number[] {
  const offsets = new Set([offset(local - day_ms), offset(local + day_ms)]);
  return [...offsets].map((o) => local - o).filter((time) => time + offset(time) === local);
}

function read(text: string): { local: number; offset_ms: number | null; leap: boolean } | string {
  const match = iso.exec(text);
  if (!match) return 'the time is not ISO 8601, such as 2025-06-01T08:00:00+08:00';
  const [, year, month, day, hour, minute] = match.map(Number) as [number, number, number, number, number, number];
  const second = match[6] === undefined ? 0 : Number(match[6]);
  const leapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month < 1 || month > 12 || day < 1 || (day > (daysIn[month - 1] as number) && !leapDay)) return 'there is no such day';
  if (hour > 23 || minute > 59 || second > 60) return 'there is no such time of day';
  const leap = second === 60;
  const ms = leap ? 999 : Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; every 400 years the calendar repeats.
  const local = Date.UTC(year + 400, month - 1, day, hour, minute, leap ? 59 : second, ms) - fourCenturies_ms;
  const zone = match[8];
  if (zone === undefined) return { local, offset_ms: null, leap };
  if (zone === 'Z') return { local, offset_ms: 0, leap };
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 18 || minutes > 59) return 'there is no such offset';
  return { local, offset_ms: (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000, leap };
}
