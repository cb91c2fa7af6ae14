import { z } from 'zod';
import type { SourceBinding } from './binding.ts';

/** Whoever has the token posts its readings over HTTP. */
export const pushSchema = z.strictObject({ type: z.literal('push') });

export const pushBinding: SourceBinding<typeof pushSchema> = { schema: pushSchema, mode: 'live' };
