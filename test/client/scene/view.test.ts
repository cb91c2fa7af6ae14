import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { framed, homeView, wholeView } from '../../../client/scene/camera/home-view.ts';
import { orbitPose } from '../../../client/scene/camera/orbit-pose.ts';
import { marginsOf } from '../../../client/scene/flight-target.ts';
import { arrange, type Label, leaderOf, type Placed, widthOf } from '../../../client/scene/labels/arrange-labels.ts';
import { pick, targetsOf } from '../../../client/scene/pick.ts';
import { extentOf } from '../../../client/scene/shape/extent.ts';
import { createGauge, isSoftware } from '../../../client/scene/tier.ts';
import { parkOf, square } from './park-view.ts';

const none = { top: 0, right: 0, bottom: 0, left: 0 };

/** Where a point (east, north, up) is in the picture, −1…1, seen from a viewpoint. */
function inPicture(p: readonly [number, number, number], view: ReturnType<typeof framed>, aspect: number, fov: number): [number, number] {
  const [ex, ey, ez] = view.position;
  const look = [view.target[0] - ex, view.target[1] - ey, view.target[2] - ez] as const;
  const l = Math.hypot(...look);
  const f = look.map((v) => v / l) as [number, number, number];
  const right = [-f[2], 0, f[0]].map((v) => v / Math.hypot(f[0], f[2])) as [number, number, number];
  const up = [right[1] * f[2] - right[2] * f[1], right[2] * f[0] - right[0] * f[2], right[0] * f[1] - right[1] * f[0]] as const;
  const d = [p[0] - ex, p[2] - ey, -p[1] - ez] as const;
  const dot = (a: readonly [number, number, number]) => d[0] * a[0] + d[1] * a[1] + d[2] * a[2];
  const t = Math.tan((fov * Math.PI) / 360);
  return [dot(right) / (dot(f) * t * aspect), dot(up) / (dot(f) * t)];
}

