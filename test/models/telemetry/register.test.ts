import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf } from '../../../models/telemetry/register.ts';

/** Grown over a whole run of counts, as history sums it: each step once. */
function grown(counts: number[], rollover?: number): (number | null)[] {
  return counts.map((value, i) => growthOf(value, (n) => counts[i - 1 - n], rollover)?.amount ?? null);
}

describe('a counter', () => {
  it.each([
    ['counts up', [100, 110, 110], undefined, [null, 10, 0]],
    ['falls to 0 and recovers: nothing happened', [1000, 0, 1000], undefined, [null, null, 0]],
    ['falls for two readings and comes back with what was used', [1000, 0, 0, 1020], undefined, [null, null, 0, 20]],
    ['is swapped: a new count begins', [1000, 3, 23, 43], undefined, [null, null, 20, 20]],
    ['is swapped for one that soon passes the old count', [10, 3, 9, 23, 43], undefined, [null, null, 6, 13, 20]],
    ['turns over at 2^32', [2 ** 32 - 10, 15, 20], 2 ** 32, [null, 25, 5]],
    ['is reset although it could turn over', [1000, 0, 5], 2 ** 32, [null, null, 5]],
  ])('that %s', (_, counts, rollover, expected) => expect(grown(counts, rollover)).toEqual(expected));

  it('never grows by less than nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 12 }), fc.constantFrom(undefined, 1001), (counts, rollover) => {
        for (const amount of grown(counts, rollover)) if (amount !== null) expect(amount).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
