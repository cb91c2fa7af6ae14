/**
 * Market-based Scope 2 (METHODS 5): within each matching period, energy covered by instruments has their suppliers'
 * factors and the rest the residual factor. A surplus of one period is not carried over to another.
 */
import type { Instrument, Market } from '../park/park.ts';
import { type Calendar, dayBounds } from '../time/calendar.ts';

export interface MatchedPeriod {
  from: number;
  to: number;
  /** Gross import of electricity; NaN unknown. */
  import_Wh: number;
}

export interface MarketPeriod extends MatchedPeriod {
  /** null where something is not covered and there is no residual factor, or the import is unknown. */
  mg: number | null;
  /** Energy used, by instrument id. */
  used_Wh: Record<string, number>;
  residual_Wh: number;
}

/** Matches each of the given periods separately; pass hours, months or years, as market.matching says. */
export function matchPeriods(market: Market, periods: readonly MatchedPeriod[], calendar: Calendar): MarketPeriod[] {
  const spans = market.instruments.map((instrument) => ({
    instrument,
    from: dayBounds(calendar, instrument.from).from,
    to: dayBounds(calendar, instrument.to).to,
  }));
  return periods.map((period): MarketPeriod => {
    const { from, to, import_Wh } = period;
    if (Number.isNaN(import_Wh)) return { ...period, mg: null, used_Wh: {}, residual_Wh: Number.NaN };
    const offered = spans.map((span) => offerOf(span, period));
    const sum = offered.reduce((a, b) => a + b, 0);
    // No more than the import can be used: every instrument is reduced by the same factor.
    const part = sum > import_Wh ? import_Wh / sum : 1;
    const used_Wh: Record<string, number> = {};
    let covered_Wh = 0;
    let mg = 0;
    for (const [i, { instrument }] of spans.entries()) {
      const Wh = Math.min(import_Wh - covered_Wh, Math.round((offered[i] as number) * part));
      if (!(Wh > 0)) continue;
      used_Wh[instrument.id] = Wh;
      covered_Wh += Wh;
      mg += Math.round(Wh * instrument.factor.value);
    }
    const residual_Wh = import_Wh - covered_Wh;
    const said = residual_Wh === 0 || market.residual !== null;
    const rest = residual_Wh === 0 || market.residual === null ? 0 : Math.round(residual_Wh * market.residual.value);
    return { from, to, import_Wh, mg: said ? mg + rest : null, used_Wh, residual_Wh };
  });
}

/** The sum over all periods; null if one of them is unknown. */
export function marketBased_mg(market: Market, periods: readonly MatchedPeriod[], calendar: Calendar): number | null {
  let sum = 0;
  for (const { mg } of matchPeriods(market, periods, calendar)) {
    if (mg === null) return null;
    sum += mg;
  }
  return sum;
}

/** Wh that an instrument offers a period: a fraction of its import while it holds, or its energy spread evenly over its days. */
function offerOf({ instrument, from, to }: { instrument: Instrument; from: number; to: number }, period: MatchedPeriod): number {
  const overlap = Math.min(to, period.to) - Math.max(from, period.from);
  if (!(overlap > 0)) return 0;
  if (instrument.share !== undefined) return (instrument.share * period.import_Wh * overlap) / (period.to - period.from);
  return ((instrument.energy_MWh ?? 0) * 1e6 * overlap) / (to - from);
}
