/** Readings that were set aside: the list, and what a person decides about each. */
import type { Request } from 'express';
import { z } from 'zod';
import { type AsideReason, asideReasons, asideStates, reasonOf } from '../../models/quarantine.ts';
import { qualities } from '../../models/reading.ts';
import { mayConnect } from '../audience.ts';
import { Undecidable } from '../quarantine.ts';
import { authorise } from '../sources/http.ts';
import type { AsideReading } from '../store/store.ts';
import { ApiError, notFound } from './errors.ts';
import { type ApiParts, audienceFor, fullOnly, measure, queryOf, type Route, twinOf } from './operation.ts';

const mostAtOnce = 200;
const codes = Object.keys(asideReasons) as [AsideReason, ...AsideReason[]];

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'a whole number')
    .transform(Number)
    .refine((n) => n >= 1 && n <= most, `1 to ${most}`);
const querySchema = z.strictObject({
  limit: whole(mostAtOnce).default(50).describe(`How many at most; up to ${mostAtOnce}`),
  cursor: whole(Number.MAX_SAFE_INTEGER).optional().describe('`next` of the answer before'),
  point: z.string().max(120).optional().describe('Only of this point'),
  reason: z.enum(codes).optional().describe('Only for this reason'),
  state: z
    .enum([...asideStates, 'all'])
    .default('aside')
    .describe('aside = waits for a decision'),
});

const readingSchema = z.object({
  id: z.int(),
  point: z.string(),
  time: z.string().describe('When it was measured, ISO 8601'),
  value: measure.describe("In the point's own unit"),
  quality: z.enum(qualities),
  received: z.string().describe('When it came in, ISO 8601'),
  reason: z.enum(codes),
  message: z.string().describe('The reason in words'),
  state: z.enum(asideStates),
  decided: z.string().nullable().describe('When a person released or discarded it, ISO 8601'),
});

function written({ id, point, time, value, quality, received, reason, state, decided }: AsideReading): z.infer<typeof readingSchema> {
  const code = reasonOf(reason);
  const message = code === 'message' ? reason : asideReasons[code];
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    id,
    point,
    time: iso(time),
    value,
    quality,
    received: iso(received),
    reason: code,
    message,
    state,
    decided: decided === null ? null : iso(decided),
  };
}

export const listQuarantine: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/quarantine',
    summary: 'Readings that were set aside',
    description:
      'Kept, but out of every sum: implausible values and times, both values of a conflict, messages that could not be taken. Newest first. `counts` are of those that wait for a decision, by reason. Not public.',
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: {
      description: 'The readings, and how to go on',
      schema: z.object({
        park: z.string(),
        waiting: z.int(),
        counts: z.partialRecord(z.enum(codes), z.int()),
        readings: z.array(readingSchema),
        next: z.string().nullable().describe('The cursor of the next page; null at the end'),
      }),
    },
    problems: { 400: 'The question is wrong', 403: 'Not public', 404: 'There is no such park' },
  },
  handle: async (parts, request, response) => {
    const { park, quarantine } = twinOf(parts, request);
    fullOnly(parts, request);
    const { limit, cursor, point, reason, state } = queryOf(querySchema, request);
    const filter = { before: cursor, point, reason, state: state === 'all' ? undefined : state };
    const [found, counts] = await Promise.all([quarantine.list(limit + 1, filter), quarantine.counts()]);
    const readings = found.slice(0, limit).map(written);
    const waiting = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const next = found.length > limit ? String(readings.at(-1)?.id) : null;
    response.set('Cache-Control', 'no-store').json({ park: park.id, waiting, counts, readings, next });
  },
};

/** Whoever has the token; else a person at the server's own computer, and no page from elsewhere in their name. */
export function mayDecide(parts: ApiParts, request: Request): void {
  if (request.headers.authorization !== undefined) {
    authorise(request, parts.ingestToken);
    return;
  }
  const own = mayConnect(request) && request.headers['sec-fetch-site'] !== 'cross-site';
  if (own && audienceFor(parts, request) === 'full') return;
  throw new ApiError(403, 'notYours', 'only the server’s own pages on its own computer, or whoever has the ingest token, may decide this');
}

function decision(verb: 'release' | 'discard', summary: string, description: string): Route {
  return {
    operation: {
      method: 'post',
      path: `/parks/{park}/quarantine/{id}/${verb}`,
      summary,
      description: `${description} Deciding the same again changes nothing.`,
      params: { park: 'Id of the park', id: 'Id of the reading' },
      answer: { description: 'The reading as it is now', schema: readingSchema },
      problems: {
        401: 'The token is wrong',
        403: 'Neither at the server’s own computer nor with the token',
        404: 'There is no such park or reading',
        409: 'It cannot be decided so',
        503: 'The disk is full',
      },
      secured: 'elsewhere',
    },
    guard: mayDecide,
    handle: async (parts, request, response) => {
      const { quarantine } = twinOf(parts, request);
      const id = String(request.params['id']);
      if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound(`no reading "${id.slice(0, 40)}" was set aside here`);
      try {
        response.json(written(await quarantine[verb](Number(id))));
      } catch (error) {
        if (!(error instanceof Undecidable)) throw error;
        throw error.why === 'unknown' ? notFound(error.message) : new ApiError(409, 'undecidable', error.message);
      }
    },
  };
}

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
