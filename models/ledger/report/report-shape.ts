/**
 * A period's report as data: whole Wh and mg straight from the ledger, names in the park's languages, and null with a
 * reason where a figure is missing. Published reports are kept in this form, so that they can be read as they were.
 * report-document.ts rounds the figures and puts the report into words.
 */
import { z } from 'zod';
import { carriers } from '../../carriers.ts';
import { sourceKinds } from '../../energy-sources.ts';
import { assetKinds } from '../../kinds/kinds.ts';
import { cogenerationMethods, factorSets, targetIndicators, targetUnits } from '../../park/park.ts';
import { factorShape, portShape, textShape as text } from '../../park/part-schemas.ts';
import { asideCodes } from '../../telemetry/quarantine.ts';
import type { ReportPeriod } from './period.ts';
import type { Sums } from './range-sums.ts';

const measure = z.number().nullable();
const kind = z.enum(assetKinds);
const carrier = z.enum(carriers);
const set = z.enum(factorSets);

/** Why a figure is missing. */
const whys = [
  'notAccounted',
  'incomplete',
  'noResidual',
  'matchedLonger',
  'noAmount',
  'noArea',
  'noTarget',
  'notKnown',
  'notKept',
] as const;
export type Why = (typeof whys)[number];

/** Why there is no market-based figure. */
const marketWhys = ['notAccounted', 'noResidual', 'matchedLonger', 'notKnown', 'notKept'] as const satisfies Why[];
export type MarketWhy = (typeof marketWhys)[number];

/** A figure, or why there is none. */
export type KnownShares<W extends Why = Why> = { value: number; why: null } | { value: null; why: W };
const knownOr = <W extends Why>(reasons: readonly W[]) =>
  z.union([z.strictObject({ value: z.number(), why: z.null() }), z.strictObject({ value: z.null(), why: z.enum(reasons) })]);
const known = knownOr(whys);

const period = z.strictObject({
  id: z.string(),
  kind: z.enum(['month', 'quarter', 'year']),
  first: z.string(),
  last: z.string().describe('Local day, included'),
  days: z.int(),
}) satisfies z.ZodType<ReportPeriod>;

const sums = {
  intervals: z.int().describe('Accounted, of `expected`'),
  expected: z.int(),
  columns: z.record(z.string(), measure).describe('By the ledger’s column names: whole Wh or mg; null: unknown'),
  known: z.record(z.string(), z.number()).describe('Intervals behind each sum'),
};
const sumsShape = z.strictObject(sums) satisfies z.ZodType<Sums>;

const part = z.strictObject({ id: z.string(), name: text, kind: kind.nullable(), Wh: measure, mg: measure });
export type Part = z.infer<typeof part>;

const userPart = z
  .strictObject({
    id: z.string(),
    name: text,
    kind,
    tenant: z.string().nullable(),
    floorArea_m2: z.number(),
    carriers: z.array(carrier).describe('That it has a port for'),
    areaAssumed: z.boolean().describe('The floor area is footprint times floors, not given'),
    Wh: z.partialRecord(carrier, z.number()),
    energy_Wh: measure,
    estimated_Wh: measure,
    mg: measure,
    known: z.number().describe("Share of the period's intervals in which its energy is known"),
  })
  .describe('An end use: what it took by carrier and what that carried');
export type UserPart = z.infer<typeof userPart>;

const plantPart = z
  .strictObject({
    id: z.string(),
    name: text,
    kind,
    takes: z.boolean(),
    gives: z.boolean(),
    burns: z.boolean(),
    in_Wh: measure,
    out_Wh: measure,
    stack_mg: measure,
    estimatedShare: measure,
  })
  .describe('A plant, store or connection: what went in and out of it');
export type PlantPart = z.infer<typeof plantPart>;

const carrierPart = z.strictObject({ carrier, Wh: z.number(), mg: measure });
export type CarrierPart = z.infer<typeof carrierPart>;

const timeRow = z.strictObject({ id: z.string(), ...sums, market: known }).describe('A month, or a day of a monthly report');
export type TimeRow = z.infer<typeof timeRow>;

const targetRow = z.strictObject({
  id: z.string(),
  name: text.nullable(),
  indicator: z.enum(targetIndicators),
  unit: z.enum(targetUnits),
  target: known.describe('In `unit`; absolute ones for the period’s share of the year’s days'),
  actual: known,
});
export type TargetRow = z.infer<typeof targetRow>;

