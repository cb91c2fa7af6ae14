/**
 * park.yaml: one schema for validation, types and messages. The fields are explained in docs/park-folder.md.
 * Geometry is in layers: park.geojson by default, or any raw GeoJSON or CSV files mapped to our property names.
 */

import { z } from 'zod';
import { carriers } from '../carriers.ts';
import { sourceKinds } from '../energy-sources.ts';
import { assetKinds } from '../kinds/kinds.ts';
import { isDay } from '../time/calendar.ts';
import { units } from '../units.ts';
import {
  cogenerationMethods,
  contextKinds,
  factorSets,
  instrumentKinds,
  matchings,
  quantities,
  targetIndicators,
  targetUnits,
} from './park.ts';
import { textByLanguage } from './part-schemas.ts';
import { sourceSchema } from './sources/sources.ts';

export const textSchema = z.union([z.string().min(1), textByLanguage(z.string().min(1))]);
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/, 'letters, digits, . _ -; at most 120');
export const carrierSchema = z.enum(carriers);
export const portSchema = z
  .string()
  .refine((p) => carriers.some((c) => p === `${c}.in` || p === `${c}.out`), 'a port is <carrier>.in or <carrier>.out')
  .transform((p) => p as `${(typeof carriers)[number]}.in` | `${(typeof carriers)[number]}.out`);

const share = z.number().min(0).max(1);
const coefficients = z.partialRecord(carrierSchema, z.number().positive());
export const conversionSchema = z.strictObject({ inputs: coefficients, outputs: coefficients });
export const storageSchema = z.strictObject({
  carrier: carrierSchema,
  capacity_kWh: z.number().positive(),
  chargeEfficiency: share.default(1),
  dischargeEfficiency: share.default(1),
  standingLoss_perH: share.default(0),
  start_kWh: z.number().min(0).default(0),
  start_gPerKwh: z.number().min(0).default(0),
  /** The same by life-cycle factors. */
  startLifecycle_gPerKwh: z.number().min(0).optional(),
});

/** Properties of an asset, in park.geojson, in `assets:` of park.yaml, or by a layer's mapping. Others are kept for drawing. */
export const assetPropertiesSchema = z.looseObject({
  kind: z.enum(assetKinds),
  name: textSchema.optional(),
  use: z.string().optional(),
  tenant: z.string().optional(),
  height_m: z.number().positive().max(1000).nullish(),
  floors: z.number().int().positive().max(200).nullish(),
  floorArea_m2: z.number().positive().nullish(),
  at: z.string().optional(),
  ports: z.array(portSchema).optional(),
  conversion: conversionSchema.optional(),
  storage: storageSchema.optional(),
  capacity_kW: z.number().positive().optional(),
  note: textSchema.optional(),
});

export const linePropertiesSchema = z.looseObject({
  carrier: carrierSchema,
  from: z.string(),
  to: z.string(),
  loss: z.number().min(0).lt(1).default(0),
  name: textSchema.optional(),
  capacity_kW: z.number().positive().optional(),
  open: z.boolean().default(false),
  overhead: z.boolean().optional(),
});

/** A value for every feature, the name of the source property that holds it, or that property mapped value by value. */
const mapped = <T extends z.ZodType>(value: T) =>
  z.union([
    z.string(),
    z.strictObject({ value }),
    z.strictObject({
      property: z.string(),
      map: z.record(z.string(), value).optional(),
      default: value.optional(),
      scale: z.number().optional(),
    }),
  ]);

/**
 * One raw file. `as` says what its features become. Strings name a property of the file ("height": "HEIGHT_M"),
 * {value: x} is a constant, {property, map, default} translates. `kind` as a bare string is the kind itself.
 * Features whose kind maps to nothing are left out.
 */
