/** The far form of blocks: bodies with roofs, a twentieth of the triangles. The value's colour stays in the same place. */
import { formOf } from '../kinds/forms.ts';
import { Mesh, type MeshData } from '../shape/mesh.ts';
import type { Area } from '../shape/ring.ts';
import type { Site } from '../shape/site.ts';

export function farBlockOf(sites: readonly Site[]): MeshData {
  const mesh = new Mesh();
  for (const site of sites) {
    mesh.asset = site.index;
    mesh.level = site.ground;
    formOf(site.asset).far(mesh, site);
  }
  return mesh.finish();
}

/** Box of a block in the axes of three.js: x0, y0, z0, x1, y1, z1 (x east, y up, z south). */
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
