/** The answer to a request that failed. */
import { z } from 'zod';
import { isWrite, sees } from '../access/permissions.ts';
import type { Operation } from './operation.ts';
import { parkProblem } from './park-document.ts';

export const problemSchema = z.strictObject({
  error: z.string().describe('A word for programs, such as notFound'),
  message: z.string().describe('For people: what is wrong and how to mend it'),
  index: z.int().optional().describe('Of readings: the first one that is wrong; nothing was stored'),
  reason: z.string().optional().describe('Of readings: what is wrong with it'),
  problems: z.array(parkProblem).optional().describe('Of a park folder: everything that is wrong with it'),
});
export type Problem = z.infer<typeof problemSchema>;

/** Every status that an operation may answer with instead of success: those that follow from its fields, then its own. */
export function problemsOf({ needs, params, query, body, problems }: Operation): Record<number, string> {
  const secret = !isWrite(needs) && !sees('public', needs);
  const { 503: unable, ...own } = problems;
  const unavailable = [
    ...(unable !== undefined ? [unable] : []),
    ...(isWrite(needs) ? ['A token is needed or given, and the server has none (INGEST_TOKEN)'] : []),
    'The store cannot be written or read now',
  ];
  return {
    ...('park' in params.shape && { 400: 'The address cannot be read', 404: 'There is no such park' }),
    ...(query && { 400: 'The question is wrong' }),
    ...(body && {
      400: 'The body is wrong',
      413: 'The body is too large',
      415: 'The body is not JSON, or in an encoding that is not read',
    }),
    ...(secret && { 403: 'Not public' }),
    ...(isWrite(needs) && { 401: 'The token is missing or wrong' }),
    ...(isWrite(needs) && needs !== 'readings:write' && { 403: 'Neither at the server’s own computer nor with the token' }),
    500: 'Something went wrong here; it was logged',
    ...own,
    503: unavailable.join('; or: '),
  };
}
