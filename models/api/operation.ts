/**
 * The description of one operation of the API. Its schemas check requests, give the types of handler and client, and make
 * its part of the OpenAPI document; tests parse every answer with them.
 */
import type { z } from 'zod';
import type { Permission } from '../access/permissions.ts';

export interface Operation {
  method: 'get' | 'post' | 'delete';
  /** Under /api/v1, with {names}. */
  path: string;
  /** The permission that a caller needs. */
  needs: Permission;
  summary: string;
  description: string;
  /** Schema of the {names} in the path. */
  params: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The successful answer: JSON unless `type` is given, status 200 unless `status` is; `files` can be requested instead. */
  answer: { description: string; schema: z.ZodType; type?: string; status?: number; files?: readonly string[] };
  /** Other statuses with a meaning specific to this operation (problem.ts adds those that follow from the other fields). */
  problems: Record<number, string>;
}

/** Keeps method, path and schemas as they are written, so that types follow from them. */
export function operation<const O extends Operation>(described: O): O {
  return described;
}

/** The contents of path, query and body after parsing. */
export interface Asked<O extends Operation> {
  params: z.output<O['params']>;
  query: O extends { query: infer Q extends z.ZodObject } ? z.output<Q> : undefined;
  body: O extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
}

export type Answer<O extends Operation> = z.output<O['answer']['schema']>;

/** What a caller passes: the {names} of the path beside the query and the body, before parsing. */
export type Given<O extends Operation> = z.input<O['params']> &
  (O extends { query: infer Q extends z.ZodObject } ? { query: z.input<Q> } : unknown) &
  (O extends { body: infer B extends z.ZodType } ? { body: z.input<B> } : unknown);
