/** The ledger: what is accounted and what it rests on; restating a range, closing periods. */
import type { Api } from '../../models/api/api.ts';
import type { LedgerAnswer } from '../../models/api/ledger.ts';
import type { LedgerStatus } from '../../models/ledger/edition.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Twin } from '../twin/twin.ts';
import { ApiError, notFound } from './errors.ts';
import { checkRange, isoOf, isoOrNull } from './instant.ts';
import type { Route } from './route.ts';

/** The ledger of the park that is asked about. */
export function ledgerOf({ park, parts }: Twin): Ledger {
  if (!parts.ledger) throw notFound(`the park "${park.id}" keeps no ledger`);
  return parts.ledger;
}

const locksOf = ({ locks }: LedgerStatus): LedgerAnswer['locks'] => locks.map((lock) => ({ ...lock, at: isoOf(lock.at) }));

export const readLedger: Route<Api['readLedger']> = {
  answer: ({ twin }) => {
    const { offers, ...status } = ledgerOf(twin).status();
    return {
      ...status,
      park: twin.park.id,
      from: isoOrNull(status.from),
      until: isoOrNull(status.until),
      editions: status.editions.map((edition) => ({
        ...edition,
        from: isoOrNull(edition.from),
        to: isoOrNull(edition.to),
        at: isoOf(edition.at),
      })),
      locks: locksOf(status),
      adjustments: status.adjustments.map((adjustment) => ({ ...adjustment, at: isoOf(adjustment.at) })),
      rawFrom: isoOrNull(status.rawFrom),
      ...(offers && { offers: offers.map((offer) => ({ ...offer, from: isoOf(offer.from), to: isoOf(offer.to) })) }),
    };
  },
};

export const restateLedger: Route<Api['restateLedger']> = {
  answer: async ({ twin, body }) => {
    const ledger = ledgerOf(twin);
    checkRange(body);
    return { edition: await ledger.restate(body) };
  },
};

function dayOrder({ from, to }: { from: string; to: string }): void {
  // Dates in this form sort by time as text. The last one is included, so both may be the same.
  if (to < from) throw new ApiError(400, 'badQuery', 'to is before from');
}

export const lockPeriod: Route<Api['lockPeriod']> = {
  answer: async ({ twin, body }) => {
    const ledger = ledgerOf(twin);
    dayOrder(body);
    await ledger.lock(body);
    return { locks: locksOf(ledger.status()) };
  },
};

export const unlockPeriod: Route<Api['unlockPeriod']> = {
  answer: async ({ twin, query: { from, to, who } }) => {
    const ledger = ledgerOf(twin);
    dayOrder({ from, to });
    await ledger.unlock(from, to, who);
    return { locks: locksOf(ledger.status()) };
  },
};
