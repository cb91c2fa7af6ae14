/**
 * The contracts and residual factor of past days. They come from each day's valid edition, so that a contract signed today does
 * not change the past.
 */
import { isDeepStrictEqual } from 'node:util';
import type { MarketSpan } from '../../models/ledger/report/market.ts';
import type { Market } from '../../models/park/park.ts';
import { type Calendar, dayAfter } from '../../models/time/calendar.ts';
import type { KeptEdition, LedgerReading } from '../store/ledger-store.ts';
import { unpackPark } from './accounted-park.ts';
import { editionSpans } from './editions.ts';

export type Markets = (first: string, last: string) => Promise<MarketSpan[]>;

export function makeMarkets(store: LedgerReading, calendar: Calendar): Markets {
  const known = new Map<string, Market | null>();
  const marketOf = async ({ id, at, fingerprint }: KeptEdition): Promise<Market | null> => {
    // Each epoch of a replay numbers its editions from 1 again, so the id alone is not enough.
    const key = `${id} ${at} ${fingerprint}`;
    const found = known.has(key) ? known.get(key) : unpackPark(await store.park(id)).market;
    known.set(key, found ?? null);
    return found ?? null;
  };
  return async (first, last) => {
    const editions = new Map((await store.editions()).map((edition) => [edition.id, edition]));
    const spans: MarketSpan[] = [];
    for (const span of editionSpans([...editions.values()], 'direct', { first, last }, calendar)) {
      const market = await marketOf(editions.get(span.edition) as KeptEdition);
      const before = spans.at(-1);
      // Where a new edition left the market unchanged, the span continues, and so does the matching period.
      if (before && dayAfter(before.last) === span.first && isDeepStrictEqual(before.market, market)) before.last = span.last;
      else spans.push({ first: span.first, last: span.last, market });
    }
    return spans;
  };
}
