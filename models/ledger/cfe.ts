/**
 * 24/7 carbon-free energy (METHODS 5): hour by hour, what the park's own sun and wind cover, and of the rest the
 * carbon-free part of the grid, up to what was imported. Contracted energy is not counted: a ledger does not know when it
 * was made. What is left over in one hour does not help another.
 */

import { type Calendar, hourStart } from '../time/calendar.ts';
import type { Block } from './block.ts';

/**
 * Fills `cfeMatched.Wh` of the park's block of a day: at the first interval of each local hour what the hour matched, 0 at
 * its others, NaN where the hour cannot be said. Of what own clean energy does not cover, the grid's carbon-free part counts
 * up to what was imported. Rounded as everything of a day (whole-rows.ts). Changes the block.
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
    const hour = hourStart(calendar, block.times[first] as number);
    let [L, C, G, F] = [0, 0, 0, 0];
    let next = first;
    while (next < block.times.length && hourStart(calendar, block.times[next] as number) === hour) {
      L += load[next] as number;
      C += clean[next] as number;
      G += imported[next] as number;
      F += gridClean[next] as number;
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
      given += matched[first] as number;
    }
    first = next;
  }
}
