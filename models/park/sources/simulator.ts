import { z } from 'zod';
import type { PointBinding } from './binding.ts';

/** Made up by models/simulate. */
export const simulatorSchema = z.strictObject({ type: z.literal('simulator') });

export const simulatorBinding: PointBinding<typeof simulatorSchema> = { schema: simulatorSchema, mode: 'simulated' };
