/**
 * The park as GeoJSON, for `GET /api/v1/parks/{park}` and the client: a FeatureCollection (RFC 7946) with the foreign
 * members `metadata` and `points`. Assets and lines keep the park's order: the slot layout of protocol.ts depends on it.
 */

import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Carrier } from '../carriers.ts';
import type { AssetKind } from '../kinds/kinds.ts';
import { type Shown, scaleOf, shownOf } from '../kinds/meaning.ts';
import type { Audience, Mode } from '../protocol.ts';
import type { Origin } from '../reading.ts';
import type { SourceKind } from '../source-kinds.ts';
import type { PortId, Unit } from '../units.ts';
import type { Asset, ContextKind, Factor, Line, Park, Problem, Quantity, Text, Unmetered } from './park.ts';
import type { Terrain } from './terrain.ts';

export interface AssetProperties extends Shown {
  feature: 'asset';
  kind: AssetKind;
  name: Text;
  use?: string;
  tenant?: string;
  centroid: [number, number];
  area_m2: number;
  height_m: number;
  floors: number;
  floorArea_m2: number;
  assumed: string[];
  at?: string;
  ports: PortId[];
  conversion?: Asset['conversion'];
  storage?: Asset['storage'];
  capacity_kW?: number;
  note?: Text;
  /** Drawing: roof, tilt_deg, azimuth_deg, stacks… */
  properties: Record<string, unknown>;
}

export interface LineProperties {
  feature: 'line';
  carrier: Carrier;
  name?: Text;
  from: string;
  to: string;
  loss: number;
  length_m: number;
  capacity_kW?: number;
  open: boolean;
  /** Above the ground, not in it. */
  overhead?: boolean;
  implied: boolean;
  /** Which colour scale of intensity is its. */
  scale: Shown['scale'];
}

export interface ContextProperties {
  feature: 'context';
  kind: ContextKind;
  name?: Text;
  properties: Record<string, unknown>;
}

/** A point as the client shows it: what, where, how often; not where its source is. */
export interface PointDescription {
  id: string;
  name?: Text;
  asset?: string;
  port?: PortId;
  line?: string;
  quantity: Quantity;
  unit: Unit;
  cadence_s: number;
  origin: Origin;
  /** How it comes about. */
  how: 'meter' | 'virtual' | 'spread';
  note?: Text;
}

export interface ParkMetadata {
  id: string;
  name: Text;
  description?: Text;
  fictional: boolean;
  place: Park['place'];
  timeZone: string;
  currency: string;
  gridZone?: string;
  interval_s: number;
  tick_s: number;
  mode: Mode;
  audience: Audience;
  losses: Park['losses'];
  cogenerationMethod: string;
  credits: string[];
  tenants: Park['tenants'];
  stories: Park['stories'];
  unmetered: Unmetered[];
  /** Factor behind each source port, with its source, so that a figure can be audited. */
  sources: { asset: string; port: PortId; sourceKind: SourceKind; factor: Factor | null; estimated: boolean }[];
  spreads: {
    id: string;
    name?: Text;
    of: string;
    port: PortId;
    assets: number;
    exclusions: { asset: string; reason: Text }[];
    note?: Text;
  }[];
  /** Heights of the land; absent: flat. */
  terrain?: Terrain;
  /** Warnings of check. */
  warnings: Problem[];
}

export type ParkFeature =
  | (Feature<Asset['geometry'], AssetProperties> & { id: string })
  | (Feature<Line['geometry'], LineProperties> & { id: string })
  | (Feature<Geometry, ContextProperties> & { id: string });

export interface ParkDocument extends FeatureCollection<Geometry | null> {
  features: ParkFeature[];
  metadata: ParkMetadata;
  points: PointDescription[];
}

/** Drops keys whose value is undefined, so that optional properties are absent rather than undefined. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

export function toDocument(park: Park, extra: { mode: Mode; audience: Audience; warnings: Problem[] }): ParkDocument {
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
      warnings: extra.warnings,
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

/** What the client needs most, by id and in order; the inverse of toDocument for assets and lines. */
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
