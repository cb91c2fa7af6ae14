/** Which edition is valid where. An edition covers whole local days. */
import type { FactorSet } from '../../models/ledger/block.ts';
import type { Bounds } from '../../models/ledger/calendar.ts';
import type { Edition } from '../../models/ledger/edition.ts';

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
export interface Stretch {
  edition: number;
  first: string;
  last: string;
}

export function stretchesOf(
  editions: readonly KeptEdition[],
  set: FactorSet,
  days: readonly string[],
  boundsOf: (day: string) => Bounds,
  asOf?: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  const here = editions.filter((edition) => edition.set === set);
  for (const day of days) {
    const valid = validOn(here, set, boundsOf(day), asOf);
    if (valid === undefined) continue;
    const last = stretches.at(-1);
    if (last && last.edition === valid.id && last.last === previous(days, day)) last.last = day;
    else stretches.push({ edition: valid.id, first: day, last: day });
  }
  return stretches;
}

function previous(days: readonly string[], day: string): string | undefined {
  // Days are consecutive and ascending.
  const first = days[0] as string;
  const at = Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000);
  return days[at - 1];
}
