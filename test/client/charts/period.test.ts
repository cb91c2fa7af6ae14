import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodAt, periodKinds, readPeriod, shifted } from '../../../client/charts/period.ts';
import { zoneOffset } from '../../../models/time/local-time.ts';

const zones = ['America/Los_Angeles', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const hours = ({ from, to }: { from: number; to: number }) => (to - from) / 3_600_000;

describe('periods of the park’s calendar', () => {
  test('hold the time they were asked for, read back from their key, and follow each other without a gap', () => {
    const time = fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...periodKinds), time, (zone, kind, time) => {
        const offset = zoneOffset(zone);
        const period = periodAt(kind, time, offset);
        expect(period.from).toBeLessThanOrEqual(time);
        expect(period.to).toBeGreaterThan(time);
        expect(readPeriod(period.key, offset)).toEqual(period);
        const next = shifted(period, 1, offset);
        expect(next.from).toBe(period.to);
        expect(shifted(next, -1, offset)).toEqual(period);
      }),
      { numRuns: 300 },
    );
  });

  test('days have 23, 24 or 25 hours where the clocks change', () => {
    const offset = zoneOffset('America/Los_Angeles');
    expect(hours(readPeriod('2019-03-10', offset) as never)).toBe(23);
    expect(hours(readPeriod('2019-11-03', offset) as never)).toBe(25);
    expect(hours(readPeriod('2019', offset) as never)).toBe(8760);
  });

  test('weeks are those of ISO 8601', () => {
    const offset = zoneOffset('UTC');
    expect(periodAt('week', Date.UTC(2021, 0, 3), offset).key).toBe('2020-W53');
    expect(periodAt('week', Date.UTC(2026, 9, 12), offset).key).toBe('2026-W42');
  });

  test.each(['', 'last', '2026-02-30', '2026-13', '2026-W54', '26', '2026-W00'])('%j is no period', (key) => {
    expect(readPeriod(key, zoneOffset('UTC'))).toBeNull();
  });
});
