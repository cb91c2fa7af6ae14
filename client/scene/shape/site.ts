/** Where an asset stands: its geometry in metres, on the ground or on the roof of its host. */
import type { Position } from 'geojson';
import type { ParkView } from '../../../models/park/document.ts';
import { projector } from '../../../models/park/park.ts';
import type { Relief } from '../../../models/park/relief.ts';
import type { AssetView } from './character.ts';
import { groundUnder, landOf, seat } from './land.ts';
import { type Area, bearing, cleanArea, type Frame, frameOf, inRing, rectangle, type Vec } from './ring.ts';

export interface Site {
  index: number;
  asset: AssetView;
  /** Never empty. */
  areas: Area[];
  frame: Frame;
  centre: Vec;
  /** Height of what it stands on (the roof of its host), metres above `ground`. */
  base: number;
  /** Level of its ground floor, metres above the park's zero; 0 on flat land. */
  ground: number;
  /** Lowest ground under its outline: as deep as its plinth reaches. */
  foot: number;
  /** Solar arrays and the like on its roof. */
  hosted: Site[];
  host: Site | null;
  /** [lon, lat] → metres. */
  project: (lon: number, lat: number) => Vec;
}

/** Side of the square drawn for an asset that has only a point, metres. */
const pointSize: Partial<Record<AssetView['kind'], number>> = {
  wind: 9,
  battery: 14,
  substation: 5,
  gridConnection: 26,
  gasConnection: 10,
  chp: 26,
  fuelCell: 14,
  tank: 10,
  thermalStore: 14,
  coolingTower: 12,
  evCharger: 14,
  pv: 14,
};

function areasOf(asset: AssetView, project: Site['project']): Area[] {
  const { geometry } = asset;
  const ring = (r: Position[]) => r.map((p) => project(p[0] as number, p[1] as number));
  if (geometry.type === 'Polygon') return [cleanArea(geometry.coordinates.map(ring))].filter((a) => a !== null);
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.map((p) => cleanArea(p.map(ring))).filter((a) => a !== null);
  return [];
}

/** Everything else is level all round, and stands at the upper edge of a slope. */
const houses: ReadonlySet<AssetView['kind']> = new Set(['building', 'plant', 'chp', 'boiler', 'heatPump', 'chiller']);

/** Every asset in its place, hosts before what stands on them. */
export function sitesOf(park: Pick<ParkView, 'assets' | 'metadata'>, land: Relief | null = landOf(park)): Site[] {
  const project = projector(park.metadata.place);
  const byId = new Map<string, Site>();
  // Several assets at one point (meters of one plant room) stand beside each other instead of inside each other.
  const crowd = new Map<string, number>();
  const sites = park.assets.map((asset, index): Site => {
    const areas = areasOf(asset, project);
    const centre = project(asset.centroid[0], asset.centroid[1]);
    if (areas.length === 0) {
      const half = (pointSize[asset.kind] ?? 10) / 2;
      const key = centre.map((c) => Math.round(c)).join();
      const n = crowd.get(key) ?? 0;
      crowd.set(key, n + 1);
      const [e, nn] = bearing(n * 137.5);
      const step = n === 0 ? 0 : half * 2.2 * Math.sqrt(n);
      const frame: Frame = { centre: [centre[0] + e * step, centre[1] + nn * step], axis: [1, 0], length: 1, width: 1 };
      areas.push([rectangle(frame, -half, half, -half, half)]);
    }
    const frame = frameOf(areas[0]?.[0] ?? []);
    const slope = land === null ? { low: 0, high: 0 } : groundUnder(land, areas);
    const ground = seat(slope, asset.height_m, houses.has(asset.kind));
    const site: Site = {
      index,
      asset,
      areas,
      frame,
      centre: frame.centre,
      base: 0,
      ground,
      foot: slope.low,
      hosted: [],
      host: null,
      project,
    };
    byId.set(asset.id, site);
    return site;
  });
  for (const site of sites) {
    const host = site.asset.at === undefined ? undefined : byId.get(site.asset.at);
    if (!host || host === site) continue;
    // Only what is drawn within its host's outline stands on its roof.
    const ring = host.areas.map((a) => a[0] ?? []);
    if (!ring.some((r) => r.length > 2 && inRing(site.centre, r))) continue;
    site.host = host;
    site.base = host.asset.height_m;
    site.ground = host.ground;
    site.foot = host.ground;
    host.hosted.push(site);
  }
  return sites;
}

/** A number of an asset's own properties, if it is one. */
export function numberOf(asset: AssetView, name: string): number | null {
  const value = asset.properties[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Chimneys where the park says they stand; none when it does not. */
export function stacksOf(site: Site): { at: Vec; height: number }[] {
  const given = site.asset.properties['stacks'];
  if (!Array.isArray(given)) return [];
  return given.flatMap((s: { lon?: unknown; lat?: unknown; height_m?: unknown }) =>
    typeof s?.lon === 'number' && typeof s.lat === 'number' && typeof s.height_m === 'number'
      ? [{ at: site.project(s.lon, s.lat), height: s.height_m }]
      : [],
  );
}
