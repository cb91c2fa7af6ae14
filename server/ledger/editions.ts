/** Which edition is valid where. An edition covers whole local days. */
import type { FactorSet } from '../../models/ledger/block.ts';
import type { Edition } from '../../models/ledger/edition.ts';
import { type Bounds, type Calendar, dayAfter, dayBounds, dayOf } from '../../models/time/calendar.ts';

export interface KeptEdition extends Edition {
  /** False while its days are still being accounted. */
  visible: boolean;
  /** Of the park that it was accounted with. */
  fingerprint: string;
}

export function covers({ from, to }: Pick<Edition, 'from' | 'to'>, day: Bounds): boolean {
  return (from === null || from <= day.from) && (to === null || day.to <= to);
}

/** The newest that people may read and that covers the day; `asOf` leaves out newer ones than that. */
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
 * Which edition is valid from first to last day, inclusive: `validOn` of every day. Only the days at which an edition
 * begins or ends are looked at; of years of days there are few.
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
    // Whole days only: the one that `to` lies in is not covered, nor is the one before where it ends later.
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
