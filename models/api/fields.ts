/** Schemas that several resources share. */
import { z } from 'zod';
import type { Permission } from '../access/permissions.ts';
import { isDay } from '../time/calendar.ts';
import { isOfYears, readTime, years } from '../time/read-time.ts';

/** A time in an answer. */
export const isoTime = z.iso.datetime().describe('ISO 8601');

const outside = `a time of the years ${years.first} to ${years.last}`;

/** A time in a request: ISO 8601 with offset → ms since 1970. */
export const instant = z
  .string()
  .max(40)
  // A + in a URL that was not encoded arrives as a space.
  .transform((text) => text.replace(/ (\d{2}:?\d{2})$/, '+$1'))
  .transform((text, context) => {
    const read = readTime(text);
    if (typeof read !== 'string' && isOfYears(text)) return read.time;
    const message = typeof read === 'string' ? read : outside;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  })
  .describe('ISO 8601 with offset');

/** A time range in a request. */
export const range = { from: instant, to: instant.describe('ISO 8601 with offset; not included') };

/** A number that may be unknown. */
export const measure = z.number().nullable();

export const day = z
  .string()
  .refine(isDay, 'a date such as 2026-10-01')
  .refine(isOfYears, outside)
  .describe('Local day of the park, 2026-10-01');
export const who = z.string().trim().min(1).max(120).describe('Who says so');

export const ofPark = z.strictObject({ park: z.string().describe('Id of the park') });

/** A whole number in a query: text → number. */
export const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'a whole number')
    .transform(Number)
    .refine((n) => n >= 1 && n <= most, `1 to ${most}`);

/** A field that only views with the permission have; the others get the answer without it. */
export const hidden = <S extends z.ZodType>(needs: Permission, schema: S) => schema.exactOptional().meta({ 'x-needs': needs });
