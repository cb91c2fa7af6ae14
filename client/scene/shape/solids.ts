/** The basic solids of which everything is built. Heights in metres above the ground. */
import earcut from 'earcut';
import { facing, type Mesh, type Paint, part, type Vertex } from './mesh.ts';
import { type Area, at, type Frame, type Ring, type Vec } from './ring.ts';

export const matter = (tint: number): Paint => ({ part: part.matter, tint });
/** The colour that encodes the value: unlit, exact. */
export const metric: Paint = { part: part.metric, tint: 0xffffff };
export const glass: Paint = { part: part.glass, tint: 0x2b3640 };
export const lamp: Paint = { part: part.lamp, tint: 0xffe2b0 };

export function lift(p: Vec, z: number): Vertex {
  return [p[0], p[1], z];
}

/** Triangles of a plane area with holes, as corner triples, counter-clockwise. */
export function triangulate(area: Area): [Vec, Vec, Vec][] {
  const points = area.flat();
  const holes: number[] = [];
  let begun = 0;
  for (const ring of area) {
    if (begun > 0) holes.push(begun);
    begun += ring.length;
  }
  const corners = earcut(points.flat(), holes);
  const found: [Vec, Vec, Vec][] = [];
  for (let i = 0; i < corners.length; i += 3)
    found.push([points[corners[i] as number] as Vec, points[corners[i + 1] as number] as Vec, points[corners[i + 2] as number] as Vec]);
  return found;
}

export function plate(mesh: Mesh, area: Area, z: number, paint: Paint): void {
  for (const t of triangulate(area)) {
    mesh.face(
      t.map((p) => lift(p, z)),
      paint,
      t,
    );
  }
}

/** Vertical walls around every ring, from z0 to z1. Each façade has a whole number of bays, so that no corner cuts a window. */
export function walls(mesh: Mesh, area: Area, z0: number, z1: number, paint: Paint, foot = z0): void {
  for (const ring of area) {
    const places = paint.bay === undefined ? null : baysAlong(ring, paint.bay);
    let u = 0;
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Vec;
      const b = ring[(i + 1) % ring.length] as Vec;
      const [u0, u1] = places?.[i] ?? [u, u + Math.hypot(b[0] - a[0], b[1] - a[1])];
      mesh.face([lift(a, z0), lift(b, z0), lift(b, z1), lift(a, z1)], paint, [
        [u0, z0 - foot],
        [u1, z0 - foot],
        [u1, z1 - foot],
        [u0, z1 - foot],
      ]);
      u = u1;
    }
  }
}

/** A turn sharper than this ends a façade; a round wall is one façade. Cosine of 25°. */
const straight = 0.906;

/** Where each edge of a ring begins and ends along its façade, in metres stretched so that bays fit between corners. */
export function baysAlong(ring: Ring, bay: number): [number, number][] {
  const n = ring.length;
  const lengths = ring.map((p, i) => Math.hypot((ring[(i + 1) % n] as Vec)[0] - p[0], (ring[(i + 1) % n] as Vec)[1] - p[1]));
  const isCorner = ring.map((p, i) => {
    const before = ring[(i + n - 1) % n] as Vec;
    const after = ring[(i + 1) % n] as Vec;
    const dot = (p[0] - before[0]) * (after[0] - p[0]) + (p[1] - before[1]) * (after[1] - p[1]);
    return dot < straight * (lengths[(i + n - 1) % n] as number) * (lengths[i] as number);
  });
  const first = Math.max(0, isCorner.indexOf(true));
  const places: [number, number][] = new Array(n);
  let u = 0;
  for (let k = 0; k < n; ) {
    let end = k + 1;
    while (end < n && !isCorner[(first + end) % n]) end++;
    let run = 0;
    for (let j = k; j < end; j++) run += lengths[(first + j) % n] as number;
    const count = Math.round(run / bay);
    // Too short for a window: it shows only the pier at the beginning of a bay.
    const stretch = count > 0 ? (count * bay) / run : (0.02 * bay) / Math.max(run, 1e-6);
    const start = u;
    let along = 0;
    for (let j = k; j < end; j++) {
      const l = (lengths[(first + j) % n] as number) * stretch;
      places[(first + j) % n] = [start + along, start + along + l];
      along += l;
    }
    u = start + Math.max(1, count) * bay;
    k = end;
  }
  return places;
}

