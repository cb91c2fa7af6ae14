/** Plants that turn one energy into another: power house, boilers, heat pump, chillers, cooling towers, fuel cells. */
import { wallOf } from './buildings.ts';
import { characterOf, facade } from './character.ts';
import { type Mesh, part } from './mesh.ts';
import { type Area, at, chance, type Frame, frameOf, inArea, type Ring, type Vec } from './ring.ts';
import { roofPlant } from './roof-plant.ts';
import { flatBody } from './roofs.ts';
import { type Site, stacksOf } from './site.ts';
import { box, cylinder, lift, matter, metric, prism, rod, turned } from './solids.ts';

const metal = matter(0xd4d1ca);
const fan = matter(0x8b8c89);

export function stack(mesh: Mesh, c: Vec, height: number, radius: number): void {
  const foot = radius * 1.5;
  turned(
    mesh,
    c,
    [
      [foot, 0],
      [radius * 1.12, height * 0.3],
      [radius, height * 0.86],
    ],
    matter(0xe6e2d9),
    null,
    16,
  );
  cylinder(mesh, c, radius * 1.03, height * 0.86, height * 0.95, metric, null, 16);
  cylinder(mesh, c, radius, height * 0.95, height, matter(0xd6d2c9), matter(0x5c5b59), 16);
  for (const z of [0.45, 0.7]) cylinder(mesh, c, radius * 1.35, height * z, height * z + 0.25, matter(0xb4b1aa), matter(0xb4b1aa), 16);
}

/** A hall with machines and its chimneys; where the park folder names none, one per 40 m of length. */
export function powerHouse(mesh: Mesh, site: Site, chimney: Chimney): void {
  const { asset, base } = site;
  const wall = wallOf(asset, { ...characterOf(asset), style: facade.turbineHall, wall: 0xe9e3d8, bay: 5.4 });
  for (const area of site.areas) {
    const frame = frameOf(area[0] as Ring);
    const z = flatBody(mesh, area, base, asset.height_m, wall);
    raisedHall(mesh, area, frame, z);
    roofPlant(mesh, { id: asset.id, area, frame, z, density: 5, skylights: false, floors: 1, taken: site.hosted.flatMap((h) => h.areas) });
  }
  for (const s of chimneysOf(site, chimney)) stack(mesh, s.at, s.top, s.radius);
}

/** Where flue gas or steam enters the air: a chimney's mouth, the ring over a cooling cell. Metres, `top` above the ground. */
export interface Mouth {
  at: Vec;
  top: number;
  radius: number;
}

/** The chimneys of a kind: their radius, and how far they rise above the roof where the park does not say. */
export interface Chimney {
  radius_m: number;
  above_m: number;
}

/** Chimneys that the park names; where it names none, a kind that has some gets one per 40 m of length. */
export function chimneysOf(site: Site, chimney: Chimney | undefined): Mouth[] {
  const { asset, base } = site;
  const radius = chimney?.radius_m ?? 0.9;
  const given = stacksOf(site);
  if (given.length > 0) return given.map((s) => ({ at: s.at, top: s.height, radius }));
  if (chimney === undefined) return [];
  return site.areas.flatMap((area) => {
    const frame = frameOf(area[0] as Ring);
    const n = Math.max(1, Math.round(frame.length / 40));
    return Array.from({ length: n }, (_, i) => ({
      at: at(frame, ((i + 0.5) / n - 0.5) * frame.length * 0.8, frame.width * 0.32),
      top: base + asset.height_m + chimney.above_m,
      radius,
    }));
  });
}

/** The turbine hall above the roof, where the footprint has room for it. */
function raisedHall(mesh: Mesh, area: Area, frame: Frame, z: number): void {
  if (frame.length < 22 || frame.width < 14) return;
  const l = frame.length * 0.3;
  const w = frame.width * 0.26;
  const corners = [at(frame, -l, -w), at(frame, l, -w), at(frame, l, w), at(frame, -l, w)];
  if (!corners.every((c) => inArea(c, area))) return;
  box(mesh, frame, [-l, l], [-w, w], [z, z + 3.2], { part: part.wall, tint: 0xd8d4ca, style: facade.louvre, floor: 3.2, bay: 5 }, metric);
}

