/** Asks the ledger for what a report needs, and makes it. */
import { type FactorSet, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { type Calendar, createCalendar, dayBounds, daysOfPeriod } from '../../models/ledger/calendar.ts';
import type { Report } from '../../models/ledger/report.ts';
import { marketAnswer, noMarket } from '../../models/ledger/report-market.ts';
import { type MarketAnswer, reportOf } from '../../models/ledger/report-of.ts';
import { previousPeriod, type ReportPeriod, yearBefore } from '../../models/ledger/report-period.ts';
import { monthsOf, yearsOf } from '../../models/ledger/sums.ts';
import type { Market } from '../../models/park/park.ts';
import { compiledFor } from '../api/chosen-set.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Twin } from '../twin.ts';

export async function gatherReport(twin: Twin, ledger: Ledger, period: ReportPeriod, set: FactorSet): Promise<Report> {
  const compiled = compiledFor(twin, set);
  const { park } = compiled;
  // Instruments are of direct emissions: beside life-cycle figures they would be another set's.
  const market = set === 'direct' ? park.market : undefined;
  const own = async ({ first, last }: { first: string; last: string }) =>
    (await ledger.days([parkOwner], first, last, { set })).get(parkOwner);
  const everyone = [parkOwner, ...park.assets.map(({ id }) => id)];
  const [days, previous, before, quarantine] = await Promise.all([
    ledger.days(everyone, period.first, period.last, { set }),
    own(previousPeriod(period)),
    own(yearBefore(period)),
    twin.quarantine.counts(),
  ]);
  const status = ledger.status();
  return reportOf({
    compiled,
    period,
    set,
    days,
    previous,
    yearBefore: before,
    market: market === undefined ? noMarket : await marketOf(market, ledger, period, set, createCalendar(park)),
    status,
    quarantine,
    preparedAt: Date.now(),
    software: status.editions.at(-1)?.software ?? '',
  });
}

/** Matched within whole hours, months or years, so the ranges are widened to those first. */
async function marketOf(market: Market, ledger: Ledger, period: ReportPeriod, set: FactorSet, calendar: Calendar): Promise<MarketAnswer> {
  const ranges = [...new Map([period, previousPeriod(period), yearBefore(period)].map((range) => [range.id, range])).values()];
  const wide = ranges.map(({ first, last }) => (market.matching === 'year' ? yearsAround(first, last) : { first, last }));
  const asked = wide.map(async ({ first, last }) => (await ledger.days([parkOwner], first, last, { set })).get(parkOwner));
  const days = (await Promise.all(asked)).filter((block): block is SummedBlock => block !== undefined);
  if (market.matching !== 'hour') {
    const sum = market.matching === 'month' ? monthsOf : yearsOf;
    return marketAnswer(
      market,
      days.map((block) => sum(block, calendar)),
      days,
      calendar,
    );
  }
  const hours: SummedBlock[] = [];
  // One after the other: a year of hours is large.
  for (const { first, last } of ranges) {
    hours.push(await ledger.hours(parkOwner, dayBounds(calendar, first).from, dayBounds(calendar, last).to, { set }));
  }
  const isGone = (first: string, last: string) => ledger.status().gone.some((gone) => gone.hours && gone.from <= last && gone.to >= first);
  return marketAnswer(market, hours, days, calendar, isGone);
}

function yearsAround(first: string, last: string): { first: string; last: string } {
  const from = daysOfPeriod(first.slice(0, 4));
  const to = daysOfPeriod(last.slice(0, 4));
  return { first: from?.first ?? first, last: to?.last ?? last };
}
