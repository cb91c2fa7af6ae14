import { describe, expect, test } from 'vitest';
import { monthsIn, periodOf, previousPeriod, type ReportPeriod, yearBefore } from '../../../../models/ledger/report/period.ts';
import { daysBetween } from '../../../../models/time/calendar.ts';

const daysOf = ({ first, last }: ReportPeriod) => daysBetween(first, last);
const of = (id: string) => periodOf(id) as ReportPeriod;

describe('a report is for', () => {
  test.each([
    ['2026-10', 'month', '2026-10-01', '2026-10-31', 31],
    ['2026-Q3', 'quarter', '2026-07-01', '2026-09-30', 92],
    ['2024', 'year', '2024-01-01', '2024-12-31', 366],
    ['2024-02', 'month', '2024-02-01', '2024-02-29', 29],
  ])('%s, a %s from %s to %s of %i days', (id, kind, first, last, days) => {
    expect(periodOf(id)).toEqual({ id, kind, first, last, days });
  });

  test.each(['', '2026-13', '2026-Q5', '2026-1', '26', '2026-10-01', '2026-Q', '1969', 'constructor'])('not for “%s”', (id) => {
    expect(periodOf(id)).toBeNull();
  });

  test('a period with one before it and one a year before it', () => {
    expect([previousPeriod(of('2026-01')).id, previousPeriod(of('2026-Q1')).id, previousPeriod(of('2026')).id]).toEqual([
      '2025-12',
      '2025-Q4',
      '2025',
    ]);
    expect([yearBefore(of('2024-02')).last, yearBefore(of('2026-Q3')).id]).toEqual(['2023-02-28', '2025-Q3']);
  });

  test('months and days that fill it without gap or overlap', () => {
    expect(monthsIn(of('2026-Q2')).map((m) => m.id)).toEqual(['2026-04', '2026-05', '2026-06']);
    const days = monthsIn(of('2024')).flatMap(daysOf);
    expect(days).toEqual(daysOf(of('2024')));
    expect(new Set(days).size).toBe(366);
  });
});
