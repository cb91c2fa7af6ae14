/** Makes the status of the ledger that is shown to people. */

import type { Adjustment, LedgerProgress, LedgerStatus, Lock } from '../../models/ledger/edition.ts';
import type { Park } from '../../models/park/park.ts';
import { dayOf } from '../../models/time/calendar.ts';
import { sameTerms } from './accounted-park.ts';
import type { Cache } from './cache.ts';
import type { KeptEdition } from './editions.ts';

export interface StatusParts {
  park: Park;
  cache: Cache;
  from: number | null;
  until: number | null;
  dirty: number;
  progress: LedgerProgress | null;
  locks: Lock[];
  adjustments: Adjustment[];
  gone: LedgerStatus['gone'];
  rawFrom: number | null;
}

export function statusOf({ park, cache, ...parts }: StatusParts): LedgerStatus {
  const visible = cache.editions().filter((edition) => edition.visible);
  return {
    timeZone: park.timeZone,
    interval_s: park.interval_s,
    ...parts,
    sets: cache.sets(),
    lacking: cache.sets().includes('lifecycle') ? null : (park.lifecycleLacks ?? null),
    editions: visible.map(({ visible: _, fingerprint: __, ...edition }) => edition),
    simulated: park.points.some(({ origin }) => origin === 'simulated'),
    offers: offersOf(visible, cache, parts),
  };
}

/** When factors, methods or contracts change, the time before keeps the earlier ones; this lists what may be restated. */
function offersOf(
  editions: readonly KeptEdition[],
  cache: Cache,
  { from: begun, gone }: Pick<StatusParts, 'from' | 'gone'>,
): NonNullable<LedgerStatus['offers']> {
  return cache.sets().flatMap((set) => {
    const newest = editions.filter((edition) => edition.set === set && edition.to === null).at(-1);
    if (!newest || newest.from === null || begun === null) return [];
    // Only what is still kept by interval can be accounted again.
    const from = Math.max(begun, ...gone.map(({ to }) => cache.boundsOf(to).to).filter((to) => to <= (newest.from as number)));
    if (newest.from <= from) return [];
    const before = cache.valid(set, dayOf(cache.calendar, newest.from - 1));
    if (!before) return [];
    const same = before.factors === newest.factors && before.method === newest.method;
    if (same && sameTerms(cache.basisOn(before), cache.basisOn(newest))) return [];
    return [{ set, from, to: newest.from, reason: newest.reason }];
  });
}
