/** Finds which edition is valid on which day. An edition covers whole local days. */

import type { Edition } from '../../models/ledger/edition.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { type Bounds, type Calendar, dayAfter, dayBounds, dayOf } from '../../models/time/calendar.ts';
import type { KeptEdition } from '../store/ledger-store.ts';

export function covers({ from, to }: Pick<Edition, 'from' | 'to'>, day: Bounds): boolean {
  return (from === null || from <= day.from) && (to === null || day.to <= to);
}

/** The newest visible edition that covers the day; editions newer than `asOf` are ignored. */
export function validOn(
  editions: readonly KeptEdition[],
  set: FactorSet,
  day: Bounds,
  asOf = Number.POSITIVE_INFINITY,
): KeptEdition | undefined {
  let valid: KeptEdition | undefined;
  for (const edition of editions) {
    if (!edition.visible || edition.set !== set || edition.id > asOf || !covers(edition, day)) continue;
    if (valid === undefined || edition.id > valid.id) valid = edition;
  }
  return valid;
}

/** Consecutive days with one valid edition; days without one are left out. */
export interface EditionSpan {
  edition: number;
  first: string;
  last: string;
}

/**
 * The valid edition of every day from first to last, inclusive, as `validOn` finds it. Only days at which an edition begins
 * or ends are checked; there are few of them even in years of days.
 */
export function editionSpans(
  editions: readonly KeptEdition[],
  set: FactorSet,
  { first, last }: { first: string; last: string },
  calendar: Calendar,
  asOf?: number,
): EditionSpan[] {
  const here = editions.filter((edition) => edition.set === set);
  const begins = here.flatMap(({ from, to }) => [
    ...(from === null ? [] : [dayOf(calendar, from), dayAfter(dayOf(calendar, from))]),
    // Whole days only: the day of `to - 1` is covered if it ends by `to`; otherwise it is the first day not covered.
    ...(to === null ? [] : [dayOf(calendar, to - 1), dayAfter(dayOf(calendar, to - 1))]),
  ]);
  const cuts = [...new Set([first, ...begins.filter((day) => day > first && day <= last)])].sort();
  const spans: EditionSpan[] = [];
  for (const [i, day] of first <= last ? cuts.entries() : []) {
    const valid = validOn(here, set, dayBounds(calendar, day), asOf);
    if (valid === undefined) continue;
    const next = cuts[i + 1];
    const end = next === undefined ? last : dayAfter(next, -1);
    const before = spans.at(-1);
    if (before && before.edition === valid.id && dayAfter(before.last) === day) before.last = end;
    else spans.push({ edition: valid.id, first: day, last: end });
  }
  return spans;
}
