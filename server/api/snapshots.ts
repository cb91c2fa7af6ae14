/** Snapshots of the park in the past, as one compact binary that the client's mirror reads. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Api } from '../../models/api/api.ts';
import { mostSnapshots } from '../../models/api/snapshots.ts';
import { ApiError } from './errors.ts';
import { checkRange } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { type Route, sent } from './route.ts';

export const readSnapshots: Route<Api['readSnapshots']> = {
  answer: async ({ twin, query: { from, to, every }, request, response }) => {
    const ledger = ledgerOf(twin);
    checkRange({ from, to });
    const moments = Math.ceil((to - from) / (twin.park.interval_s * 1000 * every));
    if (moments > mostSnapshots)
      throw new ApiError(
        400,
        'tooMuch',
        `at most ${mostSnapshots} moments at a time, not ${moments}: take a shorter range or a larger "every"`,
      );
    await sendCompressed(request, response, await ledger.snapshots(from, to, every));
    return sent;
  },
};

/**
 * Late readings and restatements change the past, so clients may keep the answer but check it each time (ETag, 304).
 * Compressed here, since the server's own compression skips binaries.
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
