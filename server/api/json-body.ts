/** Small JSON bodies, read strictly and checked by their schema. */
import type { Request } from 'express';
import type { z } from 'zod';
import { parseStrictJson } from '../sources/strict-json.ts';
import { ApiError } from './errors.ts';

export function demandJson(request: Request): void {
  if (/^application\/(\w+\+)?json\b/i.test(request.headers['content-type'] ?? '')) return;
  throw new ApiError(415, 'notJson', 'the Content-Type must be application/json');
}

/** The body of a request, read as bytes before. */
export function bodyOf<T extends z.ZodType>(schema: T, request: Request): z.output<T> {
  demandJson(request);
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (bytes.length === 0) throw new ApiError(400, 'badJson', 'the body is empty');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError(400, 'badJson', 'the body is not UTF-8');
  }
  const parsed = schema.safeParse(parseStrictJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new ApiError(400, 'badBody', `${where === '' ? '' : `${where}: `}${issue?.message ?? 'cannot be read'}`);
}
