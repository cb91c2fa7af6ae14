/** Elimination in order of least fill-in (Markowitz 1957): a ring of 10,000 nodes costs as much as 10,000 small steps. */

import { f64 } from '../typed-arrays.ts';
import { addEntry, type Eliminated, eliminated, positiveDiagonal, singular, type Triplets } from './elimination.ts';

/** Upper limit of a row's cost: rows that cost more are treated alike. */
const dearest = 4096;

export function eliminateSparse(matrix: Triplets): Eliminated | null {
  const { rows, users } = entries(matrix);
  const diagonal = positiveDiagonal(matrix);
  const n = matrix.size;
  const done = new Uint8Array(n);
  const order: number[] = [];
  const result = eliminated(n);
  const buckets: number[][] = [];
  for (let i = 0; i < n; i++) file(buckets, i, cost(rows, users, i));
  for (let d = 0; d < buckets.length; ) {
    const i = (buckets[d] as number[]).pop();
    if (i === undefined) {
      d++;
      continue;
    }
    if (done[i] === 1 || cost(rows, users, i) !== d) continue;
    done[i] = 1;
    order.push(i);
    const row = rows[i] as Map<number, number>;
    const pivot = row.get(i) ?? 0;
    if (!(pivot > singular * f64(diagonal, i))) return null;
    for (const k of row.keys()) (users[k] as Set<number>).delete(i);
    const targets = users[i] as Set<number>;
    for (const j of targets) {
      const target = rows[j] as Map<number, number>;
      const f = (target.get(i) as number) / pivot;
      target.delete(i);
      for (const [k, v] of row) {
        if (k === i) continue;
        const old = target.get(k);
        if (old === undefined) (users[k] as Set<number>).add(j);
        target.set(k, (old ?? 0) - f * v);
      }
      addEntry(result.down, j, i, -f);
    }
    // Only rows that this step touched can have become cheaper to eliminate.
    for (const j of targets) d = Math.min(d, file(buckets, j, cost(rows, users, j)));
    for (const k of row.keys()) if (k !== i && done[k] === 0) d = Math.min(d, file(buckets, k, cost(rows, users, k)));
  }
  for (let at = order.length - 1; at >= 0; at--) {
    const i = order[at] as number;
    const row = rows[i] as Map<number, number>;
    for (const [k, v] of row) if (k !== i) addEntry(result.up, i, k, -v);
    result.rows.push(i);
    result.ends.push(result.up.value.length);
    result.pivots.push(row.get(i) as number);
  }
  return result;
}

/** The matrix by rows, and which rows have an entry in each column. */
function entries({ size, row, column, value }: Triplets) {
  const rows = Array.from({ length: size }, () => new Map<number, number>());
  const users = Array.from({ length: size }, () => new Set<number>());
  for (let e = 0; e < value.length; e++) {
    const i = row[e] as number;
    const k = column[e] as number;
    const entriesOfRow = rows[i] as Map<number, number>;
    entriesOfRow.set(k, (entriesOfRow.get(k) ?? 0) + (value[e] as number));
    (users[k] as Set<number>).add(i);
  }
  return { rows, users };
}

/** Entries that eliminating row i may add. */
function cost(rows: readonly Map<number, number>[], users: readonly Set<number>[], i: number): number {
  const fill = ((rows[i] as Map<number, number>).size - 1) * ((users[i] as Set<number>).size - 1);
  return Math.max(0, Math.min(fill, dearest));
}

function file(buckets: number[][], i: number, d: number): number {
  while (buckets.length <= d) buckets.push([]);
  (buckets[d] as number[]).push(i);
  return d;
}
