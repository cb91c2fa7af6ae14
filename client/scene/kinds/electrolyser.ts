/** Electrolysers: rows of cell stacks under an open roof, gas separators beside them, rectifiers in containers, a vent mast. */
import type { Mesh } from '../shape/mesh.ts';
import { slab } from '../shape/plants.ts';
import { at, type Frame, type Vec } from '../shape/ring.ts';
import type { Site } from '../shape/site.ts';
import { box, cylinder, lift, matter, metric, plate, rod, turned } from '../shape/solids.ts';
import type { Form } from './form.ts';

const steel = matter(0xc2c4c1);
const cells = matter(0xd9dcd9);
const ends = matter(0x8f979b);
const pipe = matter(0xdcdad4);

/**
 * `pitch`: metres that one stack with its separators needs along and across the yard. `most`: maximum number in each
 * direction; more would be too fine to see.
 */
const pitch: Vec = [6.5, 7.5];
const most: Vec = [7, 3];

/** Cell stacks lie across the yard, pressed between end plates, a busbar over them. */
function cellStack(mesh: Mesh, frame: Frame, base: number): void {
  rod(mesh, lift(at(frame, -1.7, 0), base + 1.45), lift(at(frame, 1.7, 0), base + 1.45), 1.5, cells);
  for (const u of [-1.75, -0.9, 0, 0.9, 1.75]) box(mesh, frame, [u - 0.09, u + 0.09], [-0.95, 0.95], [base + 0.5, base + 2.4], ends);
  box(mesh, frame, [-1.9, 1.9], [-0.12, 0.12], [base + 2.45, base + 2.6], ends);
  for (const u of [-1.4, 1.4]) box(mesh, frame, [u - 0.2, u + 0.2], [-0.8, 0.8], [base + 0.22, base + 0.6], steel);
}

/** Posts and a roof that shows the value's colour; the stacks under it stay visible. */
function roof(mesh: Mesh, frame: Frame, [u0, u1]: Vec, [v0, v1]: Vec, base: number, height: number): void {
  for (let u = u0; u <= u1 + 1e-6; u += Math.max(1, (u1 - u0) / Math.max(1, Math.round((u1 - u0) / 6)))) {
    for (const v of [v0, v1]) rod(mesh, lift(at(frame, u, v), base), lift(at(frame, u, v), base + height), 0.24, steel);
  }
  box(mesh, frame, [u0 - 0.5, u1 + 0.5], [v0 - 0.5, v1 + 0.5], [base + height, base + height + 0.3], metric);
}

function near(mesh: Mesh, site: Site): void {
  const { frame, base, asset } = site;
  for (const area of site.areas) slab(mesh, area, base);
  const height = Math.max(4, asset.height_m);
  const [length, width] = [frame.length - 2, frame.width - 2];
  const columns = Math.min(most[0], Math.max(1, Math.floor((length * 0.68) / pitch[0])));
  const rows = Math.min(most[1], Math.max(1, Math.floor(width / pitch[1])));
  const u0 = -length / 2;
  const step: Vec = [(length * 0.68) / columns, width / rows];
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) {
      const [u, v] = [u0 + (c + 0.5) * step[0], -width / 2 + (r + 0.5) * step[1]];
      cellStack(mesh, { ...frame, centre: at(frame, u, v - step[1] * 0.16) }, base);
      // Hydrogen and oxygen are separated from the lye in two upright vessels.
      for (const s of [-1, 1]) {
        const foot = at(frame, u + s * Math.min(1.1, step[0] * 0.22), v + step[1] * 0.26);
        const r = Math.min(0.62, step[0] * 0.1);
        cylinder(mesh, foot, r, base + 0.2, base + height * 0.76, cells, null, 12);
        turned(mesh, foot, [[r, base + height * 0.76], [r * 0.7, base + height * 0.82], [0.05, base + height * 0.84]], cells, null, 12); // biome-ignore format: a profile
      }
    }
  }
  const under: Vec = [u0 + 0.5, u0 + length * 0.68 - 0.5];
  for (let r = 0; r < rows; r++) {
    const v = -width / 2 + (r + 0.5) * step[1] - step[1] * 0.16;
    roof(mesh, frame, under, [v - Math.min(1.6, step[1] * 0.3), v + Math.min(1.6, step[1] * 0.3)], base + 0.2, height);
  }
  // Rectifiers and transformers at the other end, the header along the yard, the vent above everything.
  const side = { ...steel, tint: 0xefece6 };
  for (const v of [-0.28, 0.28]) {
    const [half, w]: Vec = [Math.min(4.6, length * 0.13), Math.min(1.3, width * 0.2)];
    const centre = at(frame, length * 0.34, v * width);
    box(mesh, { ...frame, centre }, [-half, half], [-w, w], [base + 0.3, base + 2.9], side, metric);
  }
  const header = (u: number) => lift(at(frame, u, width / 2 - 0.4), base + height * 0.62);
  rod(mesh, header(u0 + 0.5), header(length / 2 - 0.5), 0.4, pipe);
  const mast = at(frame, length / 2 - 0.8, width / 2 - 0.8);
  rod(mesh, lift(mast, base), lift(mast, base + height + 5), 0.3, steel);
  cylinder(mesh, mast, 0.42, base + height + 4.5, base + height + 5, steel, steel, 10);
}

/** The far form: the roofs over the stacks and the containers, on their slab. */
function far(mesh: Mesh, site: Site): void {
  const { frame, base, asset } = site;
  for (const area of site.areas) plate(mesh, area, base + 0.22, matter(0xcfcac0));
  const [length, width] = [frame.length - 2, frame.width - 2];
  const height = Math.max(4, asset.height_m);
  const u0 = -length / 2;
  box(mesh, frame, [u0, u0 + length * 0.68], [-width * 0.42, width * 0.3], [base + height - 0.4, base + height], metric);
  box(mesh, frame, [length * 0.22, length * 0.46], [-width * 0.4, width * 0.4], [base, base + 2.9], { ...steel, tint: 0xefece6 }, metric);
}

export const electrolyser: Pick<Form, 'near' | 'far'> = { near, far };