describe('the first view', () => {
  test('has the whole park in the free part of the picture, for any park, window and panels', () => {
    const coordinate = fc.double({ min: -2000, max: 2000, noNaN: true });
    const point = fc.tuple(coordinate, coordinate, fc.double({ min: 0, max: 60, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 3, maxLength: 20 }),
        fc.constantFrom(0.46, 0.5625, 1, 1.6, 2.4),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (points, aspect, margin, azimuth) => {
          const margins = { ...none, left: margin, top: margin / 2 };
          const view = framed(points, azimuth, 0.6, aspect, 32, margins, [0, 0]);
          for (const p of points) {
            const [x, y] = inPicture(p, view, aspect, 32);
            expect(x).toBeGreaterThanOrEqual(-1 + 2 * margin - 1e-6);
            expect(x).toBeLessThanOrEqual(1 + 1e-6);
            expect(y).toBeGreaterThanOrEqual(-1 - 1e-6);
            expect(y).toBeLessThanOrEqual(1 - margin + 1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('chosen from all around still has every corner of any park in the picture, upright or wide', () => {
    const place = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -900, max: 900 }),
      side: fc.integer({ min: 8, max: 120 }),
    });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(0.46, 0.5625, 1, 1.6, 2.4),
        fc.constantFrom(-34, 0, 31, 60),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (places, aspect, latitude, margin) => {
          const extent = extentOf(sitesOf(parkOf(places.map(({ x, y, side }, i) => square(`a${i}`, x, y, side)))));
          const margins = { ...none, right: margin, bottom: margin };
          const view = homeView(extent, aspect, 32, latitude, margins);
          for (const p of extent.points) {
            const [x, y] = inPicture(p, view, aspect, 32);
            for (const [v, low, high] of [
              [x, -1, 1 - 2 * margin],
              [y, -1 + 2 * margin, 1],
            ] as const) {
              expect(v).toBeGreaterThanOrEqual(low - 1e-6);
              expect(v).toBeLessThanOrEqual(high + 1e-6);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('is not disturbed by a feature 13 km away', () => {
    const near = [...Array(30).keys()].map((i) => square(`a${i}`, (i % 6) * 100, Math.floor(i / 6) * 100, 40));
    const far = square('far', 13_000, 0, 40);
    const with_ = extentOf(sitesOf(parkOf([...near, far])));
    const without = extentOf(sitesOf(parkOf(near)));
    expect(with_.radius).toBeCloseTo(without.radius, 6);
  });

  test('stands higher in a tall window, where a wide park would otherwise be a strip', () => {
    const wide = extentOf(sitesOf(parkOf([...Array(24).keys()].map((i) => square(`a${i}`, (i % 8) * 120, Math.floor(i / 8) * 120, 60)))));
    const height = (aspect: number) => {
      const v = homeView(wide, aspect, 32, 31, none);
      return v.position[1] / Math.hypot(v.position[0] - v.target[0], v.position[2] - v.target[2]);
    };
    expect(height(0.5)).toBeGreaterThanOrEqual(height(1.6));
    expect(height(1.6)).toBeGreaterThan(0.5);
  });

  test('works for a park with nothing in it', () => {
    expect(homeView(extentOf([]), 1.6, 32, 31, none).position.every(Number.isFinite)).toBe(true);
  });
});

describe('the whole park, shown again', () => {
  const degree = Math.PI / 180;
  const sites = [...Array(24).keys()].map((i) => square(`a${i}`, (i % 8) * 120, Math.floor(i / 8) * 120, 60));
  const place = { extent: extentOf(sitesOf(parkOf(sites))), latitude: 31 };
  const wide = { aspect: 1.6, fov_deg: 32, margins: none };
  const withTable = { ...wide, margins: { ...none, left: 0.42, bottom: 0.1 } };
  const best = ({ aspect, fov_deg, margins }: typeof wide) => homeView(place.extent, aspect, fov_deg, place.latitude, margins);
  const bearing = (view: ReturnType<typeof framed>) => orbitPose(view).bearing_deg;

  test('keeps bearing and steepness when panels or the window leave another room, and fits all of it into that room', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: 31, max: 89, noNaN: true }),
        fc.constantFrom(0.46, 0.5625, 1, 1.6, 2.4),
        fc.record({
          left: fc.constantFrom(0, 0.2, 0.455),
          bottom: fc.constantFrom(0, 0.3),
          right: fc.constantFrom(0, 0.3),
          top: fc.constant(0.05),
        }),
        (azimuth_deg, down_deg, aspect, margins) => {
          const now = { azimuth: azimuth_deg * degree, down: down_deg * degree };
          const view = wholeView('room', now, place, { aspect, fov_deg: 32, margins });
          const pose = orbitPose(view);
          expect(Math.cos(pose.bearing_deg * degree - now.azimuth)).toBeCloseTo(1, 6);
          expect(pose.down_deg).toBeCloseTo(down_deg, 6);
          for (const p of place.extent.points) {
            const [x, y] = inPicture(p, view, aspect, 32);
            expect(x).toBeGreaterThanOrEqual(-1 + 2 * margins.left - 1e-6);
            expect(x).toBeLessThanOrEqual(1 - 2 * margins.right + 1e-6);
            expect(y).toBeGreaterThanOrEqual(-1 + 2 * margins.bottom - 1e-6);
            expect(y).toBeLessThanOrEqual(1 - 2 * margins.top + 1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('opened and closed again, a sheet leaves the picture as it was', () => {
    const heading = (view: ReturnType<typeof framed>) => ({
      azimuth: orbitPose(view).bearing_deg * degree,
      down: orbitPose(view).down_deg * degree,
    });
    const before = wholeView('first', { azimuth: 0, down: 0 }, place, wide);
    const opened = wholeView('room', heading(before), place, withTable);
    const after = wholeView('room', heading(opened), place, wide);
    // The best view of what a table leaves is another: that is what the park must not turn to.
    expect(Math.abs(bearing(best(withTable)) - bearing(before))).toBeGreaterThan(20);
    expect(bearing(opened)).toBeCloseTo(bearing(before), 6);
    for (const i of [0, 1, 2] as const) expect(after.position[i]).toBeCloseTo(before.position[i], 6);
  });

  test('is hidden by no sheet that leaves it room, and keeps some where sheets leave none', () => {
    const table = marginsOf({ top: 76, right: 0, bottom: 180, left: 692 }, 1440, 900);
    expect(table.left).toBeGreaterThan(692 / 1440);
    expect(table.top).toBeGreaterThan(76 / 900);
    const edge = fc.integer({ min: 0, max: 2000 });
    const window = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(fc.record({ top: edge, right: edge, bottom: edge, left: edge }), window, window, (insets, width, height) => {
        const { top, right, bottom, left } = marginsOf(insets, width, height);
        expect(1 - left - right).toBeGreaterThan(0.2);
        expect(1 - top - bottom).toBeGreaterThan(0.05);
      }),
    );
  });

  test('is the best of all views at first and for whoever asks for home, wherever one looked', () => {
    const now = { azimuth: 2, down: 1.2 };
    expect(wholeView('first', now, place, withTable)).toEqual(best(withTable));
    expect(wholeView('home', now, place, withTable)).toEqual(best(withTable));
  });

  test('keeps the bearing for what goes through the whole park, also from above, and from eye height looks down on it', () => {
    const from = (down_deg: number) => orbitPose(wholeView('whole', { azimuth: 1.1, down: down_deg * degree }, place, wide));
    for (const down_deg of [0, 3, 45, 90]) expect(from(down_deg).bearing_deg * degree).toBeCloseTo(1.1, 6);
    expect(from(3).down_deg).toBeCloseTo(31, 6);
    expect(from(45).down_deg).toBeCloseTo(45, 6);
    expect(from(90).down_deg).toBeGreaterThan(89);
  });
});

describe('picking', () => {
  const sites = sitesOf(
    parkOf([
      square('low', 0, 0, 20, { height_m: 5 }),
      square('high', 0, 30, 20, { height_m: 40 }),
      square('plot', 60, 0, 20, { kind: 'plot' }),
    ]),
  );
  const targets = targetsOf(sites);
  const down = (x: number, y: number) => pick(targets, [x, y, 500], [0, 0, -1])?.site.asset.id ?? null;

  test('from above finds what is below, and nothing beside', () => {
    expect([down(10, 10), down(10, 40), down(10, 25), down(70, 10)]).toEqual(['low', 'high', null, 'plot']);
  });

  test('finds the nearer of two in line', () => {
    expect(pick(targets, [10, -100, 3], [0, 1, 0])?.site.asset.id).toBe('low');
    expect(pick(targets, [10, -100, 20], [0, 1, 0])?.site.asset.id).toBe('high');
    expect(pick(targets, [10, -100, 60], [0, 1, 0])).toBeNull();
  });
});

describe('labels', () => {
  const room = { left: 0, top: 0, right: 800, bottom: 600 };
  const label = (id: string, x: number, y: number, called = false): Label => ({ id, x, y, name: 'Name of a hall', value: '', called });
  const boxOf = (l: Placed, type = 1) => {
    const w = Math.max(widthOf(l.name, type), l.value ? widthOf(l.value, type) : 0);
    return [l.left - w / 2, l.bottom - 24 * type * (l.value ? 1.7 : 1), l.left + w / 2, l.bottom] as const;
  };

  test('never touch each other and never leave the free part of the picture, wherever things are', () => {
    const place = fc.record({
      x: fc.integer({ min: -50, max: 850 }),
      y: fc.integer({ min: -50, max: 650 }),
      name: fc.constantFrom('Hall', 'Name of a hall', '一号厂房和仓库', 'A very long name of something'),
      value: fc.constantFrom('', '412 gCO₂e/kWh'),
      called: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 25 }), fc.constantFrom(1, 1.7), fc.integer({ min: 0, max: 300 }), (places, type, left) => {
        const free = { ...room, left };
        const panel = { left: 300, top: 200, right: 500, bottom: 400 };
        const placed = arrange(
          places.map((p, i) => ({ id: String(i), ...p })),
          { room: free, covered: [panel], type },
        );
        const boxes = placed.map((l) => boxOf(l, type));
        for (const [i, a] of boxes.entries()) {
          expect(a[0]).toBeGreaterThanOrEqual(left - 1e-6);
          expect(a[2]).toBeLessThanOrEqual(800 + 1e-6);
          expect(a[1]).toBeGreaterThanOrEqual(-1e-6);
          expect(a[3]).toBeLessThanOrEqual(600 + 1e-6);
          expect(a[0] < panel.right && panel.left < a[2] && a[1] < panel.bottom && panel.top < a[3]).toBe(false);
          for (const b of boxes.slice(i + 1)) expect(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]).toBe(false);
        }
      }),
    );
  });

  test('give way upwards with a line to their place, and the chosen one is always there', () => {
    const kept = arrange([label('chosen', 400, 300, true), label('same place', 400, 300), label('elsewhere', 100, 300)], { room });
    expect(kept.map((l) => l.id)).toEqual(['chosen', 'same place', 'elsewhere']);
    expect(kept.map((l) => leaderOf(l).length > 0)).toEqual([false, true, false]);
    const corner = arrange([label('chosen', 2, 3, true)], { room });
    expect(corner).toHaveLength(1);
  });

  test('stay in the spot they had while it is free', () => {
    const [, moved] = arrange([label('a', 400, 300), label('b', 410, 300)], { room });
    expect(moved?.spot).toBeGreaterThan(0);
    const [again] = arrange([label('b', 410, 300)], { room, before: new Map([['b', moved?.spot ?? 0]]) });
    expect(again?.spot).toBe(moved?.spot);
  });
});

describe('tiers', () => {
  test('software is recognised by its names', () => {
    expect(isSoftware('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)')).toBe(true);
    expect(isSoftware('llvmpipe (LLVM 15.0.7, 256 bits)')).toBe(true);
    expect(isSoftware('ANGLE (NVIDIA GeForce RTX 4070)')).toBe(false);
  });

  test('fall when frames are slow, and pauses do not count', () => {
    const gauge = createGauge('full');
    const feed = (s: number) => [...Array(30).keys()].map(() => gauge(s)).find((t) => t !== null) ?? null;
    expect(feed(1 / 60)).toBeNull();
    expect(feed(8)).toBeNull();
    expect(feed(1 / 12)).toBe('middle');
    expect(feed(1 / 12)).toBe('light');
    expect(feed(1 / 12)).toBeNull();
  });
});
