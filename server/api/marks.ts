/** Marks of a timeline: what happened in the park, and where something is missing, flagged, restated, closed or adjusted. */
import { z } from 'zod';
import type { MarkAnswer } from '../../models/ledger/answers.ts';
import { eventsIn } from '../../models/park/events.ts';
import { ApiError } from './errors.ts';
import { checkRange, instant, isoOf } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { queryOf, type Route, twinOf } from './operation.ts';

/** Ten years and a bit. */
const mostDays = 4000;
const text = z.looseObject({ en: z.string() });
const querySchema = z.strictObject({
  from: instant.describe('ISO 8601 with offset'),
  to: instant.describe('ISO 8601 with offset; not included'),
});

export const readMarks: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/marks',
    summary: 'Marks for a timeline',
    description: `Events of the park, gaps, flags, restatements, closed periods, adjustments and what is not kept any more, that touch the range, at most ${mostDays} days. Not public.`,
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: {
      description: 'In order of time',
      schema: z.object({
        park: z.string(),
        marks: z.array(
          z.object({
            kind: z.enum(['gap', 'flagged', 'restated', 'locked', 'adjusted', 'gone', 'event']),
            from: z.string().describe('ISO 8601'),
            to: z.string().describe('ISO 8601; not included'),
            note: z.string().describe('For people, in English'),
            event: z
              .object({ id: z.string(), title: text, body: text.optional(), asset: z.string().optional() })
              .optional()
              .describe('Of an event of the park (events of park.yaml)'),
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
    const { park } = twinOf(parts, request);
    const events = eventsIn(park.events ?? [], from, to).map(({ from, to, ...event }) => {
      return { kind: 'event' as const, from, to, note: event.title.en, event };
    });
    const marks = [...(await ledger.marks(from, to)), ...events].sort((a, b) => a.from - b.from);
    const answer: MarkAnswer[] = marks.map((mark) => ({ ...mark, from: isoOf(mark.from), to: isoOf(mark.to) }));
    response.set('Cache-Control', 'no-store').json({ park: park.id, marks: answer });
  },
};
