/**
 * The rows of a local day in whole Wh and mg (METHODS, rule b). An entry is the rounded sum of the day including its
 * interval, less the rounded sum before it: so a day is right to 1 Wh and 1 mg, even for a load of 18 W, and no remainder
 * is carried into another day. Unknown values stay unknown and add nothing.
 */

import { f64, i32 } from '../typed-arrays.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import { partOf, type SoFar, splitWhole } from './portions.ts';
import { sumAssets, sumPark } from './row-totals.ts';

/** `exact` are the day's intervals from its first on. An entry does not depend on how many rows follow it. */
export function wholeRows(schema: LedgerSchema, exact: readonly Float64Array[]): Float64Array[] {
  const { leaves, parts, origins } = schema.rounding;
  const soFar: SoFar = { exact: new Float64Array(schema.size), whole: new Float64Array(schema.size) };
  return exact.map((now) => {
    add(soFar.exact, now);
    const row = now.slice();
    for (let i = 0; i < leaves.length; i++) {
      const at = i32(leaves, i);
      if (!Number.isNaN(now[at])) row[at] = Math.round(f64(soFar.exact, at)) - f64(soFar.whole, at) + 0;
    }
    sumAssets(schema, row);
    sumPark(schema, row);
    for (const { part, whole } of parts) row[part] = partOf(soFar, now, f64(row, whole), part, whole);
    for (const { first, whole } of origins) splitWhole(soFar, now, f64(row, whole), first, schema.kinds.length, row);
    add(soFar.whole, row);
    return row;
  });
}

function add(sums: Float64Array, row: Float64Array): void {
  for (let at = 0; at < row.length; at++) {
    const value = f64(row, at);
    if (!Number.isNaN(value)) sums[at] = f64(sums, at) + value;
  }
}
