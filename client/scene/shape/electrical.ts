/** Switchyards, ring main units, the grid's pylon, EV canopies, wind turbines. */
import { facade } from './character.ts';
import { type Mesh, part, type Vertex } from './mesh.ts';
import { slab } from './plants.ts';
import { at, type Frame, inset, type Ring, type Vec } from './ring.ts';
import { numberOf, type Site } from './site.ts';
import { box, cylinder, lift, matter, metric, plate, rod, strip, turned } from './solids.ts';

const steel = matter(0x9a9c9b);
const porcelain = matter(0xa98f7d);
const wire = matter(0x6c6e70);

/** A small box in the street where lines branch. */
export function kiosk(mesh: Mesh, site: Site): void {
  const { frame, base } = site;
  const l = Math.min(frame.length, 6) / 2;
  const w = Math.min(frame.width, 3.5) / 2;
  const h = Math.min(site.asset.height_m, 3);
  box(mesh, frame, [-l, l], [-w, w], [base, base + h - 0.3], { part: part.wall, tint: 0xe4e1d9, style: facade.louvre, floor: h, bay: 1.6 });
  box(mesh, frame, [-l - 0.2, l + 0.2], [-w - 0.2, w + 0.2], [base + h - 0.3, base + h], metric);
}

/** Gravel, fence, control house, transformers and gantries with bus bars. */
export function switchyard(mesh: Mesh, site: Site): void {
  const { frame } = site;
  for (const area of site.areas) {
    slab(mesh, area, 0);
    const ring = area[0] as Ring;
    // The outline of the yard shows the value's colour, wide enough to be seen from above.
    strip(mesh, ring, inset(ring, Math.min(2.2, frame.width * 0.08)), 0.3, 0.3, metric);
    fence(mesh, inset(ring, 0.3), 0.22, 2.4);
  }
  const L = frame.length;
  const W = frame.width;
  box(mesh, frame, [-L * 0.46, -L * 0.2], [-W * 0.4, W * 0.4], [0.2, 4.6], {
    part: part.wall,
    tint: 0xe6e1d7,
    style: facade.punched,
    floor: 4.4,
    bay: 3.4,
  });
  box(mesh, frame, [-L * 0.46 - 0.2, -L * 0.2 + 0.2], [-W * 0.4 - 0.2, W * 0.4 + 0.2], [4.6, 5.2], metric);
  const n = W > 22 ? 2 : 1;
  for (let i = 0; i < n; i++) {
    const v = n === 1 ? 0 : (i - 0.5) * W * 0.46;
    transformer(mesh, frame, L * -0.04, v);
  }
  for (const u of [0.16, 0.27, 0.38]) gantry(mesh, frame, L * u, W * 0.4, 7.5);
  for (const v of [-0.26, 0, 0.26]) {
    rod(mesh, lift(at(frame, L * 0.16, v * W), 7), lift(at(frame, L * 0.38, v * W), 7), 0.16, wire);
    rod(mesh, lift(at(frame, L * -0.02, v * W * 0.8), 4.6), lift(at(frame, L * 0.16, v * W), 7), 0.14, wire);
    for (const u of [0.2, 0.33]) {
      const p = at(frame, L * u, v * W);
      box(mesh, { centre: p, axis: frame.axis, length: 1, width: 1 }, [-0.5, 0.5], [-0.5, 0.5], [0.2, 1.6], steel);
      cylinder(mesh, p, 0.28, 1.6, 4.2, porcelain, porcelain, 8);
    }
  }
}

function transformer(mesh: Mesh, frame: Frame, u: number, v: number): void {
  box(mesh, frame, [u - 2.6, u + 2.6], [v - 1.5, v + 1.5], [0.5, 3.4], matter(0xc4c6c3), metric);
  for (const side of [-1, 1]) {
    for (let k = -2; k <= 2; k++) {
      const c = u + k * 0.95;
      const v0 = v + side * 1.6;
      box(mesh, frame, [c - 0.12, c + 0.12], [Math.min(v0, v0 + side * 0.9), Math.max(v0, v0 + side * 0.9)], [0.7, 3], matter(0xb3b5b2));
    }
  }
  for (const k of [-1.5, 0, 1.5]) cylinder(mesh, at(frame, u + k, v), 0.22, 3.4, 4.9, porcelain, porcelain, 8);
}

export function gantry(mesh: Mesh, frame: Frame, u: number, half: number, height: number): void {
  const [a, b] = [at(frame, u, -half), at(frame, u, half)];
  for (const p of [a, b, at(frame, u, 0)]) rod(mesh, lift(p, 0.2), lift(p, height), 0.42, steel);
  rod(mesh, lift(a, height), lift(b, height), 0.5, steel);
}

