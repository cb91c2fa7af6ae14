/** One thing the API can do: its schemas validate requests, type the handler, and make its page of the OpenAPI document. */
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Audience } from '../../models/protocol.ts';
import { audienceOf } from '../audience.ts';
import type { Metrics } from '../metrics.ts';
import type { Twin } from '../twin.ts';
import { ApiError, notFound } from './errors.ts';

export interface ApiParts {
  twins: ReadonlyMap<string, Twin>;
  /** Address the server is bound to: decides the audience. */
  host: string;
  ingestToken: string | undefined;
  metrics: Metrics;
  /** Prints reports; absent: the one in the usual place. */
  chromium?: string | undefined;
}

export interface Operation {
  method: 'get' | 'post' | 'delete';
  /** Under /api/v1, with {names}. */
  path: string;
  summary: string;
  description: string;
  /** Meaning of the {names} in the path. */
  params: Record<string, string>;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The good answer. */
  answer: { description: string; schema: z.ZodType; type?: string /** 200 unless it says otherwise. */; status?: number };
  /** Other statuses and what they mean here. */
  problems: Record<number, string>;
  /** Needs the bearer token; `elsewhere`: unless it comes from the server's own computer. */
  secured?: boolean | 'elsewhere';
}

export interface Route {
  operation: Operation;
  /** Refuses by throwing, before the body is read. */
  guard?(parts: ApiParts, request: Request): void;
  /** Before the handler, such as a body reader. */
  before?: RequestHandler[];
  handle(parts: ApiParts, request: Request, response: Response): Promise<void> | void;
}

/** {park} → :park */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

export function twinOf(parts: ApiParts, request: Request): Twin {
  const id = String(request.params['park']);
  const twin = parts.twins.get(id);
  if (!twin) throw notFound(`there is no park "${id.slice(0, 120)}" here`);
  return twin;
}

export function audienceFor(parts: ApiParts, request: Request): Audience {
  return audienceOf(request, parts.host);
}

export function fullOnly(parts: ApiParts, request: Request): void {
  if (audienceFor(parts, request) !== 'full')
    throw new ApiError(403, 'notPublic', 'this is not public: ask the park, or its server on its own computer');
}

/** The query by its schema: each key once (those in `lists`: any number of times, as an array), none that is not known. */
export function queryOf<T extends z.ZodType>(schema: T, request: Request, lists: readonly string[] = []): z.output<T> {
  const at = request.originalUrl.indexOf('?');
  const found: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(at === -1 ? '' : request.originalUrl.slice(at))) {
    if (lists.includes(key)) {
      found[key] = [...(Object.hasOwn(found, key) ? (found[key] as string[]) : []), value];
      continue;
    }
    if (Object.hasOwn(found, key)) throw new ApiError(400, 'badQuery', `"${key.slice(0, 40)}" is given twice`);
    found[key] = value;
  }
  const parsed = schema.safeParse(found);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(400, 'badQuery', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`.replace(/^: /, ''));
}

/** A number that may be unknown. */
export const measure = z.number().nullable();
