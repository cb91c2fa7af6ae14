import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build } from '../../../client/scene/build/build.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { flowSegments } from '../../../client/scene/shape/flows.ts';
import { groundUnder, landOf, seat } from '../../../client/scene/shape/land.ts';
import type { Terrain } from '../../../models/park/park.ts';
import { heightAt } from '../../../models/park/relief.ts';
import { parkOf, square } from './park-view.ts';

const metre = 1 / 111_320;

/** A plane that falls `fall` metres a metre towards the south-east, over two kilometres, with a sea far below. */
function slope(fall: number): Terrain {
  const size = 21;
  const steps = [...Array(size * size).keys()].map((i) => Math.round(-fall * 1000 * ((i % size) + Math.floor(i / size))));
  return {
    bbox: [-1000 * metre, -1000 * metre, 1000 * metre, 1000 * metre],
    columns: size,
    rows: size,
    low_m: 500,
    step_m: 0.1,
    heights: steps.map((s, i) => (i === 0 ? s : s - (steps[i % size === 0 ? i - size : i - 1] as number))),
  };
}

function hilly(assets: ReturnType<typeof square>[], fall: number, more: Parameters<typeof parkOf>[1] = {}) {
  const park = parkOf(assets, more);
  return { ...park, metadata: { ...park.metadata, terrain: slope(fall) } };
}

describe('a seat on a slope', () => {
  test('leaves the roof above the ground all round, and the plinth reaches the lowest corner', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 5, max: 90 }),
        fc.integer({ min: 3, max: 60 }),
        (fall, side, height_m) => {
          const park = hilly([square('hall', -20, 10, side, { height_m })], fall);
          const land = landOf(park);
          const [hall] = sitesOf(park, land);
          if (!land || !hall) throw new Error('no land');
          const { low, high } = groundUnder(land, hall.areas);
          expect(hall.ground + height_m).toBeGreaterThan(high);
          expect(hall.ground).toBeLessThanOrEqual(high + 1e-9);
          expect(hall.ground).toBeGreaterThanOrEqual(low - 1e-9);
          expect(hall.foot).toBeCloseTo(low, 6);
          const heights = build(park).built.model.flatMap((m) => [...m.position].filter((_, i) => i % 3 === 1));
          if (high - low > 0.5) expect(Math.min(...heights)).toBeLessThan(low);
          expect(Math.max(...heights)).toBeGreaterThan(high);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('houses are dug in by half, yards and tanks stand level at the upper edge', () => {
    expect(seat({ low: 0, high: 4 }, 20, true)).toBe(2);
    expect(seat({ low: 0, high: 30 }, 6, true)).toBe(28);
    expect(seat({ low: 0, high: 4 }, 20, false)).toBe(4);
  });

  test('what stands on a roof rises with its house', () => {
    const park = hilly([square('hall', 0, 0, 40, { height_m: 12 }), square('roof-pv', 5, 5, 20, { kind: 'pv', at: 'hall' })], 0.2);
    const [hall, pv] = sitesOf(park);
    expect(pv).toMatchObject({ ground: hall?.ground, base: 12 });
  });
});

describe('the ground', () => {
  const green = { id: 'lawn', feature: 'context', kind: 'green', properties: {} } as const;
  const lawn = { ...green, geometry: square('lawn', -150, -120, 260).geometry } as ReturnType<typeof parkOf>['context'][number];

  test('lies on the land with every corner, lawns like fields', () => {
    const park = hilly([square('hall', 0, 0, 30)], 0.1, { context: [lawn] });
    const land = landOf(park);
    const { ground } = build(park).built;
    for (let i = 0; i < ground.position.length; i += 3) {
      const [x, y, z] = [ground.position[i] as number, ground.position[i + 1] as number, ground.position[i + 2] as number];
      if (Math.abs(x) < 2000 && Math.abs(z) < 2000) expect(Math.abs(y - heightAt(land, x, -z))).toBeLessThan(0.02);
    }
    expect(ground.normal.length).toBe((ground.position.length / 3) * 4);
    expect(ground.landFrom).toBeLessThan(ground.index.length);
    expect(ground.landFrom).toBeGreaterThan(0);
  });

  test('costs nothing where the park has no terrain', () => {
    const { ground } = build(parkOf([square('hall', 0, 0, 30)], { context: [lawn] })).built;
    expect(ground.position.filter((v, i) => i % 3 === 1 && v !== 0)).toHaveLength(0);
    expect(ground.normal).toHaveLength(0);
    expect(ground.landFrom).toBe(ground.index.length);
    expect(ground.index.length / 3).toBeLessThan(10);
  });

  test('carries the lines', () => {
    const park = hilly([square('hall', 0, 0, 30)], 0.1);
    const land = landOf(park);
    const at = (x: number, y: number) => [x * metre, y * metre];
    const line = { id: 'feeder', geometry: { type: 'LineString', coordinates: [at(-300, -200), at(310, 150)] } };
    const { levels, ends, count } = flowSegments(
      [line] as unknown as Parameters<typeof flowSegments>[0],
      (lon, lat) => [lon / metre, lat / metre],
      land,
    );
    expect(count).toBeGreaterThan(6);
    for (let i = 0; i < count; i++) {
      expect(levels[2 * i]).toBeCloseTo(heightAt(land, ends[4 * i] as number, -(ends[4 * i + 1] as number)), 2);
      if (i > 0) expect(levels[2 * i]).toBeCloseTo(levels[2 * i - 1] as number, 4);
    }
  });
});
