/** Round things that hold something: tanks, silos, heat stores. */
import type { Mesh } from './mesh.ts';
import { slab } from './plants.ts';
import { at, type Ring, signedArea, type Vec } from './ring.ts';
import type { Site } from './site.ts';
import { cylinder, lift, matter, metric, rod, turned } from './solids.ts';

const shell = matter(0xe8e5dd);

/** Middles of the vessels and their radius: one in a compact footprint, a row of them in a long one. */
export function vesselsOf({ frame }: Pick<Site, 'frame'>): { middles: Vec[]; radius: number } {
  const n = Math.max(1, Math.round(frame.length / Math.max(3, frame.width)));
  return {
    middles: Array.from({ length: n }, (_, i) => at(frame, ((i + 0.5) / n - 0.5) * frame.length, 0)),
    radius: Math.min(frame.width / 2, frame.length / n / 2) * 0.92,
  };
}

export function vessels(mesh: Mesh, site: Site): void {
  const { asset, base } = site;
  const { middles, radius: r } = vesselsOf(site);
  const round = isRound(site.areas[0]?.[0] ?? []);
  if (!round && site.host === null) for (const area of site.areas) slab(mesh, area, base);
  for (const c of middles) {
    const tall = asset.height_m > 2.4 * r;
    if (asset.kind === 'thermalStore') store(mesh, c, r, base, asset.height_m);
    else if (tall) silo(mesh, c, r, base, asset.height_m);
    else tank(mesh, c, r, base, asset.height_m);
  }
}

/** A footprint that was drawn as a circle. */
function isRound(ring: Ring): boolean {
  if (ring.length < 10) return false;
  const area = Math.abs(signedArea(ring));
  const perimeter = ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length] as Vec;
    return sum + Math.hypot(q[0] - p[0], q[1] - p[1]);
  }, 0);
  return (4 * Math.PI * area) / perimeter ** 2 > 0.85;
}

function tank(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
  cylinder(mesh, c, r, base, base + h * 0.86, shell, null, 28);
  cylinder(mesh, c, r * 1.01, base + h * 0.74, base + h * 0.84, metric, null, 28);
  turned(
    mesh,
    c,
    [
      [r, base + h * 0.86],
      [r * 0.12, base + h],
    ],
    metric,
    metric,
    28,
  );
  ladder(mesh, c, r, base, base + h * 0.86);
}

function silo(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
  cylinder(mesh, c, r, base, base + h * 0.88, shell, null, 22);
  cylinder(mesh, c, r * 1.015, base + h * 0.8, base + h * 0.88, metric, null, 22);
  for (const f of [0.25, 0.5]) cylinder(mesh, c, r * 1.02, base + h * f, base + h * f + 0.3, matter(0xcfccc4), null, 22);
  turned(
    mesh,
    c,
    [
      [r, base + h * 0.88],
      [r * 0.2, base + h],
    ],
    metric,
    metric,
    22,
  );
  ladder(mesh, c, r, base, base + h * 0.88);
}

/** A heat store: insulated, domed, with bands; the dome and one band carry the colour. */
function store(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
  cylinder(mesh, c, r * 1.06, base, base + 0.5, matter(0xcac6bd), matter(0xcac6bd), 36);
  cylinder(mesh, c, r, base + 0.5, base + h * 0.9, matter(0xf0ede6), null, 36);
  for (let k = 1; k < 6; k++)
    cylinder(mesh, c, r * 1.008, base + (h * 0.9 * k) / 6, base + (h * 0.9 * k) / 6 + 0.12, matter(0xc6c2b9), null, 36);
  cylinder(mesh, c, r * 1.012, base + h * 0.78, base + h * 0.87, metric, null, 36);
  turned(
    mesh,
    c,
    [
      [r, base + h * 0.9],
      [r * 0.8, base + h * 0.96],
      [r * 0.4, base + h * 0.99],
      [0.2, base + h],
    ],
    metric,
    metric,
    36,
  );
  ladder(mesh, c, r, base, base + h * 0.9);
}

function ladder(mesh: Mesh, c: Vec, r: number, z0: number, z1: number): void {
  for (const d of [-0.35, 0.35]) {
    const p: Vec = [c[0] + d, c[1] - r - 0.35];
    rod(mesh, lift(p, z0), lift(p, z1 + 0.9), 0.12, matter(0x9d9c98));
  }
}
