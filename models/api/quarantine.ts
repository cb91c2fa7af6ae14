/** Readings that were set aside: the list, and what a person decides about each. */
import { z } from 'zod';
import { qualities } from '../quality.ts';
import { asideCodes, asideStates, mostAside } from '../telemetry/quarantine.ts';
import { isoTime, measure, ofPark, wholeNumber } from './fields.ts';
import { operation } from './operation.ts';

const asideReading = z.strictObject({
  id: z.int(),
  point: z.string(),
  // Any time is allowed: it may be the reason why the reading was set aside.
  time: z.string().describe('When it was measured, ISO 8601; years before 0 and after 9999 with a sign and six digits'),
  value: measure.describe("In the point's own unit"),
  quality: z.enum(qualities),
  received: isoTime.describe('When it came in, ISO 8601'),
  reason: z.enum(asideCodes),
  message: z.string().describe('The reason in words'),
  state: z.enum(asideStates),
  decided: isoTime.nullable().describe('When a person released or discarded it, ISO 8601'),
});
export type AsideAnswer = z.infer<typeof asideReading>;

export const listQuarantine = operation({
  method: 'get',
  path: '/parks/{park}/quarantine',
  needs: 'quarantine:read',
  summary: 'Readings that were set aside',
  description:
    'Kept, but out of every sum: implausible values and times, both values of a conflict, messages that could not be taken. Newest first. `counts` are of those that wait for a decision, by reason.',
  params: ofPark,
  query: z.strictObject({
    limit: wholeNumber(mostAside).default(50).describe(`How many at most; up to ${mostAside}`),
    cursor: wholeNumber(Number.MAX_SAFE_INTEGER).optional().describe('`next` of the answer before'),
    point: z.string().max(120).optional().describe('Only of this point'),
    reason: z.enum(asideCodes).optional().describe('Only for this reason'),
    state: z
      .enum([...asideStates, 'all'])
      .default('aside')
      .describe('aside = waits for a decision'),
  }),
  answer: {
    description: 'The readings, and how to go on',
    schema: z.strictObject({
      park: z.string(),
      waiting: z.int(),
      counts: z.partialRecord(z.enum(asideCodes), z.int()),
      readings: z.array(asideReading),
      next: z.string().nullable().describe('The cursor of the next page; null at the end'),
    }),
  },
  problems: {},
});

const decision = <const V extends 'release' | 'discard'>(verb: V, summary: string, description: string) =>
  operation({
    method: 'post',
    path: `/parks/{park}/quarantine/{id}/${verb}` as `/parks/{park}/quarantine/{id}/${V}`,
    needs: 'quarantine:decide',
    summary,
    description: `${description} Deciding the same again changes nothing.`,
    params: z.strictObject({ park: z.string().describe('Id of the park'), id: z.string().describe('Id of the reading') }),
    answer: { description: 'The reading as it is now', schema: asideReading },
    problems: { 404: 'There is no such park or reading', 409: 'It cannot be decided so', 503: 'The disk is full' },
  });

export const releaseReading = decision(
  'release',
  'Let a reading into history',
  'Its value becomes that of its time, of uncertain quality; other values of that time are discarded, and none that comes later replaces it.',
);
export const discardReading = decision(
  'discard',
  'Leave a reading out for good',
  'It is kept, marked as discarded, and no longer counted.',
);
