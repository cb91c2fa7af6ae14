import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFold, type Fold, foldRange, forgetBefore, reachOfPark, take } from '../../../models/ledger/fold.ts';
import { isFlagged, isMissing, kindOf, type PointRecords, sameRecords } from '../../../models/ledger/records.ts';
import type { Park } from '../../../models/park/park.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { asset, park as bare, point, tinyPark } from '../tiny-park.ts';

const quarter = 900_000;
const day = 96 * quarter;
const start = Date.UTC(2026, 4, 4, 16); // Local midnight in Shanghai.

function folded(park: Park, readings: readonly Reading[], from = start, to = start + day): PointRecords[] {
  const fold = createFold(park);
  take(fold, readings);
  return foldRange(fold, from, to);
}

const reading = (id: string, time: number, value: number | null, quality: Reading['quality'] = 'good'): Reading => ({
  point: id,
  time,
  value,
  quality,
});

function one(more: Parameters<typeof point>[3]): Park {
  return bare({ assets: [asset('hall', 'building', ['electricity.in'])], points: [point('p', 'hall', 'electricity.in', more)] });
}

describe('a record', () => {
  test('of a mean labelled by its start is the reading of its quarter hour', () => {
    const park = one({ measure: 'mean', label: 'start', cadence_s: 900 });
    const [p] = folded(park, [reading('p', start, 4), reading('p', start + quarter, 8)]) as [PointRecords];
    expect([...p.value.slice(0, 2)]).toEqual([4, 8]);
    expect([...p.code.slice(0, 2)].map(kindOf)).toEqual(['mean', 'mean']);
    expect(p.age_s[1]).toBe(0);
  });

  test('of a register is what it grew, once the next count is there', () => {
    const park = one({ measure: 'register', unit: 'kWh', cadence_s: 3600, range: [0, 1e9] });
    const [p] = folded(park, [reading('p', start, 100), reading('p', start + 3_600_000, 110)]) as [PointRecords];
    expect([...p.value.slice(0, 4)]).toEqual([10, 10, 10, 10]);
  });

  test('of a silent point holds what it said, then misses it with its age', () => {
    const park = one({ measure: 'instant', cadence_s: 900 });
    const [p] = folded(park, [reading('p', start, 7)]) as [PointRecords];
    const kinds = [...p.code].map(kindOf);
    expect(kinds.indexOf('missing')).toBeGreaterThan(4);
    expect(kinds.slice(0, 8).every((kind) => kind !== 'missing')).toBe(true);
    expect(p.value[20]).toBeNaN();
  });

  test('of two values for one time knows neither', () => {
    const park = one({ measure: 'mean', label: 'start', cadence_s: 900 });
    const [p] = folded(park, [reading('p', start, 4), reading('p', start, 5)]) as [PointRecords];
    expect(isMissing(p.code[0] as number)).toBe(true);
  });

  test('of a doubtful reading is flagged and keeps its value', () => {
    const park = one({ measure: 'mean', label: 'start', cadence_s: 900 });
    const [p] = folded(park, [reading('p', start, 4, 'uncertain'), reading('p', start + quarter, 4)]) as [PointRecords];
    expect([...p.code.slice(0, 3)].map(isFlagged)).toEqual([true, false, false]);
    expect(p.value[0]).toBe(4);
  });
});

/** Readings of every kind of point, with gaps, nulls, doubts and a counter that falls. */
const story: fc.Arbitrary<Reading[]> = fc
  .tuple(
    fc.integer({ min: 1, max: 1e6 }),
    fc.array(fc.nat(3 * 96), { maxLength: 120 }),
    fc.array(fc.nat(999), { minLength: 50, maxLength: 50 }),
  )
  .map(([seed, gaps, noise]) => {
    const silent = new Set(gaps);
    const noiseAt = (i: number) => noise[(i * 31 + seed) % noise.length] as number;
    const readings: Reading[] = [];
    let count = seed;
    for (let i = 0; i < 3 * 96; i++) {
      const time = start - day + i * quarter;
      count += noiseAt(i) / 50;
      if (noiseAt(i) === 7) count = 0;
      if (silent.has(i)) continue;
      readings.push(reading('grid_kw', time + 1000 * (noiseAt(i) % 600), 300 + noiseAt(i), noiseAt(i) % 17 === 0 ? 'uncertain' : 'good'));
      readings.push(reading('hall_kw', time + 60_000, noiseAt(i) % 13 === 0 ? null : noiseAt(i)));
      readings.push(reading('roof_kw', time, noiseAt(i + 1)));
      readings.push(reading('battery_kw', time + 5000, noiseAt(i) - 500));
      readings.push(reading('annexe_kwh', time, Math.round(count)));
    }
    return readings;
  });

describe('folding', () => {
  const park = tinyPark();

  test('gives the same records for readings in any order, a fifth of them doubled or contradicted', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat(1_000_000)), (readings, random) => {
        const next = () => random.next().value as number;
        const again = readings.filter(() => next() % 5 === 0);
        const contradicted = readings.filter(() => next() % 50 === 0).map((r) => ({ ...r, value: (r.value ?? 0) + 1 }));
        const all = [...readings, ...again, ...contradicted];
        const shuffled = all.map((r) => ({ r, key: next() })).sort((a, b) => a.key - b.key);
        const straight = folded(park, all);
        const mixed = folded(
          park,
          shuffled.map(({ r }) => r),
        );
        expect(straight.every((records, i) => sameRecords(records, mixed[i] as PointRecords))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('gives the same records for a day, for each of its hours, and for readings that come while it is folded', () => {
    const { before_ms, after_ms } = reachOfPark(park);
    fc.assert(
      fc.property(story, (readings) => {
        const whole = folded(park, readings);
        const fold: Fold = createFold(park);
        let heard = Number.NEGATIVE_INFINITY;
        for (let from = start; from < start + day; from += 4 * quarter) {
          const until = from + 4 * quarter + after_ms;
          take(
            fold,
            readings.filter(({ time }) => time > heard && time <= until),
          );
          heard = until;
          forgetBefore(fold, from);
          const hour = foldRange(fold, from, from + 4 * quarter);
          expect(slice(whole, (from - start) / quarter, 4)).toEqual(slice(hour, 0, 4));
        }
        const near = readings.filter(({ time }) => time >= start - before_ms && time <= start + day + after_ms);
        expect(folded(park, near).every((records, i) => sameRecords(records, whole[i] as PointRecords))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

function slice(records: readonly PointRecords[], from: number, count: number) {
  return records.map((r) => ({
    value: r.value.slice(from, from + count),
    sigma: r.sigma.slice(from, from + count),
    code: r.code.slice(from, from + count),
    age_s: r.age_s.slice(from, from + count),
  }));
}
