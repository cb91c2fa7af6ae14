import { z } from 'zod';
import type { PointBinding } from './binding.ts';

/** A column of a CSV file: recorded measurements that are replayed. */
export const csvSchema = z.strictObject({
  type: z.literal('csv'),
  file: z.string(),
  /** Column with the time: ISO 8601 with offset, or local time of `timeZone`. */
  time: z.string(),
  column: z.string(),
  timeZone: z.string().optional(),
  /** Column with flags: empty, ok or good is good, bad or missing is no value, anything else is doubtful. */
  quality: z.string().optional(),
});

export const csvBinding: PointBinding<typeof csvSchema> = {
  schema: csvSchema,
  mode: 'replayed',
  files: ({ file }) => [file],
  timeZone: ({ timeZone }) => timeZone,
};