/** The cells of a cooling tower of one outline, in a row along it: the ring over each fan, and the half of its box. */
export function cellsOf({ asset, frame, base }: Pick<Site, 'asset' | 'frame' | 'base'>): (Mouth & { u: number; half: Vec })[] {
  const n = Math.max(1, Math.round(frame.length / Math.max(7, frame.width)));
  const step = frame.length / n;
  const half: Vec = [step / 2 - 0.25, frame.width / 2];
  return Array.from({ length: n }, (_, i) => {
    const u = -frame.length / 2 + (i + 0.5) * step;
    return { u, half, at: at(frame, u, 0), top: base + asset.height_m, radius: Math.min(half[0], half[1]) * 0.72 };
  });
}

/** From this height on a cooling tower has natural draught: a shell, no fans. */
const natural_m = 30;

/** The shell of a natural-draught tower on slanting legs; a ring below its rim shows the value's colour. */
function hyperbolic(mesh: Mesh, c: Vec, foot: number, mouth: number, base: number, h: number): void {
  const waist = mouth * 0.92;
  const radiusAt = (f: number) => {
    const d = f - 0.78;
    // A hyperbola through foot, waist (at 0.78 of the height) and mouth.
    const k = d < 0 ? (foot / waist) ** 2 - 1 : (mouth / waist) ** 2 - 1;
    const full = d < 0 ? 0.78 - 0.08 : 0.22;
    return waist * Math.sqrt(1 + k * (d / full) ** 2);
  };
  const profile = (f0: number, f1: number, n: number) =>
    Array.from({ length: n + 1 }, (_, i): Vec => {
      const f = f0 + ((f1 - f0) * i) / n;
      return [radiusAt(f), base + f * h];
    });
  const concrete = matter(0xe6e2da);
  turned(mesh, c, profile(0.08, 0.86, 10), concrete, null, 40);
  turned(mesh, c, profile(0.86, 0.95, 2), metric, null, 40);
  turned(mesh, c, profile(0.95, 1, 1), concrete, null, 40);
  const inner = radiusAt(0.97) * 0.96;
  cylinder(mesh, c, inner, base + h * 0.9, base + h * 0.92, matter(0x77756f), matter(0x77756f), 32);
  for (let k = 0; k < 20; k++) {
    const t = (k / 20) * 2 * Math.PI;
    const leg = (turn: number, r: number): Vec => [c[0] + Math.cos(turn) * r, c[1] + Math.sin(turn) * r];
    for (const lean of [-1, 1])
      rod(mesh, lift(leg(t, foot * 1.06), base), lift(leg(t + (lean * Math.PI) / 20, radiusAt(0.08)), base + h * 0.08), 0.7, concrete);
  }
}

/** Cells with fans on top, in a row along the footprint. */
export function coolingCells(mesh: Mesh, site: Site): void {
  const { asset, frame, base } = site;
  const h = asset.height_m;
  if (h >= natural_m) {
    for (const { half, at: c, radius } of cellsOf(site)) hyperbolic(mesh, c, Math.min(half[0], half[1]), radius, base, h);
    return;
  }
  for (const { u, half, at: c, radius: r } of cellsOf(site)) {
    box(mesh, frame, [u - half[0], u + half[0]], [-half[1], half[1]], [base, base + h * 0.34], fan);
    box(
      mesh,
      frame,
      [u - half[0] - 0.1, u + half[0] + 0.1],
      [-half[1] - 0.1, half[1] + 0.1],
      [base + h * 0.34, base + h * 0.8],
      { part: part.wall, tint: 0xdedbd3, style: facade.panel, floor: h, bay: 2 },
      metric,
    );
    turned(
      mesh,
      c,
      [
        [r * 1.12, base + h * 0.8],
        [r * 0.94, base + h * 0.92],
        [r, base + h],
      ],
      matter(0xe9e6df),
      fan,
      18,
    );
  }
}

