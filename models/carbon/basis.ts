/** What figures rest on: a park, built with one set of emission factors. */
import { type FactorSet, factorSetOf, type Park } from '../park/park.ts';

export interface Basis {
  factors: FactorSet;
  park: Park;
  /**
   * The name of a changed park that is accounted beside the record, by the same functions and in a ledger of its own; its figures
   * carry the name. Absent: the record itself.
   */
  study?: string;
}

/** The bases of a park, the primary one first: that of snapshots and live steps. There is one for each set that has every factor. */
export type Bases = readonly [Basis, ...Basis[]];

/** `others`: the same park built with other sets. */
export function basesOf(park: Park, ...others: readonly Park[]): Bases {
  const basis = (of: Park): Basis => ({ factors: factorSetOf(of), park: of });
  return [basis(park), ...others.map(basis)];
}
