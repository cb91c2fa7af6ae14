import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineWidth } from '../../../../client/panels/plan/paint-plan.ts';
import { boundsOf, pathOf } from '../../../../client/panels/plan/paths.ts';
import { besideCorner, fitTo, zoom } from '../../../../client/panels/plan/viewport.ts';

/** Metres are degrees here. */
const project = (lon: number, lat: number): [number, number] => [lon, lat];
const at = (x: number, y: number) => ({ centroid: [x, y] as const, geometry: { type: 'Point' as const, coordinates: [x, y] } });

describe('the plan', () => {
  test('draws polygons with their holes, north up', () => {
    const ring = [
      [0, 0],
      [10, 0],
      [10, 5],
      [0, 0],
    ];
    expect(pathOf({ type: 'Polygon', coordinates: [ring, ring] }, project)).toBe('M0 0L10 0L10 -5L0 0ZM0 0L10 0L10 -5L0 0Z');
  });

  test('draws collections part by part and points as circles', () => {
    const geometry = { type: 'GeometryCollection' as const, geometries: [{ type: 'Point' as const, coordinates: [1, 2] }] };
    expect(pathOf(geometry, project, 3)).toMatch(/^M-2 -2a3 3/);
  });

  test('frames the park without what stands far away', () => {
    const near = [at(0, 0), at(100, 0), at(100, 80), at(0, 80), at(50, 40)];
    const box = boundsOf([...near, at(13_000, 0)], project);
    expect(box.width).toBeLessThan(300);
    expect(box.x).toBeLessThan(0);
  });

  test('fits what it frames into what the panels leave free', () => {
    const window = fitTo({ x: 0, y: 0, width: 1000, height: 500 }, 1440, 900, { top: 80, right: 400, bottom: 0, left: 0 });
    const right = (1000 - window.x) / window.scale;
    const top = (0 - window.y) / window.scale;
    expect(right).toBeLessThanOrEqual(1040.5);
    expect(top).toBeGreaterThanOrEqual(79.5);
  });

  test('keeps clear of the legend, beside it for a tall park and above it for a wide one', () => {
    const insets = { top: 80, right: 0, bottom: 0, left: 0 };
    const corner = { right: 360, top: 560 };
    expect(besideCorner({ x: 0, y: 0, width: 500, height: 500 }, 1440, 900, insets, corner)).toEqual({ ...insets, left: 360 });
    expect(besideCorner({ x: 0, y: 0, width: 2000, height: 200 }, 1440, 900, insets, corner)).toEqual({ ...insets, bottom: 340 });
  });

  test('zooms to the pointer: what is under it stays there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        (f, x, y) => {
          const before = { x: -20, y: 30, scale: 1.5 };
          const after = zoom(before, f, x, y);
          expect(after.x + x * after.scale).toBeCloseTo(before.x + x * before.scale, 6);
          expect(after.y + y * after.scale).toBeCloseTo(before.y + y * before.scale, 6);
        },
      ),
    );
  });

  test('draws a line wider the more flows, either way, and thin when that is unknown', () => {
    expect(lineWidth(0)).toBe(1);
    expect(lineWidth(-5000)).toBe(lineWidth(5000));
    expect(lineWidth(5000)).toBeGreaterThan(lineWidth(50));
    expect(lineWidth(Number.NaN)).toBeLessThan(2);
  });
});
