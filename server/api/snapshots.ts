/** Pictures of the park in the past, as one compact binary that the client's mirror reads. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { ledgerLimits } from '../../models/ledger/answers.ts';
import { ApiError } from './errors.ts';
import { checkRange, instant } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { queryOf, type Route, twinOf } from './operation.ts';

const most = ledgerLimits.pictures;
const querySchema = z.strictObject({
  from: instant.describe('ISO 8601 with offset'),
  to: instant.describe('ISO 8601 with offset; not included'),
  every: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'a whole number')
    .transform(Number)
    .default(1)
    .describe('Each so-many-th interval'),
});

export const readSnapshots: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/snapshots',
    summary: 'The whole park at every interval of a range',
    description: `Accounted means of the intervals that start in the range, in the slots of the live line, as one binary (models/ledger/pictures.ts describes it), at most ${most} moments. Whole local days are quickest. Not public.`,
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: {
      description: 'Pictures; none where nothing is accounted',
      schema: z.string().meta({ format: 'binary' }),
      type: 'application/octet-stream',
    },
    problems: {
      304: 'As it was',
      400: 'The question is wrong or too large',
      403: 'Not public',
      404: 'There is no such park, or it keeps no ledger',
    },
  },
  handle: async (parts, request, response) => {
    const { park } = twinOf(parts, request);
    const ledger = ledgerOf(parts, request);
    const { from, to, every } = queryOf(querySchema, request);
    checkRange({ from, to });
    const moments = Math.ceil((to - from) / (park.interval_s * 1000 * every));
    if (moments > most)
      throw new ApiError(400, 'tooMuch', `at most ${most} moments at a time, not ${moments}: take a shorter range or a larger "every"`);
    const bytes = await ledger.pictures(from, to, every);
    await sendCompressed(request, response, bytes);
  },
};

/**
 * Late readings and restatements change the past: kept, but asked about each time (ETag, 304). Compressed here, as the
 * server's own compression leaves binaries alone.
 */
async function sendCompressed(request: Request, response: Response, bytes: Uint8Array): Promise<void> {
  const tag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  response.set({ 'Cache-Control': 'private, no-cache', 'Content-Type': 'application/octet-stream', ETag: tag, Vary: 'Accept-Encoding' });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const encoding = request.acceptsEncodings('gzip', 'br', 'identity');
  if (encoding === 'gzip' || encoding === 'br') response.set('Content-Encoding', encoding);
  response.end(encoding === 'gzip' ? await gzipped(bytes) : encoding === 'br' ? await brotlied(bytes) : bytes);
}

/** In zlib's threads, not on the main one. */
const gzipped = (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 });
const brotlied = (bytes: Uint8Array) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
