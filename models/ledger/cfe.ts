/**
 * 24/7 carbon-free energy (METHODS 5): for each hour, the use that the park's own sun and wind cover, and of the rest the
 * carbon-free part of the grid, up to the import. Contracted energy is not counted, because the ledger does not know when
 * it was generated. A surplus of one hour is not carried over to another.
 */

import { type Calendar, hourStart } from '../time/calendar.ts';
import { f64 } from '../typed-arrays.ts';
import type { Block } from './block.ts';

/**
 * Fills `cfeMatched.Wh` of the park's block of a day: the matched energy of each local hour at its first interval, 0 at its
 * others, NaN where the hour is unknown. Of the use that own clean energy does not cover, the grid's carbon-free part counts
 * up to the import. Rounded like all entries of a day (whole-rows.ts). Changes the block.
 */
export function matchHours(block: Block, calendar: Calendar): void {
  const column = (name: string) => block.columns.get(name);
  const [load, clean, imported, gridClean, matched] = [
    column('consumption.Wh'),
    column('carbonFree.Wh'),
    column('import.Wh'),
    column('gridCarbonFree.Wh'),
    column('cfeMatched.Wh'),
  ];
  if (!load || !clean || !imported || !gridClean || !matched) return;
  let first = 0;
  let [soFar, given] = [0, 0];
  while (first < block.times.length) {
    const hour = hourStart(calendar, f64(block.times, first));
    let [L, C, G, F] = [0, 0, 0, 0];
    let next = first;
    while (next < block.times.length && hourStart(calendar, f64(block.times, next)) === hour) {
      L += f64(load, next);
      C += f64(clean, next);
      G += f64(imported, next);
      F += f64(gridClean, next);
      matched[next] = 0;
      next++;
    }
    const own = Math.min(L, C);
    const fromGrid = Math.min(L - own, G);
    const whole = fromGrid === 0 ? own : own + (G > 0 ? (fromGrid * F) / G : Number.NaN);
    if (Number.isNaN(whole)) matched.fill(Number.NaN, first, next);
    else {
      soFar += whole;
      matched[first] = Math.round(soFar) - given + 0;
      given += f64(matched, first);
    }
    first = next;
  }
}
