/** Which editions the figures of a period are from, and whether the park has other factors or another method by now. */

import type { FactorSet } from '../../park/park.ts';
import { type Calendar, dayBounds } from '../../time/calendar.ts';
import type { SummedBlock } from '../block.ts';
import type { Edition } from '../edition.ts';
import type { Report } from './report-shape.ts';

/** Ids of the editions that are valid for at least one accounted day; one that was restated everywhere is not among them. */
export function validEditions(
  editions: readonly Edition[],
  set: FactorSet,
  days: SummedBlock | undefined,
  { first, last }: { first: string; last: string },
  calendar: Calendar,
): number[] {
  const found = new Set<number>();
  for (const [i, day] of days?.periods.entries() ?? []) {
    if (day < first || day > last || (days?.intervals[i] ?? 0) === 0) continue;
    const bounds = dayBounds(calendar, day);
    const covering = editions.filter(
      ({ set: of, from, to }) => of === set && (from === null || from <= bounds.from) && (to === null || to >= bounds.to),
    );
    if (covering.length > 0) found.add(Math.max(...covering.map(({ id }) => id)));
  }
  return [...found].sort((a, b) => a - b);
}

/** Software that accounted the period: each version once, in the order of the editions; without one, that of the last edition. */
export function softwareOf(editions: readonly Edition[], valid: readonly number[]): string {
  const standing = editions.filter(({ id }) => valid.includes(id));
  const told = standing.length > 0 ? standing : editions.slice(-1);
  return [...new Set(told.map(({ software }) => software))].join(', ');
}

/** The valid editions whose factors, or whose method, are not the park's of today. None for reports made before this was kept. */
export function changedSince({ editions, valid, present }: Report): { factors: Edition[]; method: Edition[] } {
  const standing = present === undefined ? [] : editions.filter(({ id }) => valid?.includes(id));
  return {
    factors: standing.filter(({ factors }) => factors !== present?.factors),
    method: standing.filter(({ method }) => method !== present?.method),
  };
}
