/** Readings posted over HTTP: by whoever has the token, to parks that do not replay. Acknowledged means committed. */
import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request } from 'express';
import { z } from 'zod';
import { qualities, type Reading } from '../../models/reading.ts';
import { ApiError } from '../api/errors.ts';
import { type Route, twinOf } from '../api/operation.ts';
import { Refusal } from '../judge.ts';
import { readTime } from '../read-time.ts';
import { parseStrictJson } from '../strict-json.ts';
import { readPlain } from './plain-readings.ts';

/** 10,000 readings are about 1 MB. */
const mostBytes = 8_000_000;
const shortestToken = 32;

const readingSchema = z.strictObject({
  point: z.string().max(120).describe('Id of a point of the park'),
  time: z
    .union([z.string().max(40), z.int()])
    .describe('When it was measured: ISO 8601 with an offset (2025-06-01T08:00:00+08:00 or …Z), or milliseconds since 1970'),
  value: z.number().nullable().describe("In the point's own unit; null when the meter has none, never 0 in its place"),
  quality: z.enum(qualities).optional().describe('Good unless it says otherwise; of a bad one the value is dropped'),
});
const bodySchema = z.strictObject({ readings: z.array(readingSchema).min(1) });

/** On only with a token of 32 characters or more. */
export function ingestIsOn(token: string | undefined): token is string {
  return token !== undefined && token.length >= shortestToken;
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function isToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Throws when the request does not have the token. */
export function authorise(request: Request, token: string | undefined): void {
  if (!ingestIsOn(token)) {
    throw new ApiError(
      503,
      'ingestionOff',
      `HTTP ingestion is off: set INGEST_TOKEN to a secret of at least ${shortestToken} characters and start the server again`,
    );
  }
  const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined || !isToken(given, token)) {
    throw new ApiError(401, 'unauthorized', 'the Authorization header needs "Bearer" and the ingest token');
  }
}

/** The body's readings, or a refusal that names the first wrong one. */
export function readBody(body: unknown): Reading[] {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length === 0) throw new ApiError(400, 'badJson', 'the body is empty: it needs {"readings": […]}');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError(400, 'badJson', 'the body is not UTF-8');
  }
  return readPlain(text) ?? readStrictly(text);
}

/** The same for everything that is JSON, and what is wrong where it is not. Throws JsonFault, a Refusal or an ApiError. */
export function readStrictly(text: string): Reading[] {
  const parsed = bodySchema.safeParse(parseStrictJson(text));
  if (!parsed.success) throw fault(parsed.error);
  return parsed.data.readings.map(({ point, time, value, quality = 'good' }, index) => {
    if (typeof time === 'number') return { point, time, value, quality };
    const read = readTime(time);
    if (typeof read === 'string') throw new Refusal(index, read);
    return { point, time: read.time, value, quality: read.leap && quality === 'good' ? 'uncertain' : quality };
  });
}

function fault(error: z.ZodError): Error {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const message = issue?.message ?? 'cannot be read';
  const [list, index, ...field] = path;
  if (list === 'readings' && typeof index === 'number') {
    return new Refusal(index, `${field.length > 0 ? `${field.join('.')}: ` : ''}${message}`);
  }
  return new ApiError(400, 'badBody', `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`);
}

export const postReadings: Route = {
  operation: {
    method: 'post',
    path: '/parks/{park}/readings',
    summary: 'Hand in readings',
    description:
      'All or none: if one is wrong, nothing is stored and the answer names it. An answer of 200 means committed to disk; sending again after a lost answer does no harm. Implausible values and times are kept in quarantine, out of every sum.',
    params: { park: 'Id of the park' },
    body: bodySchema,
    answer: {
      description: 'Committed',
      schema: z.object({ accepted: z.int(), duplicates: z.int(), quarantined: z.int() }),
    },
    problems: {
      400: 'A reading is wrong; nothing was stored',
      401: 'The token is missing or wrong',
      404: 'There is no such park',
      409: 'The park replays recorded data and takes no other',
      413: 'More than 8 MB',
      503: 'HTTP ingestion is off, the disk is full, or too much is waiting',
    },
    secured: true,
  },
  guard: (parts, request) => {
    authorise(request, parts.ingestToken);
    if (twinOf(parts, request).mode === 'replayed') {
      throw new ApiError(409, 'replayed', 'this park replays recorded data and takes no readings from anywhere else');
    }
    if (!/^application\/(\w+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new ApiError(415, 'notJson', 'the Content-Type must be application/json');
    }
  },
  before: [express.raw({ type: () => true, limit: mostBytes })],
  handle: async (parts, request, response) => {
    const twin = twinOf(parts, request);
    try {
      response.json(await twin.accept(readBody(request.body), 'http'));
    } catch (error) {
      parts.metrics.refused(twin.park.id, error instanceof Error ? error.name : 'unknown');
      throw error;
    }
  },
};
