import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellOf, drapeLine, drapeRing, heightAt, meetGround, type Relief, reliefOf } from '../../../models/park/relief.ts';

type Vec = readonly [number, number];

/** A grid over ±500 m whose heights anybody may choose, metres as degrees. */
const land = fc
  .record({ columns: fc.integer({ min: 3, max: 12 }), rows: fc.integer({ min: 3, max: 12 }), seed: fc.integer({ min: 1, max: 1e6 }) })
  .map(({ columns, rows, seed }): Relief => {
    const steps = [...Array(columns * rows).keys()].map((i) => Math.round(200 * Math.abs(Math.sin(seed * (i + 1)))));
    const heights = steps.map((s, i) => (i === 0 ? s : s - (steps[i % columns === 0 ? i - columns : i - 1] as number)));
    return reliefOf({ bbox: [-500, -500, 500, 500], columns, rows, low_m: 20, step_m: 0.1, heights }, (x, y) => [x, y], [[0, 0]]);
  });
/** To the millimetre: two corners nearer to each other are one. */
const somewhere = fc
  .tuple(fc.integer({ min: -900_000, max: 900_000 }), fc.integer({ min: -900_000, max: 900_000 }))
  .map((p): Vec => [p[0] / 1000, p[1] / 1000]);

const areaOf = (ring: readonly Vec[]) =>
  ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length] as Vec;
    return sum + (p[0] * q[1] - q[0] * p[1]) / 2;
  }, 0);
const mean = (points: readonly Vec[]): Vec => [
  points.reduce((s, p) => s + p[0], 0) / points.length,
  points.reduce((s, p) => s + p[1], 0) / points.length,
];

describe('the land', () => {
  test('has the height of the grid at its corners, and 0 where the park stands', () => {
    fc.assert(
      fc.property(land, (relief) => {
        const { xs, ys, heights } = relief;
        for (const [j, y] of ys.entries())
          for (const [i, x] of xs.entries()) expect(heightAt(relief, x, y)).toBeCloseTo(heights[j * xs.length + i] as number, 3);
        expect(heightAt(relief, 0, 0)).toBeCloseTo(0, 3);
      }),
      { numRuns: 15 },
    );
  });

  test('has no step anywhere, also beyond the data', () => {
    fc.assert(
      fc.property(land, somewhere, (relief, [x, y]) => {
        for (const [dx, dy] of [
          [0.01, 0],
          [0, 0.01],
        ] as const)
          expect(Math.abs(heightAt(relief, x + dx, y + dy) - heightAt(relief, x, y))).toBeLessThan(0.02);
      }),
    );
  });

  test('goes on beyond the data and stays between its lowest and highest', () => {
    fc.assert(
      fc.property(
        land,
        fc.double({ min: 0, max: 7, noNaN: true }),
        fc.double({ min: 500, max: 200_000, noNaN: true }),
        (relief, turn, far) => {
          const [low, high] = relief.heights.reduce(([a, b], h) => [Math.min(a, h), Math.max(b, h)], [0, 0]);
          const h = heightAt(relief, far * Math.cos(turn), far * Math.sin(turn));
          expect(h).toBeGreaterThanOrEqual(low - 1e-6);
          expect(h).toBeLessThanOrEqual(high + 1e-6);
        },
      ),
    );
  });

  test('finds the cell of any place', () => {
    fc.assert(
      fc.property(land, somewhere, ({ xs }, [x]) => {
        const i = cellOf(xs, x);
        expect(xs[i]).toBeLessThanOrEqual(x);
        expect(xs[i + 1]).toBeGreaterThanOrEqual(x);
      }),
    );
  });
});

describe('what lies on the land', () => {
  test('is cut into flat pieces that make up the whole', () => {
    fc.assert(
      fc.property(land, somewhere, fc.double({ min: 1, max: 300, noNaN: true }), fc.integer({ min: 3, max: 9 }), (relief, c, r, sides) => {
        const ring = [...Array(sides).keys()].map(
          (i): Vec => [c[0] + r * Math.cos((i / sides) * 6.2832), c[1] + r * Math.sin((i / sides) * 6.2832)],
        );
        const pieces = drapeRing(relief, ring);
        expect(pieces.reduce((sum, p) => sum + areaOf(p), 0)).toBeCloseTo(areaOf(ring), 3);
        for (const piece of pieces) {
          const flat = piece.reduce((sum, p) => sum + heightAt(relief, p[0], p[1]), 0) / piece.length;
          expect(Math.abs(heightAt(relief, ...mean(piece)) - flat)).toBeLessThan(1e-3);
        }
      }),
    );
  });

  test('follows it along a course, between the same ends', () => {
    fc.assert(
      fc.property(land, fc.array(somewhere, { minLength: 2, maxLength: 5 }), (relief, line) => {
        const course = drapeLine(relief, line);
        expect(course[0]).toEqual(line[0]);
        expect(course.at(-1)).toEqual(line.at(-1));
        for (let i = 1; i < course.length; i++) {
          const [a, b] = [course[i - 1] as Vec, course[i] as Vec];
          const half = (heightAt(relief, a[0], a[1]) + heightAt(relief, b[0], b[1])) / 2;
          expect(Math.abs(heightAt(relief, ...mean([a, b])) - half)).toBeLessThan(1e-3);
        }
      }),
    );
  });

  test('is met by a ray from above where the ray is on the ground', () => {
    fc.assert(
      fc.property(
        land,
        somewhere,
        fc.double({ min: 0.15, max: 1.5, noNaN: true }),
        fc.double({ min: 0, max: 6.3, noNaN: true }),
        (relief, p, down, turn) => {
          const d = [Math.cos(turn) * Math.cos(down), Math.sin(turn) * Math.cos(down), -Math.sin(down)] as const;
          const o = [p[0], p[1], heightAt(relief, p[0], p[1]) + 60] as const;
          const t = meetGround(relief, o, d);
          expect(t).not.toBeNull();
          const at = [o[0] + d[0] * (t ?? 0), o[1] + d[1] * (t ?? 0), o[2] + d[2] * (t ?? 0)] as const;
          expect(Math.abs(at[2] - heightAt(relief, at[0], at[1]))).toBeLessThan(0.6);
        },
      ),
    );
  });

  test('flat land is met where height is 0, and a ray to the sky never', () => {
    expect(meetGround(null, [0, 0, 10], [1, 0, -1])).toBe(10);
    expect(meetGround(null, [0, 0, 10], [1, 0, 0.1])).toBeNull();
    expect(heightAt(null, 12, 34)).toBe(0);
  });
});
