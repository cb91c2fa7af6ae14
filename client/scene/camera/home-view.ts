/**
 * Views of the whole park. The first one is a three-quarter view, with the long side across the picture and sunlit faces in
 * sight. After that the park is only fitted again into the part of the picture that is free: it does not turn by itself.
 */
import type { Extent } from '../shape/extent.ts';

export interface Viewpoint {
  /** x east, y up, z south */
  position: [number, number, number];
  target: [number, number, number];
}

/** Parts of the picture that panels take at each edge, as fractions of width and height. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Where the camera stands as seen from its target, radians clockwise from north, and how steeply it looks down. */
export interface Heading {
  azimuth: number;
  down: number;
}

/** What the park is fitted into. */
export interface Picture {
  aspect: number;
  fov_deg: number;
  margins: Margins;
}

/**
 * Why the whole park should be in the picture. 'first': nothing has been shown yet; 'home': a person asks for the home view;
 * 'room': panels or the window changed the free part; 'whole': something that runs through the whole park is shown.
 */
export type Cause = 'first' | 'home' | 'room' | 'whole';

const degree = Math.PI / 180;
/** Preferred angle of looking down on the park; a tall picture of a wide park needs a steeper one. */
const liked = 31 * degree;
/** Less than 90°: straight above the target, the camera's position does not define which way is up in the picture. */
const steepest = 89.9 * degree;

/**
 * The whole park, in the free part of the picture. Only the causes 'first' and 'home' choose the best of all views; the
 * others keep the current bearing (`now`), because a park that turns by itself makes people lose their orientation.
 */
export function wholeView(
  cause: Cause,
  now: Heading,
  { extent, latitude }: { extent: Extent; latitude: number },
  { aspect, fov_deg, margins }: Picture,
): Viewpoint {
  if (cause === 'first' || cause === 'home') return homeView(extent, aspect, fov_deg, latitude, margins);
  // From eye height a park is only a strip, so the camera looks down at least at the preferred angle.
  const down = Math.min(steepest, Math.max(liked, now.down));
  return framed(extent.points, now.azimuth, down, aspect, fov_deg, margins, extent.centre);
}

export function homeView(extent: Extent, aspect: number, fov_deg: number, latitude: number, margins: Margins): Viewpoint {
  const points = hullOf(extent.points);
  const sunny = latitude >= 0 ? Math.PI : 0;
  let best = { azimuth: sunny, down: liked };
  let score = Number.NEGATIVE_INFINITY;
  for (let down = liked; down <= 58 * degree; down += 4.5 * degree) {
    for (let i = 0; i < 72; i++) {
      const azimuth = i * 5 * degree;
      const view = framed(points, azimuth, down, aspect, fov_deg, margins, extent.centre);
      const distance = Math.hypot(view.position[0] - view.target[0], view.position[1], view.position[2] - view.target[2]);
      // About a third of a right angle off the sunny side two faces of each body are visible, both sunlit.
      const turned = Math.abs(Math.atan2(Math.sin(azimuth - sunny), Math.cos(azimuth - sunny)));
      const value = -Math.log(distance) - 0.22 * Math.abs(turned - 0.6) - 1.05 * (down - liked) - squareness(extent, azimuth);
      if (value > score) {
        score = value;
        best = { azimuth, down };
      }
    }
  }
  // The view is chosen with the outermost corners only, then fitted to all corners.
  return framed(extent.points, best.azimuth, best.down, aspect, fov_deg, margins, extent.centre);
}

/** Penalty for looking straight along the streets, which shows only one face of the buildings. */
function squareness(extent: Extent, azimuth: number): number {
  const off = Math.abs(Math.sin(2 * (azimuth - extent.bearing)));
  return 0.18 * Math.max(0, 1 - off / 0.6);
}

/** The corners that can touch the border of a picture: extremes in many directions, low and high. */
function hullOf(points: Extent['points']): Extent['points'] {
  const kept = new Set<Extent['points'][number]>();
  for (let i = 0; i < 32; i++) {
    const t = (i / 32) * 2 * Math.PI;
    for (const up of [-0.6, 0, 0.8]) {
      let far: Extent['points'][number] | null = null;
      let most = Number.NEGATIVE_INFINITY;
      for (const p of points) {
        const s = p[0] * Math.cos(t) + p[1] * Math.sin(t) + p[2] * up;
        if (s > most) {
          most = s;
          far = p;
        }
      }
      if (far) kept.add(far);
    }
  }
  return [...kept];
}

/**
 * The nearest viewpoint on a given bearing and pitch from which every point lies in the free part of the picture. `azimuth`
 * is where the camera stands, radians clockwise from north.
 */
export function framed(
  points: readonly (readonly [number, number, number])[],
  azimuth: number,
  down: number,
  aspect: number,
  fov_deg: number,
  margins: Margins,
  fallback: readonly [number, number],
): Viewpoint {
  const back: [number, number, number] = [Math.sin(azimuth) * Math.cos(down), Math.cos(azimuth) * Math.cos(down), Math.sin(down)];
  const right: [number, number, number] = [-Math.cos(azimuth), Math.sin(azimuth), 0];
  const up: [number, number, number] = [-Math.sin(azimuth) * Math.sin(down), -Math.cos(azimuth) * Math.sin(down), Math.cos(down)];
  const tanY = Math.tan((fov_deg * Math.PI) / 360);
  const tanX = tanY * aspect;
  // Slopes of the four sides of the free part, as seen from the eye.
  const side = {
    left: -tanX * (1 - 2 * margins.left),
    right: tanX * (1 - 2 * margins.right),
    bottom: -tanY * (1 - 2 * margins.bottom),
    top: tanY * (1 - 2 * margins.top),
  };
  const dot = (p: readonly [number, number, number], a: readonly [number, number, number]) => p[0] * a[0] + p[1] * a[1] + p[2] * a[2];
  // Eye at e (along right, up, back): (x − ex) ≤ side·(eb − b) and so on. Each side gives its extreme; then solve.
  const least = { left: Number.POSITIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };
  const most = { right: Number.NEGATIVE_INFINITY, top: Number.NEGATIVE_INFINITY };
  for (const p of points) {
    const [x, y, b] = [dot(p, right), dot(p, up), dot(p, back)];
    most.right = Math.max(most.right, x + side.right * b);
    least.left = Math.min(least.left, x + side.left * b);
    most.top = Math.max(most.top, y + side.top * b);
    least.bottom = Math.min(least.bottom, y + side.bottom * b);
  }
  if (points.length === 0) return { position: [fallback[0], 200, -fallback[1] + 300], target: [fallback[0], 0, -fallback[1]] };
  const eb = Math.max((most.right - least.left) / (side.right - side.left), (most.top - least.bottom) / (side.top - side.bottom));
  const ex = (most.right - side.right * eb + least.left - side.left * eb) / 2;
  const ey = (most.top - side.top * eb + least.bottom - side.bottom * eb) / 2;
  const eye = [0, 1, 2].map((k) => right[k as 0] * ex + up[k as 0] * ey + back[k as 0] * eb) as [number, number, number];
  // Look along −back until the ground.
  const t = eye[2] / back[2];
  const target = [eye[0] - back[0] * t, eye[1] - back[1] * t] as const;
  return { position: [eye[0], eye[2], -eye[1]], target: [target[0], 0, -target[1]] };
}
