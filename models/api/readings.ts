/** Readings handed in over HTTP. */
import { z } from 'zod';
import { qualities } from '../quality.ts';
import { ofPark } from './fields.ts';
import { operation } from './operation.ts';

const reading = z.strictObject({
  point: z.string().max(120).describe('Id of a point of the park'),
  time: z
    .union([z.string().max(40), z.int()])
    .describe('When it was measured: ISO 8601 with an offset (2025-06-01T08:00:00+08:00 or …Z), or milliseconds since 1970'),
  value: z.number().nullable().describe("In the point's own unit; null when the meter has none, never 0 in its place"),
  quality: z.enum(qualities).optional().describe('Good unless it says otherwise; of a bad one the value is dropped'),
});

export const postReadings = operation({
  method: 'post',
  path: '/parks/{park}/readings',
  needs: 'readings:write',
  summary: 'Hand in readings',
  description:
    'All or none: if one is wrong, nothing is stored and the answer names it. An answer of 200 means committed to disk; sending again after a lost answer does no harm. Implausible values and times are kept in quarantine, out of every sum.',
  params: ofPark,
  body: z.strictObject({ readings: z.array(reading).min(1) }),
  answer: {
    description: 'Committed',
    schema: z.strictObject({ accepted: z.int(), duplicates: z.int(), quarantined: z.int() }),
  },
  problems: {
    400: 'A reading is wrong; nothing was stored',
    409: 'The park replays recorded data and takes no other',
    413: 'More than 8 MB',
    503: 'The disk is full, or too much is waiting',
  },
});
