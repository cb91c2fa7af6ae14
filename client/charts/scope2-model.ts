/**
 * Scope 2 by month: location-based (the grid's factor of each interval) and market-based (contracts, else the residual mix),
 * and how much of the electricity was carbon-free hour by hour.
 */
import type { Report, Why } from '../../models/ledger/report/report-shape.ts';

export interface Scope2Month {
  /** `2026-10`. */
  month: string;
  /** kgCO2e; null = not known. */
  location_kg: number | null;
  market_kg: number | null;
  /** Why there is no market-based figure. */
  why: Why | null;
  /** Carbon-free part, 0…1 of the electricity used; null = not known. */
  cfe: number | null;
  /** The same without matching by hour: own carbon-free generation and the grid's share over the whole month, at most 1. */
  volumetric: number | null;
  coverage: number;
}

const share = (part: number | null | undefined, whole: number | null | undefined) =>
  typeof part === 'number' && typeof whole === 'number' && whole > 0 ? Math.min(1, part / whole) : null;

export function scope2Months({ rows }: Pick<Report, 'rows'>): Scope2Month[] {
  return rows.map(({ id, columns, market, intervals, expected }) => {
    const location = columns['scope2Location.mg'] ?? null;
    const used = columns['consumption.Wh'];
    return {
      month: id,
      location_kg: location === null ? null : location / 1e6,
      market_kg: market.value === null ? null : market.value / 1e6,
      why: market.why,
      cfe: share(columns['cfeMatched.Wh'], used),
      volumetric: share(columns['carbonFree.Wh'], used),
      coverage: expected > 0 ? intervals / expected : Number.NaN,
    };
  });
}
