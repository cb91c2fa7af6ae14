/** Market-based Scope 2 as reports need it: for any range of whole matching periods, with the energy used of each instrument. */

import type { Factor, Instrument, Market } from '../../park/park.ts';
import { type Bounds, type Calendar, dayBounds } from '../../time/calendar.ts';
import { f64 } from '../../typed-arrays.ts';
import type { SummedBlock } from '../block.ts';
import { type MatchedPeriod, matchPeriods } from '../market.ts';
import { scope2OtherCarriers } from '../port-groups.ts';
import type { MarketAnswer } from './make-report.ts';
import { columnOf, sumKnown, sumsOf } from './range-sums.ts';
import type { KnownShares, MarketWhy } from './report-shape.ts';

/** A park without market data has no market-based figure. */
export const noMarket: MarketAnswer = { of: () => ({ value: null, why: 'noResidual' }), method: () => null, factors: () => [] };

/** Local days, first to last inclusive, and the contracts that their figures rest on; null: none and no residual factor. */
export interface MarketSpan {
  first: string;
  last: string;
  market: Market | null;
}

/** A span with the park's sums by matching period, of the span's own days only: changed contracts begin another matching. */
export interface MatchedSpan extends MarketSpan {
  periods: readonly SummedBlock[];
}

/** `spans`: of every range that will be asked for; `days`: the park's days of these ranges. */
export function marketAnswer(
  spans: readonly MatchedSpan[],
  days: readonly SummedBlock[],
  calendar: Calendar,
  /** Whether some of the days are not kept by the hour any more. */
  isGone: (first: string, last: string) => boolean = () => false,
): MarketAnswer {
  const boundsOf = (first: string, last: string) => ({ from: dayBounds(calendar, first).from, to: dayBounds(calendar, last).to });
  const known = spans.map((span) => {
    const own = distinct(span.periods, boundsOf(span.first, span.last), calendar);
    return { ...span, matched: span.market === null ? [] : matchPeriods(span.market, own, calendar) };
  });
  const sumsIn = (first: string, last: string) =>
    days.map((block) => sumsOf(block, first, last, 0)).find(({ intervals }) => intervals > 0) ?? null;
  const overlapping = (first: string, last: string) =>
    known
      .filter((span) => span.first <= last && span.last >= first)
      .map((span) => ({ ...span, first: later(span.first, first), last: earlier(span.last, last) }));
  const within = ({ matched }: (typeof known)[number], { from, to }: Bounds) =>
    matched.filter((part) => part.from >= from && part.to <= to);
  const goneIn = (span: MarketSpan) => span.market?.matching === 'hour' && isGone(span.first, span.last);

  const of = (first: string, last: string): KnownShares<MarketWhy> => {
    const here = overlapping(first, last);
    if (here.some(goneIn)) return { value: null, why: 'notKept' };
    const bounds = boundsOf(first, last);
    const { from, to } = bounds;
    const all = here.flatMap(({ matched }) => matched);
    const cut = all.some((part) => part.from < to && part.to > from && (part.from < from || part.to > to));
    if (cut) return { value: null, why: 'matchedLonger' };
    if (here.some((span) => span.market === null && sumsIn(span.first, span.last) !== null)) return { value: null, why: 'noResidual' };
    const parts = here.flatMap((span) => within(span, bounds));
    if (parts.length === 0) return { value: null, why: 'notAccounted' };
    if (parts.some(({ import_Wh }) => Number.isNaN(import_Wh))) return { value: null, why: 'notKnown' };
    if (parts.some(({ mg }) => mg === null)) return { value: null, why: 'noResidual' };
    const others = sumsIn(first, last);
    const rest = others ? sumKnown(scope2OtherCarriers.map((carrier) => columnOf(others, `scope2Location.${carrier}.mg`))) : null;
    return { value: parts.reduce((sum, { mg }) => sum + (mg as number), 0) + (rest ?? 0), why: null };
  };

  const method: MarketAnswer['method'] = (first, last) => {
    const here = overlapping(first, last).filter(({ market }) => market !== null);
    const rows = new Map<string, { name: Instrument['name']; energy_Wh: number | null; gPerKwh: number }>();
    for (const span of here) {
      const parts = goneIn(span) ? [] : within(span, boundsOf(first, last));
      for (const { id, name, factor, from, to } of span.market?.instruments ?? []) {
        if (from > span.last || to < span.first) continue;
        const used = parts.length > 0 ? parts.reduce((sum, { used_Wh }) => sum + (used_Wh[id] ?? 0), 0) : null;
        // The same contract over two spans is one row, unless its factor changed.
        const key = `${id} ${factor.value}`;
        const before = rows.get(key);
        rows.set(key, { name, energy_Wh: before === undefined ? used : sumKnown([before.energy_Wh, used]), gPerKwh: factor.value });
      }
    }
    const matching = here.at(-1)?.market?.matching;
    return matching === undefined ? null : { matching, instruments: [...rows.values()] };
  };

  const factors = (first: string, last: string): Factor[] =>
    overlapping(first, last).flatMap(({ market }) => [
      ...(market?.instruments.map(({ factor }) => factor) ?? []),
      ...(market?.residual ? [market.residual] : []),
    ]);
  return { of, method, factors };
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);

/** Each period once, although ranges may share some, cut to the bounds. The import is NaN where nothing is known of it. */
function distinct(blocks: readonly SummedBlock[], bounds: Bounds, { interval_ms }: Calendar): MatchedPeriod[] {
  const found = new Map<number, MatchedPeriod>();
  for (const block of blocks) {
    const imported = block.columns.get('import.Wh');
    for (const [i, begin] of block.times.entries()) {
      if (f64(block.intervals, i) === 0) continue;
      const end = begin + f64(block.expected, i) * interval_ms;
      const [from, to] = [Math.max(begin, bounds.from), Math.min(end, bounds.to)];
      found.set(from, { from, to, import_Wh: imported?.[i] ?? Number.NaN });
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}
