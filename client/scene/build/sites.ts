/** Every asset of a park in its place. */
import type { Position } from 'geojson';
import type { ParkView } from '../../../models/api/park-view.ts';
import { kindRow } from '../../../models/kinds/kinds.ts';
import { projector } from '../../../models/park/park.ts';
import type { Relief } from '../../../models/park/relief.ts';
import { formOf } from '../kinds/forms.ts';
import type { AssetView } from '../shape/character.ts';
import { groundUnder, landOf, seat } from '../shape/land.ts';
import { type Area, bearing, cleanArea, type Frame, frameOf, inRing, rectangle } from '../shape/ring.ts';
import type { Site } from '../shape/site.ts';

function areasOf(asset: AssetView, project: Site['project']): Area[] {
  const { geometry } = asset;
  const ring = (r: Position[]) => r.map((p) => project(p[0] as number, p[1] as number));
  if (geometry.type === 'Polygon') return [cleanArea(geometry.coordinates.map(ring))].filter((a) => a !== null);
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.map((p) => cleanArea(p.map(ring))).filter((a) => a !== null);
  return [];
}

/** All assets as sites; an asset drawn within the outline of its host is put on the host's roof. */
export function sitesOf(park: Pick<ParkView, 'assets' | 'metadata'>, land: Relief | null = landOf(park)): Site[] {
  const project = projector(park.metadata.place);
  const byId = new Map<string, Site>();
  // Several assets at one point (meters of one plant room) stand beside each other instead of inside each other.
  const crowd = new Map<string, number>();
  const sites = park.assets.map((asset, index): Site => {
    const areas = areasOf(asset, project);
    const centre = project(asset.centroid[0], asset.centroid[1]);
    if (areas.length === 0) {
      const half = kindRow(asset.kind).side_m / 2;
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
    const ground = seat(slope, asset.height_m, formOf(asset).house === true);
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
    // An asset stands on its host's roof only if it is drawn within the host's outline.
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
