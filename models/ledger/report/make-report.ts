/** The report of a period, from the ledger's days. Pure: the same days, park and moment give the same report. */
import type { Compiled } from '../../carbon/step.ts';
import type { Factor, FactorSet, Park, TargetIndicator } from '../../park/park.ts';
import type { AsideReason } from '../../telemetry/quarantine.ts';
import { createCalendar, daysBetween, intervalsIn, periodBounds } from '../../time/calendar.ts';
import { parkOwner, type SummedBlock } from '../block.ts';
import type { LedgerStatus } from '../edition.ts';
import { carrierParts, plantsOf, type SumsOf, scope1Parts, scope2Parts, sourceMixOf, usersOf } from './breakdown.ts';
import { softwareOf, validEditions } from './editions.ts';
import { monthsIn, previousPeriod, type ReportPeriod, yearBefore } from './period.ts';
import { columnOf, coverageOf, enough, type Sums, sumsOf } from './range-sums.ts';
import type { Comparison, KnownShares, MarketWhy, Report, TimeRow } from './report-shape.ts';
import { factorRows, productionRows, targetRows } from './target-rows.ts';

/** Market-based Scope 2 of a range of days, its method and its factors. */
export interface MarketAnswer {
  of(first: string, last: string): KnownShares<MarketWhy>;
  method(first: string, last: string): Report['marketMethod'];
  /** Factors of its instruments and residual mix. */
  factors(first: string, last: string): Factor[];
}

export interface ReportInput {
  compiled: Compiled;
  period: ReportPeriod;
  set: FactorSet;
  /** Days of the period by owner, the park's own among them. */
  days: ReadonlyMap<string, SummedBlock>;
  /** Days of the park in the period before, and in the same period of the year before. */
  previous: SummedBlock | undefined;
  yearBefore: SummedBlock | undefined;
  market: MarketAnswer;
  status: LedgerStatus;
  /** Factors and method of the park as it is now, as editions name them. */
  present: { factors: string; method: string };
  quarantine: Partial<Record<AsideReason, number>> | null;
  /** ms since 1970, by the park's clock. */
  preparedAt: number;
}

export function reportOf(input: ReportInput): Report {
  const { compiled, period, set, days, market, status } = input;
  const { park } = compiled;
  const calendar = createCalendar(park);
  const expectedIn = (id: string) => {
    const bounds = periodBounds(calendar, id);
    return bounds === null ? 0 : intervalsIn(calendar, bounds);
  };
  const expected = expectedIn(period.id);
  const made = new Map<string, Sums>();
  const sums: SumsOf = (owner) => {
    const found = made.get(owner) ?? sumsOf(days.get(owner), period.first, period.last, expected);
    made.set(owner, found);
    return found;
  };
  const totals = sums(parkOwner);
  const users = usersOf(compiled, sums);
  const figures = { totals, market: market.of(period.first, period.last), users };
  const rowOf = (id: string, first: string, last: string): TimeRow => ({
    id,
    ...sumsOf(days.get(parkOwner), first, last, expectedIn(id)),
    market: market.of(first, last),
  });
  const comparison = (other: ReportPeriod, block: SummedBlock | undefined): Comparison => {
    const found = sumsOf(block, other.first, other.last, expectedIn(other.id));
    const comparable = coverageOf(found) >= enough && coverageOf(totals) >= enough;
    return { period: other, ...found, market: market.of(other.first, other.last), comparable };
  };
  const end = periodBounds(calendar, period.id)?.to ?? Number.POSITIVE_INFINITY;
  const overlaps = (from: string, to: string) => from <= period.last && to >= period.first;
  const editions = status.editions.filter(({ set: of, from, to }) => of === set && covers(from, to, periodBounds(calendar, period.id)));
  const valid = validEditions(editions, set, days.get(parkOwner), period, calendar);
  return {
    format: 1,
    park: about(park),
    reporting: park.reporting ?? null,
    period,
    set,
    preparedAt: new Date(input.preparedAt).toISOString(),
    software: softwareOf(editions, valid),
    simulated: status.simulated,
    open: status.until === null || status.until < end,
    totals,
    market: figures.market,
    marketMethod: market.method(period.first, period.last),
    previous: comparison(previousPeriod(period), input.previous),
    yearBefore: comparison(yearBefore(period), input.yearBefore),
    // Scopes are inventories of direct emissions: a life-cycle set has none.
    scope1: set === 'direct' ? scope1Parts(compiled, sums, columnOf(totals, 'scope1.mg')) : [],
    scope2: set === 'direct' ? scope2Parts(compiled, sums, columnOf(totals, 'scope2Location.mg')) : [],
    carriers: carrierParts(compiled, sums),
    users,
    tenants: park.tenants.map(({ id, name }) => ({ id, name })),
    plants: plantsOf(compiled, sums),
    mix: sourceMixOf(totals),
    unmetered: restsOf(park, totals),
    rows:
      period.kind === 'month'
        ? daysBetween(period.first, period.last).map((day) => rowOf(day, day, day))
        : monthsIn(period).map(({ id, first, last }) => rowOf(id, first, last)),
    targets: targetRows(park, period, figures).filter(({ indicator }) => set === 'direct' || !ofEmissions.has(indicator)),
    production: productionRows(park, period, figures),
    factors: factorRows(park, market.factors(period.first, period.last)),
    quarantine: input.quarantine,
    editions,
    valid,
    present: { factors: input.present.factors, method: input.present.method },
    adjustments: status.adjustments.filter(({ day, set: of }) => of === set && overlaps(day, day)),
    locks: status.locks.filter(({ from, to }) => overlaps(from, to)),
  };
}

/** Indicators whose targets are of direct emissions; shares of energy are the same in both sets. */
const ofEmissions: ReadonlySet<TargetIndicator> = new Set(['scope1', 'scope12Location', 'scope12Market', 'perFloorArea', 'intensity']);

/** Unmetered rests: those that the park names, then the others (`*`), by carrier. */
function restsOf(park: Park, { columns }: Sums): Report['unmetered'] {
  const found = Object.entries(columns).flatMap(([column, Wh]) => {
    const [, asset, carrier] = /^unmetered\.(.+)\/(\w+)\.Wh$/.exec(column) ?? [];
    if (asset === undefined || carrier === undefined || Wh === null) return [];
    const named = park.unmetered.find((rest) => rest.asset === asset && rest.carrier === carrier);
    return [{ asset, carrier, name: named?.name ?? null, Wh }];
  });
  return found.filter(({ name, Wh }) => name !== null || Wh !== 0).sort((a, b) => Number(a.name === null) - Number(b.name === null));
}

function covers(from: number | null, to: number | null, bounds: { from: number; to: number } | null): boolean {
  return bounds !== null && (from === null || from < bounds.to) && (to === null || to > bounds.from);
}

function about(park: Park): Report['park'] {
  return {
    id: park.id,
    name: park.name,
    place: park.place.name ?? null,
    country: park.place.country,
    timeZone: park.timeZone,
    fictional: park.fictional,
    assets: park.assets.length,
    losses: park.losses,
    cogeneration: park.cogeneration,
    hasCogeneration: park.assets.some((a) => Object.keys(a.conversion?.outputs ?? {}).length > 1),
    interval_s: park.interval_s,
    credits: park.credits,
  };
}
