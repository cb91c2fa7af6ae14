/**
 * The shape of a park as it is sent: GeoJSON, a FeatureCollection (RFC 7946) with the foreign members `metadata` and
 * `points`. Written and read by park-view.ts.
 */
import type { Geometry, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import { z } from 'zod';
import { audiences } from '../access/permissions.ts';
import { carriers } from '../carriers.ts';
import { sourceKinds } from '../energy-sources.ts';
import { assetKinds } from '../kinds/kinds.ts';
import { meanings } from '../kinds/meaning.ts';
import type { StoryFigure, Terrain } from '../park/park.ts';
import { contextKinds, quantities, type Storage, type Story } from '../park/park.ts';
import { factorShape, portShape, textShape as text } from '../park/part-schemas.ts';
import type { Problem } from '../park/problems.ts';
import { modes } from '../park/sources/mode.ts';
import { origins } from '../quality.ts';
import { units } from '../units.ts';
import { hidden } from './fields.ts';

const carrier = z.enum(carriers);
const kind = z.enum(assetKinds);
const scale = z.enum(['whole', 'half']).describe('Which colour scale of intensity is its');
const drawing = z.record(z.string(), z.unknown()).describe('For drawing: roof, tilt_deg, azimuth_deg, stacks…');

const position = z.array(z.number()).min(2).max(3);
const shape = <T extends Geometry['type'], C extends z.ZodType>(type: T, coordinates: C) =>
  z.strictObject({ type: z.literal(type), coordinates });
const point = shape('Point', position);
const lineString = shape('LineString', z.array(position).min(2));
const polygon = shape('Polygon', z.array(z.array(position).min(4)));
const multiPolygon = shape('MultiPolygon', z.array(z.array(z.array(position).min(4))));
const multiPoint = shape('MultiPoint', z.array(position));
const multiLineString = shape('MultiLineString', z.array(z.array(position).min(2)));
const simple = [point, multiPoint, lineString, multiLineString, polygon, multiPolygon] as const;
const geometry: z.ZodType<Geometry> = z.union([
  ...simple,
  z.strictObject({ type: z.literal('GeometryCollection'), geometries: z.array(z.union(simple)) }),
]);
const assetGeometry: z.ZodType<Polygon | MultiPolygon | LineString | Point> = z.union([point, lineString, polygon, multiPolygon]);

const proportions = z.partialRecord(carrier, z.number());
const storage = z.strictObject({
  carrier,
  capacity_kWh: z.number(),
  chargeEfficiency: z.number(),
  dischargeEfficiency: z.number(),
  standingLoss_perH: z.number(),
  start_kWh: z.number(),
  start_gPerKwh: z.number(),
  startLifecycle_gPerKwh: z.number().exactOptional(),
}) satisfies z.ZodType<Storage>;

const assetProperties = z.strictObject({
  feature: z.literal('asset'),
  kind,
  name: text,
  use: z.string().exactOptional(),
  tenant: z.string().exactOptional(),
  centroid: z.tuple([z.number(), z.number()]),
  area_m2: z.number().describe('Footprint; 0 of points'),
  height_m: z.number(),
  floors: z.number(),
  floorArea_m2: z.number(),
  assumed: z.array(z.string()).describe('Properties that the folder did not give'),
  at: z.string().exactOptional().describe('Connected at the node of this asset, not by a line'),
  ports: z.array(portShape),
  conversion: z.strictObject({ inputs: proportions, outputs: proportions }).exactOptional(),
  storage: storage.exactOptional(),
  capacity_kW: z.number().exactOptional(),
  note: text.exactOptional(),
  properties: drawing,
  meaning: z.enum(meanings).describe('Whose intensity its colour is'),
  mainCarrier: carrier.nullable(),
  scale,
  emissions: z.enum(['attributed', 'stack']).nullable().describe('Which of the two emission figures is its, never mixed'),
});
export type AssetProperties = z.infer<typeof assetProperties>;

const lineProperties = z.strictObject({
  feature: z.literal('line'),
  carrier,
  name: text.exactOptional(),
  from: z.string(),
  to: z.string(),
  loss: z.number().describe('Fraction of what is sent that does not arrive'),
  length_m: z.number(),
  capacity_kW: z.number().exactOptional(),
  open: z.boolean().describe('A normally-open point: carries nothing'),
  overhead: z.boolean().exactOptional().describe('Above the ground, not in it'),
  implied: z.boolean().describe('Its course is not known'),
  scale,
});
export type LineProperties = z.infer<typeof lineProperties>;

const contextProperties = z.strictObject({
  feature: z.literal('context'),
  kind: z.enum(contextKinds),
  name: text.exactOptional(),
  properties: drawing,
});
export type ContextProperties = z.infer<typeof contextProperties>;

const feature = { type: z.literal('Feature'), id: z.string() };
const features = z
  .array(
    z.union([
      z.strictObject({ ...feature, geometry: assetGeometry, properties: assetProperties }),
      z.strictObject({ ...feature, geometry: lineString.nullable(), properties: lineProperties }),
      z.strictObject({ ...feature, geometry, properties: contextProperties }),
    ]),
  )
  .describe('Assets, lines and context; properties.feature says which. Assets and lines keep their order: slots go by it');
export type ParkFeature = z.infer<typeof features>[number];

const pointDescription = z
  .strictObject({
    id: z.string(),
    name: text.exactOptional(),
    asset: z.string().exactOptional(),
    port: portShape.exactOptional(),
    line: z.string().exactOptional(),
    quantity: z.enum(quantities),
    unit: z.enum(units),
    cadence_s: z.number(),
    origin: z.enum(origins),
    how: z.enum(['meter', 'virtual', 'spread']).describe('How it comes about'),
    note: text.exactOptional(),
  })
  .describe('What is measured, where and how often; not where its source is');
export type PointDescription = z.infer<typeof pointDescription>;

const figure: z.ZodType<StoryFigure> = z.union([
  z.strictObject({ power: portShape, asset: z.string() }),
  z.strictObject({ capacity: kind, use: z.string().optional() }),
  z.strictObject({ share: z.string(), of: z.literal('electricity') }),
  z.strictObject({ ratio: z.tuple([portShape, portShape]), asset: z.string(), to: z.string().optional() }),
  z.strictObject({ source: z.enum(sourceKinds), asset: z.string() }),
  z.strictObject({ intensity: z.string() }),
]);
const story = z.strictObject({
  id: z.string(),
  title: text,
  body: text,
  asset: z.string().exactOptional(),
  figures: z.record(z.string(), figure).exactOptional(),
}) satisfies z.ZodType<Story>;

const terrain = z.strictObject({
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  columns: z.int(),
  rows: z.int(),
  low_m: z.number(),
  step_m: z.number(),
  heights: z.array(z.int()),
  sea_m: z.number().exactOptional(),
}) satisfies z.ZodType<Terrain>;

export const parkProblem = z.strictObject({
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  feature: z.string().exactOptional(),
  field: z.string().exactOptional(),
  message: z.string(),
  mend: z.string(),
}) satisfies z.ZodType<Problem>;

/** The fields that the list of parks and a park's own document share. */
export const parkHead = {
  id: z.string(),
  name: text,
  description: text.exactOptional(),
  fictional: z.boolean(),
  place: z.strictObject({ lon: z.number(), lat: z.number(), country: z.string(), name: text.exactOptional() }),
  timeZone: z.string(),
  mode: z.enum(modes),
};

const metadata = z.strictObject({
  ...parkHead,
  revision: z
    .string()
    .describe("Another one whenever the park has changed, the same in every view; the live snapshots' is compared with it"),
  currency: z.string(),
  gridZone: z.string().exactOptional(),
  interval_s: z.number(),
  tick_s: z.number(),
  audience: z.enum(audiences),
  losses: z.enum(['toLoad', 'separate']),
  cogenerationMethod: z.string(),
  credits: z.array(z.string()),
  tenants: z.array(z.strictObject({ id: z.string(), name: text, sector: z.string().exactOptional() })),
  stories: z.array(story),
  unmetered: z.array(z.strictObject({ asset: z.string(), carrier, name: text })),
  sources: z
    .array(
      z.strictObject({
        asset: z.string(),
        port: portShape,
        sourceKind: z.enum(sourceKinds),
        factor: factorShape.nullable(),
        estimated: z.boolean().describe("Only the carrier's fallback"),
        lifecycle: factorShape.exactOptional(),
      }),
    )
    .describe('Factor behind each source port, with its source, so that a figure can be audited'),
  spreads: z.array(
    z.strictObject({
      id: z.string(),
      name: text.exactOptional(),
      of: z.string(),
      port: portShape,
      assets: z.int(),
      exclusions: z.array(z.strictObject({ asset: z.string(), reason: text })),
      note: text.exactOptional(),
    }),
  ),
  terrain: terrain.exactOptional().describe('Heights of the land; absent: flat'),
  warnings: hidden('setup:read', z.array(parkProblem)).describe('What check found'),
});
export type ParkMetadata = z.infer<typeof metadata>;

export const parkDocument = z.strictObject({
  type: z.literal('FeatureCollection'),
  features,
  metadata,
  points: z.array(pointDescription),
});
export type ParkDocument = z.infer<typeof parkDocument>;
