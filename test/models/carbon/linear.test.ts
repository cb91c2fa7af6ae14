import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addEntry, solveLinear, triplets } from '../../../models/carbon/linear.ts';

test('small (dense) and large (sparse) systems are solved to rounding, many right-hand sides at once', () => {
  const entry = fc.record({ row: fc.nat(119), column: fc.nat(119), value: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(fc.constantFrom(1, 7, 40, 41, 120), fc.array(entry, { maxLength: 400 }), (size, entries) => {
      const matrix = triplets(size);
      const rows = Array.from({ length: size }, () => new Float64Array(size));
      const put = (i: number, k: number, value: number) => {
        addEntry(matrix, i, k, value);
        const row = rows[i] as Float64Array;
        row[k] = (row[k] as number) + value;
      };
      for (let i = 0; i < size; i++) put(i, i, 1);
      for (const { row, column, value } of entries) {
        const [i, k] = [row % size, column % size];
        if (i === k) continue;
        put(i, k, -value);
        put(k, k, value);
      }
      const right = Float64Array.from({ length: 2 * size }, (_, i) => ((i * 37) % 11) - 5);
      const x = right.slice();
      expect(solveLinear(matrix, x, 2)).toBe(true);
      for (const [i, row] of rows.entries()) {
        for (const c of [0, 1]) {
          const product = row.reduce((sum, value, k) => sum + value * (x[2 * k + c] as number), 0);
          const scale = row.reduce((sum, value, k) => sum + Math.abs(value * (x[2 * k + c] as number)), 1);
          expect(Math.abs(product - (right[2 * i + c] as number))).toBeLessThan(1e-9 * scale);
        }
      }
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('a system without a unique solution is refused', () => {
  for (const size of [3, 100]) {
    const circulating = triplets(size);
    for (let i = 0; i < size; i++) {
      addEntry(circulating, i, i, 5);
      addEntry(circulating, (i + 1) % size, i, -5);
    }
    expect(solveLinear(circulating, new Float64Array(size).fill(1), 1)).toBe(false);
  }
});
