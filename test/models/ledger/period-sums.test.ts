import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, SummedBlock } from '../../../models/ledger/block.ts';
import { joinSums, monthsOf, sumByDay, sumHours, yearsOf } from '../../../models/ledger/period-sums.ts';
import { createCalendar, dayBounds, daysBetween, intervalsOfDay } from '../../../models/time/calendar.ts';

const zones = ['America/Los_Angeles', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
// Nine million tonnes a year are 2^53 mg: as much as an interval of such a park has.
const largeWhole = fc.integer({ min: -(2 ** 37), max: 2 ** 37 });

function block(times: Float64Array, values: (i: number) => number): Block {
  return {
    times,
    columns: new Map([
      ['import.Wh', times.map((_, i) => values(i))],
      ['level.Wh', times.map((_, i) => i)],
    ]),
  };
}

const sumOf = (sums: SummedBlock) => (sums.columns.get('import.Wh') as Float64Array).reduce((a, b) => a + b, 0);

describe.each(zones)('in %s', (timeZone) => {
  const calendar = createCalendar({ timeZone, interval_s: 900 });

  test('hours, days, months and years of ten years add up to the same, to the last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2016, max: 2025 }), fc.array(largeWhole, { minLength: 5, maxLength: 40 }), (year, some) => {
        const days = daysBetween(`${year}-01-01`, `${year}-12-31`);
        const daily = days.map((day) => {
          const times = intervalsOfDay(calendar, day);
          return block(times, (i) => some[(i * 7 + times.length) % some.length] as number);
        });
        const exact = daily.reduce(
          (sum, { columns }) => (columns.get('import.Wh') as Float64Array).reduce((a, b) => a + BigInt(b), sum),
          0n,
        );
        const byDay = joinSums(daily.map((one) => sumByDay(one, calendar)));
        expect(byDay.periods).toEqual(days);
        expect([...byDay.expected]).toEqual([...byDay.intervals]);
        for (const sums of [byDay, monthsOf(byDay, calendar), yearsOf(byDay, calendar)]) {
          const all = [...(sums.columns.get('import.Wh') as Float64Array)].reduce((a, b) => a + BigInt(b), 0n);
          expect(all).toBe(exact);
          expect([...sums.expected]).toEqual([...sums.intervals]);
        }
        expect(yearsOf(monthsOf(byDay, calendar), calendar)).toEqual(yearsOf(byDay, calendar));
      }),
      { numRuns: 4 },
    );
  });

  test('the hours of a day are within it and add up to it, also when clocks move', () => {
    for (const day of ['2019-03-10', '2019-11-03', '2024-04-07', '2024-10-06', '2024-06-01']) {
      const one = block(intervalsOfDay(calendar, day), (i) => i * i);
      const hours = sumHours(one, calendar);
      const { from, to } = dayBounds(calendar, day);
      expect(sumOf(hours)).toBe(sumOf(sumByDay(one, calendar)));
      expect(hours.times.length).toBe(Math.ceil((to - from) / 3_600_000));
      expect([...hours.expected]).toEqual([...hours.intervals]);
    }
  });
});

test('unknown entries are left out and counted, levels are the last known', () => {
  const calendar = createCalendar({ timeZone: 'UTC', interval_s: 3600 });
  const times = intervalsOfDay(calendar, '2024-01-01');
  const half = block(times, (i) => (i % 2 === 0 ? 1 : Number.NaN));
  half.columns.set('export.Wh', new Float64Array(24).fill(Number.NaN));
  (half.columns.get('level.Wh') as Float64Array)[23] = Number.NaN;
  const day = sumByDay(half, calendar);
  expect(day.columns.get('import.Wh')).toEqual(Float64Array.of(12));
  expect(day.known.get('import.Wh')).toEqual(Float64Array.of(12));
  expect(day.columns.get('export.Wh')).toEqual(Float64Array.of(Number.NaN));
  expect(day.columns.get('level.Wh')).toEqual(Float64Array.of(22));
});

test('rows in any order give the same sums', () => {
  const calendar = createCalendar({ timeZone: 'UTC', interval_s: 900 });
  const times = intervalsOfDay(calendar, '2024-01-01');
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...times.keys()], { minLength: times.length }),
      fc.array(largeWhole, { minLength: 96, maxLength: 96 }),
      (order, values) => {
        const straight: Block = { times, columns: new Map([['import.Wh', Float64Array.from(values)]]) };
        const mixed: Block = {
          times: Float64Array.from(order, (i) => times[i] as number),
          columns: new Map([['import.Wh', Float64Array.from(order, (i) => values[i] as number)]]),
        };
        expect(sumByDay(mixed, calendar)).toEqual(sumByDay(straight, calendar));
      },
    ),
    { numRuns: 30 },
  );
});