export const layerSchema = z.strictObject({
  /** Path relative to the park folder; may start with ${PARK_DATA}. .geojson, .json or .csv. */
  file: z.string(),
  as: z.enum(['features', 'assets', 'context']).default('features'),
  kind: z
    .union([z.string(), z.strictObject({ property: z.string(), map: z.record(z.string(), z.string()), default: z.string().optional() })])
    .optional(),
  id: z.union([z.string(), z.strictObject({ prefix: z.string() })]).optional(),
  name: mapped(z.string()).optional(),
  use: mapped(z.string()).optional(),
  height_m: mapped(z.number()).optional(),
  floors: mapped(z.number()).optional(),
  width_m: mapped(z.number()).optional(),
  /** Only features whose property has one of these values. */
  where: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()]))).optional(),
  /** Columns of a CSV table. */
  lon: z.string().optional(),
  lat: z.string().optional(),
  /** Overrides by feature id: anything of assetPropertiesSchema. */
  set: z.record(z.string(), z.looseObject({})).optional(),
  /** For every feature of the layer. */
  defaults: z.looseObject({}).optional(),
});

/** Heights of the land: one grid, as JSON or as an Esri ASCII grid (.asc), mapped by the names its file uses. */
export const terrainSchema = z.strictObject({
  /** Path relative to the park folder; may start with ${PARK_DATA}. */
  file: z.string(),
  /** JSON: the member with rows of heights (or one long list, then `columns`). */
  heights: z.string().default('heights'),
  /** JSON: the member with [west, south, east, north], or the four numbers. */
  bbox: z.union([z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()])]).default('bbox'),
  /** JSON with one long list: number of heights in a row, or the member that has it. */
  columns: z.union([z.string(), z.number().int().positive()]).default('columns'),
  firstRow: z.enum(['north', 'south']).default('north'),
  /** Whether the box goes through the outermost heights, or around the cells whose centres they are. */
  heightsAre: z.enum(['corners', 'cells']).default('corners'),
  /** Metres in one unit of the file. */
  scale: z.number().positive().default(1),
  /** Value that means an unknown height, in addition to null. */
  noData: z.number().optional(),
  /** Land at or below this height is drawn as sea. */
  sea_m: z.number().optional(),
});
export type TerrainFile = z.infer<typeof terrainSchema>;

const pointFields = {
  id: idSchema,
  name: textSchema.optional(),
  asset: z.string().optional(),
  port: portSchema.optional(),
  quantity: z.enum(quantities).default('power'),
};

export const pointSchema = z.strictObject({
  ...pointFields,
  line: z.string().optional(),
  negativePort: portSchema.optional(),
  unit: z.enum(units),
  kWhPerUnit: z.number().positive().optional(),
  measure: z.enum(['mean', 'instant', 'energy', 'register']).default('instant'),
  label: z.enum(['start', 'end']).default('end'),
  cadence_s: z.number().positive(),
  range: z.tuple([z.number(), z.number()]),
  rollover: z.number().positive().optional(),
  maxPower_kW: z.number().positive().optional(),
  accuracy: z.number().min(0).max(1).default(0.01),
  fiscal: z.boolean().default(false),
  origin: z.enum(['measured', 'calculated', 'estimated', 'modelled', 'simulated']).optional(),
  /** Of an intensity: the factor set that it belongs to. */
  set: z.enum(factorSets).optional(),
  source: sourceSchema.optional(),
});

export const virtualPointSchema = z.strictObject({
  ...pointFields,
  /** point id (or prefix with a trailing *) → weight. */
  sum: z.record(z.string(), z.number()),
  /** Terms whose absence does not make the sum unknown. */
  optional: z.array(z.string()).default([]),
  constant: z.number().default(0),
  min: z.number().optional(),
  max: z.number().optional(),
  origin: z.enum(['calculated', 'modelled']).default('calculated'),
  note: textSchema.optional(),
});

export const spreadSchema = z.strictObject({
  id: idSchema,
  name: textSchema.optional(),
  of: z.string(),
  port: portSchema,
  among: z.strictObject({ kinds: z.array(z.enum(assetKinds)).optional(), ids: z.array(z.string()).optional() }),
  by: z.enum(['floorArea', 'footprint', 'capacity', 'equal']).default('floorArea'),
  /** Multiplier by `use`; others 1. */
  useWeights: z.record(z.string(), z.number().min(0)).default({}),
  exclude: z
    .array(
      z.strictObject({
        ids: z.array(z.string()).optional(),
        uses: z.array(z.string()).optional(),
        metered: z.boolean().optional(),
        reason: textSchema,
      }),
    )
    .default([]),
  note: textSchema.optional(),
});

