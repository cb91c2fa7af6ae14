import { describe, expect, test } from 'vitest';
import { type Earlier, earlierIn, estimateFrom, lookBack_days } from '../../../models/ledger/estimates.ts';
import { codeOf, createRecords } from '../../../models/ledger/records.ts';
import { packQuality } from '../../../models/quality.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';

const day = 86_400_000;
const losAngeles = zoneOffset('America/Los_Angeles');
const at = (text: string) => Date.parse(text);
const from = (known: Record<string, number>): Earlier => {
  const values = new Map(Object.entries(known).map(([text, value]) => [at(text), value]));
  return (_, time) => values.get(time) ?? Number.NaN;
};

describe('an estimate', () => {
  test('is the mean of the same local quarter hour of the eight weeks before, also over a change of clocks', () => {
    const earlier = from({
      '2019-03-13T09:15:00-07:00': 100,
      '2019-03-06T09:15:00-08:00': 50,
      '2019-01-16T09:15:00-08:00': 1e6, // Nine weeks before.
      '2019-03-19T09:15:00-07:00': 1e6, // The day before: not asked for.
    });
    expect(estimateFrom(earlier, losAngeles, 0, at('2019-03-20T09:15:00-07:00'))).toBe(75);
  });

  test('is of the same time of day where there is no such week, else unknown', () => {
    expect(estimateFrom(from({ '2019-03-18T09:15:00-07:00': 8 }), losAngeles, 0, at('2019-03-20T09:15:00-07:00'))).toBe(8);
    expect(estimateFrom(from({ '2019-03-05T09:15:00-08:00': 8 }), losAngeles, 0, at('2019-03-20T09:15:00-07:00'))).toBeNaN();
  });

  test('never looks at its own day or later, nor further back than it says', () => {
    const asked: number[] = [];
    const time = at('2019-11-20T12:00:00-08:00');
    estimateFrom(
      (_, t) => {
        asked.push(t);
        return Number.NaN;
      },
      losAngeles,
      0,
      time,
    );
    expect(asked.length).toBe(22);
    expect(Math.max(...asked)).toBeLessThan(time - 23 * 3_600_000);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(time - lookBack_days * day - 3_600_000);
  });

  test('passes over a wall-clock time that clocks skipped', () => {
    const asked: number[] = [];
    estimateFrom((_, t) => asked.push(t), losAngeles, 0, at('2019-03-17T02:30:00-07:00'));
    expect(asked.length).toBe(7);
  });
});

test('only covered intervals of good readings are what estimates are made of', () => {
  const records = createRecords(0, 900_000, 4, 0);
  const code = (validity: 'good' | 'uncertain', kind: 'mean' | 'held') =>
    codeOf(packQuality({ origin: 'measured', validity, freshness: 'fresh' }), kind);
  records.value.set([1, 2, 3]);
  records.code.set([code('good', 'mean'), code('uncertain', 'mean'), code('good', 'held')]);
  const earlier = earlierIn(() => records);
  expect([0, 1, 2, 3, 4].map((i) => earlier(0, i * 900_000))).toEqual([1, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  expect(earlier(0, 1)).toBeNaN();
  expect(earlierIn(() => undefined)(0, 0)).toBeNaN();
});
