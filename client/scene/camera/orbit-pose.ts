/** Converts a viewpoint (three.js: x east, y up, z south) to a pose of an address, and back. */
import type { OrbitPose } from '../../live/pose.ts';
import type { Viewpoint } from './home-view.ts';

const degree = Math.PI / 180;

export function orbitPose({ position, target }: Viewpoint): OrbitPose {
  const [dx, dy, dz] = [position[0] - target[0], position[1] - target[1], position[2] - target[2]];
  const distance_m = Math.hypot(dx, dy, dz);
  const across = Math.hypot(dx, dz);
  // Straight above the target the bearing is set to south (180°), so that north is up.
  const bearing = across < 1e-3 * distance_m ? 180 : Math.atan2(dx, -dz) / degree;
  return {
    kind: 'orbit',
    east: target[0],
    north: target[2] === 0 ? 0 : -target[2],
    up: target[1],
    bearing_deg: (bearing + 360) % 360,
    down_deg: Math.min(90, Math.max(0, Math.atan2(dy, across) / degree)),
    distance_m,
  };
}

export function viewpointOf({ east, north, up, bearing_deg, down_deg, distance_m }: OrbitPose): Viewpoint {
  const across = Math.cos(down_deg * degree) * distance_m;
  const target: Viewpoint['target'] = [east, up, -north];
  return {
    target,
    position: [
      east + Math.sin(bearing_deg * degree) * across,
      up + Math.sin(down_deg * degree) * distance_m,
      -north - Math.cos(bearing_deg * degree) * across,
    ],
  };
}
