import type { Compiled } from '../../models/carbon/step.ts';
import type { FactorSet } from '../../models/park/park.ts';
import type { Twin } from './twin.ts';

/** The park built with the given set, so that a question about one set is never answered with factors of the other. */
export function compiledFor({ parts }: Twin, set: FactorSet): Compiled {
  const own = parts.compiled.park.set ?? 'direct';
  if (set === own) return parts.compiled;
  if (parts.beside === undefined) throw new Error(`the park was not built with the set ${set}`);
  return parts.beside;
}
