/** How an operation of the contract (models/api) is answered. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Answer, Asked, Operation } from '../../models/api/operation.ts';
import type { Access, Principal } from '../access/access.ts';
import type { Metrics } from '../process/metrics.ts';
import type { Reloaded } from '../twin/reload.ts';
import type { Twin } from '../twin/twin.ts';
import { ApiError } from './errors.ts';

export interface ApiParts {
  twins: ReadonlyMap<string, Twin>;
  access: Access;
  metrics: Metrics;
  /** Takes the changed folder of a twin's park. Throws a ReloadRefusal, Busy or a StoreError. */
  reload(twin: Twin): Promise<Reloaded>;
  /** Path of the Chromium that prints reports; absent: the one in the usual place. */
  chromium?: string | undefined;
  /** Address of the server on this computer, for printing: 127.0.0.1 or [::1]. */
  ownHost: string;
  /** In tests: checks every answer by its schema, and answers 500 where it does not fit. */
  checked: boolean;
}

/** The twin of the park that the path names; undefined where the path names none. */
type TwinOf<O extends Operation> = O extends { path: `/parks/{park}${string}` } ? Twin : undefined;

export interface Question<O extends Operation> extends Asked<O> {
  twin: TwinOf<O>;
  principal: Principal;
  parts: ApiParts;
  /** For handlers that write the answer by themselves. */
  request: Request;
  response: Response;
}

/** Returned by a handler that has written the answer by itself: streams, binaries, text that was made before. */
export const sent = { sent: true } as const;
export type Sent = typeof sent;

export interface Route<O extends Operation> {
  /** Refuses by throwing, before the body is read. */
  guard?(twin: TwinOf<O>, request: Request): void;
  /** Maximum size of a body that the handler reads by itself; absent: a small body, read and checked by its schema. */
  ownBody_bytes?: number;
  answer(question: Question<O>): Answer<O> | Sent | Promise<Answer<O> | Sent>;
}

/** {park} → :park */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** Whether a key may be given any number of times, as an array. */
function isList(schema: z.core.$ZodType | undefined): boolean {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner instanceof z.ZodArray;
}

/** Reads the query by its schema: each key once (lists: any number of times), and no unknown key. */
export function queryOf(schema: z.ZodObject, request: Request): unknown {
  const at = request.originalUrl.indexOf('?');
  const found: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(at === -1 ? '' : request.originalUrl.slice(at))) {
    if (Object.hasOwn(schema.shape, key) && isList(schema.shape[key])) {
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
