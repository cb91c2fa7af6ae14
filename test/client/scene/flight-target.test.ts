import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewpointOf } from '../../../client/scene/camera/orbit-pose.ts';
import { moveAside } from '../../../client/scene/flight-target.ts';

const [fov_deg, aspect] = [38, 1.6];
/** Panels on the left, above and below. */
const margins = { top: 0.1, right: 0.05, bottom: 0.2, left: 0.45 };
const view = (east: number, bearing_deg: number, north = 0) =>
  viewpointOf({ kind: 'orbit', east, north, up: 0, bearing_deg, down_deg: 35, distance_m: 400 });

test('what is not covered moves no camera', () => {
  expect(moveAside([0, 0, 0], view(-40, 180), fov_deg, aspect, margins)).toBeNull();
});

test('what a panel covers comes out beside it by one move, and a second change of the panels adds none', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(number(-60, 90), number(0, 359), (east, bearing_deg) => {
      const before = view(east, bearing_deg);
      const move = moveAside([0, 0, 0], before, fov_deg, aspect, margins);
      fc.pre(move !== null);
      // To the right and forward, as seen from south (180°): east and north.
      const turn = ((bearing_deg - 180) * Math.PI) / 180;
      const along = move.right_m * Math.cos(turn) + move.forward_m * Math.sin(turn);
      const across = -move.right_m * Math.sin(turn) + move.forward_m * Math.cos(turn);
      const again = moveAside([0, 0, 0], view(east + along, bearing_deg, across), fov_deg, aspect, margins);
      expect(Math.abs(move.right_m)).toBeGreaterThan(0);
      expect(Math.hypot(again?.right_m ?? 0, again?.forward_m ?? 0)).toBeLessThan(1e-6);
    }),
  );
});
