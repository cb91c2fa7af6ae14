/** Plane geometry of footprints, in metres: x east, y north. Outer rings run counter-clockwise, holes clockwise. */

export type Vec = readonly [number, number];
export type Ring = Vec[];
/** Outer ring, then holes: what is solid is always on the left of every edge. */
export type Area = Ring[];

/** An oriented rectangle: centre, unit vector along its long side, full length and width. */
export interface Frame {
  centre: Vec;
  axis: Vec;
  length: number;
  width: number;
}

export function signedArea(ring: Ring): number {
  let a = 0;
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i] as Vec;
    const q = ring[(i + 1) % ring.length] as Vec;
    a += p[0] * q[1] - q[0] * p[1];
  }
  return a / 2;
}

/** Removes the closing point and points within 5 cm of the one before, and winds the ring as asked; null when nothing is left. */
export function cleanRing(points: Ring, counterClockwise: boolean): Ring | null {
  const ring: Ring = [];
  for (const p of points) {
    const last = ring.at(-1);
    if (!Number.isFinite(p[0]) || !Number.isFinite(p[1])) continue;
    if (!last || Math.hypot(p[0] - last[0], p[1] - last[1]) > 0.05) ring.push(p);
  }
  const first = ring[0];
  const last = ring.at(-1);
  if (first && last && ring.length > 1 && Math.hypot(first[0] - last[0], first[1] - last[1]) <= 0.05) ring.pop();
  if (ring.length < 3) return null;
  const area = signedArea(ring);
  if (Math.abs(area) < 0.05) return null;
  return area > 0 === counterClockwise ? ring : ring.reverse();
}

export function cleanArea(rings: Ring[]): Area | null {
  const outer = rings[0] && cleanRing(rings[0], true);
  if (!outer) return null;
  const holes = rings.slice(1).map((r) => cleanRing(r, false));
  return [outer, ...holes.filter((r) => r !== null)];
}

/**
 * Every edge moved `distance` towards the solid (negative: outwards), mitred; sharp corners are cut at twice the distance.
 * Meant for kerbs, parapets and plates, that is for distances much smaller than the edges.
 */
export function inset(ring: Ring, distance: number): Ring {
  const n = ring.length;
  return ring.map((p, i) => {
    const a = ring[(i + n - 1) % n] as Vec;
    const b = ring[(i + 1) % n] as Vec;
    const m = normal(a, p);
    const k = normal(p, b);
    const x = m[0] + k[0];
    const y = m[1] + k[1];
    const dot = 1 + m[0] * k[0] + m[1] * k[1];
    const scale = distance / Math.max(dot, 0.5);
    return [p[0] + x * scale, p[1] + y * scale];
  });
}

/** Unit normal on the left of a → b. */
export function normal(a: Vec, b: Vec): Vec {
  const x = b[0] - a[0];
  const y = b[1] - a[1];
  const l = Math.hypot(x, y) || 1;
  return [-y / l, x / l];
}

export function inRing(p: Vec, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Vec;
    const b = ring[j] as Vec;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

export function inArea(p: Vec, area: Area): boolean {
  return area.reduce((inside, ring) => (inRing(p, ring) ? !inside : inside), false);
}

export function distanceToSegment(p: Vec, a: Vec, b: Vec): number {
  const x = b[0] - a[0];
  const y = b[1] - a[1];
  const l = x * x + y * y;
  const t = l > 0 ? Math.min(1, Math.max(0, ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / l)) : 0;
  return Math.hypot(p[0] - a[0] - t * x, p[1] - a[1] - t * y);
}

/** Distance to the nearest edge of any ring. */
export function distanceToEdge(p: Vec, area: Area): number {
  let least = Number.POSITIVE_INFINITY;
  for (const ring of area) {
    for (let i = 0; i < ring.length; i++) least = Math.min(least, distanceToSegment(p, ring[i] as Vec, ring[(i + 1) % ring.length] as Vec));
  }
  return least;
}

/** Smallest rectangle around a ring among those along one of its edges. */
export function frameOf(ring: Ring): Frame {
  let best: Frame | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ring.length; i++) {
    const n = normal(ring[i] as Vec, ring[(i + 1) % ring.length] as Vec);
    const axis: Vec = [n[1], -n[0]];
    const frame = frameAlong(ring, axis);
    const area = frame.length * frame.width;
    if (area < least - 1e-6) {
      least = area;
      best = frame;
    }
  }
  return best ?? { centre: ring[0] ?? [0, 0], axis: [1, 0], length: 1, width: 1 };
}

/** The rectangle around a ring with its long side along `axis`, or across it if that is longer and `keep` is false. */
export function frameAlong(ring: Ring, axis: Vec, keep = false): Frame {
  let u0 = Number.POSITIVE_INFINITY;
  let u1 = Number.NEGATIVE_INFINITY;
  let v0 = Number.POSITIVE_INFINITY;
  let v1 = Number.NEGATIVE_INFINITY;
  for (const p of ring) {
    const u = p[0] * axis[0] + p[1] * axis[1];
    const v = -p[0] * axis[1] + p[1] * axis[0];
    u0 = Math.min(u0, u);
    u1 = Math.max(u1, u);
    v0 = Math.min(v0, v);
    v1 = Math.max(v1, v);
  }
  const u = (u0 + u1) / 2;
  const v = (v0 + v1) / 2;
  const centre: Vec = [u * axis[0] - v * axis[1], u * axis[1] + v * axis[0]];
  const along = u1 - u0;
  const across = v1 - v0;
  if (along >= across || keep) return { centre, axis, length: along, width: across };
  return { centre, axis: [-axis[1], axis[0]], length: across, width: along };
}

/** A point of a frame: `u` along, `v` across, from its centre. */
export function at(frame: Frame, u: number, v: number): Vec {
  const { centre, axis } = frame;
  return [centre[0] + u * axis[0] - v * axis[1], centre[1] + u * axis[1] + v * axis[0]];
}

export function rectangle(frame: Frame, u0: number, u1: number, v0: number, v1: number): Ring {
  return [at(frame, u0, v0), at(frame, u1, v0), at(frame, u1, v1), at(frame, u0, v1)];
}

/** Unit vector of a bearing, degrees clockwise from north. */
export function bearing(degrees: number): Vec {
  const r = (degrees * Math.PI) / 180;
  return [Math.sin(r), Math.cos(r)];
}

/** A pseudo-random number in 0…1 that is always the same for the same text and salt. */
export function chance(text: string, salt = 0): number {
  let h = 2166136261 ^ salt;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h ^= h >>> 15;
  h = Math.imul(h, 2246822519);
  h ^= h >>> 13;
  return (h >>> 0) / 4294967296;
}
