/** Reads moments from a query: `yesterday 14:00`, `2026-10-12`, `10-12 6:30`, `昨天 8点`, `10月12日`. */
import { localDay, startOfDay, type ZoneOffset } from '../../../models/time/local-time.ts';

export interface KnownTimes {
  /** The park's time now, ms. */
  now: number;
  /** What is accounted, ms; a moment outside is not found. */
  from: number;
  until: number;
  offset: ZoneOffset;
}

const day_ms = 86_400_000;

/** None, or one. If the query may mean two moments, the later one that is already past. */
export function momentsIn(query: string, { now, from, until, offset }: KnownTimes): number[] {
  const text = query.trim().toLowerCase();
  const clock = clockIn(text);
  const today = localDay(now, offset);
  const rest = text.replace(clockPattern, ' ').trim();
  const days = daysIn(rest, today, offset);
  if (days.length === 0 && (clock === null || rest !== '')) return [];
  // A time without a day is of today, or of yesterday if it is still to come today.
  const asked = days.length > 0 ? days : [today, today - 1];
  const found = asked.map((day) => at(day, clock ?? 12 * 60, offset)).find((time) => time >= from && time < until && time < now);
  return found === undefined ? [] : [found];
}

const clockPattern = /(\d{1,2})(?::(\d{2})|\s*[点點时時](?:(\d{1,2})分?|(半))?)/u;

/** Minutes after midnight; null where no time is written. */
function clockIn(text: string): number | null {
  const found = clockPattern.exec(text);
  if (!found) return null;
  const minutes = found[4] ? 30 : Number(found[2] ?? found[3] ?? 0);
  const hours = Number(found[1]);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** Local days that the text names, as days since 1970; the most likely first. */
function daysIn(text: string, today: number, offset: ZoneOffset): number[] {
  const names: Record<string, number> = { today: 0, 今天: 0, 今日: 0, yesterday: 1, 昨天: 1, 昨日: 1, 前天: 2 };
  const ago = names[text];
  if (ago !== undefined) return [today - ago];
  const whole = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)$/u.exec(text);
  if (whole) return dayOf(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const short = /^(\d{1,2})[-/月](\d{1,2})日?$/u.exec(text);
  if (!short) return [];
  const year = new Date(today * day_ms).getUTCFullYear();
  // A date without a year is of this year, or of last year if it is still to come.
  return [year, year - 1]
    .flatMap((one) => dayOf(one, Number(short[1]), Number(short[2])))
    .filter((day) => startOfDay(day, offset) <= today * day_ms + day_ms);
}

function dayOf(year: number, month: number, day: number): number[] {
  const time = Date.UTC(year, month - 1, day);
  const isReal = new Date(time).getUTCMonth() === month - 1 && new Date(time).getUTCDate() === day;
  return isReal ? [time / day_ms] : [];
}

/** Time in ms, from a local day and the minutes on its clock. */
function at(day: number, minutes: number, offset: ZoneOffset): number {
  const wall = day * day_ms + minutes * 60_000;
  return wall - offset(wall - offset(wall));
}
