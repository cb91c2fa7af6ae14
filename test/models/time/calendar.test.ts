import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createCalendar,
  dayBounds,
  dayOf,
  daysBetween,
  daysOfPeriod,
  hourStart,
  intervalsIn,
  intervalsOfDay,
  isDay,
  periodBounds,
} from '../../../models/time/calendar.ts';

const zones = ['America/Los_Angeles', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const calendars = new Map(zones.map((timeZone) => [timeZone, createCalendar({ timeZone, interval_s: 900 })]));
const calendarOf = (zone: string) => calendars.get(zone) as NonNullable<ReturnType<typeof calendars.get>>;

describe.each(zones)('ten years in %s', (zone) => {
  const calendar = calendarOf(zone);
  const days = daysBetween('2016-01-01', '2025-12-31');

  test('days follow one another without a gap, each of whole quarter hours', () => {
    let end = dayBounds(calendar, days[0] as string).from;
    for (const day of days) {
      const { from, to } = dayBounds(calendar, day);
      expect(from).toBe(end);
      expect(dayOf(calendar, from)).toBe(day);
      expect(dayOf(calendar, to - 1)).toBe(day);
      expect((to - from) % 900_000).toBe(0);
      end = to;
    }
  });

  test('a month has the intervals of its days, a quarter of its months, a year of its quarters', () => {
    const inPeriod = (period: string) => intervalsIn(calendar, periodBounds(calendar, period) as { from: number; to: number });
    for (let year = 2016; year <= 2025; year++) {
      const months = Array.from({ length: 12 }, (_, m) => `${year}-${String(m + 1).padStart(2, '0')}`);
      for (const month of months) {
        const { first, last } = daysOfPeriod(month) as { first: string; last: string };
        expect(daysBetween(first, last).reduce((sum, day) => sum + inPeriod(day), 0)).toBe(inPeriod(month));
      }
      const sum = (periods: string[]) => periods.reduce((n, period) => n + inPeriod(period), 0);
      expect(sum(months)).toBe(inPeriod(String(year)));
      expect(sum(['Q1', 'Q2', 'Q3', 'Q4'].map((q) => `${year}-${q}`))).toBe(inPeriod(String(year)));
    }
  });

  test('an interval belongs to the day in which it starts, and its hour lies within that day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...days), (day) => {
        const { from, to } = dayBounds(calendar, day);
        const starts = intervalsOfDay(calendar, day);
        expect(starts.length).toBe((to - from) / 900_000);
        for (const time of starts) {
          expect(dayOf(calendar, time)).toBe(day);
          const hour = hourStart(calendar, time);
          expect(hour).toBeGreaterThanOrEqual(from);
          expect(time - hour).toBeGreaterThanOrEqual(0);
          expect(time - hour).toBeLessThan(3_600_000);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test.each([
  ['America/Los_Angeles', '2019-03-10', 92],
  ['America/Los_Angeles', '2019-11-03', 100],
  ['America/Los_Angeles', '2019-11-04', 96],
  ['Australia/Lord_Howe', '2024-10-06', 94],
  ['Australia/Lord_Howe', '2024-04-07', 98],
  ['Asia/Kathmandu', '2024-01-01', 96],
  ['Asia/Shanghai', '2024-02-29', 96],
])('in %s the day %s has %d quarter hours', (zone, day, count) => {
  expect(intervalsOfDay(calendarOf(zone), day).length).toBe(count);
});

test('hourly intervals that do not begin at midnight belong to one day each', () => {
  const calendar = createCalendar({ timeZone: 'Asia/Kathmandu', interval_s: 3600 });
  const days = daysBetween('2024-01-01', '2024-01-31');
  const starts = days.flatMap((day) => [...intervalsOfDay(calendar, day)]);
  expect(starts.length).toBe(31 * 24);
  expect(new Set(starts).size).toBe(starts.length);
});

test('what is no date is none', () => {
  expect(['2024-02-30', '2023-02-29', '2024-1-1', '2024-13-01', ''].filter(isDay)).toEqual([]);
  expect(['2024-Q5', '2024-00', '2024-02-30', '24', 'x'].map(daysOfPeriod)).toEqual([null, null, null, null, null]);
  expect(daysOfPeriod('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
  expect(daysOfPeriod('2024-Q4')).toEqual({ first: '2024-10-01', last: '2024-12-31' });
  expect(() => dayBounds(calendarOf('UTC'), '2023-02-29')).toThrow(RangeError);
});
