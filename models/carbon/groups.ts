import { i32 } from '../typed-arrays.ts';

/** Items by group, in their original order; those of group g are items[first[g]] … items[first[g + 1] − 1]. */
export interface Groups {
  first: Int32Array;
  items: Int32Array;
}

/** Groups item i under groupOf[i]; those of group −1 are left out. Linear. */
export function grouped(groups: number, groupOf: Int32Array): Groups {
  const first = new Int32Array(groups + 1);
  for (let i = 0; i < groupOf.length; i++) {
    const g = i32(groupOf, i);
    if (g >= 0) first[g + 1] = i32(first, g + 1) + 1;
  }
  for (let g = 0; g < groups; g++) first[g + 1] = i32(first, g + 1) + i32(first, g);
  const items = new Int32Array(i32(first, groups));
  const cursor = first.slice();
  for (let i = 0; i < groupOf.length; i++) {
    const g = i32(groupOf, i);
    if (g < 0) continue;
    const at = i32(cursor, g);
    items[at] = i;
    cursor[g] = at + 1;
  }
  return { first, items };
}
