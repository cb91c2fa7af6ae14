/** The rows of a report beside its totals: targets, production, and the factors behind the figures. */

import type { Carrier } from '../../carriers.ts';
import type { Factor, Park, Target } from '../../park/park.ts';
import { daysOfYear, monthsIn, type ReportPeriod } from './period.ts';
import { columnOf, coverageOf, enough, type Sums, sumKnown } from './range-sums.ts';
import type { FactorRow, KnownShares, ProductionRow, TargetRow, UserPart, Why } from './report-shape.ts';

const mgPerT = 1e9;
const mgPerKg = 1e6;

export function known(value: number | null, why: Why): KnownShares {
  return value === null ? { value: null, why } : { value, why: null };
}

export interface Figures {
  totals: Sums;
  market: KnownShares;
  users: readonly UserPart[];
}

export function targetRows(park: Park, period: ReportPeriod, figures: Figures): TargetRow[] {
  return (park.targets ?? []).map((target) => ({
    id: target.id,
    name: target.name ?? null,
    indicator: target.indicator,
    unit: target.unit,
    target: targetOf(target, period),
    actual: actualOf(target, figures),
  }));
}

const absolute: ReadonlySet<string> = new Set(['tCO2e', 'kgCO2e/m2']);

/** The target in its unit. Absolute targets are reduced to the period's share of its year's days. */
function targetOf({ years, unit }: Target, period: ReportPeriod): KnownShares {
  const year = Number(period.first.slice(0, 4));
  const after = years.findIndex((entry) => entry.year >= year);
  const next = years[after];
  const last = years[after - 1];
  if (next === undefined || (next.year !== year && last === undefined)) return known(null, 'noTarget');
  const share = last === undefined || next.year === year ? 1 : (year - last.year) / (next.year - last.year);
  const value = last === undefined || share === 1 ? next.value : last.value + share * (next.value - last.value);
  return known(absolute.has(unit) ? (value * period.days) / daysOfYear(year) : value, 'noTarget');
}

function actualOf({ indicator }: Target, { totals, market, users }: Figures): KnownShares {
  if (coverageOf(totals) < enough) return known(null, 'incomplete');
  const scope1 = columnOf(totals, 'scope1.mg');
  const location = columnOf(totals, 'scope2Location.mg');
  const both = scope1 === null || location === null ? null : scope1 + location;
  const used = columnOf(totals, 'consumption.Wh');
  const perUsed = (column: string, times: number) => {
    const part = columnOf(totals, column);
    return known(part === null || used === null || used <= 0 ? null : (times * part) / used, 'notKnown');
  };
  switch (indicator) {
    case 'scope1':
      return known(scope1 === null ? null : scope1 / mgPerT, 'notKnown');
    case 'scope12Location':
      return known(both === null ? null : both / mgPerT, 'notKnown');
    case 'scope12Market':
      if (market.value === null) return market;
      return known(scope1 === null ? null : (scope1 + market.value) / mgPerT, 'notKnown');
    case 'perFloorArea': {
      const area = users.reduce((sum, user) => sum + user.floorArea_m2, 0);
      if (area <= 0) return known(null, 'noArea');
      return known(both === null ? null : both / mgPerKg / area, 'notKnown');
    }
    case 'intensity':
      return perUsed('consumption.mg', 1);
    case 'renewableShare':
      return perUsed('renewable.Wh', 100);
    case 'carbonFreeShare':
      return perUsed('cfeMatched.Wh', 100);
  }
}

export function productionRows(park: Park, period: ReportPeriod, { totals, users }: Figures): ProductionRow[] {
  const complete = coverageOf(totals) >= enough;
  return (park.production ?? []).map((made): ProductionRow => {
    const { id, name, unit, tenant, asset } = made;
    const amounts = monthsIn(period).map((month) => made.amounts[month.id] ?? null);
    const amount = amounts.includes(null) ? known(null, 'noAmount') : known(sumKnown(amounts), 'noAmount');
    const whole = tenant === undefined && asset === undefined;
    const own = users.filter((user) => whole || user.id === asset || (tenant !== undefined && user.tenant === tenant));
    const who = whole ? null : (park.tenants.find((t) => t.id === tenant) ?? park.assets.find((a) => a.id === asset))?.name;
    return {
      id,
      name,
      unit,
      who: who ?? null,
      amount: complete ? amount : known(null, 'incomplete'),
      energy_Wh: sumKnown(own.map((user) => user.energy_Wh)),
      mg: sumKnown(own.map((user) => user.mg)),
    };
  });
}

/** Every factor that the figures rest on, once, with what it is used for. */
export function factorRows(park: Park, market: readonly Factor[]): FactorRow[] {
  const rows = new Map<string, FactorRow>();
  const row = (factor: Factor): FactorRow => {
    // A contract's factor may have had another value then than it has today.
    const key = `${factor.id} ${factor.value}`;
    const found = rows.get(key) ?? { ...factor, uses: [], fallbackOf: [], market: false };
    rows.set(key, found);
    return found;
  };
  for (const { asset, port, factor } of park.sources) {
    if (factor === null) continue;
    const name = park.assets.find((a) => a.id === asset)?.name ?? { en: asset };
    row(factor).uses.push({ asset, name, port });
  }
  for (const [carrier, factor] of Object.entries(park.fallback)) row(factor).fallbackOf.push(carrier as Carrier);
  for (const factor of market) row(factor).market = true;
  return [...rows.values()];
}
