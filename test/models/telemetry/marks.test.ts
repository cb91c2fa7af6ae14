import { describe, expect, test } from 'vitest';
import { packQuality, type Quality } from '../../../models/quality.ts';
import { carries, drawnMark, marksIn, marksOf, outside } from '../../../models/telemetry/marks.ts';

const good: Quality = { origin: 'measured', validity: 'good', freshness: 'fresh' };

describe('the marks of a number', () => {
  test.each([
    ['none when measured, good and fresh', good, 0, [], 'plain'],
    ['none when simulated: the header says so once', { ...good, origin: 'simulated' }, 0, [], 'plain'],
    ['estimated when estimated', { ...good, origin: 'estimated' }, 0, ['estimated'], 'estimated'],
    ['estimated when modelled', { ...good, origin: 'modelled' }, 0, ['estimated'], 'estimated'],
    ['estimated when more than a tenth of the energy behind it is', good, 0.11, ['estimated'], 'estimated'],
    ['none when exactly a tenth is', good, 0.1, [], 'plain'],
    ['stale when it is held', { ...good, freshness: 'stale' }, 0, ['stale'], 'stale'],
    ['stale and estimated when a model is held', { ...good, origin: 'modelled', freshness: 'stale' }, 0, ['stale', 'estimated'], 'stale'],
    [
      'missing and estimated when its readings are lost but a number is shown',
      { ...good, freshness: 'missing' },
      0,
      ['missing', 'estimated'],
      'estimated',
    ],
    ['estimated when its readings are bad but a number is shown', { ...good, validity: 'bad' }, 0, ['estimated'], 'estimated'],
  ] as const)('are %s', (_title, quality, share, held, drawn) => {
    const set = marksOf(packQuality(quality), share, 'known', false, true);
    expect(marksIn(set)).toEqual(held);
    expect(carries(set, 'plain')).toBe(held.length === 0);
    expect(drawnMark(set, true)).toBe(drawn);
  });

  test('are missing alone where no number is known, drawn with dots', () => {
    const set = marksOf(packQuality(good), Number.NaN, 'unknown', false, true);
    expect(marksIn(set)).toEqual(['missing']);
    expect(drawnMark(set, false)).toBe('missing');
  });

  test('are idle, not missing, where the meters say that nothing flows', () => {
    const set = marksOf(packQuality(good), Number.NaN, 'unknown', true, true);
    expect(marksIn(set)).toEqual(['idle']);
    expect(drawnMark(set, false)).toBe('idle');
  });

  test('of a silent meter are missing also where the last that it said was nothing', () => {
    expect(marksIn(marksOf(packQuality({ ...good, freshness: 'missing' }), 0, 'known', true, true))).toEqual([
      'missing',
      'estimated',
      'idle',
    ]);
  });

  test('of a junction that nothing is known to pass are those of its own quality', () => {
    expect(marksIn(marksOf(packQuality(good), Number.NaN, 'none', false, true))).toEqual([]);
    expect(marksIn(marksOf(packQuality({ ...good, freshness: 'stale' }), Number.NaN, 'none', false, true))).toEqual(['stale']);
  });

  test('do not hold of what stands in no network, which is not plain either', () => {
    const set = marksOf(packQuality({ origin: 'modelled', validity: 'bad', freshness: 'missing' }), 0, 'unknown', false, false);
    expect(set).toBe(outside);
    expect(marksIn(set)).toEqual([]);
    expect(carries(set, 'plain')).toBe(false);
  });

  test('order by gravity as numbers, so that a table can be sorted by them', () => {
    const sets = (['fresh', 'stale', 'missing'] as const).map((freshness) =>
      marksOf(packQuality({ ...good, freshness }), 0, 'known', false, true),
    );
    expect(sets).toEqual([...sets].sort((a, b) => a - b));
  });
});
