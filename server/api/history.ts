/** What a port or point said in the past. */
import { z } from 'zod';
import { origins } from '../../models/reading.ts';
import { readPast, tellersOf } from '../past.ts';
import { ApiError, notFound } from './errors.ts';
import { checkRange, instant, isoOf, isoOrNull } from './instant.ts';
import { fullOnly, measure, queryOf, type Route, twinOf } from './operation.ts';

/** Steps in one answer. */
const mostSteps = 10_000;
/** Days in one question: readings are read one by one. */
const mostDays = 400;
const day_ms = 86_400_000;

const aggregations = ['mean', 'min', 'max', 'energy'] as const;
const querySchema = z.strictObject({
  asset: z.string().max(120).describe('Id of an asset'),
  quantity: z.string().max(120).describe('A port such as electricity.in, or the id of a point of the asset'),
  from: instant.describe('ISO 8601 with offset'),
  to: instant.describe('ISO 8601 with offset; not included'),
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
});

const answerSchema = z.object({
  park: z.string(),
  asset: z.string(),
  quantity: z.string(),
  unit: z.string(),
  origin: z.enum(origins),
  source: z.string().describe('The point, virtual point or spread that says it'),
  step_s: z.int(),
  aggregation: z.enum(aggregations).nullable(),
  readingsFrom: z
    .string()
    .nullable()
    .describe('Readings from before are not kept, or there were none; the ledger may tell more (`GET …/series`)'),
  values: z.array(
    z.object({
      time: z.string().describe('Start of the step'),
      value: measure.optional().describe('Where one aggregation is asked for'),
      mean: measure.optional(),
      min: measure.optional(),
      max: measure.optional(),
      coverage: z.number().describe('0…1 of the step that readings cover'),
      quality: z.enum(['good', 'uncertain']),
    }),
  ),
});

export const readHistory: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/history',
    summary: 'What a port or point said in the past',
    description: `Means, smallest and largest by step, with how much of it was measured and how well; steps in which nothing was said are absent. At most ${mostSteps} steps and ${mostDays} days. Not public.`,
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: { description: 'Values in order of time', schema: answerSchema },
    problems: { 400: 'The question is wrong or too large', 403: 'Not public', 404: 'Nothing like that is measured here' },
  },
  handle: async (parts, request, response) => {
    const twin = twinOf(parts, request);
    fullOnly(parts, request);
    const { asset, quantity, from, to, step, aggregation } = queryOf(querySchema, request);
    const step_ms = step * 1000;
    checkRange({ from, to });
    if (to - from > mostDays * day_ms) throw new ApiError(400, 'tooMuch', `at most ${mostDays} days at a time`);
    if ((to - from) / step_ms > mostSteps) throw new ApiError(400, 'tooMuch', `at most ${mostSteps} steps at a time: take a larger step`);
    if (!twin.park.assets.some(({ id }) => id === asset)) throw notFound(`the park has no asset "${asset}"`);
    const tellers = tellersOf(twin.park, asset, quantity);
    if (tellers.length === 0) throw notFound(`no point measures "${quantity}" of "${asset}"`);
    const past = await readPast(twin.park, twin.parts.store, tellers, from, to, step_ms);
    const energy = aggregation === 'energy';
    if (energy && past.unit !== 'kW') throw new ApiError(400, 'badQuery', `aggregation: energy is of a power, not of ${past.unit}`);
    response.set('Cache-Control', 'no-store').json({
      park: twin.park.id,
      asset,
      quantity,
      unit: energy ? 'kWh' : past.unit,
      origin: past.origin,
      source: past.from,
      step_s: step,
      aggregation: aggregation ?? null,
      readingsFrom: isoOrNull(twin.parts.ledger?.status().rawFrom ?? null),
      values: past.values.map(({ time, mean, min, max, coverage, uncertain }) => {
        const told = {
          mean,
          min,
          max,
          // Only of the part of the step that was measured: nothing is made up for the rest.
          energy: mean === null ? null : (mean * coverage * step) / 3600,
        };
        return {
          time: isoOf(time),
          ...(aggregation ? { value: told[aggregation] } : { mean, min, max }),
          coverage: Math.round(coverage * 1e4) / 1e4,
          quality: uncertain ? 'uncertain' : 'good',
        };
      }),
    });
  },
};
