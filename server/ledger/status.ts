/** What people are told of the ledger. */

import type { Adjustment, LedgerProgress, LedgerStatus, Lock } from '../../models/ledger/edition.ts';
import type { Park } from '../../models/park/park.ts';
import { dayOf } from '../../models/time/calendar.ts';
import { sameTerms } from './accounted-park.ts';
import type { KeptEdition } from './editions.ts';
import type { Shelf } from './shelf.ts';

export interface StatusParts {
  park: Park;
  shelf: Shelf;
  from: number | null;
  until: number | null;
  dirty: number;
  progress: LedgerProgress | null;
  locks: Lock[];
  adjustments: Adjustment[];
  gone: LedgerStatus['gone'];
  rawFrom: number | null;
}

export function statusOf({ park, shelf, ...parts }: StatusParts): LedgerStatus {
  const visible = shelf.editions().filter((edition) => edition.visible);
  return {
    timeZone: park.timeZone,
    interval_s: park.interval_s,
    ...parts,
    sets: shelf.sets(),
    lacking: shelf.sets().includes('lifecycle') ? null : (park.lifecycleLacks ?? null),
    editions: visible.map(({ visible: _, fingerprint: __, ...edition }) => edition),
    simulated: park.points.some(({ origin }) => origin === 'simulated'),
    offers: offersOf(visible, shelf, parts),
  };
}

/** Where factors, methods or contracts changed by themselves, the time before is not touched: it may be restated. */
function offersOf(
  editions: readonly KeptEdition[],
  shelf: Shelf,
  { from: begun, gone }: Pick<StatusParts, 'from' | 'gone'>,
): NonNullable<LedgerStatus['offers']> {
  return shelf.sets().flatMap((set) => {
    const newest = editions.filter((edition) => edition.set === set && edition.to === null).at(-1);
    if (!newest || newest.from === null || begun === null) return [];
    // Only what is still kept by interval can be accounted again.
    const from = Math.max(begun, ...gone.map(({ to }) => shelf.boundsOf(to).to).filter((to) => to <= (newest.from as number)));
    if (newest.from <= from) return [];
    const before = shelf.valid(set, dayOf(shelf.calendar, newest.from - 1));
    if (!before) return [];
    const same = before.factors === newest.factors && before.method === newest.method;
    if (same && sameTerms(shelf.basisOn(before), shelf.basisOn(newest))) return [];
    return [{ set, from, to: newest.from, reason: newest.reason }];
  });
}
