/** Matrices of linear equations: as triplets while they are put together, and after elimination. */

import { f64 } from '../typed-arrays.ts';

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

/** A matrix after elimination: the operations that solve any number of right-hand sides with it. */
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

/** A pivot smaller than this fraction of its row's positive diagonal is rounding noise: the system has no unique solution. */
export const singular = 1e-10;

/** Sum of the positive entries on each row's diagonal, before elimination subtracts from it. */
export function positiveDiagonal({ size, row, column, value }: Triplets): Float64Array {
  const sums = new Float64Array(size);
  for (let e = 0; e < value.length; e++) {
    const i = row[e] as number;
    if (column[e] === i) sums[i] = f64(sums, i) + Math.max(0, value[e] as number);
  }
  return sums;
}
