/** Times in questions: ISO 8601 with offset → ms since 1970. */
import { z } from 'zod';
import { readTime } from '../read-time.ts';
import { ApiError } from './errors.ts';

export const instant = z
  .string()
  .max(40)
  // A + in a URL that was not encoded arrives as a space.
  .transform((text) => text.replace(/ (\d{2}:?\d{2})$/, '+$1'))
  .transform((text, context) => {
    const read = readTime(text);
    if (typeof read !== 'string') return read.time;
    context.issues.push({ code: 'custom', message: read, input: text });
    return z.NEVER;
  });

export const isoOf = (time: number): string => new Date(time).toISOString();
export const isoOrNull = (time: number | null): string | null => (time === null ? null : isoOf(time));

/** Refuses a range that is empty or the wrong way round. */
export function checkRange({ from, to }: { from: number; to: number }): void {
  if (to <= from) throw new ApiError(400, 'badQuery', 'to is not after from');
}
