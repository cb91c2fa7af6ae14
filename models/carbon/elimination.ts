/** Matrices on their way to a solution: as they are put together, and after elimination. */

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

/** A matrix after elimination: what to do to a right-hand side to have its solution. Good for any number of them. */
export interface Eliminated {
  /** Forward: right[row] += value · right[column], one after the other. */
  down: Triplets;
  /** Backward, rows in turn: right[row] += value · right[column], then · 1 / pivot after the last of a row. */
  up: Triplets;
  /** Rows in backward order, the end of each one's part of `up`, and what it is divided by. */
  rows: number[];
  ends: number[];
  pivots: number[];
}

export function eliminated(size: number): Eliminated {
  return { down: triplets(size), up: triplets(size), rows: [], ends: [], pivots: [] };
}

/** A pivot smaller than this part of what was put on its diagonal is noise: the system has no unique solution. */
export const singular = 1e-10;

/** What was put on each row's diagonal, before anything is taken off again. */
export function positiveDiagonal({ size, row, column, value }: Triplets): Float64Array {
  const sums = new Float64Array(size);
  for (let e = 0; e < value.length; e++) {
    const i = row[e] as number;
    if (column[e] === i) sums[i] = (sums[i] as number) + Math.max(0, value[e] as number);
  }
  return sums;
}
