/** The sums of an account, added up day by day. */

import { type Block, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { type MatchedPeriod, marketBased_mg } from '../../models/ledger/market.ts';
import { joinSums, sumByDay, sumHours } from '../../models/ledger/period-sums.ts';
import { scope2OtherCarriers } from '../../models/ledger/port-groups.ts';
import type { Park } from '../../models/park/park.ts';
import { type Calendar, monthOf, yearOf } from '../../models/time/calendar.ts';

export interface AccountSums {
  days: SummedBlock;
  /** Starts of the flagged intervals. */
  flagged: number[];
  /** Periods within which instruments may be matched with import. */
  matched: MatchedPeriod[];
}

export interface SumsInProgress {
  calendar: Calendar;
  matching: 'hour' | 'month' | 'year';
  days: SummedBlock[];
  flagged: number[];
  matched: Map<string, MatchedPeriod>;
}

export function startSums(calendar: Calendar, park: Park): SumsInProgress {
  return { calendar, matching: park.market?.matching ?? 'year', days: [], flagged: [], matched: new Map() };
}

/** The next day, or the part of it that was accounted. */
export function addDay(sums: SumsInProgress, blocks: ReadonlyMap<string, Block>): void {
  const block = blocks.get(parkOwner);
  if (block === undefined || block.times.length === 0) return;
  const { calendar, matching } = sums;
  const day = sumByDay(block, calendar);
  sums.days.push(day);
  const flagged = block.columns.get('flagged');
  for (let i = 0; i < block.times.length; i++) if (flagged?.[i] === 1) sums.flagged.push(block.times[i] as number);
  const parts = matching === 'hour' ? sumHours(block, calendar) : day;
  for (const [i, period] of parts.periods.entries()) {
    const name = matching === 'hour' ? period : matching === 'month' ? monthOf(period) : yearOf(period);
    const from = parts.times[i] as number;
    const to = from + (parts.intervals[i] as number) * calendar.interval_ms;
    const known = parts.known.get('import.Wh')?.[i] === parts.intervals[i];
    const import_Wh = known ? (parts.columns.get('import.Wh')?.[i] as number) : Number.NaN;
    const before = sums.matched.get(name);
    sums.matched.set(name, before ? { from: before.from, to, import_Wh: before.import_Wh + import_Wh } : { from, to, import_Wh });
  }
}

export function finishSums({ days, flagged, matched }: SumsInProgress): AccountSums {
  return { days: joinSums(days), flagged, matched: [...matched.values()] };
}

/** Sum of a park column over all days; null where the park has no such column, or it is unknown in every interval. */
export function totalOf({ days }: AccountSums, column: string): number | null {
  let sum = Number.NaN;
  for (const value of days.columns.get(column) ?? []) {
    if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
  }
  return Number.isNaN(sum) ? null : sum;
}

/** Number of intervals in which a column is unknown although it is known in others. */
export function unknownIn({ days }: AccountSums, column: string): number {
  const known = days.known.get(column)?.reduce((a, b) => a + b, 0) ?? 0;
  return known === 0 ? 0 : days.intervals.reduce((a, b) => a + b, 0) - known;
}

/** Market-based Scope 2: electricity by contracts and residual, other bought energy as location-based; null when unknown. */
export function marketBasedOf(sums: AccountSums, park: Park, calendar: Calendar): number | null {
  if (park.market === undefined) return null;
  const electricity = marketBased_mg(park.market, sums.matched, calendar);
  if (electricity === null) return null;
  const others = scope2OtherCarriers.map((carrier) => totalOf(sums, `scope2Location.${carrier}.mg`) ?? 0);
  return others.reduce((a, b) => a + b, electricity);
}
