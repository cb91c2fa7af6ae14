/** The same blocks as seen from afar: bodies with roofs, a twentieth of the triangles. The value's colour stays where it was. */
import { wallOf } from './buildings.ts';
import { characterOf } from './character.ts';
import { turbineTower } from './electrical.ts';
import { Mesh, type MeshData } from './mesh.ts';
import type { Area, Ring } from './ring.ts';
import type { Site } from './site.ts';
import { matter, metric, plate, walls } from './solids.ts';

const plain = matter(0xdedad2);
const gravel = matter(0xd6d1c6);
/** Round things need no more corners from afar. */
const roundCorners = 8;

export function farBlockOf(sites: readonly Site[]): MeshData {
  const mesh = new Mesh();
  for (const site of sites) {
    mesh.asset = site.index;
    mesh.level = site.ground;
    body(mesh, site);
  }
  return mesh.finish();
}

function body(mesh: Mesh, site: Site): void {
  const { asset, base } = site;
  const { kind } = asset;
  if (kind === 'plot') return;
  if (kind === 'wind') {
    turbineTower(mesh, site);
    return;
  }
  const onRoof = site.host !== null;
  for (const area of site.areas) {
    const outline = area.map(simpler);
    if (kind === 'pv') {
      plate(mesh, outline, base + (onRoof ? 0.5 : 1.4), metric);
      continue;
    }
    if (kind === 'evCharger') {
      plate(mesh, outline, base + asset.height_m, metric);
      continue;
    }
    if (kind === 'gridConnection' || (kind === 'substation' && site.frame.width > 12)) {
      plate(mesh, outline, base + 0.3, metric);
      continue;
    }
    const top = base + asset.height_m;
    const house = kind === 'building' || kind === 'plant';
    // On a slope walls reach down to the lowest ground.
    const foot = onRoof ? base : site.foot - site.ground - 0.6;
    walls(mesh, outline, foot, top, house ? wallOf(asset, characterOf(asset)) : kind === 'battery' ? gravel : plain);
    plate(mesh, outline, top, metric);
  }
}

/** Every second or third corner of a round outline. */
function simpler(ring: Ring): Ring {
  if (ring.length < 2 * roundCorners) return ring;
  const step = Math.floor(ring.length / roundCorners);
  return ring.filter((_, i) => i % step === 0);
}

/** Box of a block in the axes of the picture: x0, y0, z0, x1, y1, z1 (x east, y up, z south). */
export function boxOf(sites: readonly Site[]): [number, number, number, number, number, number] {
  let [x0, y0, z0] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [x1, y1, z1] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const site of sites) {
    y0 = Math.min(y0, site.foot);
    y1 = Math.max(y1, site.ground + site.base + site.asset.height_m);
    for (const area of site.areas as Area[]) {
      for (const [x, y] of area[0] ?? []) {
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x);
        z0 = Math.min(z0, -y);
        z1 = Math.max(z1, -y);
      }
    }
  }
  return [x0, y0, z0, x1, y1, z1];
}
