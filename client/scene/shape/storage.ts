/** Round vessels that hold something: tanks, silos, heat stores. */
import type { Mesh } from './mesh.ts';
import { slab } from './plants.ts';
import { at, type Ring, signedArea, type Vec } from './ring.ts';
import type { Site } from './site.ts';
import { box, cylinder, lift, matter, metric, plate, rod, strip, turned, walls } from './solids.ts';

const shell = matter(0xe8e5dd);

/** Middles of the vessels and their radius: one in a compact footprint, a row of them in a long one. */
export function vesselsOf({ frame }: Pick<Site, 'frame'>): { middles: Vec[]; radius: number } {
  const n = Math.max(1, Math.round(frame.length / Math.max(3, frame.width)));
  return {
    middles: Array.from({ length: n }, (_, i) => at(frame, ((i + 0.5) / n - 0.5) * frame.length, 0)),
    radius: Math.min(frame.width / 2, frame.length / n / 2) * 0.92,
  };
}

/** What a vessel of an asset looks like: its middle, radius and height. */
type Vessel = (mesh: Mesh, c: Vec, r: number, base: number, h: number) => void;

/** `own` draws the vessels of the kind; without it their form depends on what they hold (`medium`). */
export function vessels(mesh: Mesh, site: Site, own?: Vessel): void {
  const { asset, base, frame } = site;
  const { middles, radius: r } = vesselsOf(site);
  const round = isRound(site.areas[0]?.[0] ?? []);
  if (!round && site.host === null) for (const area of site.areas) slab(mesh, area, base);
  for (const c of middles) {
    const tall = asset.height_m > 2.4 * r;
    const holds = String(asset.properties['medium'] ?? '');
    if (own) own(mesh, c, r, base, asset.height_m);
    else if (/water/i.test(holds) && asset.height_m < 0.4 * r) basin(mesh, c, r, base, asset.height_m, frame.axis);
    else if (/sludge|biogas|digest/i.test(holds)) digester(mesh, c, r, base, asset.height_m);
    else if (/nitrogen|oxygen|argon|hydrogen|helium|propane|lpg|lng/i.test(holds)) bottle(mesh, c, r, base, asset.height_m);
    else if (tall) silo(mesh, c, r, base, asset.height_m);
    else tank(mesh, c, r, base, asset.height_m);
  }
}

/** True when the footprint was drawn as a circle. */
function isRound(ring: Ring): boolean {
  if (ring.length < 10) return false;
  const area = Math.abs(signedArea(ring));
  const perimeter = ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length] as Vec;
    return sum + Math.hypot(q[0] - p[0], q[1] - p[1]);
  }, 0);
  return (4 * Math.PI * area) / perimeter ** 2 > 0.85;
}

const steel = matter(0x9d9c98);
const rail = matter(0xb9b7b0);

function tank(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
  const rim = base + h * 0.86;
  cylinder(mesh, c, r + 0.3, base, base + 0.35, matter(0xc9c5bc), matter(0xc9c5bc), 28);
  cylinder(mesh, c, r, base + 0.35, rim, shell, null, 28);
  cylinder(mesh, c, r * 1.01, base + h * 0.74, base + h * 0.84, metric, null, 28);
  turned(
    mesh,
    c,
    [
      [r, rim],
      [r * 0.12, base + h],
    ],
    metric,
    metric,
    28,
  );
  if (r < 3) ladder(mesh, c, r, base, rim);
  else {
    stairs(mesh, c, r, base, rim);
    handrail(mesh, c, r - 0.1, rim);
  }
}

/** Steps that wind up the shell, with a rail outside; three quarters of the way round at the most. */
function stairs(mesh: Mesh, c: Vec, r: number, z0: number, z1: number): void {
  const turn = Math.min(1.5 * Math.PI, ((z1 - z0) * 1.5) / r);
  const n = Math.max(6, Math.round(turn / 0.22));
  const out = r + 0.9;
  const at = (k: number, radius: number, z: number) => {
    const t = -2.2 + (turn * k) / n;
    return lift([c[0] + Math.cos(t) * radius, c[1] + Math.sin(t) * radius], z);
  };
  for (let k = 0; k < n; k++) {
    const [low, high] = [z0 + ((z1 - z0) * k) / n, z0 + ((z1 - z0) * (k + 1)) / n];
    mesh.face([at(k, r, low), at(k, out, low), at(k + 1, out, high), at(k + 1, r, high)], rail);
    mesh.face([at(k, out, low - 0.25), at(k + 1, out, high - 0.25), at(k + 1, out, high), at(k, out, low)], steel);
    rod(mesh, at(k, out, low + 1), at(k + 1, out, high + 1), 0.08, steel);
    if (k % 3 === 0) rod(mesh, at(k, out, low), at(k, out, low + 1), 0.08, steel);
  }
}

