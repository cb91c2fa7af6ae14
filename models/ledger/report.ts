/**
 * A period's report as data: whole Wh and mg straight from the ledger, names in the park's languages, and null with a
 * reason where something cannot be said. Published reports are kept as this, so that they can be read as they were.
 * How it is rounded and worded is in report-document.ts.
 */

import type { Carrier } from '../carriers.ts';
import type { AssetKind } from '../kinds/kinds.ts';
import type { CogenerationSetting, Factor, Reporting, TargetIndicator, TargetUnit, Text } from '../park/park.ts';
import type { AsideReason } from '../quarantine.ts';
import type { SourceKind } from '../source-kinds.ts';
import type { PortId } from '../units.ts';
import type { FactorSet } from './block.ts';
import type { Adjustment, Edition, Lock } from './edition.ts';
import type { ReportPeriod } from './report-period.ts';
import type { Sums } from './report-sums.ts';

/** Why a figure is not there. */
export type Why =
  | 'notAccounted'
  | 'incomplete'
  | 'noResidual'
  | 'matchedLonger'
  | 'noAmount'
  | 'noArea'
  | 'noTarget'
  | 'notKnown'
  | 'notKept';

/** Why there is no market-based figure. */
export type MarketWhy = Extract<Why, 'notAccounted' | 'noResidual' | 'matchedLonger' | 'notKnown' | 'notKept'>;

/** A figure, or why there is none. */
export type Known<W extends Why = Why> = { value: number; why: null } | { value: null; why: W };

export interface Part {
  id: string;
  name: Text;
  kind: AssetKind | null;
  Wh: number | null;
  mg: number | null;
}

/** An end use: what it took by carrier and what that carried. */
export interface UserPart {
  id: string;
  name: Text;
  kind: AssetKind;
  tenant: string | null;
  floorArea_m2: number;
  /** That it has a port for. */
  carriers: Carrier[];
  /** The floor area is footprint times floors, not given. */
  areaAssumed: boolean;
  Wh: Partial<Record<Carrier, number>>;
  energy_Wh: number | null;
  estimated_Wh: number | null;
  mg: number | null;
  /** Share of the period's intervals in which its energy is known. */
  known: number;
}

/** A plant, store or connection: what went in and out of it. */
export interface PlantPart {
  id: string;
  name: Text;
  kind: AssetKind;
  /** Whether it has ports inward and outward, and burns fuel. */
  takes: boolean;
  gives: boolean;
  burns: boolean;
  in_Wh: number | null;
  out_Wh: number | null;
  stack_mg: number | null;
  estimatedShare: number | null;
}

export interface CarrierPart {
  carrier: Carrier;
  Wh: number;
  mg: number | null;
}

/** A row of the table over time: a month, or a day of a monthly report. */
export interface TimeRow extends Sums {
  id: string;
  market: Known;
}

export interface TargetRow {
  id: string;
  name: Text | null;
  indicator: TargetIndicator;
  unit: TargetUnit;
  /** In `unit`; absolute ones for the period's share of the year's days. */
  target: Known;
  actual: Known;
}

export interface ProductionRow {
  id: string;
  name: Text;
  unit: Text;
  /** Null: the park's. */
  who: Text | null;
  amount: Known;
  energy_Wh: number | null;
  mg: number | null;
}

export interface FactorRow extends Factor {
  /** Ports that it is used for; `fallback` and `market` where it stands in. */
  uses: { asset: string; name: Text; port: PortId }[];
  fallbackOf: Carrier[];
  market: boolean;
}

export interface Comparison extends Sums {
  period: ReportPeriod;
  market: Known;
  /** Too little of it, or of this period, is accounted to compare. */
  comparable: boolean;
}

export interface Report {
  /** Of this shape. */
  format: 1;
  park: {
    id: string;
    name: Text;
    place: Text | null;
    country: string;
    timeZone: string;
    fictional: boolean;
    assets: number;
    losses: 'toLoad' | 'separate';
    cogeneration: CogenerationSetting;
    hasCogeneration: boolean;
    interval_s: number;
    credits: string[];
  };
  reporting: Reporting | null;
  period: ReportPeriod;
  set: FactorSet;
  /** ISO 8601. */
  preparedAt: string;
  /** That accounted the period: of the editions that it rests on. */
  software: string;
  /** Readings are simulated. */
  simulated: boolean;
  /** The period is not over, or not accounted to its end. */
  open: boolean;
  totals: Sums;
  market: Known<MarketWhy>;
  marketMethod: { matching: string; instruments: { name: Text; energy_Wh: number | null; gPerKwh: number | null }[] } | null;
  previous: Comparison;
  yearBefore: Comparison;
  /** Fuel and processes on site, and bought energy, by where they come in or are burnt. */
  scope1: Part[];
  scope2: Part[];
  carriers: CarrierPart[];
  users: UserPart[];
  tenants: { id: string; name: Text }[];
  plants: PlantPart[];
  mix: { kind: SourceKind; Wh: number }[];
  /** Positive a load, negative a source; name null: elsewhere. */
  unmetered: { asset: string; carrier: string; name: Text | null; Wh: number }[];
  rows: TimeRow[];
  targets: TargetRow[];
  production: ProductionRow[];
  factors: FactorRow[];
  /** Readings of the park that wait for a decision now, by reason; null: not known. */
  quarantine: Partial<Record<AsideReason, number>> | null;
  editions: Edition[];
  /** Ids of those that the figures rest on. */
  valid?: number[];
  /** What the park's own factors and method are when this is made; absent in reports from before it was kept. */
  present?: { factors: string; method: string };
  adjustments: Adjustment[];
  locks: Lock[];
}

/** Less of a period than this cannot stand for the whole. */
export const enough = 0.95;
