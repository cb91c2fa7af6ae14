import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buriedOf, depthsOf, layerStep } from '../../../client/scene/shape/buried.ts';
import type { ParkView } from '../../../models/api/park-view.ts';
import type { Carrier } from '../../../models/carriers.ts';

type Line = ParkView['lines'][number];
const line = (id: string, carrier: Carrier, coordinates: [number, number][] | null): Line => ({
  id,
  feature: 'line',
  carrier,
  from: 'a',
  to: 'b',
  loss: 0,
  length_m: 100,
  open: false,
  implied: false,
  scale: 'whole',
  geometry: coordinates && { type: 'LineString', coordinates },
});
const project = (lon: number, lat: number): [number, number] => [lon, lat];

describe('what lies in the ground', () => {
  test('has a depth for each carrier that is there, none twice, cables above pipes', () => {
    const lines = [line('g', 'gas', [[0, 0], [9, 0]]), line('e', 'electricity', [[0, 0], [9, 0]]), line('h', 'heat', [[0, 0], [9, 0]])]; // biome-ignore format: one a row says less
    const depths = depthsOf(lines, 800);
    expect([...depths.keys()]).toEqual(['electricity', 'heat', 'gas']);
    expect(new Set(depths.values()).size).toBe(3);
    expect([...depths.values()].every((d) => d > 0)).toBe(true);
  });

  test('runs unbroken from the surface down, along and up again, above its bed', () => {
    const coordinate = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 8 }), (course) => {
        fc.pre(course.every((p, i) => i === 0 || p[0] !== course[i - 1]?.[0] || p[1] !== course[i - 1]?.[1]));
        const { from, to, count, bed } = buriedOf([line('l', 'heat', course)], project, null, 600, 0);
        expect(count).toBe(course.length - 1 + 2);
        const depth = layerStep(600);
        for (let i = 0; i < count - 2; i++) {
          expect([from[3 * i + 1], to[3 * i + 1]]).toEqual([Math.fround(-depth), Math.fround(-depth)]);
          if (i > 0) expect([...from.slice(3 * i, 3 * i + 3)]).toEqual([...to.slice(3 * i - 3, 3 * i)]);
        }
        for (const i of [count - 2, count - 1]) expect([from[3 * i + 1], to[3 * i + 1]]).toEqual([Math.fround(-depth), 0]);
        expect(bed).toBeLessThan(-depth);
      }),
    );
  });

  test('is not what stands on trestles', () => {
    const air: Line = { ...line('l', 'compressedAir', [[0, 0], [9, 0]]), overhead: true }; // biome-ignore format: one a row says less
    expect(buriedOf([air], project, null, 600, 0).count).toBe(0);
    expect(depthsOf([air], 600).size).toBe(0);
  });

  test('is not invented: a line without a course is not there', () => {
    expect(buriedOf([line('l', 'heat', null)], project, null, 600, 0).count).toBe(0);
  });
});
