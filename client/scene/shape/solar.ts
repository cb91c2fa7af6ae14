/** Solar arrays: a coloured plate with tilted rows of dark glass above it, so that the value shows between the rows. */
import type { Mesh } from './mesh.ts';
import { type Area, bearing, type Frame, frameAlong, frameOf, inset, type Ring, type Vec } from './ring.ts';
import { coping, crossings } from './roofs.ts';
import { numberOf, type Site } from './site.ts';
import { glass, lift, matter, metric, plate, rod, strip, walls } from './solids.ts';

const back = matter(0xb9bcbd);

export function solar(mesh: Mesh, site: Site): void {
  const onRoof = site.host !== null;
  for (const area of site.areas) {
    const z = site.base + (onRoof ? 0.12 : 0.25);
    plate(mesh, area, z, metric);
    const ring = area[0] as Ring;
    if (!onRoof) {
      walls(mesh, area, 0, z, coping);
      strip(mesh, inset(ring, -0.5), ring, z - 0.1, z, coping);
    }
    rows(mesh, site, area, z, onRoof);
  }
}

function rows(mesh: Mesh, site: Site, area: Area, z: number, onRoof: boolean): void {
  const ring = area[0] as Ring;
  const own = frameOf(ring);
  const azimuth = numberOf(site.asset, 'azimuth_deg');
  const tilt = ((numberOf(site.asset, 'tilt_deg') ?? (onRoof ? 10 : 22)) * Math.PI) / 180;
  // Rows follow the edge of the outline that is closest to a right angle with the direction in which the panels face.
  const look = bearing(azimuth ?? 180);
  const options: Vec[] = [own.axis, [-own.axis[1], own.axis[0]]];
  const edge = options.sort((a, b) => Math.abs(dot(a, look)) - Math.abs(dot(b, look)))[0] as Vec;
  const free = onRoof || Math.abs(dot(edge, look)) < 0.35;
  let axis: Vec = free ? edge : [-look[1], look[0]];
  // v grows to the left of the axis: away from the direction in which the panels face.
  if (-look[0] * -axis[1] + -look[1] * axis[0] < 0) axis = [-axis[0], -axis[1]];
  const frame: Frame = frameAlong(ring, axis, true);
  const depth = onRoof ? 2.1 : 4.2;
  const run = depth * Math.cos(tilt);
  const rise = depth * Math.sin(tilt);
  const lift0 = onRoof ? 0.2 : 0.8;
  const pitch = run + (onRoof ? 1.15 : 3.2);
  const n = Math.max(1, Math.floor((frame.width - 0.8) / pitch));
  const across: Vec = [-frame.axis[1], frame.axis[0]];
  const start = dot(frame.centre, across) - ((n - 1) * pitch + run) / 2;
  for (let i = 0; i < n; i++) {
    const v = start + i * pitch;
    for (const [p, q] of spans(area, across, v, run)) {
      const l = Math.hypot(q[0] - p[0], q[1] - p[1]);
      if (l < 3) continue;
      // A gap every 24 m, as installers leave it.
      const pieces = Math.max(1, Math.round(l / 24));
      for (let k = 0; k < pieces; k++) row(mesh, p, q, k / pieces, (k + 1) / pieces - 0.7 / l, across, run, rise, z + lift0, onRoof);
    }
  }
}

/** Stretches along which both edges of a row lie inside. */
function spans(area: Area, across: Vec, v: number, run: number): [Vec, Vec][] {
  // `crossings` sorts along the left of its axis; the left of `across` is against the row's axis.
  const side: Vec = [-across[1], across[0]];
  const s = (p: Vec) => dot(p, side);
  const low = crossings(area, across, v).map(([p, q]) => [s(p), s(q)] as const);
  const high = crossings(area, across, v + run).map(([p, q]) => [s(p), s(q)] as const);
  const found: [Vec, Vec][] = [];
  for (const a of low) {
    for (const b of high) {
      const s0 = Math.max(a[0], b[0]) + 0.6;
      const s1 = Math.min(a[1], b[1]) - 0.6;
      if (s1 > s0) found.push([point(across, side, v, s0), point(across, side, v, s1)]);
    }
  }
  return found;
}

function row(mesh: Mesh, p: Vec, q: Vec, f0: number, f1: number, across: Vec, run: number, rise: number, z: number, onRoof: boolean): void {
  const a: Vec = [p[0] + (q[0] - p[0]) * f0, p[1] + (q[1] - p[1]) * f0];
  const b: Vec = [p[0] + (q[0] - p[0]) * f1, p[1] + (q[1] - p[1]) * f1];
  const far = (c: Vec): Vec => [c[0] + across[0] * run, c[1] + across[1] * run];
  const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const depth = Math.hypot(run, rise);
  const top = [lift(b, z), lift(a, z), lift(far(a), z + rise), lift(far(b), z + rise)];
  mesh.face(top, { ...glass, style: 1 }, [
    [l, 0],
    [0, 0],
    [0, depth],
    [l, depth],
  ]);
  mesh.face([lift(far(b), z - 0.15), lift(far(b), z + rise), lift(far(a), z + rise), lift(far(a), z - 0.15)].reverse(), back);
  if (!onRoof) {
    for (const c of [a, b]) rod(mesh, lift(far(c), 0), lift(far(c), z + rise), 0.16, back);
  }
}

const dot = (a: Vec, b: Vec) => a[0] * b[0] + a[1] * b[1];
const point = (across: Vec, side: Vec, v: number, s: number): Vec => [across[0] * v + side[0] * s, across[1] * v + side[1] * s];
