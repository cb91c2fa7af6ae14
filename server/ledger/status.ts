/** Makes the status of the ledger that is shown to people. */

import type { LedgerProgress, LedgerStatus } from '../../models/ledger/edition.ts';
import type { Park } from '../../models/park/park.ts';
import { dayOf } from '../../models/time/calendar.ts';
import type { KeptEdition } from '../store/ledger-store.ts';
import { sameTerms } from './accounted-park.ts';
import type { Cache } from './cache.ts';

export interface StatusParts {
  park: Park;
  cache: Cache;
  progress: LedgerProgress | null;
  gone: LedgerStatus['gone'];
  rawFrom: number | null;
}

export async function statusOf({ park, cache, gone, progress, rawFrom }: StatusParts): Promise<LedgerStatus> {
  const { from, until, dirty, locks, adjustments, editions } = cache.head();
  const visible = editions.filter((edition) => edition.visible);
  return {
    timeZone: park.timeZone,
    interval_s: park.interval_s,
    from: until === null ? null : from,
    until,
    dirty: dirty.length,
    progress,
    locks,
    adjustments,
    gone,
    rawFrom,
    sets: cache.sets,
    lacking: cache.sets.includes('lifecycle') ? null : (park.lifecycleLacks ?? null),
    editions: visible.map(({ visible: _, fingerprint: __, ...edition }) => edition),
    simulated: park.points.some(({ origin }) => origin === 'simulated'),
    offers: await offersOf(visible, cache, { from, gone }),
  };
}

/** When factors, methods or contracts change, the time before keeps the earlier ones; this lists what may be restated. */
async function offersOf(
  editions: readonly KeptEdition[],
  cache: Cache,
  { from: begun, gone }: Pick<LedgerStatus, 'from' | 'gone'>,
): Promise<NonNullable<LedgerStatus['offers']>> {
  const offers: NonNullable<LedgerStatus['offers']> = [];
  for (const set of cache.sets) {
    const newest = editions.filter((edition) => edition.set === set && edition.to === null).at(-1);
    if (!newest || newest.from === null || begun === null) continue;
    // Only what is still kept by interval can be accounted again.
    const from = Math.max(begun, ...gone.map(({ to }) => cache.boundsOf(to).to).filter((to) => to <= (newest.from as number)));
    if (newest.from <= from) continue;
    const before = cache.valid(set, dayOf(cache.calendar, newest.from - 1));
    if (!before) continue;
    const same = before.factors === newest.factors && before.method === newest.method;
    if (same && sameTerms(await cache.fingerprintsOn(before), await cache.fingerprintsOn(newest))) continue;
    offers.push({ set, from, to: newest.from, reason: newest.reason });
  }
  return offers;
}
