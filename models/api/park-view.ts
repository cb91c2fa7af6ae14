/** The park as it is sent: written at the server, read at the client. Its shape is in park-document.ts. */
import type { Geometry } from 'geojson';
import { type Audience, sees } from '../access/permissions.ts';
import { scaleOf, shownOf } from '../kinds/meaning.ts';
import { compact } from '../park/compact.ts';
import type { Asset, Line, Park, Unmetered } from '../park/park.ts';
import type { Problem } from '../park/problems.ts';
import type { Mode } from '../park/sources/mode.ts';
import type {
  AssetProperties,
  ContextProperties,
  LineProperties,
  ParkDocument,
  ParkFeature,
  ParkMetadata,
  PointDescription,
} from './park-document.ts';

/** What a document tells besides the park itself. */
export interface DocumentExtra {
  mode: Mode;
  audience: Audience;
  warnings: readonly Problem[];
  revision: string;
}

/** The document of a park, without what the audience may not see. */
export function toDocument(park: Park, extra: DocumentExtra): ParkDocument {
  const assets = park.assets.map((asset) => {
    const { id, geometry, ...properties } = asset;
    return { type: 'Feature' as const, id, geometry, properties: { feature: 'asset' as const, ...properties, ...shownOf(asset) } };
  });
  const lines = park.lines.map((line) => {
    const { id, geometry, ...properties } = line;
    return {
      type: 'Feature' as const,
      id,
      geometry,
      properties: { feature: 'line' as const, ...properties, scale: scaleOf(line.carrier) },
    };
  });
  const context = park.context.map(({ id, geometry, kind, name, properties }) => ({
    type: 'Feature' as const,
    id,
    geometry,
    properties: compact<ContextProperties>({ feature: 'context', kind, name, properties }),
  }));
  return {
    type: 'FeatureCollection',
    features: [...assets, ...lines, ...context] as ParkFeature[],
    metadata: compact<ParkMetadata>({
      id: park.id,
      revision: extra.revision,
      name: park.name,
      description: park.description,
      fictional: park.fictional,
      place: park.place,
      timeZone: park.timeZone,
      currency: park.currency,
      gridZone: park.gridZone,
      interval_s: park.interval_s,
      tick_s: park.tick_s,
      mode: extra.mode,
      audience: extra.audience,
      losses: park.losses,
      cogenerationMethod: park.cogeneration.method,
      credits: park.credits,
      tenants: park.tenants,
      stories: park.stories,
      unmetered: park.unmetered,
      sources: park.sources,
      spreads: park.spreads.map((s) =>
        compact<ParkMetadata['spreads'][number]>({
          id: s.id,
          name: s.name,
          of: s.of,
          port: s.port,
          assets: s.weights.size,
          exclusions: s.exclusions,
          note: s.note,
        }),
      ),
      terrain: park.terrain,
      warnings: sees(extra.audience, 'setup:read') ? [...extra.warnings] : undefined,
    }),
    points: describePoints(park),
  };
}

function describePoints(park: Park): PointDescription[] {
  const meters = park.points.map((p) =>
    compact<PointDescription>({
      id: p.id,
      name: p.name,
      asset: p.asset,
      port: p.port,
      line: p.line,
      quantity: p.quantity,
      unit: p.unit,
      cadence_s: p.cadence_s,
      origin: p.origin,
      how: 'meter',
      note: undefined,
    }),
  );
  const cadence = new Map(park.points.map((p) => [p.id, p.cadence_s]));
  const virtual = park.virtualPoints.map((p) =>
    compact<PointDescription>({
      id: p.id,
      name: p.name,
      asset: p.asset,
      port: p.port,
      line: undefined,
      quantity: p.quantity,
      unit: p.quantity === 'intensity' ? 'gCO2e/kWh' : 'kW',
      cadence_s: Math.max(...p.terms.map((t) => cadence.get(t.point) ?? 0), 1),
      origin: p.origin,
      how: 'virtual',
      note: p.note,
    }),
  );
  return [...meters, ...virtual];
}

/** The parts that the client needs most, with ids and in order; the inverse of toDocument for assets and lines. */
export interface ParkView {
  metadata: ParkMetadata;
  assets: (AssetProperties & { id: string; geometry: Asset['geometry'] })[];
  lines: (LineProperties & { id: string; geometry: Line['geometry'] })[];
  context: (ContextProperties & { id: string; geometry: Geometry })[];
  points: PointDescription[];
  unmetered: Unmetered[];
}

export function viewOf(document: ParkDocument): ParkView {
  const view: ParkView = {
    metadata: document.metadata,
    assets: [],
    lines: [],
    context: [],
    points: document.points,
    unmetered: document.metadata.unmetered,
  };
  for (const { id, geometry, properties } of document.features) {
    if (properties.feature === 'asset') view.assets.push({ ...properties, id, geometry: geometry as Asset['geometry'] });
    else if (properties.feature === 'line') view.lines.push({ ...properties, id, geometry: geometry as Line['geometry'] });
    else view.context.push({ ...properties, id, geometry: geometry as Geometry });
  }
  return view;
}

export type ShownAsset = ParkView['assets'][number];
