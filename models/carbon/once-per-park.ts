import type { Compiled } from './step.ts';

/**
 * Computes something from a compiled park once and keeps it as long as the park is in memory. Used for data that never
 * changes and for working arrays: allocating those in every step would cost more than the arithmetic.
 */
export function oncePerPark<T>(make: (compiled: Compiled) => T): (compiled: Compiled) => T {
  const made = new WeakMap<Compiled, T>();
  return (compiled) => {
    let it = made.get(compiled);
    if (it === undefined) {
      it = make(compiled);
      made.set(compiled, it);
    }
    return it;
  };
}
