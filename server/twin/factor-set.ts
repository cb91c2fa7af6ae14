import type { Compiled } from '../../models/carbon/step.ts';
import type { FactorSet } from '../../models/ledger/block.ts';
import type { Twin } from './twin.ts';

/** The park built with the set: no question about one is answered with factors of the other. */
export function compiledFor({ parts }: Twin, set: FactorSet): Compiled {
  const own = parts.compiled.park.set ?? 'direct';
  if (set === own) return parts.compiled;
  if (parts.beside === undefined) throw new Error(`the park was not built with the set ${set}`);
  return parts.beside;
}
