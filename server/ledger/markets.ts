/**
 * The contracts and residual factor of past days. They come from each day's valid edition, so that a contract signed today does
 * not change the past.
 */
import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import type { MarketSpan } from '../../models/ledger/report/market.ts';
import type { Market } from '../../models/park/park.ts';
import { type Calendar, dayAfter } from '../../models/time/calendar.ts';
import { unpackPark } from './accounted-park.ts';
import { editionSpans, type KeptEdition } from './editions.ts';
import { openTables, readEditions } from './tables.ts';

export type Markets = (first: string, last: string) => MarketSpan[];

export function makeMarkets(db: Database.Database, calendar: Calendar): Markets {
  const tables = openTables(db);
  const known = new Map<string, Market | null>();
  const marketOf = ({ id, at, fingerprint }: KeptEdition): Market | null => {
    // Each epoch of a replay numbers its editions from 1 again, so the id alone is not enough.
    const key = `${id} ${at} ${fingerprint}`;
    const found = known.has(key) ? known.get(key) : unpackPark(tables.parkOf(id)).market;
    known.set(key, found ?? null);
    return found ?? null;
  };
  return (first, last) => {
    const editions = new Map(readEditions(db).map((edition) => [edition.id, edition]));
    const spans: MarketSpan[] = [];
    for (const span of editionSpans([...editions.values()], 'direct', { first, last }, calendar)) {
      const market = marketOf(editions.get(span.edition) as KeptEdition);
      const before = spans.at(-1);
      // Where a new edition left the market unchanged, the span continues, and so does the matching period.
      if (before && dayAfter(before.last) === span.first && isDeepStrictEqual(before.market, market)) before.last = span.last;
      else spans.push({ first: span.first, last: span.last, market });
    }
    return spans;
  };
}
