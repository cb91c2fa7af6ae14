/**
 * Bodies with roofs, for any outline: flat with a parapet, or cut along an axis into strips of sloping roof (gable, shed,
 * sawtooth). The roof and a band under the eaves show the value's colour; all other surfaces are neutral and lit.
 */
import type { Mesh, Paint } from './mesh.ts';
import { type Area, type Frame, inset, type Ring, signedArea, type Vec } from './ring.ts';
import { glass, lift, matter, metric, plate, strip, triangulate, walls } from './solids.ts';

export const coping = matter(0xf3f0e9);
const bandOf = (height: number) => Math.min(1.3, Math.max(0.45, height * 0.07));

/** Walls, band, parapet with coping, and the coloured roof behind it. Returns the height of the roof. */
export function flatBody(mesh: Mesh, area: Area, foot: number, height: number, wall: Paint): number {
  const band = bandOf(height);
  const parapet = Math.min(0.9, height * 0.12);
  const top = foot + height;
  walls(mesh, area, foot, top + parapet - band, wall);
  walls(mesh, area, top + parapet - band, top + parapet - 0.18, metric);
  const outer = area.map((r) => inset(r, -0.12));
  const inner = area.map((r) => inset(r, 0.42));
  walls(mesh, outer, top + parapet - 0.18, top + parapet, coping);
  for (const [i, ring] of outer.entries()) strip(mesh, ring, inner[i] as Ring, top + parapet, top + parapet, coping);
  // The inner face of the parapet faces inwards: the same walls with every ring reversed.
  walls(
    mesh,
    inner.map((r) => [...r].reverse()),
    top,
    top + parapet,
    coping,
  );
  plate(mesh, area, top, metric);
  return top;
}

/** One strip of roof: from t0 to t1 along the axis it rises from h0 to h1 (metres above the eaves). */
export interface Strip {
  t0: number;
  t1: number;
  h0: number;
  h1: number;
}

const heightAt = (s: Strip, t: number) => s.h0 + ((s.h1 - s.h0) * (t - s.t0)) / (s.t1 - s.t0);
const along = (p: Vec, axis: Vec) => p[0] * axis[0] + p[1] * axis[1];
const between = (a: Vec, b: Vec, f: number): Vec => [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f];

/** The part of a convex polygon with t in [t0, t1]. */
function clip(points: Vec[], axis: Vec, t0: number, t1: number): Vec[] {
  let shape = points;
  for (const [sign, limit] of [
    [1, t0],
    [-1, -t1],
  ] as const) {
    const next: Vec[] = [];
    for (let i = 0; i < shape.length; i++) {
      const a = shape[i] as Vec;
      const b = shape[(i + 1) % shape.length] as Vec;
      const ta = sign * along(a, axis) - limit;
      const tb = sign * along(b, axis) - limit;
      if (ta >= 0) next.push(a);
      if (ta >= 0 !== tb >= 0) next.push(between(a, b, ta / (ta - tb)));
    }
    shape = next;
  }
  return shape;
}

/** Where the line t = c runs inside the area: pairs of points. */
export function crossings(area: Area, axis: Vec, c: number): [Vec, Vec][] {
  const found: { p: Vec; s: number }[] = [];
  for (const ring of area) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Vec;
      const b = ring[(i + 1) % ring.length] as Vec;
      const ta = along(a, axis) - c;
      const tb = along(b, axis) - c;
      if (ta >= 0 === tb >= 0) continue;
      const p = between(a, b, ta / (ta - tb));
      found.push({ p, s: -p[0] * axis[1] + p[1] * axis[0] });
    }
  }
  found.sort((a, b) => a.s - b.s);
  const pairs: [Vec, Vec][] = [];
  for (let i = 0; i + 1 < found.length; i += 2) pairs.push([(found[i] as { p: Vec }).p, (found[i + 1] as { p: Vec }).p]);
  return pairs;
}

