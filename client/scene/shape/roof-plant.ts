/** What stands on a flat roof: air handlers, condensers, ducts, stair heads, skylights. Never over a solar array. */
import { facade, shade } from './character.ts';
import { type Mesh, part } from './mesh.ts';
import { type Area, at, bearing, chance, distanceToEdge, type Frame, frameAlong, inArea, type Ring, type Vec } from './ring.ts';
import { box, cylinder, glass, matter } from './solids.ts';

const steel = 0xd9d6cf;
const dark = matter(0x8f908c);
/** Lit from below at night in halls that work at night (shaders/model.ts); seed 1 gives such a hall. */
const rooflight = { ...glass, seed: 1 };

export interface RoofPlant {
  id: string;
  area: Area;
  frame: Frame;
  /** Height of the roof. */
  z: number;
  /** Machines per 1,000 m². */
  density: number;
  skylights: boolean;
  floors: number;
  /** Areas that must stay free: solar arrays, stacks. */
  taken: Area[];
}

export function roofPlant(mesh: Mesh, roof: RoofPlant): void {
  const { frame, id, z } = roof;
  const free = (p: Vec, radius: number) =>
    inArea(p, roof.area) &&
    distanceToEdge(p, roof.area) > radius + 1.2 &&
    roof.taken.every((t) => !inArea(p, t) && distanceToEdge(p, t) > radius + 0.6);

  if (roof.floors >= 3) {
    for (const side of [-1, 1]) {
      const p = at(frame, side * frame.length * 0.27, (chance(id, 90 + side) - 0.5) * frame.width * 0.2);
      if (!free(p, 3.4)) continue;
      const own = around(frame, p);
      box(
        mesh,
        own,
        [-3, 3],
        [-2.2, 2.2],
        [z, z + 3],
        { part: part.wall, tint: 0xe7e3da, style: facade.louvre, floor: 3, bay: 3 },
        matter(0xf0ede6),
      );
    }
  }
  if (roof.skylights) {
    const step = 14;
    for (let u = -frame.length / 2 + 8; u < frame.length / 2 - 6; u += step) {
      for (const v of [-frame.width * 0.22, frame.width * 0.22]) {
        const p = at(frame, u, v);
        if (free(p, 3.6)) box(mesh, around(frame, p), [-3, 3], [-0.9, 0.9], [z, z + 0.45], matter(0xf2efe8), rooflight);
      }
    }
  }
  if (roof.density <= 0) return;
  const spacing = Math.sqrt(1000 / roof.density);
  const columns = Math.min(24, Math.max(1, Math.round(frame.length / spacing)));
  const rows = Math.min(10, Math.max(1, Math.round(frame.width / spacing)));
  for (let k = 0; k < rows; k++) {
    const v = ((k + 0.5) / rows - 0.5) * frame.width + (chance(id, k + 500) - 0.5) * 3;
    let duct: number | null = null;
    for (let i = 0; i < columns; i++) {
      const salt = i * 31 + k;
      const u = ((i + 0.5) / columns - 0.5) * frame.length;
      // Machines stand in groups with empty roof between them, and in line, because a row shares its ducts.
      const grouped = chance(id, Math.floor(i / 3) * 7 + k * 3 + 4000) < 0.72;
      if (!grouped || !free(at(frame, u, v), 2.8)) {
        duct = null;
        continue;
      }
      const kind = chance(id, salt + 1000);
      if (duct !== null && free(at(frame, (duct + u) / 2, v), 1)) conduit(mesh, frame, duct, u, v, z);
      machine(mesh, around(frame, at(frame, u, v)), z, kind, chance(id, salt + 2000));
      duct = kind < 0.85 ? u : null;
    }
  }
}

const curb = matter(0xc4c1b9);

function machine(mesh: Mesh, frame: Frame, z: number, kind: number, size: number): void {
  const tone = matter(shade(steel, (size - 0.5) * 18));
  if (kind < 0.5) {
    // Air handler on its curb, with the duct going down into the roof.
    const l = 1.8 + size * 1.4;
    box(mesh, frame, [-l - 0.3, l + 1.3], [-1.35, 1.35], [z, z + 0.22], curb);
    box(
      mesh,
      frame,
      [-l, l],
      [-1.05, 1.05],
      [z + 0.35, z + 2.1],
      { part: part.wall, tint: tone.tint, style: facade.louvre, floor: 3, bay: 1.4 },
      tone,
    );
    box(mesh, frame, [l, l + 1.1], [-0.5, 0.5], [z + 0.2, z + 1.5], matter(0xc9c7c1));
  } else if (kind < 0.85) {
    // Condensers: a box with dark fans.
    box(mesh, frame, [-2.2, 2.2], [-1.3, 1.3], [z, z + 0.22], curb);
    box(mesh, frame, [-1.9, 1.9], [-1, 1], [z + 0.3, z + 1.8], tone);
    for (const u of [-0.95, 0.95]) cylinder(mesh, at(frame, u, 0), 0.68, z + 1.8, z + 1.95, dark, dark, 10);
  } else {
    cylinder(mesh, frame.centre, 0.85, z, z + 0.3, curb, curb, 10);
    cylinder(mesh, frame.centre, 0.5, z + 0.3, z + 1.9 + size, tone, dark, 10);
  }
}

/** A duct on feet between two machines of a row. */
function conduit(mesh: Mesh, frame: Frame, u0: number, u1: number, v: number, z: number): void {
  box(mesh, frame, [u0 + 2.4, u1 - 2.4], [v - 0.4, v + 0.4], [z + 0.45, z + 1.15], matter(0xd3d0c9), matter(0xdedbd4));
}

function around(frame: Frame, centre: Vec): Frame {
  return { centre, axis: frame.axis, length: 1, width: 1 };
}

/** The frame of a roof: along `axis_deg` if given, else along its longest side. */
export function roofFrame(ring: Ring, fallback: Frame, axis_deg: unknown): Frame {
  return typeof axis_deg === 'number' ? frameAlong(ring, bearing(axis_deg), true) : fallback;
}