const productionRow = z.strictObject({
  id: z.string(),
  name: text,
  unit: text,
  who: text.nullable().describe('Null: the park'),
  amount: known,
  energy_Wh: measure,
  mg: measure,
});
export type ProductionRow = z.infer<typeof productionRow>;

const factorRow = z.strictObject({
  ...factorShape.shape,
  uses: z.array(z.strictObject({ asset: z.string(), name: text, port: portShape })).describe('Ports that it is used for'),
  fallbackOf: z.array(carrier).describe('Carriers for which it stands in'),
  market: z.boolean().describe('Of a contract, or of the residual mix'),
});
export type FactorRow = z.infer<typeof factorRow>;

const comparison = z.strictObject({
  period,
  ...sums,
  market: known,
  comparable: z.boolean().describe('False: too little of it, or of this period, is accounted'),
});
export type Comparison = z.infer<typeof comparison>;

const at = z.number().describe('ms since 1970');
const editions = z.array(
  z.strictObject({
    id: z.int(),
    set,
    from: at.nullable(),
    to: at.nullable(),
    factors: z.string(),
    method: z.string(),
    software: z.string(),
    reason: z.string(),
    who: z.string(),
    at,
  }),
);

export const reportShape = z
  .strictObject({
    format: z.literal(1).describe('Of this shape'),
    park: z.strictObject({
      id: z.string(),
      name: text,
      place: text.nullable(),
      country: z.string(),
      timeZone: z.string(),
      fictional: z.boolean(),
      assets: z.int(),
      losses: z.enum(['toLoad', 'separate']),
      cogeneration: z.strictObject({
        method: z.enum(cogenerationMethods),
        electricReference: z.number(),
        heatReference: z.number(),
        supply_C: z.number(),
        ambient_C: z.number(),
      }),
      hasCogeneration: z.boolean(),
      interval_s: z.number(),
      credits: z.array(z.string()),
    }),
    reporting: z
      .strictObject({
        organisation: text.exactOptional(),
        contact: z.string().exactOptional(),
        boundary: text.exactOptional(),
        verification: text.exactOptional(),
      })
      .nullable(),
    period,
    set,
    preparedAt: z.iso.datetime().describe('ISO 8601'),
    software: z.string().describe('That accounted the period: of the editions that it rests on'),
    simulated: z.boolean().describe('Readings are simulated'),
    open: z.boolean().describe('The period is not over, or not accounted to its end'),
    totals: sumsShape,
    market: knownOr(marketWhys).describe('Market-based Scope 2, mg, or why there is none'),
    marketMethod: z
      .strictObject({
        matching: z.string(),
        instruments: z.array(z.strictObject({ name: text, energy_Wh: measure, gPerKwh: measure })),
      })
      .nullable(),
    previous: comparison,
    yearBefore: comparison,
    scope1: z.array(part).describe('Fuel and processes on site, by where they come in or are burnt'),
    scope2: z.array(part).describe('Bought energy, by where it comes in'),
    carriers: z.array(carrierPart),
    users: z.array(userPart),
    tenants: z.array(z.strictObject({ id: z.string(), name: text })),
    plants: z.array(plantPart),
    mix: z.array(z.strictObject({ kind: z.enum(sourceKinds), Wh: z.number() })),
    unmetered: z
      .array(z.strictObject({ asset: z.string(), carrier: z.string(), name: text.nullable(), Wh: z.number() }))
      .describe('Positive a load, negative a source; name null: elsewhere'),
    rows: z.array(timeRow),
    targets: z.array(targetRow),
    production: z.array(productionRow),
    factors: z.array(factorRow),
    quarantine: z
      .partialRecord(z.enum(asideCodes), z.int())
      .nullable()
      .describe('Readings of the park that wait for a decision now, by reason; null: not known'),
    editions,
    valid: z.array(z.int()).exactOptional().describe('Ids of those that the figures rest on'),
    present: z
      .strictObject({ factors: z.string(), method: z.string() })
      .exactOptional()
      .describe('The park’s own factors and method when this was made; absent in reports from before it was kept'),
    adjustments: z.array(z.strictObject({ day: z.string(), set, at, difference: z.record(z.string(), z.number()) })),
    locks: z.array(z.strictObject({ from: z.string(), to: z.string(), who: z.string(), at })),
  })
  .describe('The whole report, not rounded');
export type Report = z.infer<typeof reportShape>;
