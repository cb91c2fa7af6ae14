/** Marks of a timeline: where something is missing, flagged, restated, closed or adjusted. */
import { z } from 'zod';
import { ApiError } from './errors.ts';
import { checkRange, instant, isoOf } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { queryOf, type Route, twinOf } from './operation.ts';

/** Ten years and a bit. */
const mostDays = 4000;
const querySchema = z.strictObject({
  from: instant.describe('ISO 8601 with offset'),
  to: instant.describe('ISO 8601 with offset; not included'),
});

export const readMarks: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/marks',
    summary: 'Marks for a timeline',
    description: `Gaps, flags, restatements, closed periods and adjustments that touch the range, at most ${mostDays} days. Not public.`,
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: {
      description: 'In order of time',
      schema: z.object({
        park: z.string(),
        marks: z.array(
          z.object({
            kind: z.enum(['gap', 'flagged', 'restated', 'locked', 'adjusted', 'gone']),
            from: z.string().describe('ISO 8601'),
            to: z.string().describe('ISO 8601; not included'),
            note: z.string().describe('For people, in English'),
          }),
        ),
      }),
    },
    problems: { 400: 'The question is wrong or too large', 403: 'Not public', 404: 'There is no such park, or it keeps no ledger' },
  },
  handle: async (parts, request, response) => {
    const ledger = ledgerOf(parts, request);
    const { from, to } = queryOf(querySchema, request);
    checkRange({ from, to });
    if (to - from > mostDays * 86_400_000) throw new ApiError(400, 'tooMuch', `at most ${mostDays} days at a time`);
    const marks = await ledger.marks(from, to);
    const answer = [...marks].sort((a, b) => a.from - b.from).map((mark) => ({ ...mark, from: isoOf(mark.from), to: isoOf(mark.to) }));
    response.set('Cache-Control', 'no-store').json({ park: twinOf(parts, request).park.id, marks: answer });
  },
};
