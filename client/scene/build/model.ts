/** The model of the park: every asset by its kind, merged into blocks of neighbours that are drawn in one call each. */
import { formOf } from '../kinds/forms.ts';
import { Mesh, type MeshData } from '../shape/mesh.ts';
import { plinth } from '../shape/plinth.ts';
import type { Site } from '../shape/site.ts';

/** Position on a Morton curve: neighbours in the plane are mostly neighbours in the list. */
function morton(x: number, y: number): number {
  const spread = (v: number) => {
    let n = Math.max(0, Math.min(1023, Math.round(v))) >>> 0;
    n = (n | (n << 8)) & 0x00ff00ff;
    n = (n | (n << 4)) & 0x0f0f0f0f;
    n = (n | (n << 2)) & 0x33333333;
    return (n | (n << 1)) & 0x55555555;
  };
  return spread(x) | (spread(y) << 1);
}

/** Assets in a block: enough for few draw calls, and few enough that blocks outside the picture can be skipped. */
const blockSize = 240;

/** Neighbours together, along a Morton curve. */
export function inBlocks(sites: readonly Site[]): Site[][] {
  let [x0, x1, y0, y1] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { centre } of sites) {
    x0 = Math.min(x0, centre[0]);
    x1 = Math.max(x1, centre[0]);
    y0 = Math.min(y0, centre[1]);
    y1 = Math.max(y1, centre[1]);
  }
  const span = Math.max(1, x1 - x0, y1 - y0);
  const placed = sites.map((site) => ({
    site,
    at: morton(((site.centre[0] - x0) / span) * 1023, ((site.centre[1] - y0) / span) * 1023),
  }));
  placed.sort((a, b) => a.at - b.at);
  const blocks: Site[][] = [];
  for (let i = 0; i < placed.length; i += blockSize) blocks.push(placed.slice(i, i + blockSize).map(({ site }) => site));
  return blocks;
}

/** A block in full detail. */
export function blockOf(sites: readonly Site[]): MeshData {
  const mesh = new Mesh();
  for (const site of sites) {
    mesh.asset = site.index;
    mesh.level = site.ground;
    const form = formOf(site.asset);
    if (!form.vacant) plinth(mesh, site);
    form.near(mesh, site);
  }
  return mesh.finish();
}

export function modelOf(sites: readonly Site[]): MeshData[] {
  return inBlocks(sites).map(blockOf);
}