/** A low house with a row of fans on the roof: chillers, heat pumps. */
export function machineHouse(mesh: Mesh, site: Site): void {
  const { asset, base } = site;
  const wall = wallOf(asset, { ...characterOf(asset), style: facade.louvre, wall: 0xe2ded5, bay: 4 });
  for (const area of site.areas) {
    const frame = frameOf(area[0] as Ring);
    const z = flatBody(mesh, area, base, asset.height_m, wall);
    const r = Math.min(1.7, frame.width * 0.12);
    const n = Math.max(2, Math.floor(frame.length / (r * 3.4)));
    for (let i = 0; i < n; i++) {
      for (const v of [-0.2, 0.2]) {
        const p = at(frame, ((i + 0.5) / n - 0.5) * frame.length * 0.82, v * frame.width);
        if (!inArea(p, area)) continue;
        box(
          mesh,
          { centre: p, axis: frame.axis, length: 1, width: 1 },
          [-r * 1.25, r * 1.25],
          [-r * 1.25, r * 1.25],
          [z + 0.3, z + 1.5],
          metal,
        );
        cylinder(mesh, p, r, z + 1.5, z + 1.9, matter(0xeae7e0), fan, 14);
      }
    }
  }
}

/** Where containers stand in their yard: the middle of each and half its length and width, along the frame; and their height. */
export function containersOf({ asset, frame }: Pick<Site, 'asset' | 'frame'>): { places: Vec[]; half: Vec; height: number } {
  const wanted = asset.properties['containers'];
  const [cl, cw, gap] = [9.4, 2.5, 2];
  const columns = Math.max(1, Math.floor((frame.length - 2) / (cl + gap)));
  const rows = Math.max(1, Math.floor((frame.width - 2) / (cw + gap)));
  const count = Math.min(columns * rows, typeof wanted === 'number' ? wanted : columns * rows);
  // Few containers in a wide yard stand together in its middle, not spread along its edge.
  const used = Math.max(1, Math.ceil(count / columns));
  const abreast = Math.min(columns, count);
  const step = Math.min(frame.width / used, 9);
  const places = Array.from(
    { length: count },
    (_, i): Vec => [((i % columns) - (abreast - 1) / 2) * (cl + gap), (Math.floor(i / columns) - (used - 1) / 2) * step],
  );
  return { places, half: [Math.min(cl, frame.length - 2) / 2, Math.min(cw, frame.width - 2) / 2], height: Math.min(asset.height_m, 3.4) };
}

/** Rows of containers on a slab: batteries, fuel cells. The lids show the value's colour. */
export function containers(mesh: Mesh, site: Site): void {
  const { asset, frame, base } = site;
  for (const area of site.areas) slab(mesh, area, base);
  const { places, half, height: h } = containersOf(site);
  const [w, d] = half;
  for (const [i, [u, v]] of places.entries()) {
    const seed = Math.floor(chance(asset.id, i + 1) * 255);
    const side = { part: part.wall, tint: 0xefece6, style: facade.louvre, floor: h, bay: 2.4, seed } as const;
    box(mesh, frame, [u - w, u + w], [v - d, v + d], [base + 0.3, base + h - 0.25], side);
    box(mesh, frame, [u - w - 0.08, u + w + 0.08], [v - d - 0.08, v + d + 0.08], [base + h - 0.25, base + h], metric);
    for (const s of [-0.6, 0, 0.6]) cylinder(mesh, at(frame, u + s * w, v), 0.5, base + h, base + h + 0.18, matter(0xdad7d0), fan, 8);
    // A converter between neighbours of a row.
    const next = places[i + 1];
    if (next && next[1] === v) {
      const gap = (next[0] - u) / 2;
      box(mesh, frame, [u + gap - 0.55, u + gap + 0.55], [v - 0.8, v + 0.8], [base + 0.22, base + 2.1], matter(0xbcc0bf), matter(0xd2d3cf));
    }
  }
}

/** A concrete slab under machines, 22 cm high. */
export function slab(mesh: Mesh, area: Area, base: number): void {
  prism(mesh, area, base, base + 0.22, matter(0xcdc8be), matter(0xcfcac0));
}
