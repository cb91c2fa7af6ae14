/** Past values of a port or point. */
import { z } from 'zod';
import { origins } from '../quality.ts';
import { units } from '../units.ts';
import { isoTime, measure, ofPark, range } from './fields.ts';
import { operation } from './operation.ts';

export const historyLimits = {
  /** The most steps in one answer. */
  steps: 10_000,
  /** The most days in one request, because readings are read one by one. */
  days: 400,
} as const;

const aggregations = ['mean', 'min', 'max', 'energy'] as const;

export const readHistory = operation({
  method: 'get',
  path: '/parks/{park}/history',
  needs: 'figures:read',
  summary: 'What a port or point said in the past',
  description: `Means, smallest and largest by step, with how much of it was measured and how well; steps in which nothing was said are absent. At most ${historyLimits.steps} steps and ${historyLimits.days} days.`,
  params: ofPark,
  query: z.strictObject({
    asset: z.string().max(120).describe('Id of an asset'),
    quantity: z.string().max(120).describe('A port such as electricity.in, or the id of a point of the asset'),
    ...range,
    step: z
      .string()
      .regex(/^\d{1,9}$/, 'whole seconds')
      .transform(Number)
      .refine((s) => s > 0, 'at least 1 second')
      .default(900)
      .describe('Seconds'),
    aggregation: z
      .enum(aggregations)
      .optional()
      .describe('One value a step instead of mean, min and max; energy: kWh of what was measured of a power'),
  }),
  answer: {
    description: 'Values in order of time',
    schema: z.strictObject({
      park: z.string(),
      asset: z.string(),
      quantity: z.string(),
      unit: z.enum(units),
      origin: z.enum(origins),
      source: z.string().describe('The point, virtual point or spread that says it'),
      step_s: z.int(),
      aggregation: z.enum(aggregations).nullable(),
      readingsFrom: isoTime
        .nullable()
        .describe('Readings from before are not kept, or there were none; the ledger may tell more (`GET …/series`)'),
      values: z.array(
        z.strictObject({
          time: isoTime.describe('Start of the step'),
          value: measure.optional().describe('Where one aggregation is asked for'),
          mean: measure.optional(),
          min: measure.optional(),
          max: measure.optional(),
          coverage: z.number().describe('0…1 of the step that readings cover'),
          quality: z.enum(['good', 'uncertain']),
        }),
      ),
    }),
  },
  problems: { 400: 'The question is wrong or too large', 404: 'Nothing like that is measured here' },
});