/** Walls up to the eaves, band, sloping strips, gables, and `rise` (glass by default) where the roof has a step in height. */
export function slopingBody(
  mesh: Mesh,
  area: Area,
  foot: number,
  eaves: number,
  axis: Vec,
  strips: readonly Strip[],
  wall: Paint,
  rise: Paint = { ...glass, seed: wall.seed ?? 0 },
): void {
  const top = foot + eaves;
  const band = bandOf(eaves);
  walls(mesh, area, foot, top - band, wall);
  walls(mesh, area, top - band, top - 0.15, metric);
  const gutter = area.map((r) => inset(r, -0.35));
  walls(mesh, gutter, top - 0.15, top + 0.1, coping);
  for (const [i, ring] of gutter.entries()) strip(mesh, ring, area[i] as Ring, top + 0.1, top + 0.1, coping);

  for (const s of strips) {
    for (const t of triangulate(area)) {
      const piece = clip(t, axis, s.t0, s.t1);
      if (piece.length < 3 || Math.abs(signedArea(piece)) < 0.01) continue;
      mesh.face(
        piece.map((p) => lift(p, top + heightAt(s, along(p, axis)))),
        metric,
        piece,
      );
    }
    gables(mesh, area, top, axis, s, wall);
  }
  for (let i = 0; i <= strips.length; i++) {
    const before = strips[i - 1];
    const after = strips[i];
    const h0 = before ? before.h1 : 0;
    const h1 = after ? after.h0 : 0;
    if (Math.abs(h0 - h1) < 0.05) {
      if (before && after && h0 > 0.2) ridge(mesh, area, axis, after.t0, top + h0);
      continue;
    }
    // Moved inside a little, so that an end wall exactly on the line is found.
    const c = after && before ? after.t0 : after ? after.t0 + 1e-3 : (before as Strip).t1 - 1e-3;
    const [low, high] = [Math.min(h0, h1) + top, Math.max(h0, h1) + top];
    // The crest of a tooth: roofs are unlit, so a lit ridge shows their shape.
    ridge(mesh, area, axis, c, high);
    for (const [p, q] of crossings(area, axis, c)) {
      // p → q runs to the left of the axis: a face that looks back along the axis has its foot from q to p.
      const [a, b] = h0 > h1 ? [p, q] : [q, p];
      const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
      mesh.face([lift(a, low), lift(b, low), lift(b, high), lift(a, high)], rise, [
        [0, 0],
        [l, 0],
        [l, high - low],
        [0, high - low],
      ]);
    }
  }
}

function gables(mesh: Mesh, area: Area, top: number, axis: Vec, s: Strip, wall: Paint): void {
  for (const ring of area) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Vec;
      const b = ring[(i + 1) % ring.length] as Vec;
      const ta = along(a, axis);
      const tb = along(b, axis);
      if (Math.abs(ta - tb) < 1e-4) continue;
      const f = [(s.t0 - ta) / (tb - ta), (s.t1 - ta) / (tb - ta)].sort((x, y) => x - y) as [number, number];
      const f0 = Math.max(0, f[0]);
      const f1 = Math.min(1, f[1]);
      if (f1 - f0 < 1e-4) continue;
      const p = between(a, b, f0);
      const q = between(a, b, f1);
      const hp = heightAt(s, along(p, axis));
      const hq = heightAt(s, along(q, axis));
      if (hp < 0.02 && hq < 0.02) continue;
      mesh.face([lift(p, top), lift(q, top), lift(q, top + hq), lift(p, top + hp)], { ...wall, style: 0 });
    }
  }
}

function ridge(mesh: Mesh, area: Area, axis: Vec, c: number, z: number): void {
  for (const [p, q] of crossings(area, axis, c)) {
    const e: Vec = [axis[0] * 0.45, axis[1] * 0.45];
    const side = (s: number): [Vec, Vec] => [
      [p[0] + s * e[0], p[1] + s * e[1]],
      [q[0] + s * e[0], q[1] + s * e[1]],
    ];
    const [p0, q0] = side(-1);
    const [p1, q1] = side(1);
    const crest = z + 0.25;
    mesh.face([lift(p, crest), lift(p0, z - 0.02), lift(q0, z - 0.02), lift(q, crest)].reverse(), coping);
    mesh.face([lift(p, crest), lift(p1, z - 0.02), lift(q1, z - 0.02), lift(q, crest)], coping);
  }
}

/** Strips of a gable roof across `frame`. */
export function gableStrips(frame: Frame, pitch: number): { axis: Vec; strips: Strip[] } {
  const axis: Vec = [-frame.axis[1], frame.axis[0]];
  const c = along(frame.centre, axis);
  const half = frame.width / 2;
  const rise = half * pitch;
  return {
    axis,
    strips: [
      { t0: c - half - 0.01, t1: c, h0: 0, h1: rise },
      { t0: c, t1: c + half + 0.01, h0: rise, h1: 0 },
    ],
  };
}

export function shedStrips(frame: Frame, pitch: number): { axis: Vec; strips: Strip[] } {
  const axis: Vec = [-frame.axis[1], frame.axis[0]];
  const c = along(frame.centre, axis);
  const half = frame.width / 2;
  return { axis, strips: [{ t0: c - half, t1: c + half, h0: 0, h1: frame.width * pitch }] };
}

/** Teeth along `frame`, glass towards its start. */
export function sawtoothStrips(frame: Frame, tooth: number): { axis: Vec; strips: Strip[] } {
  const axis = frame.axis;
  const start = along(frame.centre, axis) - frame.length / 2;
  const count = Math.max(2, Math.round(frame.length / tooth));
  const step = frame.length / count;
  const rise = Math.min(4, step * 0.36);
  const strips = [...Array(count).keys()].map((i) => ({ t0: start + i * step, t1: start + (i + 1) * step, h0: rise, h1: 0.15 }));
  return { axis, strips };
}
