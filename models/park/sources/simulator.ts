import { z } from 'zod';
import type { SourceBinding } from './binding.ts';

/** Made up by models/simulate. */
export const simulatorSchema = z.strictObject({ type: z.literal('simulator') });

export const simulatorBinding: SourceBinding<typeof simulatorSchema> = { schema: simulatorSchema, mode: 'simulated' };
