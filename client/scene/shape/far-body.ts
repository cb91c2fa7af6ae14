/** The far form of assets: bodies with flat roofs. The value's colour is in the same place as in full detail. */
import { wallOf } from './buildings.ts';
import { characterOf } from './character.ts';
import type { Mesh, Paint } from './mesh.ts';
import type { Ring } from './ring.ts';
import type { Site } from './site.ts';
import { matter, metric, plate, walls } from './solids.ts';

const plain = matter(0xdedad2);
/** About the number of corners that a round outline keeps in the far form. */
const roundCorners = 8;

/** Walls of one colour under a roof that shows the value's colour. */
export function farBody(mesh: Mesh, site: Site, paint: Paint = plain): void {
  const { asset, base } = site;
  // On a slope walls reach down to the lowest ground.
  const foot = site.host === null ? site.foot - site.ground - 0.6 : base;
  for (const area of site.areas) {
    const outline = area.map(simpler);
    walls(mesh, outline, foot, base + asset.height_m, paint);
    plate(mesh, outline, base + asset.height_m, metric);
  }
}

/** The same with the façade of its use. */
export function farHouse(mesh: Mesh, site: Site): void {
  farBody(mesh, site, wallOf(site.asset, characterOf(site.asset)));
}

/** No body: a plate at a height above what it stands on. */
export function farPlate(mesh: Mesh, site: Site, above_m: number): void {
  for (const area of site.areas) plate(mesh, area.map(simpler), site.base + above_m, metric);
}

/** Leaves out corners of a round outline, so that about `roundCorners` are left. */
function simpler(ring: Ring): Ring {
  if (ring.length < 2 * roundCorners) return ring;
  const step = Math.floor(ring.length / roundCorners);
  return ring.filter((_, i) => i % step === 0);
}
