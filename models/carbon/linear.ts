/**
 * Systems of linear equations as they arise here: tracing inside a loop, flows in a ring, reconciliation.
 * All of them are diagonally dominant M-matrices, so elimination needs no pivoting.
 */

/** A square matrix as triplets; entries of the same place add up. */
export interface Triplets {
  size: number;
  row: number[];
  column: number[];
  value: number[];
}

export function triplets(size: number): Triplets {
  return { size, row: [], column: [], value: [] };
}

export function addEntry(matrix: Triplets, row: number, column: number, value: number): void {
  matrix.row.push(row);
  matrix.column.push(column);
  matrix.value.push(value);
}

/** Up to here a dense matrix is the fastest way. */
const denseLimit = 40;
/** A pivot smaller than this part of what was put on its diagonal is noise: the system has no unique solution. */
const singular = 1e-10;

/**
 * Solves matrix · x = right for `columns` right-hand sides at once, in place.
 * `right` is size × columns, row by row. Returns false (and leaves `right` unusable) when there is no unique solution.
 */
export function solveLinear(matrix: Triplets, right: Float64Array, columns: number): boolean {
  return matrix.size <= denseLimit ? solveDense(matrix, right, columns) : solveSparse(matrix, right, columns);
}

function solveDense(matrix: Triplets, right: Float64Array, columns: number): boolean {
  const n = matrix.size;
  const a = new Float64Array(n * n);
  for (let e = 0; e < matrix.value.length; e++) {
    const at = (matrix.row[e] as number) * n + (matrix.column[e] as number);
    a[at] = (a[at] as number) + (matrix.value[e] as number);
  }
  const diagonal = positiveDiagonal(matrix);
  for (let i = 0; i < n; i++) {
    const pivot = a[i * n + i] as number;
    if (!(pivot > singular * (diagonal[i] as number))) return false;
    for (let j = i + 1; j < n; j++) {
      const f = (a[j * n + i] as number) / pivot;
      if (f === 0) continue;
      for (let k = i + 1; k < n; k++) a[j * n + k] = (a[j * n + k] as number) - f * (a[i * n + k] as number);
      addScaled(right, columns, j, i, -f);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      const v = a[i * n + k] as number;
      if (v !== 0) addScaled(right, columns, i, k, -v);
    }
    scale(right, columns, i, 1 / (a[i * n + i] as number));
  }
  return true;
}

/** Elimination in order of least fill-in (Markowitz 1957): a ring of 10,000 nodes costs as much as 10,000 small steps. */
function solveSparse(matrix: Triplets, right: Float64Array, columns: number): boolean {
  const n = matrix.size;
  const rows = Array.from({ length: n }, () => new Map<number, number>());
  /** Which rows have an entry in a column. */
  const users = Array.from({ length: n }, () => new Set<number>());
  for (let e = 0; e < matrix.value.length; e++) {
    const i = matrix.row[e] as number;
    const k = matrix.column[e] as number;
    const row = rows[i] as Map<number, number>;
    row.set(k, (row.get(k) ?? 0) + (matrix.value[e] as number));
    (users[k] as Set<number>).add(i);
  }
  const diagonal = positiveDiagonal(matrix);
  const buckets: number[][] = [];
  const degree = (i: number) => {
    const fill = ((rows[i] as Map<number, number>).size - 1) * ((users[i] as Set<number>).size - 1);
    return Math.max(0, Math.min(fill, 4096));
  };
  const file = (i: number) => {
    const d = degree(i);
    while (buckets.length <= d) buckets.push([]);
    (buckets[d] as number[]).push(i);
    return d;
  };
  for (let i = 0; i < n; i++) file(i);
  const done = new Uint8Array(n);
  const order: number[] = [];
  for (let d = 0; d < buckets.length; ) {
    const i = (buckets[d] as number[]).pop();
    if (i === undefined) {
      d++;
      continue;
    }
    if (done[i] === 1 || degree(i) !== d) continue;
    done[i] = 1;
    order.push(i);
    const row = rows[i] as Map<number, number>;
    const pivot = row.get(i) ?? 0;
    if (!(pivot > singular * (diagonal[i] as number))) return false;
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
      addScaled(right, columns, j, i, -f);
    }
    // Only what this step touched can have become cheaper to eliminate.
    for (const j of targets) d = Math.min(d, file(j));
    for (const k of row.keys()) if (k !== i && done[k] === 0) d = Math.min(d, file(k));
  }
  for (let at = order.length - 1; at >= 0; at--) {
    const i = order[at] as number;
    const row = rows[i] as Map<number, number>;
    for (const [k, v] of row) if (k !== i) addScaled(right, columns, i, k, -v);
    scale(right, columns, i, 1 / (row.get(i) as number));
  }
  return true;
}

function positiveDiagonal(matrix: Triplets): Float64Array {
  const sums = new Float64Array(matrix.size);
  for (const [e, i] of matrix.row.entries()) {
    if (matrix.column[e] === i) sums[i] = (sums[i] as number) + Math.max(0, matrix.value[e] as number);
  }
  return sums;
}

function addScaled(right: Float64Array, columns: number, to: number, from: number, factor: number): void {
  for (let c = 0; c < columns; c++) {
    const at = to * columns + c;
    right[at] = (right[at] as number) + factor * (right[from * columns + c] as number);
  }
}

function scale(right: Float64Array, columns: number, row: number, factor: number): void {
  for (let c = 0; c < columns; c++) {
    const at = row * columns + c;
    right[at] = (right[at] as number) * factor;
  }
}
