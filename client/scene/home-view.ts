/** The first view: three quarters, the whole park in the picture, the long side across it, the light on what is seen. */
import type { Extent } from './shape/extent.ts';

export interface Viewpoint {
  /** x east, y up, z south */
  position: [number, number, number];
  target: [number, number, number];
}

/** Free part of the picture, as fractions of width and height taken by panels. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

const pitch = (32 * Math.PI) / 180;

export function homeView(extent: Extent, aspect: number, fov_deg: number, latitude: number, margins: Margins): Viewpoint {
  const middle = azimuthOf(extent, aspect / 1, latitude);
  return framed(extent.points, middle, pitch, aspect, fov_deg, margins, extent.centre);
}

/** Bearing from which to look: across the long side in a wide picture, along it in a tall one; rather from the sunny side. */
export function azimuthOf(extent: Extent, aspect: number, latitude: number): number {
  let best = 0;
  let score = Number.NEGATIVE_INFINITY;
  const sunny = latitude >= 0 ? Math.PI : 0;
  for (let i = 0; i < 48; i++) {
    const azimuth = (i / 48) * 2 * Math.PI;
    const right: [number, number] = [Math.cos(azimuth), -Math.sin(azimuth)];
    const ahead: [number, number] = [-Math.sin(azimuth), -Math.cos(azimuth)];
    const across = span(extent, right);
    const deep = span(extent, ahead) * Math.sin(pitch);
    const fit = -Math.abs(Math.log(across / Math.max(1, deep) / (aspect * 1.25)));
    // A quarter turn off the sunny side shows two faces of everything; straight on, only one.
    const turn = Math.abs(Math.abs(wrapped(azimuth - sunny)) - 0.55);
    const value = fit * 0.8 - turn * 0.9;
    if (value > score) {
      score = value;
      best = azimuth;
    }
  }
  return best;
}

const wrapped = (a: number) => Math.atan2(Math.sin(a), Math.cos(a));

function span(extent: Extent, axis: readonly [number, number]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const p of extent.points) {
    const s = p[0] * axis[0] + p[1] * axis[1];
    low = Math.min(low, s);
    high = Math.max(high, s);
  }
  return Math.max(1, high - low);
}

/**
 * The nearest viewpoint on a given bearing and pitch from which every point lies in the free part of the picture.
 * `azimuth` is where the eye stands, radians clockwise from north.
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
