/**
 * Shares as whole percents that sum to 100, by largest remainder, so that a mix adds up as it is read. A part that comes
 * to 0 is not left out: it is told as "less than 1 %" and adds nothing to the sum.
 */
import { roundParts } from './ledger/round.ts';

/** Shares of one whole, whatever it is; NaN where none is known. */
export function percentsOf(shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) return shares.map(() => Number.NaN);
  return roundParts(
    shares.map((share) => share / sum),
    0.01,
    100,
  );
}
