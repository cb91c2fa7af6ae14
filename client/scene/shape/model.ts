/** The model of the park: every asset by its kind, merged into blocks of neighbours that are drawn in one call each. */
import { building } from './buildings.ts';
import { canopy, gridEntry, kiosk, switchyard, turbineTower } from './electrical.ts';
import { Mesh, type MeshData } from './mesh.ts';
import { containers, coolingCells, machineHouse, powerHouse } from './plants.ts';
import { plinth } from './plinth.ts';
import { plot } from './plots.ts';
import { frameOf, type Ring } from './ring.ts';
import type { Site } from './site.ts';
import { solar } from './solar.ts';
import { vessels } from './storage.ts';

/** What each kind looks like; buildings and anything unknown are houses. */
function draw(mesh: Mesh, site: Site): void {
  const { kind } = site.asset;
  const large = site.frame.width > 12;
  if (kind === 'pv') solar(mesh, site);
  else if (kind === 'wind') turbineTower(mesh, site);
  else if (kind === 'tank' || kind === 'thermalStore') for (const one of apart(site)) vessels(mesh, one);
  else if (kind === 'battery' || kind === 'fuelCell' || kind === 'electrolyser') containers(mesh, site);
  else if (kind === 'substation') large ? switchyard(mesh, site) : kiosk(mesh, site);
  else if (kind === 'gridConnection') gridEntry(mesh, site);
  else if (kind === 'gasConnection') large ? machineHouse(mesh, site) : kiosk(mesh, site);
  else if (kind === 'evCharger') canopy(mesh, site);
  else if (kind === 'chp' || kind === 'boiler') powerHouse(mesh, site);
  else if (kind === 'heatPump' || kind === 'chiller') machineHouse(mesh, site);
  else if (kind === 'coolingTower') for (const one of apart(site)) coolingCells(mesh, one);
  else if (kind === 'plot') plot(mesh, site);
  else building(mesh, site);
}

/** The parts of an asset of several outlines (a tank farm) as sites of their own: each is drawn whole. */
function apart(site: Site): Site[] {
  return site.areas.map((area) => {
    const frame = frameOf(area[0] as Ring);
    return { ...site, areas: [area], frame, centre: frame.centre };
  });
}

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

/** Assets a block: few draw calls, and still something to cull. */
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

/** A block with all that can be seen from its streets. */
export function blockOf(sites: readonly Site[]): MeshData {
  const mesh = new Mesh();
  for (const site of sites) {
    mesh.asset = site.index;
    mesh.level = site.ground;
    if (site.asset.kind !== 'plot') plinth(mesh, site);
    draw(mesh, site);
  }
  return mesh.finish();
}

export function modelOf(sites: readonly Site[]): MeshData[] {
  return inBlocks(sites).map(blockOf);
}
