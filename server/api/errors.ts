/** Error answers: they say in words what is wrong, and nothing about how the server works inside. */
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Problem } from '../../models/api/problem.ts';
import { Refusal } from '../../models/telemetry/admission.ts';
import { LedgerRefusal } from '../ledger/ledger.ts';
import { StoreError } from '../process/worker.ts';
import { BodyFault } from '../sources/push/body.ts';
import { JsonFault } from '../sources/strict-json.ts';
import { Busy } from '../twin/accept.ts';
import { ReloadRefusal } from '../twin/reload.ts';

export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'notFound', what);
}

/** Status and body for whatever was thrown. */
export function describeError(error: unknown): { status: number; body: Problem } {
  if (error instanceof ApiError) return { status: error.status, body: { error: error.code, message: error.message } };
  if (error instanceof Refusal) {
    const { index, reason, message } = error;
    return { status: 400, body: { error: 'refused', message: `${message}; nothing was stored`, index, reason } };
  }
  if (error instanceof BodyFault) return { status: 400, body: { error: error.code, message: error.message } };
  if (error instanceof JsonFault) return { status: 400, body: { error: 'badJson', message: error.message } };
  if (error instanceof ReloadRefusal) {
    const { why, message, problems } = error;
    if (why === 'restart') return { status: 409, body: { error: 'needsRestart', message } };
    return { status: 422, body: { error: 'badPark', message, problems } };
  }
  if (error instanceof Busy) return { status: 503, body: { error: 'busy', message: `${error.message}; try again in a moment` } };
  if (error instanceof StoreError) {
    const message = error.code === 'full' ? error.message : 'the store cannot be written or read now';
    return { status: 503, body: { error: error.code === 'full' ? 'diskFull' : 'store', message } };
  }
  if (error instanceof LedgerRefusal) {
    return { status: error.why === 'locked' ? 409 : 400, body: { error: error.why, message: error.message } };
  }
  const status = statusOf(error);
  if (status === 413) return { status, body: { error: 'tooLarge', message: `the body is too large${limitOf(error)}: send it in parts` } };
  if (status === 415) return { status, body: { error: 'encoding', message: 'the encoding of the body is not supported' } };
  if (status !== null) return { status, body: { error: 'badRequest', message: 'the request cannot be read' } };
  return { status: 500, body: { error: 'internal', message: 'something went wrong here; it was logged' } };
}

/** The size limit that body-parser reports, in words. */
function limitOf(error: unknown): string {
  const { limit } = (error ?? {}) as { limit?: unknown };
  return typeof limit === 'number' ? ` (at most ${limit / 1e6} MB)` : '';
}

/** Express and body-parser give errors of the client a 4xx status. */
function statusOf(error: unknown): number | null {
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  const code = status ?? statusCode;
  return typeof code === 'number' && code >= 400 && code < 500 ? code : null;
}

export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, body } = describeError(error);
    if (status >= 500 && !(error instanceof Busy)) log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (status === 503) response.set('Retry-After', '1');
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    // Headers that were set for the intended answer do not fit this one.
    response.removeHeader('Content-Disposition');
    response.removeHeader('ETag');
    response.set('Cache-Control', 'no-store');
    response.status(status).type('json').json(body);
  };
}