/** A flat strip between a ring and the same ring moved: coping, kerb, outline. Both rings have as many points. */
export function strip(mesh: Mesh, from: Ring, to: Ring, z0: number, z1: number, paint: Paint): void {
  for (let i = 0; i < from.length; i++) {
    const j = (i + 1) % from.length;
    mesh.face([lift(from[i] as Vec, z0), lift(from[j] as Vec, z0), lift(to[j] as Vec, z1), lift(to[i] as Vec, z1)], paint);
  }
}

export function prism(mesh: Mesh, area: Area, z0: number, z1: number, side: Paint, top: Paint = side): void {
  walls(mesh, area, z0, z1, side);
  plate(mesh, area, z1, top);
}

/** A box in a frame, u along and v across from its centre. */
export function box(mesh: Mesh, frame: Frame, [u0, u1]: Vec, [v0, v1]: Vec, [z0, z1]: Vec, side: Paint, top: Paint = side): void {
  const ring = [at(frame, u0, v0), at(frame, u1, v0), at(frame, u1, v1), at(frame, u0, v1)];
  walls(mesh, [ring], z0, z1, side);
  mesh.face(
    ring.map((p) => lift(p, z1)),
    top,
  );
}

/** A round solid through (radius, height) pairs from below, smooth; closed above by `cap`. */
export function turned(mesh: Mesh, c: Vec, profile: readonly Vec[], paint: Paint, cap: Paint | null = paint, sides = 20): void {
  let below: number[] = [];
  const columns = [...Array(sides + 1).keys()].map((i) => (i / sides) * 2 * Math.PI);
  for (let k = 0; k + 1 < profile.length; k++) {
    const [r0, z0] = profile[k] as Vec;
    const [r1, z1] = profile[k + 1] as Vec;
    const l = Math.hypot(r1 - r0, z1 - z0) || 1;
    const rows = [r0, r1].map((r, row) =>
      columns.map((t) => {
        const n: Vertex = [(Math.cos(t) * (z1 - z0)) / l, (Math.sin(t) * (z1 - z0)) / l, (r0 - r1) / l];
        return mesh.vertex(
          [c[0] + r * Math.cos(t), c[1] + r * Math.sin(t), row === 0 ? z0 : z1],
          n,
          paint,
          t * Math.max(r0, r1),
          row === 0 ? z0 : z1,
        );
      }),
    );
    below = rows[0] as number[];
    const above = rows[1] as number[];
    for (let i = 0; i < sides; i++) {
      const [a, b, d, e] = [below[i], below[i + 1], above[i + 1], above[i]] as [number, number, number, number];
      mesh.triangle(a, b, d);
      mesh.triangle(a, d, e);
    }
  }
  const top = profile.at(-1);
  if (cap && top && top[0] > 0.01) {
    mesh.face(
      columns.slice(0, sides).map((t) => [c[0] + top[0] * Math.cos(t), c[1] + top[0] * Math.sin(t), top[1]] as Vertex),
      cap,
    );
  }
}

export function cylinder(mesh: Mesh, c: Vec, r: number, z0: number, z1: number, paint: Paint, cap: Paint | null = paint, sides = 20): void {
  turned(
    mesh,
    c,
    [
      [r, z0],
      [r, z1],
    ],
    paint,
    cap,
    sides,
  );
}

/** A thin straight member between two points: posts, bus bars, wires. */
export function rod(mesh: Mesh, a: Vertex, b: Vertex, thickness: number, paint: Paint): void {
  const d: Vertex = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const l = Math.hypot(...d) || 1;
  const w: Vertex = [d[0] / l, d[1] / l, d[2] / l];
  const s: Vertex = Math.abs(w[2]) > 0.9 ? [1, 0, 0] : [0, 0, 1];
  const e = cross(w, s);
  const k = Math.hypot(...e);
  const x: Vertex = [(e[0] / k) * thickness * 0.5, (e[1] / k) * thickness * 0.5, (e[2] / k) * thickness * 0.5];
  const y0 = cross(x, w);
  const corners: Vertex[] = [add(x, y0), add(neg(x), y0), add(neg(x), neg(y0)), add(x, neg(y0))];
  for (let i = 0; i < 4; i++) {
    const p = corners[i] as Vertex;
    const q = corners[(i + 1) % 4] as Vertex;
    const side = [add(a, p), add(a, q), add(b, q), add(b, p)];
    const n = facing(side);
    const out = add(p, q);
    mesh.face(n[0] * out[0] + n[1] * out[1] + n[2] * out[2] > 0 ? side : side.reverse(), paint);
  }
}

const cross = (a: Vertex, b: Vertex): Vertex => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const add = (a: Vertex, b: Vertex): Vertex => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const neg = (a: Vertex): Vertex => [-a[0], -a[1], -a[2]];