export const factorSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  value: z.number().min(0),
  unit: z.literal('gCO2e/kWh'),
  set: z.enum(factorSets),
  hourly: z.array(z.number().min(0)).length(24).optional(),
  renewableShare: share.optional(),
  carbonFreeShare: share.optional(),
  biogenic_gPerKwh: z.number().min(0).optional(),
  validFrom: z.string(),
  source: z.string().min(1),
  verified: z.boolean(),
});

const dateSchema = z.string().refine(isDay, 'a date such as 2026-01-31');

/** Electricity bought with a stated origin. */
export const instrumentSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  kind: z.enum(instrumentKinds),
  factor: idSchema,
  from: dateSchema,
  to: dateSchema,
  /** One of the two. */
  energy_MWh: z.number().positive().optional(),
  share: share.optional(),
});

/** Market-based Scope 2. */
export const marketSchema = z.strictObject({
  matching: z.enum(matchings).default('year'),
  /** Factor of what no instrument covers. */
  residualFactor: idSchema.optional(),
  instruments: z.array(instrumentSchema).default([]),
});

/** A target for an indicator, in its unit; absolute targets are for a whole year. */
export const targetSchema = z.strictObject({
  id: idSchema,
  name: textSchema.optional(),
  indicator: z.enum(targetIndicators),
  unit: z.enum(targetUnits),
  /** Year → the most it may be (for shares: the least); linear between these years. */
  years: z.record(z.string().regex(/^\d{4}$/, 'a year'), z.number().min(0)),
});

/** Production of a tenant, an asset or the park, to relate energy and carbon to. */
export const productionSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  tenant: z.string().optional(),
  asset: z.string().optional(),
  unit: textSchema,
  /** Month (`2026-01`) → amount. */
  amounts: z.record(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2026-01'), z.number().min(0)),
});

/** Who reports; shown on the first page. */
export const reportingSchema = z.strictObject({
  organisation: textSchema.optional(),
  contact: z.string().optional(),
  boundary: textSchema.optional(),
  verification: textSchema.optional(),
});

/** data/factors/*.json and `factors:` of park.yaml. */
export const factorFileSchema = z.array(factorSchema);

/** How long each level of the past is kept; absent: for ever. Days, months and years are always kept. */
const retentionSchema = z
  .strictObject({
    raw_days: z.number().int().min(2).optional(),
    // Late readings up to 35 days old are accounted again at once, so their intervals must still be there.
    intervals_days: z.number().int().min(36).optional(),
    hours_days: z.number().int().min(36).optional(),
  })
  .refine(({ raw_days = 0, intervals_days = Number.POSITIVE_INFINITY }) => raw_days <= intervals_days, {
    path: ['intervals_days'],
    message: 'intervals are kept at least as long as readings',
  })
  .refine(({ intervals_days = 0, hours_days = Number.POSITIVE_INFINITY }) => intervals_days <= hours_days, {
    path: ['hours_days'],
    message: 'hours are kept at least as long as intervals',
  });

/** Forms of a story's figure; the first field of each says what is looked up. */
export const figureSchemas = [
  z.strictObject({ power: portSchema, asset: z.string() }),
  z.strictObject({ capacity: z.enum(assetKinds), use: z.string().optional() }),
  z.strictObject({ share: z.string(), of: z.literal('electricity') }),
  z.strictObject({ ratio: z.tuple([portSchema, portSchema]), asset: z.string(), to: z.string().optional() }),
  z.strictObject({ source: z.enum(sourceKinds), asset: z.string() }),
  z.strictObject({ intensity: z.string() }),
] as const;

export const storySchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  body: textSchema,
  asset: z.string().optional(),
  figures: z.record(idSchema, z.union(figureSchemas)).optional(),
});

