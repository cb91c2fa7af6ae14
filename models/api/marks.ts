/** Marks of a timeline: what happened in the park, and where something is missing, flagged, restated, closed or adjusted. */
import { z } from 'zod';
import { textShape as text } from '../park/part-schemas.ts';
import { isoTime, ofPark, range } from './fields.ts';
import { operation } from './operation.ts';

/** The most days in one request: a little more than ten years. */
export const mostMarkDays = 4000;

const mark = z.strictObject({
  kind: z.enum(['gap', 'flagged', 'restated', 'locked', 'adjusted', 'gone', 'event']),
  from: isoTime,
  to: isoTime.describe('ISO 8601; not included'),
  note: z.string().describe('For people, in English'),
  event: z
    .strictObject({ id: z.string(), title: text, body: text.exactOptional(), asset: z.string().exactOptional() })
    .exactOptional()
    .describe('Of an event of the park (events of park.yaml)'),
});
export type MarkAnswer = z.infer<typeof mark>;

export const readMarks = operation({
  method: 'get',
  path: '/parks/{park}/marks',
  needs: 'figures:read',
  summary: 'Marks for a timeline',
  description: `Events of the park, gaps, flags, restatements, closed periods, adjustments and what is not kept any more, that touch the range, at most ${mostMarkDays} days.`,
  params: ofPark,
  query: z.strictObject(range),
  answer: { description: 'In order of time', schema: z.strictObject({ park: z.string(), marks: z.array(mark) }) },
  problems: { 400: 'The question is wrong or too large', 404: 'There is no such park, or it keeps no ledger' },
});
