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
const blockSize = 220;

export function modelOf(sites: readonly Site[]): MeshData[] {
  const xs = sites.map((s) => s.centre[0]);
  const ys = sites.map((s) => s.centre[1]);
  const x0 = Math.min(...xs);
  const y0 = Math.min(...ys);
  const span = Math.max(1, Math.max(...xs) - x0, Math.max(...ys) - y0);
  const order = [...sites].sort(
    (a, b) =>
      morton(((a.centre[0] - x0) / span) * 1023, ((a.centre[1] - y0) / span) * 1023) -
      morton(((b.centre[0] - x0) / span) * 1023, ((b.centre[1] - y0) / span) * 1023),
  );
  const blocks: MeshData[] = [];
  for (let i = 0; i < order.length; i += blockSize) {
    const mesh = new Mesh();
    for (const site of order.slice(i, i + blockSize)) {
      mesh.asset = site.index;
      mesh.level = site.ground;
      if (site.asset.kind !== 'plot') plinth(mesh, site);
      draw(mesh, site);
    }
    blocks.push(mesh.finish());
  }
  return blocks;
}
