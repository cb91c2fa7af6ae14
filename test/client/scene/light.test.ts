import { describe, expect, test } from 'vitest';
import { angleBetween, isNight, lightAt, lightOf } from '../../../client/scene/light.ts';

const park = { lon: 120.7, lat: 31.85 };
const at = (iso: string) => lightAt(Date.parse(iso), park);

describe('the light', () => {
  test('at noon in Jiangsu the sun stands high in the south', () => {
    const noon = at('2026-06-21T12:00:00+08:00');
    expect(noon.altitude).toBeGreaterThan(80);
    expect(noon.direction[1]).toBeGreaterThan(0.98);
    const winter = at('2026-12-21T12:00:00+08:00');
    expect(winter.altitude).toBeCloseTo(34.7, 0);
    // South is +z.
    expect(winter.direction[2]).toBeGreaterThan(0.7);
  });

  test('in the morning it comes from the east, in the afternoon from the west', () => {
    expect(at('2026-03-20T08:00:00+08:00').direction[0]).toBeGreaterThan(0.5);
    expect(at('2026-03-20T16:00:00+08:00').direction[0]).toBeLessThan(-0.5);
  });

  test('by night there is a moon, so that nothing disappears', () => {
    const night = at('2026-03-20T23:00:00+08:00');
    expect(isNight(night.altitude)).toBe(true);
    expect(night.night).toBe(1);
    expect(night.direction[1]).toBeGreaterThan(0.5);
    expect(night.sunStrength + night.aroundStrength).toBeGreaterThan(1);
  });

  test('nothing jumps while the sun goes down, except the lamp that throws the shadows', () => {
    for (let a = 30; a > -20; a -= 0.25) {
      const [x, y] = [lightOf(270, a, 155), lightOf(270, a - 0.25, 155)];
      expect(Math.abs(x.sunStrength - y.sunStrength)).toBeLessThan(0.25);
      for (const key of ['zenith', 'horizon', 'above', 'below'] as const)
        for (const k of [0, 1, 2] as const) expect(Math.abs(x[key][k] - y[key][k])).toBeLessThan(0.05);
    }
  });

  test('angles are in degrees', () => {
    expect(angleBetween([1, 0, 0], [0, 1, 0])).toBeCloseTo(90, 9);
  });
});
