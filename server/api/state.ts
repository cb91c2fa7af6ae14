/** The park at this moment. */
import { z } from 'zod';
import { totalNames } from '../../models/carbon/step.ts';
import { freshnesses, origins, qualities } from '../../models/reading.ts';
import { audienceFor, measure, type Route, twinOf } from './operation.ts';

const stateSchema = z.object({
  park: z.string(),
  time: z.string().describe('Park time, ISO 8601'),
  seq: z.int(),
  epoch: z.int(),
  preliminary: z.boolean(),
  totals: z.object(Object.fromEntries(totalNames.map((name) => [name, measure]))),
  assets: z.record(
    z.string(),
    z.object({
      ports: z.record(z.string(), measure).optional().describe('kW by port; not public'),
      intensity_gPerKwh: measure,
      idle: z
        .boolean()
        .nullable()
        .optional()
        .describe(
          'Nothing flows through the ports that its intensity is about: it is what would be. Of what consumes the public is told only where there is no intensity',
        ),
      attributed_kgPerH: measure.optional().describe('Not public'),
      stack_kgPerH: measure.optional().describe('Not public'),
      estimatedShare: measure.describe('0 to 1 of the energy behind the intensity'),
      origin: z.enum(origins).nullable().describe('Of the point that carries most; null where the asset stands in no network'),
      validity: z.enum(qualities).nullable().describe('The worst of its points; null where the asset stands in no network'),
      freshness: z
        .enum(freshnesses)
        .nullable()
        .describe('The worst of its points, also where an estimate stands in for one; null where the asset stands in no network'),
      age_s: measure,
    }),
  ),
  lines: z.record(z.string(), z.object({ power_kW: measure.optional().describe('Not public'), intensity_gPerKwh: measure })),
});

export const readState: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/state',
    summary: 'What flows and emits now',
    description: 'The same values that the live line sends, by name. null is unknown, 0 is zero.',
    params: { park: 'Id of the park' },
    answer: { description: 'The state at the latest tick', schema: stateSchema },
    problems: { 404: 'There is no such park' },
  },
  handle: (parts, request, response) => {
    response.set('Cache-Control', 'no-store').json(twinOf(parts, request).document(audienceFor(parts, request)));
  },
};
