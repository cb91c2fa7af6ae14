/**
 * Position of the camera as text in an address: short, and the same text for the same view. Metres from the park's place,
 * degrees. `123.4_-56.0_0_213.5_31.0_420`: the point looked at (east, north, up), then the bearing of the camera (clockwise
 * from north), steepness and distance. `walk_123.4_-56.0_90.0_0.0`: position (east, north), heading and pitch.
 */

export interface OrbitPose {
  kind: 'orbit';
  east: number;
  north: number;
  up: number;
  /** Where the camera is as seen from the point, clockwise from north, 0…360. */
  bearing_deg: number;
  /** How steeply the camera looks down: 0 level, 90 from above. */
  down_deg: number;
  distance_m: number;
}

export interface WalkPose {
  kind: 'walk';
  east: number;
  north: number;
  /** Direction of view, clockwise from north, 0…360. */
  heading_deg: number;
  /** Above the horizon is positive. */
  pitch_deg: number;
}

export type Pose = OrbitPose | WalkPose;

/** Poses with coordinates or a distance beyond this are rejected. */
const farthest_m = 200_000;

const round = (value: number, digits: number): number => {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : rounded;
};
/** 0 ≤ x < 360, also after rounding. */
const turn = (value: number): number => round(((value % 360) + 360) % 360, 1) % 360;

/** Rounded as in an address: to 0.1 m and 0.1°. */
export function rounded(pose: Pose): Pose {
  if (pose.kind === 'walk')
    return {
      kind: 'walk',
      east: round(pose.east, 1),
      north: round(pose.north, 1),
      heading_deg: turn(pose.heading_deg),
      pitch_deg: round(pose.pitch_deg, 1),
    };
  return {
    kind: 'orbit',
    east: round(pose.east, 1),
    north: round(pose.north, 1),
    up: round(pose.up, 1),
    bearing_deg: turn(pose.bearing_deg),
    down_deg: round(pose.down_deg, 1),
    distance_m: round(pose.distance_m, 1),
  };
}

export function poseText(pose: Pose): string {
  const p = rounded(pose);
  const parts =
    p.kind === 'walk'
      ? ['walk', p.east, p.north, p.heading_deg, p.pitch_deg]
      : [p.east, p.north, p.up, p.bearing_deg, p.down_deg, p.distance_m];
  return parts.join('_');
}

/** Null when the text is no pose, or a pose out of bounds. */
export function readPose(text: string | null): Pose | null {
  if (text === null) return null;
  const [first, ...rest] = text.split('_');
  const isWalk = first === 'walk';
  const parts = isWalk ? rest : [first ?? '', ...rest];
  if (parts.length !== (isWalk ? 4 : 6) || !parts.every((part) => /^-?\d+(\.\d+)?$/.test(part))) return null;
  const [a, b, c, d, e, f] = parts.map(Number) as [number, number, number, number, number, number];
  if (Math.abs(a) > farthest_m || Math.abs(b) > farthest_m) return null;
  if (isWalk) return Math.abs(d) > 90 ? null : rounded({ kind: 'walk', east: a, north: b, heading_deg: c, pitch_deg: d });
  if (Math.abs(c) > farthest_m || e < 0 || e > 90 || !(f > 0) || f > farthest_m) return null;
  return rounded({ kind: 'orbit', east: a, north: b, up: c, bearing_deg: d, down_deg: e, distance_m: f });
}
