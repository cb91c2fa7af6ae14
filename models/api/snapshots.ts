/** Snapshots of the park in the past, as one compact binary that the client's mirror reads. */
import { z } from 'zod';
import { ofPark, range } from './fields.ts';
import { operation } from './operation.ts';

/** The most moments in one answer. */
export const mostSnapshots = 400;

export const readSnapshots = operation({
  method: 'get',
  path: '/parks/{park}/snapshots',
  needs: 'figures:read',
  summary: 'The whole park at every interval of a range',
  description: `Accounted means of the intervals that start in the range, in the slots of the live line, as one binary (models/snapshots/snapshots.ts describes it), at most ${mostSnapshots} moments. Whole local days are quickest.`,
  params: ofPark,
  query: z.strictObject({
    ...range,
    every: z
      .string()
      .regex(/^[1-9]\d{0,4}$/, 'a whole number')
      .transform(Number)
      .default(1)
      .describe('Each so-many-th interval'),
  }),
  answer: {
    description: 'Snapshots; none where nothing is accounted',
    schema: z.string().meta({ format: 'binary' }),
    type: 'application/octet-stream',
  },
  problems: {
    304: 'As it was',
    400: 'The question is wrong or too large',
    404: 'There is no such park, or it keeps no ledger',
  },
});
