/** Asks the ledger for the data that a report needs, and makes the report. */
import { parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { monthsOf, yearsOf } from '../../models/ledger/period-sums.ts';
import { type MarketAnswer, reportOf } from '../../models/ledger/report/make-report.ts';
import { type MatchedSpan, marketAnswer, noMarket } from '../../models/ledger/report/market.ts';
import { previousPeriod, type ReportPeriod, yearBefore } from '../../models/ledger/report/period.ts';
import type { Report } from '../../models/ledger/report/report-shape.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { type Calendar, createCalendar, dayBounds, daysOfPeriod } from '../../models/time/calendar.ts';
import { fingerprintsOf } from '../ledger/accounted-park.ts';
import { cutSums } from '../ledger/day-draft.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Twin } from '../twin/twin.ts';

export async function gatherReport(twin: Twin, ledger: Ledger, period: ReportPeriod, set: FactorSet): Promise<Report> {
  const compiled = twin.compiledFor(set);
  const { park } = compiled;
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
    // Instruments state direct emissions, so they do not belong beside life-cycle figures.
    market: set === 'direct' ? await marketOf(ledger, period, createCalendar(park)) : noMarket,
    status,
    present: fingerprintsOf({ factors: set, park }),
    quarantine,
    preparedAt: Date.now(),
  });
}

/**
 * Market-based figures, by the contracts of the edition that is valid for each day. Instruments are matched within whole hours,
 * months or years; for years, the ranges are widened to whole years first.
 */
async function marketOf(ledger: Ledger, period: ReportPeriod, calendar: Calendar): Promise<MarketAnswer> {
  const set = 'direct';
  const ranges = [period, previousPeriod(period), yearBefore(period)];
  const years = ranges.map(({ first, last }) => yearsAround(first, last));
  const firsts = years.map(({ first }) => first).sort();
  const lasts = years.map(({ last }) => last).sort();
  const spans = await ledger.markets(firsts[0] as string, lasts.at(-1) as string);
  if (spans.every(({ market }) => market === null)) return noMarket;
  const byYear = spans.some(({ market }) => market?.matching === 'year');
  const wide = distinct(byYear ? years : ranges);
  const asked = wide.map(async ({ first, last }) => (await ledger.days([parkOwner], first, last, { set })).get(parkOwner));
  const days = (await Promise.all(asked)).filter((block): block is SummedBlock => block !== undefined);
  const matched: MatchedSpan[] = [];
  for (const span of spans) {
    const periods: SummedBlock[] = [];
    if (span.market?.matching === 'hour') {
      // The ranges are read one after the other, because a year of hours is large.
      for (const range of distinct(ranges)) {
        const [first, last] = [later(span.first, range.first), earlier(span.last, range.last)];
        if (first > last) continue;
        periods.push(await ledger.hours(parkOwner, dayBounds(calendar, first).from, dayBounds(calendar, last).to, { set }));
      }
    } else if (span.market) {
      const sum = span.market.matching === 'month' ? monthsOf : yearsOf;
      periods.push(...days.map((block) => sum(daysWithin(block, span), calendar)));
    }
    matched.push({ ...span, periods });
  }
  const isGone = (first: string, last: string) => ledger.status().gone.some((gone) => gone.hours && gone.from <= last && gone.to >= first);
  return marketAnswer(matched, days, calendar, isGone);
}

interface Days {
  first: string;
  last: string;
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);

function distinct(ranges: readonly Days[]): Days[] {
  return [...new Map(ranges.map((range) => [`${range.first} ${range.last}`, range])).values()];
}

function daysWithin(block: SummedBlock, { first, last }: Days): SummedBlock {
  const begin = block.periods.findIndex((day) => day >= first);
  return cutSums(block, begin === -1 ? block.periods.length : begin, block.periods.findLastIndex((day) => day <= last) + 1);
}

function yearsAround(first: string, last: string): Days {
  const from = daysOfPeriod(first.slice(0, 4));
  const to = daysOfPeriod(last.slice(0, 4));
  return { first: from?.first ?? first, last: to?.last ?? last };
}