export function fence(mesh: Mesh, ring: Ring, z: number, height: number): void {
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Vec;
    const b = ring[(i + 1) % ring.length] as Vec;
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const n = Math.max(1, Math.round(l / 4));
    for (let k = 0; k < n; k++) {
      const p: Vec = [a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n];
      rod(mesh, lift(p, z), lift(p, z + height), 0.12, matter(0xb9bab6));
    }
    for (const h of [0.5, 1]) rod(mesh, lift(a, z + height * h), lift(b, z + height * h), 0.07, matter(0xb9bab6));
  }
}

/** The connection to the grid: a yard with the last pylon. */
export function gridEntry(mesh: Mesh, site: Site): void {
  if (site.frame.width > 16 && site.host === null) switchyard(mesh, site);
  else for (const area of site.areas) plate(mesh, area, site.base + 0.5, metric);
  const p = at(site.frame, site.frame.length * 0.3, site.frame.width * 0.3);
  pylon(mesh, p, site.frame.axis, 30, site.base);
}

export function pylon(mesh: Mesh, p: Vec, axis: Vec, height: number, base = 0): void {
  const frame: Frame = { centre: p, axis, length: 1, width: 1 };
  const foot = 2.6;
  const legs = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const;
  const waist = height * 0.62;
  const cornerAt = (k: number, z: number): Vertex => {
    const [sx, sy] = legs[k % 4] as readonly [number, number];
    const r = z < waist ? foot + ((0.75 - foot) * z) / waist : 0.75 - 0.45 * ((z - waist) / (height - waist));
    return lift(at(frame, sx * r, sy * r), base + z);
  };
  const levels = [0, 0.22, 0.42, 0.62, 0.8, 1].map((f) => f * height);
  for (let k = 0; k < 4; k++) {
    for (let i = 0; i + 1 < levels.length; i++) {
      const [z0, z1] = [levels[i] as number, levels[i + 1] as number];
      rod(mesh, cornerAt(k, z0), cornerAt(k, z1), 0.3, steel);
      rod(mesh, cornerAt(k, z0), cornerAt(k + 1, z1), 0.16, steel);
    }
  }
  for (const [z, arm] of [
    [0.66, 5.4],
    [0.8, 4.6],
    [0.93, 3.6],
  ] as const) {
    rod(mesh, lift(at(frame, 0, -arm), base + z * height), lift(at(frame, 0, arm), base + z * height), 0.3, steel);
    for (const s of [-1, 1])
      rod(mesh, lift(at(frame, 0, s * arm), base + z * height), lift(at(frame, 0, s * arm), base + z * height - 1.6), 0.2, porcelain);
  }
}

/** A canopy over charging bays, coloured above, posts and chargers below. Cars.tsx draws the cars, by the charging power. */
export function canopy(mesh: Mesh, site: Site): void {
  const { frame, base } = site;
  const h = Math.min(4.2, Math.max(3.2, site.asset.height_m));
  const [l, w] = [frame.length / 2, frame.width / 2];
  if (site.host !== null) {
    for (const area of site.areas) plate(mesh, area, base + 0.4, metric);
    return;
  }
  box(mesh, frame, [-l, l], [-w, w], [base + h - 0.35, base + h], matter(0xf1eee8), metric);
  mesh.face(
    [
      lift(at(frame, -l, w), base + h - 0.35),
      lift(at(frame, l, w), base + h - 0.35),
      lift(at(frame, l, -w), base + h - 0.35),
      lift(at(frame, -l, -w), base + h - 0.35),
    ],
    matter(0xcfccc5),
  );
  const n = Math.max(2, Math.round(frame.length / 6));
  for (let i = 0; i <= n; i++) {
    const u = (i / n - 0.5) * (frame.length - 0.6);
    rod(mesh, lift(at(frame, u, 0), base), lift(at(frame, u, 0), base + h), 0.3, matter(0xdcd9d2));
    box(
      mesh,
      { centre: at(frame, u, 0), axis: frame.axis, length: 1, width: 1 },
      [0.4, 0.9],
      [-0.3, 0.3],
      [base, base + 1.7],
      matter(0x6d757b),
    );
  }
}

/** The tower of a wind turbine; Turbines.tsx draws the nacelle and the turning rotor. */
export function turbineTower(mesh: Mesh, site: Site): void {
  const { hub, radius } = turbineOf(site);
  const c = site.centre;
  cylinder(mesh, c, radius * 0.16, 0, 0.35, matter(0xdcd9d1), metric, 32);
  turned(
    mesh,
    c,
    [
      [2.3, 0.3],
      [1.5, hub - 1.6],
    ],
    matter(0xf4f3ef),
    null,
    20,
  );
  cylinder(mesh, c, 2.05, hub * 0.2, hub * 0.26, metric, metric, 20);
}

export function turbineOf(site: Site): { hub: number; radius: number } {
  const hub = numberOf(site.asset, 'hubHeight_m') ?? Math.max(40, site.asset.height_m * 0.65);
  const rotor = numberOf(site.asset, 'rotor_m') ?? hub;
  return { hub, radius: rotor / 2 };
}
