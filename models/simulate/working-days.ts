/** The kind of a local day of the park: working day, Saturday or day of rest. */
import { hourOfDay, localDay, type ZoneOffset } from '../time/local-time.ts';

export type DayKind = 'work' | 'saturday' | 'rest';

export interface WorkingDays {
  offset: ZoneOffset;
  /** Whether a local day (days since 1970-01-01) is a holiday. */
  isHoliday: (day: number) => boolean;
}

export interface LocalTime {
  /** Days since 1970-01-01, local. */
  day: number;
  /** 0 ≤ hour < 24. */
  hour: number;
  kind: DayKind;
  /** Kind of the day before, because activity changes gradually after midnight. */
  before: DayKind;
}

const day_ms = 86_400_000;

/** First day of the Spring Festival holiday (State Council notices to 2026, later by the lunar calendar). Eight days. */
const springFestival = ['2024-02-10', '2025-01-28', '2026-02-15', '2027-02-05', '2028-01-25', '2029-02-12', '2030-02-02'];

const fixedHolidays: Record<string, readonly string[]> = {
  CN: ['01-01', '05-01', '05-02', '05-03', '10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'],
  US: ['01-01', '07-04', '11-11', '12-25'],
};
const elsewhere = ['01-01', '12-25', '12-26'];

/** `own` are further holidays of the park as YYYY-MM-DD. */
export function workingDaysOf(country: string, offset: ZoneOffset, own: readonly string[] = []): WorkingDays {
  const days = new Set(own.map(dayOf));
  if (country === 'CN') for (const first of springFestival) for (let d = 0; d < 8; d++) days.add(dayOf(first) + d);
  const yearly = new Set(fixedHolidays[country] ?? elsewhere);
  return { offset, isHoliday: (day) => days.has(day) || yearly.has(new Date(day * day_ms).toISOString().slice(5, 10)) };
}

function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00Z`) / day_ms);
}

export function localTime(workingDays: WorkingDays, time: number): LocalTime {
  const day = localDay(time, workingDays.offset);
  return { day, hour: hourOfDay(time, workingDays.offset), kind: dayKind(workingDays, day), before: dayKind(workingDays, day - 1) };
}

export function dayKind(workingDays: WorkingDays, day: number): DayKind {
  const weekday = (day + 3) % 7;
  if (weekday === 6 || workingDays.isHoliday(day)) return 'rest';
  return weekday === 5 ? 'saturday' : 'work';
}
