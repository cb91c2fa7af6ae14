/** Which assets the table shows and in which order. */

import type { ParkView } from '../../../models/api/park-view.ts';
import { mirror, valueAt } from '../../live/mirror.ts';

export type Column = 'name' | 'kind' | 'power' | 'intensity' | 'attributed' | 'stack' | 'quality';
export interface Sort {
  column: Column;
  descending: boolean;
}

export interface Row {
  asset: ParkView['assets'][number];
  name: string;
  kind: string;
  /** What the search looks through, in lower case. */
  text: string;
}

/** Every word must occur somewhere, in any order. */
export function matches(row: Pick<Row, 'text'>, words: readonly string[]): boolean {
  return words.every((word) => row.text.includes(word.toLowerCase()));
}

/** Sorted copy. Unknown numbers come last in either direction; equal ones keep the order of names. */
export function sorted(rows: readonly Row[], sort: Sort, key: (row: Row) => number | string, language: string): Row[] {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = key(a);
    const y = key(b);
    const byName = collator.compare(a.name, b.name);
    if (typeof x === 'string' || typeof y === 'string') return sign * collator.compare(String(x), String(y)) || byName;
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || byName;
    return sign * (x - y) || byName;
  });
}

/**
 * One of the two emission figures of an asset; NaN if it has none. They have separate columns, because what a stack emits is
 * also in the attributed figures of its customers.
 */
export function emissionsOf(asset: Row['asset'], figure: 'attributed' | 'stack'): number {
  if (figure === 'stack' && asset.emissions !== 'stack') return Number.NaN;
  return valueAt(mirror.layout?.assets.get(asset.id)?.[figure]);
}
