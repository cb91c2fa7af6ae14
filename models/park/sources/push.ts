import { z } from 'zod';
import type { PointBinding } from './binding.ts';

/** Whoever has the token posts its readings over HTTP. */
export const pushSchema = z.strictObject({ type: z.literal('push') });

export const pushBinding: PointBinding<typeof pushSchema> = { schema: pushSchema, mode: 'live' };
