import { expect, test } from 'vitest';
import { mixOf } from '../../../client/live/mix.ts';
import { isDark } from '../../../client/live/theme.ts';
import { inWords, textOfUse } from '../../../client/locales/building-uses.ts';
import { sideTotal } from '../../../client/panels/sheets/Balance.tsx';
import { qualityWords } from '../../../client/panels/values/QualityText.tsx';
import { sourceKinds } from '../../../models/energy-sources.ts';

test('a source mix names the largest first, also what is less than one percent, and leaves out the unknown', () => {
  const values = new Float32Array(sourceKinds.length).fill(Number.NaN);
  values[sourceKinds.indexOf('grid')] = 0.3;
  values[sourceKinds.indexOf('solar')] = 0.697;
  values[sourceKinds.indexOf('wind')] = 0.003;
  expect(mixOf(values, 0).map(({ kind, percent }) => [kind, percent])).toEqual([
    ['solar', 70],
    ['grid', 30],
    ['wind', 0],
  ]);
});

test('a sum is unknown as soon as one of its terms is', () => {
  expect(sideTotal(['stack_kgPerH', 'imported_kgPerH'], (term) => (term === 'stack_kgPerH' ? 0 : 5))).toBe(5);
  expect(sideTotal(['stack_kgPerH', 'imported_kgPerH'], (term) => (term === 'stack_kgPerH' ? Number.NaN : 5))).toBeNaN();
});

test('a good, fresh value only tells where it comes from', () => {
  expect(qualityWords({ origin: 'measured', validity: 'good', freshness: 'fresh' })).toEqual({
    origin: 'measured',
    validity: null,
    freshness: null,
  });
  expect(qualityWords({ origin: 'measured', validity: 'bad', freshness: 'stale' })).toEqual({
    origin: 'measured',
    validity: 'bad',
    freshness: 'stale',
  });
});

test('uses are shown as words', () => {
  expect(inWords('semiconductorFab')).toBe('semiconductor fab');
  expect(inWords('cold_store')).toBe('cold store');
  expect(textOfUse('cold_store').zh).toBe('冷库');
  expect(textOfUse('somethingElse')).toEqual({ en: 'something else' });
});

test('dark follows the sun, the device or the choice', () => {
  expect(isDark('sun', true, false)).toBe(true);
  expect(isDark('system', true, false)).toBe(false);
  expect(isDark('dark', false, false)).toBe(true);
  expect(isDark('light', true, true)).toBe(false);
});
