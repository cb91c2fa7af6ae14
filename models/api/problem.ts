/** The answer that is not the one asked for. */
import { z } from 'zod';

export const problemSchema = z.strictObject({
  error: z.string().describe('A word for programs, such as notFound'),
  message: z.string().describe('For people: what is wrong and how to mend it'),
  index: z.int().optional().describe('Of readings: the first one that is wrong; nothing was stored'),
  reason: z.string().optional().describe('Of readings: what is wrong with it'),
});
export type Problem = z.infer<typeof problemSchema>;
