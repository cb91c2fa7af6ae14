import { describe, expect, test } from 'vitest';
import { nightsOf } from '../../../../client/panels/timeline/nights.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('night shading', () => {
  test('begins at sunset and ends at sunrise', () => {
    // Suzhou, 10 June 2026: sunrise 04:51, sunset 19:01 by the almanac.
    const midnight = Date.parse('2026-06-10T00:00+08:00');
    const nights = nightsOf({ from: midnight, to: midnight + day }, { lon: 120.6, lat: 31.3 });
    expect(nights).toHaveLength(2);
    expect((nights[0]?.to ?? 0) - midnight).toBeGreaterThan(4.7 * hour);
    expect((nights[0]?.to ?? 0) - midnight).toBeLessThan(5 * hour);
    expect((nights[1]?.from ?? 0) - midnight).toBeGreaterThan(18.9 * hour);
    expect((nights[1]?.from ?? 0) - midnight).toBeLessThan(19.2 * hour);
  });

  test('is one band for weeks where the sun does not rise, and none where it does not set', () => {
    const place = { lon: 25.7, lat: 71 };
    const winter = Date.UTC(2026, 11, 10);
    expect(nightsOf({ from: winter, to: winter + 14 * day }, place)).toEqual([{ from: winter, to: winter + 14 * day }]);
    const summer = Date.UTC(2026, 5, 10);
    expect(nightsOf({ from: summer, to: summer + 14 * day }, place)).toEqual([]);
  });
});
