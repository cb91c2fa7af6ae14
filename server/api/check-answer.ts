/** In tests every answer is checked by its schema, however it was written: one that differs from the contract becomes a 500. */
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Operation } from '../../models/api/operation.ts';
import { problemSchema, problemsOf } from '../../models/api/problem.ts';

/** What is wrong with an answer; null when it fits the contract. */
function drift(operation: Operation, status: number, type: string, bytes: Buffer | null): string | null {
  const { answer } = operation;
  const json = /^application\/([\w.-]+\+)?json\b/.test(type);
  const parsed = (schema: z.ZodType): string | null => {
    // The answer to a HEAD, or one that is compressed already, cannot be checked.
    if (bytes === null) return null;
    const { success, error } = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    if (success) return null;
    return error.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  };
  if (status !== (answer.status ?? 200)) {
    if (!Object.hasOwn(problemsOf(operation), status)) return `a status ${status} that the contract does not have`;
    if (status === 304) return null;
    return json ? parsed(problemSchema) : `a problem as ${type}`;
  }
  const [named = ''] = type.split(';');
  const good = answer.type ?? 'application/json';
  if (named === good) return json ? parsed(answer.schema) : null;
  return answer.files?.includes(named) ? null : `${named || 'nothing'} in place of ${good}`;
}

/** Holds an answer back until it is complete, then checks and sends it. */
export function checkAnswer(operation: Operation): RequestHandler {
  return (request, response, next) => {
    const hasBody = request.method !== 'HEAD';
    const pieces: Buffer[] = [];
    const { write, end } = response;
    const take = (piece: unknown, encoding: unknown) => {
      if (typeof piece === 'string') pieces.push(Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
      else if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
    };
    const called = (rest: unknown[]) => {
      const done = rest.findLast((one) => typeof one === 'function') as ((error?: Error | null) => void) | undefined;
      if (done) queueMicrotask(done);
    };
    response.write = (piece: unknown, ...rest: unknown[]) => {
      take(piece, rest[0]);
      called(rest);
      return true;
    };
    response.end = (...all: unknown[]) => {
      const [piece, ...rest] = all;
      if (typeof piece !== 'function') take(piece, rest[0]);
      Object.assign(response, { write, end });
      const bytes = Buffer.concat(pieces);
      const encoded = response.getHeader('content-encoding') !== undefined;
      const wrong = drift(
        operation,
        response.statusCode,
        String(response.getHeader('content-type') ?? ''),
        encoded || !hasBody ? null : bytes,
      );
      if (wrong === null) return end.call(response, bytes, 'utf8', () => called(all));
      const message = `the answer of ${operation.method} ${operation.path} is not what its contract says: ${wrong}`;
      console.error(message);
      response.removeHeader('content-length');
      response.removeHeader('etag');
      response.status(500).type('json');
      return end.call(response, JSON.stringify({ error: 'drift', message }), 'utf8');
    };
    next();
  };
}