export const parkFileSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  description: textSchema.optional(),
  fictional: z.boolean().default(false),
  place: z.strictObject({
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    country: z.string().length(2),
    name: textSchema.optional(),
  }),
  /** IANA. */
  timeZone: z.string(),
  currency: z.string().length(3),
  gridZone: z.string().optional(),
  interval_s: z.number().int().positive().default(900),
  clock: z.strictObject({ tick_s: z.number().min(0.1).max(60).default(1) }).default({ tick_s: 1 }),
  carbon: z
    .strictObject({
      losses: z.enum(['toLoad', 'separate']).default('toLoad'),
      cogeneration: z
        .strictObject({
          method: z.enum(cogenerationMethods).default('ghgProtocolEfficiency'),
          electricReference: z.number().positive().default(0.35),
          heatReference: z.number().positive().default(0.8),
          supply_C: z.number().default(90),
          ambient_C: z.number().default(10),
        })
        .prefault({}),
      /** Which factor a source port has: asset id → port → factor id. */
      sources: z
        .record(z.string(), z.record(z.string(), z.strictObject({ factor: idSchema.optional(), kind: z.enum(sourceKinds).optional() })))
        .default({}),
      /** Carrier → factor id of last resort. */
      fallback: z.partialRecord(carrierSchema, idSchema).default({}),
      /** The same with life-cycle factors: another set, accounted separately, never mixed with the first. */
      lifecycle: z
        .strictObject({
          sources: z.record(z.string(), z.record(z.string(), z.strictObject({ factor: idSchema }))).default({}),
          fallback: z.partialRecord(carrierSchema, idSchema).default({}),
        })
        .optional(),
    })
    .prefault({}),
  market: marketSchema.optional(),
  /** Points or virtual points that measure the load of the whole park. */
  siteLoad: z.strictObject({ net: z.string().optional(), gross: z.string().optional() }).optional(),
  /** The park's own factors, in addition to those of data/factors. */
  factors: factorFileSchema.default([]),
  terrain: terrainSchema.optional(),
  layers: z.array(layerSchema).default([{ file: 'park.geojson', as: 'features' }]),
  /** Assets without geometry of their own (they need `at` or `position`), or overrides of a layer's by id. */
  assets: z.array(z.looseObject({ id: idSchema, position: z.tuple([z.number(), z.number()]).optional() })).default([]),
  lines: z.array(linePropertiesSchema.extend({ id: idSchema })).default([]),
  /** Implied lines (lossless by default) from the hub to assets of these kinds or ids with a port of the carrier, not hosted. */
  connect: z
    .array(
      z.strictObject({
        carrier: carrierSchema,
        hub: z.string(),
        kinds: z.array(z.enum(assetKinds)).optional(),
        ids: z.array(z.string()).optional(),
        loss: z.number().min(0).lt(1).default(0),
      }),
    )
    .default([]),
  unmetered: z.array(z.strictObject({ asset: z.string(), carrier: carrierSchema, name: textSchema })).default([]),
  points: z.array(pointSchema).default([]),
  virtual: z.array(virtualPointSchema).default([]),
  spread: z.array(spreadSchema).default([]),
  credits: z.array(z.string()).default([]),
  tariffs: z.array(z.looseObject({ id: idSchema })).default([]),
  tenants: z.array(z.strictObject({ id: idSchema, name: textSchema, sector: z.string().optional() })).default([]),
  stories: z.array(storySchema).default([]),
  events: z
    .array(
      z.strictObject({
        id: idSchema,
        title: textSchema,
        body: textSchema.optional(),
        asset: z.string().optional(),
        from: z.string(),
        to: z.string().optional(),
      }),
    )
    .default([]),
  targets: z.array(targetSchema).default([]),
  production: z.array(productionSchema).default([]),
  reporting: reportingSchema.optional(),
  simulation: z.looseObject({ seed: z.number().int().default(1), history_days: z.number().int().min(0).max(4000).optional() }).optional(),
  retention: retentionSchema.default({}),
  replay: z.strictObject({ loop: z.boolean().default(true) }).optional(),
});

export type ParkFile = z.infer<typeof parkFileSchema>;
export type LayerFile = z.infer<typeof layerSchema>;

/** Known kinds of features, for messages. */
export const featureKinds: readonly string[] = [...assetKinds, ...contextKinds];
