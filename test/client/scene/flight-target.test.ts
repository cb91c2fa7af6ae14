import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Viewpoint } from '../../../client/scene/camera/home-view.ts';
import { orbitPose, viewpointOf } from '../../../client/scene/camera/orbit-pose.ts';
import { type MovedView, movedAside, sameView, viewBefore } from '../../../client/scene/flight-target.ts';

const [fov_deg, aspect] = [38, 1.6];
/** Panels on the left, above and below. */
const margins = { top: 0.1, right: 0.05, bottom: 0.2, left: 0.45 };
const view = (east: number, bearing_deg: number, north = 0) =>
  viewpointOf({ kind: 'orbit', east, north, up: 0, bearing_deg, down_deg: 35, distance_m: 400 });

const middle: Viewpoint['target'] = [0, 0, 0];
const ofPanels = fc.record({
  top: fc.double({ min: 0, max: 0.3, noNaN: true }),
  right: fc.double({ min: 0, max: 0.3, noNaN: true }),
  bottom: fc.double({ min: 0, max: 0.3, noNaN: true }),
  left: fc.double({ min: 0.5, max: 0.6, noNaN: true }),
});

test('what is not covered moves no camera', () => {
  const before = view(-40, 180);
  expect(movedAside(middle, before, fov_deg, aspect, margins)).toBe(before);
});

test('what a panel covers comes out beside it by one move, with the same heading', () => {
  let moved = 0;
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(number(-60, 90), number(0, 359), ofPanels, (east, bearing_deg, panels) => {
      const before = view(east, bearing_deg);
      const after = movedAside(middle, before, fov_deg, aspect, panels);
      if (after === before) return;
      moved++;
      expect(sameView(after, before)).toBe(false);
      expect(orbitPose(after).bearing_deg).toBeCloseTo(orbitPose(before).bearing_deg, 6);
      expect([orbitPose(after).down_deg, orbitPose(after).distance_m]).toEqual([expect.closeTo(35, 6), expect.closeTo(400, 6)]);
      expect(after.target[1]).toBeCloseTo(0, 9);
      expect(sameView(movedAside(middle, after, fov_deg, aspect, panels), after)).toBe(true);
    }),
  );
  expect(moved).toBeGreaterThan(50);
});

test('panels laid out one after the other move it as the last of them alone; another asset counts from where it is', () => {
  fc.assert(
    fc.property(fc.double({ min: -60, max: 90, noNaN: true }), fc.array(ofPanels, { minLength: 1, maxLength: 4 }), (east, layouts) => {
      const first = view(east, 180);
      let now = first;
      let moved: MovedView | null = null;
      for (const panels of layouts) {
        const from = viewBefore(moved, 'hall', now);
        const to = movedAside(middle, from, fov_deg, aspect, panels);
        if (!sameView(to, now)) moved = { asset: 'hall', from, to };
        now = to;
      }
      const alone = movedAside(middle, first, fov_deg, aspect, layouts.at(-1) as typeof margins);
      expect(sameView(now, alone)).toBe(true);
      expect(viewBefore(moved, 'shed', now)).toBe(now);
      expect(viewBefore(moved, 'hall', view(east + 1, 180))).not.toBe(first);
    }),
  );
});
