/** JSON pointers (RFC 6901): `/ENERGY/Power`, `/rows/0/value`; the empty one means the whole. */

export const pointerPattern = /^(\/([^~/]|~[01])*)*$/;

/** The keys of a pointer in order, unescaped. */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at the pointer; undefined when there is none. Own keys only, so that "constructor" cannot be reached. */
export function followPointer(value: unknown, steps: readonly string[]): unknown {
  let at = value;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    if (Array.isArray(at) && !/^(0|[1-9]\d*)$/.test(step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}
