/** Repeatable random numbers: the same seed gives the same numbers in the same order. */
import { hash } from '../simulate/noise.ts';

export interface Dice {
  /** Uniform in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  /** Whole, both ends included. */
  whole(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function createDice(seed: number): Dice {
  let thrown = 0;
  const next = () => hash(seed, thrown++, 17);
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
  };
}
