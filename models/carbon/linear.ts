/**
 * Solves the systems of linear equations of these models: tracing inside a loop, flows in a ring, reconciliation.
 * All of them are diagonally dominant M-matrices, so elimination needs no pivoting.
 */

import { f64 } from '../typed-arrays.ts';
import { addEntry, type Eliminated, eliminated, positiveDiagonal, singular, type Triplets } from './elimination.ts';
import { eliminateSparse } from './linear-sparse.ts';

export { addEntry, triplets } from './elimination.ts';

/** Up to this size a dense matrix is fastest. */
const denseLimit = 40;

/** Null when there is no unique solution. */
export function eliminate(matrix: Triplets): Eliminated | null {
  return matrix.size <= denseLimit ? eliminateDense(matrix) : eliminateSparse(matrix);
}

/**
 * Solves matrix · x = right for `columns` right-hand sides at once, in place.
 * `right` is size × columns, row by row. Returns false (and leaves `right` unusable) when there is no unique solution.
 */
export function solveLinear(matrix: Triplets, right: Float64Array, columns: number): boolean {
  const ready = eliminate(matrix);
  if (ready === null) return false;
  solveEliminated(ready, right, columns);
  return true;
}

export function solveEliminated({ down, up, rows, ends, pivots }: Eliminated, right: Float64Array, columns: number): void {
  for (let e = 0; e < down.value.length; e++) {
    addScaled(right, columns, down.row[e] as number, down.column[e] as number, down.value[e] as number);
  }
  let e = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    for (; e < (ends[i] as number); e++) addScaled(right, columns, row, up.column[e] as number, up.value[e] as number);
    const factor = 1 / (pivots[i] as number);
    for (let at = row * columns; at < (row + 1) * columns; at++) right[at] = f64(right, at) * factor;
  }
}

function eliminateDense(matrix: Triplets): Eliminated | null {
  const n = matrix.size;
  const a = new Float64Array(n * n);
  for (let e = 0; e < matrix.value.length; e++) {
    const at = (matrix.row[e] as number) * n + (matrix.column[e] as number);
    a[at] = f64(a, at) + (matrix.value[e] as number);
  }
  const diagonal = positiveDiagonal(matrix);
  const done = eliminated(n);
  for (let i = 0; i < n; i++) {
    const pivot = f64(a, i * n + i);
    if (!(pivot > singular * f64(diagonal, i))) return null;
    for (let j = i + 1; j < n; j++) {
      const f = f64(a, j * n + i) / pivot;
      if (f === 0) continue;
      for (let k = i + 1; k < n; k++) a[j * n + k] = f64(a, j * n + k) - f * f64(a, i * n + k);
      addEntry(done.down, j, i, -f);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      const v = f64(a, i * n + k);
      if (v !== 0) addEntry(done.up, i, k, -v);
    }
    done.rows.push(i);
    done.ends.push(done.up.value.length);
    done.pivots.push(f64(a, i * n + i));
  }
  return done;
}

function addScaled(right: Float64Array, columns: number, to: number, from: number, factor: number): void {
  for (let c = 0; c < columns; c++) {
    const at = to * columns + c;
    right[at] = f64(right, at) + factor * f64(right, from * columns + c);
  }
}
