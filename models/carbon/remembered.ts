import type { Compiled } from './step.ts';

/**
 * Works out something of a compiled park once and keeps it for as long as the park lives. For what never changes, and
 * for working arrays: making those anew in every step would cost more than the arithmetic.
 */
export function remembered<T>(make: (compiled: Compiled) => T): (compiled: Compiled) => T {
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
