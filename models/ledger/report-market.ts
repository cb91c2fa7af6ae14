/** Market-based Scope 2 as reports need it: of any range of whole matching periods, with what was used of each instrument. */
import type { Market } from '../park/park.ts';
import type { SummedBlock } from './block.ts';
import { type Calendar, dayBounds } from './calendar.ts';
import { type MatchedPeriod, matchPeriods } from './market.ts';
import type { Known, MarketWhy } from './report.ts';
import type { MarketAnswer } from './report-of.ts';
import { columnOf, sumKnown, sumsOf } from './report-sums.ts';

/** A park that says nothing of a market has no market-based figure. */
export const noMarket: MarketAnswer = { of: () => ({ value: null, why: 'noResidual' }), method: () => null, factors: [] };

/** Bought heat, cooling and steam: no instruments, so both methods count the same. */
const bought = ['heat', 'cooling', 'steam'] as const;

/** `periods`: the park's sums by matching period, of every range that will be asked for; `days`: its days of these ranges. */
export function marketAnswer(
  market: Market,
  periods: readonly SummedBlock[],
  days: readonly SummedBlock[],
  calendar: Calendar,
  /** Some of the days are not kept by the hour any more, which is what is matched. */
  isGone: (first: string, last: string) => boolean = () => false,
): MarketAnswer {
  const matched = matchPeriods(market, distinct(periods, calendar), calendar);
  const boundsOf = (first: string, last: string) => ({ from: dayBounds(calendar, first).from, to: dayBounds(calendar, last).to });
  const within = (first: string, last: string) => {
    const { from, to } = boundsOf(first, last);
    return matched.filter((part) => part.from >= from && part.to <= to);
  };
  const of = (first: string, last: string): Known<MarketWhy> => {
    if (isGone(first, last)) return { value: null, why: 'notKept' };
    const { from, to } = boundsOf(first, last);
    const cut = matched.some((part) => part.from < to && part.to > from && (part.from < from || part.to > to));
    if (cut) return { value: null, why: 'matchedLonger' };
    const parts = within(first, last);
    if (parts.length === 0) return { value: null, why: 'notAccounted' };
    if (parts.some(({ import_Wh }) => Number.isNaN(import_Wh))) return { value: null, why: 'notKnown' };
    if (parts.some(({ mg }) => mg === null)) return { value: null, why: 'noResidual' };
    const others = days.map((block) => sumsOf(block, first, last, 0)).find(({ intervals }) => intervals > 0);
    const rest = others ? sumKnown(bought.map((carrier) => columnOf(others, `scope2Location.${carrier}.mg`))) : null;
    return { value: parts.reduce((sum, { mg }) => sum + (mg as number), 0) + (rest ?? 0), why: null };
  };
  const method: MarketAnswer['method'] = (first, last) => {
    const parts = isGone(first, last) ? [] : within(first, last);
    const used = (id: string) => parts.reduce((sum, { used_Wh }) => sum + (used_Wh[id] ?? 0), 0);
    const valid = market.instruments.filter(({ from, to }) => from <= last && to >= first);
    return {
      matching: market.matching,
      instruments: valid.map(({ id, name, factor }) => ({ name, energy_Wh: parts.length > 0 ? used(id) : null, gPerKwh: factor.value })),
    };
  };
  return { of, method, factors: [...market.instruments.map(({ factor }) => factor), ...(market.residual ? [market.residual] : [])] };
}

/** Each period once, though ranges may share some. Import of which nothing is known in a period is not known. */
function distinct(blocks: readonly SummedBlock[], { interval_ms }: Calendar): MatchedPeriod[] {
  const found = new Map<number, MatchedPeriod>();
  for (const block of blocks) {
    const imported = block.columns.get('import.Wh');
    for (const [i, from] of block.times.entries()) {
      if ((block.intervals[i] as number) === 0) continue;
      found.set(from, { from, to: from + (block.expected[i] as number) * interval_ms, import_Wh: imported?.[i] ?? Number.NaN });
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}
