/**
 * One thing the API can do, said once: its schemas check requests, type the handler and the client, make its page of
 * the OpenAPI document, and in tests every answer is parsed by them.
 */
import type { z } from 'zod';
import type { Permission } from '../access/view.ts';

export interface Operation {
  method: 'get' | 'post' | 'delete';
  /** Under /api/v1, with {names}. */
  path: string;
  /** What whoever asks must be allowed. */
  needs: Permission;
  summary: string;
  description: string;
  /** Of the {names} in the path. */
  params: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The good answer: JSON unless it has another type, with status 200 unless it says otherwise; and the files that may be had instead. */
  answer: { description: string; schema: z.ZodType; type?: string; status?: number; files?: readonly string[] };
  /** Other statuses that mean something of their own here (problem.ts has those that follow from the rest). */
  problems: Record<number, string>;
}

/** Keeps method, path and schemas as they are written, so that types follow from them. */
export function operation<const O extends Operation>(described: O): O {
  return described;
}

/** What is in the path, the query and the body once they are read. */
export interface Asked<O extends Operation> {
  params: z.output<O['params']>;
  query: O extends { query: infer Q extends z.ZodObject } ? z.output<Q> : undefined;
  body: O extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
}

export type Answer<O extends Operation> = z.output<O['answer']['schema']>;

/** What is asked with: {names} of the path beside the query and the body, as they are before they are read. */
export type Given<O extends Operation> = z.input<O['params']> &
  (O extends { query: infer Q extends z.ZodObject } ? { query: z.input<Q> } : unknown) &
  (O extends { body: infer B extends z.ZodType } ? { body: z.input<B> } : unknown);