function handrail(mesh: Mesh, c: Vec, r: number, z: number): void {
  const n = Math.min(20, Math.max(8, Math.round(r * 1.6)));
  const at = (k: number, h: number) =>
    lift([c[0] + Math.cos((k / n) * 2 * Math.PI) * r, c[1] + Math.sin((k / n) * 2 * Math.PI) * r], z + h);
  for (let k = 0; k < n; k++) {
    rod(mesh, at(k, 1), at(k + 1, 1), 0.08, rail);
    rod(mesh, at(k, 0), at(k, 1), 0.08, rail);
  }
}

/** An open basin: water between a rim, a bridge with the scraper over it. */
function basin(mesh: Mesh, c: Vec, r: number, base: number, h: number, axis: Vec): void {
  const top = base + h;
  cylinder(mesh, c, r, base, top - 0.2, shell, null, 32);
  cylinder(mesh, c, r * 1.005, top - 0.2, top, metric, null, 32);
  const circle = (radius: number): Ring =>
    Array.from({ length: 32 }, (_, i) => [
      c[0] + Math.cos((i / 32) * 2 * Math.PI) * radius,
      c[1] + Math.sin((i / 32) * 2 * Math.PI) * radius,
    ]);
  strip(mesh, circle(r * 1.005), circle(r - 0.45), top, top, metric);
  walls(mesh, [circle(r - 0.45).reverse()], top - 0.7, top, shell);
  plate(mesh, [circle(r - 0.45)], top - 0.7, matter(0x8fb0bd));
  const frame = { centre: c, axis, length: 1, width: 1 };
  box(mesh, frame, [-0.6, r - 0.2], [-0.5, 0.5], [top + 0.25, top + 0.45], matter(0xc6c3bb));
  for (const v of [-0.5, 0.5]) rod(mesh, lift(at(frame, -0.6, v), top + 1.3), lift(at(frame, r - 0.2, v), top + 1.3), 0.08, rail);
  cylinder(mesh, c, 0.6, top - 0.7, top + 0.9, matter(0xd4d1c9), matter(0xd4d1c9), 10);
}

/** A digester: a drum with an insulated dome and a platform on top. */
function digester(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
  const rim = base + h * 0.66;
  cylinder(mesh, c, r, base, rim, shell, null, 30);
  cylinder(mesh, c, r * 1.012, base + h * 0.54, base + h * 0.63, metric, null, 30);
  const dome = [0, 0.3, 0.6, 0.85, 1].map((f): Vec => [r * Math.cos(f * 1.45), rim + (h * 0.34 * Math.sin(f * 1.45)) / Math.sin(1.45)]);
  turned(mesh, c, dome, metric, metric, 30);
  cylinder(mesh, c, r * 0.16, base + h - 0.1, base + h + 0.9, matter(0xd4d1c9), matter(0xbcb9b1), 12);
  stairs(mesh, c, r, base, rim);
}

/** A pressure vessel upright on feet: round ends, a band, the pipe at its side. */
export function bottle(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
  const foot = base + Math.min(1.6, h * 0.1);
  const cap = Math.min(r * 0.55, h * 0.15);
  const end = (z: number, sign: number): Vec[] =>
    [0.15, 0.6, 0.88, 1].map((w, i) => [r * w, z + sign * cap * ([1, 0.8, 0.42, 0] as const)[i as 0 | 1 | 2 | 3]]);
  const top = base + h - cap;
  turned(mesh, c, end(foot + cap, -1), shell, null, 20);
  cylinder(mesh, c, r, foot + cap, top, matter(0xefede7), null, 20);
  cylinder(mesh, c, r * 1.015, top - h * 0.1, top - h * 0.02, metric, null, 20);
  turned(mesh, c, end(top, 1).reverse(), metric, metric, 20);
  for (let k = 0; k < 4; k++) {
    const t = (k + 0.5) * (Math.PI / 2);
    const p: Vec = [c[0] + Math.cos(t) * r * 0.8, c[1] + Math.sin(t) * r * 0.8];
    rod(mesh, lift(p, base), lift(p, foot + cap), 0.28, steel);
  }
  const pipe: Vec = [c[0] + r + 0.3, c[1]];
  rod(mesh, lift(pipe, base), lift(pipe, top), 0.18, steel);
  ladder(mesh, c, r, base, top);
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

/** A heat store: insulated, domed, with bands; the dome and one band show the value's colour. */
export function store(mesh: Mesh, c: Vec, r: number, base: number, h: number): void {
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
    rod(mesh, lift(p, z0), lift(p, z1 + 0.9), 0.12, steel);
  }
  for (let z = z0 + 2; z < z1; z += 2.4)
    rod(mesh, lift([c[0] - 0.35, c[1] - r - 0.35], z), lift([c[0] + 0.35, c[1] - r - 0.35], z), 0.1, steel);
}
