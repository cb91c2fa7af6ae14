/** The park at this moment: the same slots that the live connection sends, by name. */
import { z } from 'zod';
import { type Totals, totalNames } from '../carbon/step.ts';
import { freshnesses, origins, qualities } from '../quality.ts';
import { hidden, isoTime, measure, ofPark } from './fields.ts';
import { operation } from './operation.ts';

const assetState = z.strictObject({
  ports: hidden('figures:read', z.record(z.string(), measure)).describe('kW by port'),
  intensity_gPerKwh: measure,
  idle: z
    .boolean()
    .nullable()
    .exactOptional()
    .describe(
      'Nothing flows through the ports that its intensity is about: it is what would be. Of what consumes the public is told only where there is no intensity',
    ),
  attributed_kgPerH: hidden('figures:read', measure),
  stack_kgPerH: hidden('figures:read', measure),
  estimatedShare: measure.describe('0 to 1 of the energy behind the intensity'),
  origin: z.enum(origins).nullable().describe('Of the point that carries most; null where the asset stands in no network'),
  validity: z.enum(qualities).nullable().describe('The worst of its points; null where the asset stands in no network'),
  freshness: z
    .enum(freshnesses)
    .nullable()
    .describe('The worst of its points, also where an estimate stands in for one; null where the asset stands in no network'),
  age_s: measure.describe('Of the oldest value behind it; null when there never was one'),
});
export type AssetState = z.infer<typeof assetState>;

const totals = z.strictObject(Object.fromEntries(totalNames.map((name) => [name, measure])) as Record<keyof Totals, typeof measure>);

const stateDocument = z.strictObject({
  park: z.string(),
  time: isoTime.describe('Park time, ISO 8601'),
  seq: z.int(),
  epoch: z.int(),
  preliminary: z.boolean(),
  totals,
  assets: z.record(z.string(), assetState),
  lines: z.record(z.string(), z.strictObject({ power_kW: hidden('figures:read', measure), intensity_gPerKwh: measure })),
});
export type StateDocument = z.infer<typeof stateDocument>;

export const readState = operation({
  method: 'get',
  path: '/parks/{park}/state',
  needs: 'park:read',
  summary: 'What flows and emits now',
  description: 'The same values that the live line sends, by name. null is unknown, 0 is zero.',
  params: ofPark,
  answer: { description: 'The state at the latest tick', schema: stateDocument },
  problems: {},
});
