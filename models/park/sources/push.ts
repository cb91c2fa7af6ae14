import { z } from 'zod';
import type { PointBinding } from './binding.ts';

/** A client that has the token posts the readings over HTTP. */
export const pushSchema = z.strictObject({ type: z.literal('push') });

export const pushBinding: PointBinding<typeof pushSchema> = { schema: pushSchema, mode: 'live' };
