/** Which factor set a question is about. */

import type { LedgerStatus } from '../../models/ledger/edition.ts';
import { lackingText } from '../../models/ledger/lacking.ts';
import { type FactorSet, factorSets } from '../../models/park/park.ts';
import { ApiError } from './errors.ts';

/** Refuses a set that the park is not accounted with, and says why it is not. */
export function checkSet({ sets, lacking }: LedgerStatus, set: FactorSet): void {
  if (sets.includes(set)) return;
  const why = set === 'lifecycle' ? `: ${lackingText(lacking)}` : '';
  const there = sets.map((one) => setNames[one]).join(' and ');
  throw new ApiError(400, 'noSuchSet', `set: this park is accounted with ${there || 'no'} factors only${why}`);
}

const setNames: Record<FactorSet, string> = { direct: 'direct', lifecycle: 'life-cycle' };

/** The set for a question that names none: the first one that the park has. */
export function usualSet({ sets }: LedgerStatus): FactorSet {
  return sets[0] ?? factorSets[0];
}
