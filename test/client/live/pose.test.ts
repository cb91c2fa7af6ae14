import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pose, poseText, readPose, rounded } from '../../../client/live/pose.ts';
import { orbitPose, viewpointOf } from '../../../client/scene/camera/orbit-pose.ts';

const metres = fc.double({ min: -5000, max: 5000, noNaN: true });
const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const orbit = fc.record({
  kind: fc.constant('orbit' as const),
  east: metres,
  north: metres,
  up: fc.double({ min: 0, max: 80, noNaN: true }),
  bearing_deg: degrees(-720, 720),
  down_deg: degrees(0, 90),
  distance_m: fc.double({ min: 10, max: 20_000, noNaN: true }),
});
const walk = fc.record({
  kind: fc.constant('walk' as const),
  east: metres,
  north: metres,
  heading_deg: degrees(-720, 720),
  pitch_deg: degrees(-80, 80),
});

describe('a view in an address', () => {
  test('reads back as what was written, to a tenth of a metre and degree, and is then always the same text', () => {
    fc.assert(
      fc.property(fc.oneof(orbit, walk), (pose: Pose) => {
        const text = poseText(pose);
        const read = readPose(text);
        expect(read).toEqual(rounded(pose));
        expect(read && poseText(read)).toBe(text);
        // Nothing that an address would have to escape.
        expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  test.each([
    null,
    '',
    '1_2_3',
    'walk_1_2_3',
    '1_2_3_4_5_0',
    '1_2_3_4_91_10',
    'a_b_c_d_e_f',
    '1_2_3_4_5_1e9',
    'Infinity_0_0_0_45_100',
    'walk_1_2_3_95',
  ])('%s is none', (text) => {
    expect(readPose(text)).toBeNull();
  });

  test('is the same place for the eye', () => {
    fc.assert(
      fc.property(orbit, (pose) => {
        const view = viewpointOf({ ...pose, down_deg: Math.min(89, pose.down_deg) });
        const again = viewpointOf(orbitPose(view));
        for (const k of [0, 1, 2] as const) expect(again.position[k]).toBeCloseTo(view.position[k], 4);
      }),
    );
  });

  test('from straight above has north up', () => {
    expect(orbitPose({ position: [10, 500, -20], target: [10, 0, -20] })).toMatchObject({
      bearing_deg: 180,
      down_deg: 90,
      distance_m: 500,
    });
  });
});
