/** Where the time axis carries a label: round local times, few enough to be read. */
import { localDay, startOfDay, type ZoneOffset } from '../../../models/time/local-time.ts';
import { spanOf, type TimeRange } from './shown-range.ts';

export interface Tick {
  time: number;
  /** What its label says: a clock time within a day, the day, the month or the year that begins here. */
  kind: 'clock' | 'day' | 'month' | 'year';
}

const hour_ms = 3_600_000;
const day_ms = 24 * hour_ms;
const hourSteps = [0.25, 0.5, 1, 2, 3, 6, 12];
const daySteps = [1, 2, 7, 14];
const monthSteps = [1, 2, 3, 6, 12];

/** At most `most` labels. Days begin at local midnight, also where that is 23 or 25 hours after the last. */
export function ticksOf(stretch: TimeRange, offset: ZoneOffset, most: number): Tick[] {
  const span = spanOf(stretch);
  const wanted = span / Math.max(1, most);
  const hours = hourSteps.find((h) => h * hour_ms >= wanted);
  if (hours !== undefined) return byHours(stretch, offset, hours);
  const days = daySteps.find((d) => d * day_ms >= wanted);
  if (days !== undefined) return byDays(stretch, offset, days);
  const months = monthSteps.find((m) => m * 30 * day_ms >= wanted) ?? 12;
  return byMonths(stretch, offset, months);
}

function byHours({ from, to }: TimeRange, offset: ZoneOffset, hours: number): Tick[] {
  const ticks: Tick[] = [];
  for (let day = localDay(from, offset); day <= localDay(to, offset); day++) {
    const start = startOfDay(day, offset);
    const end = startOfDay(day + 1, offset);
    for (let h = 0; h < 24; h += hours) {
      // Wall-clock hours: a day with a clock change has the same labels, two of them an hour closer or farther apart.
      const wall = day * day_ms + h * hour_ms;
      const time = h === 0 ? start : wall - offset(wall - offset(start));
      if (time >= from && time <= to && time < end) ticks.push({ time, kind: h === 0 ? 'day' : 'clock' });
    }
  }
  return ticks;
}

function byDays({ from, to }: TimeRange, offset: ZoneOffset, days: number): Tick[] {
  const ticks: Tick[] = [];
  for (let day = localDay(from, offset); day <= localDay(to, offset); day++) {
    const first = new Date(day * day_ms).getUTCDate() === 1;
    // Weeks begin on Monday (day 4 since 1970 was one).
    const due = days >= 7 ? (day - 4) % days === 0 : day % days === 0;
    if (!due && !(first && days < 7)) continue;
    const time = startOfDay(day, offset);
    if (time >= from && time <= to) ticks.push({ time, kind: first ? 'month' : 'day' });
  }
  return ticks;
}

function byMonths({ from, to }: TimeRange, offset: ZoneOffset, months: number): Tick[] {
  const ticks: Tick[] = [];
  const begin = new Date(from + offset(from));
  for (let m = begin.getUTCFullYear() * 12 + begin.getUTCMonth(); ; m++) {
    const time = startOfDay(Date.UTC(Math.floor(m / 12), m % 12, 1) / day_ms, offset);
    if (time > to) return ticks;
    if (time >= from && m % months === 0) ticks.push({ time, kind: m % 12 === 0 ? 'year' : 'month' });
  }
}
