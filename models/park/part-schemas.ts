/** Schemas of parts of a built park that are sent in its document and in reports; the types are in park.ts. */

import { z } from 'zod';
import { carriers } from '../carriers.ts';
import { type Language, languages } from '../languages.ts';
import type { PortId } from '../units.ts';
import type { Factor, Text } from './park.ts';
import { factorSets } from './park.ts';

type OtherTexts<T extends z.ZodType> = Record<Exclude<Language, 'en'>, z.ZodExactOptional<T>>;

/** A text of park.yaml or of a document by language; English always. */
export function textByLanguage<T extends z.ZodType>(text: T) {
  const others = languages.filter((language) => language !== 'en').map((language) => [language, text.exactOptional()]);
  return z.strictObject({ en: text, ...(Object.fromEntries(others) as OtherTexts<T>) });
}

export const textShape = textByLanguage(z.string()) satisfies z.ZodType<Text>;

export const portShape = z.templateLiteral([z.enum(carriers), '.', z.enum(['in', 'out'])]) satisfies z.ZodType<PortId>;

export const factorShape = z.strictObject({
  id: z.string(),
  name: textShape,
  value: z.number(),
  unit: z.literal('gCO2e/kWh'),
  set: z.enum(factorSets),
  hourly: z.array(z.number()).exactOptional().describe('24 multipliers by local hour with mean 1: modelled'),
  renewableShare: z.number().exactOptional(),
  carbonFreeShare: z.number().exactOptional(),
  biogenic_gPerKwh: z.number().exactOptional().describe('CO2 of biogenic origin, outside the totals: a memo'),
  validFrom: z.string(),
  source: z.string(),
  verified: z.boolean(),
}) satisfies z.ZodType<Factor>;
