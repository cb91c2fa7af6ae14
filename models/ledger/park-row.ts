/** What one interval's step says of the park as a whole. Totals are sums of the parts, in whole numbers. */
import type { Bindings, Speaker } from '../bindings.ts';
import type { ClosedInterval } from '../carbon/interval.ts';
import { layoutOf } from '../carbon/layout.ts';
import { localHour } from '../carbon/local-hour.ts';
import type { Factor } from '../park/park.ts';
import { sourceKinds } from '../source-kinds.ts';
import type { Values } from '../values.ts';
import { sumOfPorts, wholeMg, wholeWh } from './asset-row.ts';
import type { LedgerPlan } from './plan.ts';
import { splitWhole } from './portions.ts';

type Put = (name: string, value: number) => void;

/** After writeAssets: the ports' entries are read. `flagged` = a reading of the interval carries its source's flag. */
export function writePark(plan: LedgerPlan, closed: ClosedInterval, values: Values, flagged: boolean, row: Float64Array): void {
  const { total } = plan;
  const put: Put = (name, value) => {
    const at = total.get(name);
    if (at !== undefined) row[at] = value + 0;
  };
  writeEnergy(plan, closed, values, row, put);
  writeCarbon(plan, closed, values, row, put);
  writeRests(plan, closed, row);
  writeLosses(plan, closed, put);
  const conflict = closed.step.slacks.some((slack) => slack.conflict && slack.power_kW !== 0);
  put('flagged', flagged || conflict ? 1 : 0);
  put('intervals', 1);
}

function writeEnergy(plan: LedgerPlan, closed: ClosedInterval, values: Values, row: Float64Array, put: Put): void {
  const { compiled, hours, kinds, total, sums, bindings } = plan;
  const { step } = closed;
  const { electricByRole } = layoutOf(compiled);
  const consumption = sumOfPorts(plan, row, electricByRole.load, 0);
  put('import.Wh', allPorts(plan, row, electricByRole.import, 0));
  put('export.Wh', allPorts(plan, row, electricByRole.export, 0));
  put('onsite.Wh', sumOfPorts(plan, row, sums.onsite, 0));
  put('consumption.Wh', consumption);
  put('consumption.mg', sumOfPorts(plan, row, electricByRole.load, 1));
  put('estimated.Wh', estimatedUse(plan, closed, row));
  put('renewable.Wh', consumption === 0 ? 0 : Math.round(consumption * step.totals.renewableShare));
  splitWhole(consumption, step.parkShares, 0, kinds, row, total.get(`from.${sourceKinds[kinds[0] as number]}.Wh`) as number);
  for (const { name, ports } of sums.purchased) put(name, allPorts(plan, row, ports, 0));
  put('carbonFree.Wh', sumOfPorts(plan, row, sums.carbonFree, 0));
  put('gridCarbonFree.Wh', gridCarbonFree(plan, row));
  const told = (id: string | undefined) => {
    const v = id === undefined ? undefined : bindings.valueIndex.get(id);
    return v === undefined ? Number.NaN : wholeWh(values.value[v] as number, hours);
  };
  const { siteLoad } = plan.park;
  put('netLoad.Wh', told(siteLoad?.net));
  put('grossLoad.Wh', siteLoad?.gross === undefined ? consumption : told(siteLoad.gross));
}

/** stack + imported + other injected = attributed + unmetered + exported + Δstorage + losses, exactly. */
function writeCarbon(plan: LedgerPlan, closed: ClosedInterval, values: Values, row: Float64Array, put: Put): void {
  const { compiled, hours, sums } = plan;
  const { totals } = closed.step;
  const { byRole } = layoutOf(compiled);
  const mg = (kgPerH: number) => Math.round(kgPerH * hours * 1e6) + 0;
  let stack = 0;
  for (const at of sums.stacks) stack += row[at] as number;
  const imported = mg(totals.imported_kgPerH);
  const otherInjected = mg(totals.otherInjected_kgPerH);
  const attributed = sumOfPorts(plan, row, byRole.load, 1);
  const exported = sumOfPorts(plan, row, byRole.export, 1);
  const storageChange = sumOfPorts(plan, row, byRole.charge, 1) - sumOfPorts(plan, row, byRole.discharge, 1);
  const unmetered = mg(totals.unmetered_kgPerH);
  put('stack.mg', stack);
  put('imported.mg', imported);
  put('otherInjected.mg', otherInjected);
  put('attributed.mg', attributed);
  put('exported.mg', exported);
  put('storageChange.mg', storageChange);
  put('unmetered.mg', unmetered);
  put('losses.mg', stack + imported + otherInjected - attributed - exported - storageChange - unmetered);

  put('scope1.mg', stack + sumOfPorts(plan, row, sums.burning, 1));
  put('scope2Location.mg', allPorts(plan, row, sums.scope2, 1));
  for (const { name, ports } of sums.scope2Others) put(name, allPorts(plan, row, ports, 1));
  put('importLifecycle.mg', importLifecycle(plan, closed, values));
  put('biogenic.mg', biogenicOf(plan, row));
}

/** Where one meter of the park's connection is unknown, so is the sum: of Wh (0) or mg (1). */
function allPorts({ portAt }: LedgerPlan, row: Float64Array, ports: ArrayLike<number>, of: 0 | 1): number {
  let sum = 0;
  for (let i = 0; i < ports.length; i++) sum += row[(portAt[ports[i] as number] as number) + of] as number;
  return sum;
}

/** Electricity of end uses that is estimated, modelled or spread: each asset's share of its own. */
function estimatedUse(plan: LedgerPlan, { step }: ClosedInterval, row: Float64Array): number {
  const { portAsset, electricByRole } = layoutOf(plan.compiled);
  let sum = 0;
  for (const p of electricByRole.load) {
    const Wh = row[plan.portAt[p] as number] as number;
    if (Wh > 0) sum += Math.round(Wh * (step.assetEstimatedShare[portAsset[p] as number] as number));
  }
  return sum;
}

/** The import of Scope 2 with life-cycle factors; NaN where the grid has none. */
function importLifecycle(plan: LedgerPlan, { step }: ClosedInterval, values: Values): number {
  const { compiled, bindings, park, hours } = plan;
  let sum = 0;
  for (const p of plan.sums.scope2) {
    const kW = step.port_kW[p] as number;
    const own = step.portIntensity_gPerKwh[p] as number;
    const factor = park.sources[compiled.ports[p]?.source as number]?.lifecycle;
    // Without a factor nothing can be said, also where nothing was bought.
    if (plan.set === 'direct' && factor === undefined && (bindings.otherIntensities[p] as Speaker[]).length === 0) return Number.NaN;
    const x = plan.set === 'lifecycle' ? own : (toldBy(bindings, p, values) ?? factorAt(factor, park.timeZone, step.time));
    sum += wholeMg(kW, x, hours);
  }
  return plan.sums.scope2.length > 0 ? sum : Number.NaN;
}

function toldBy({ otherIntensities }: Bindings, p: number, values: Values): number | undefined {
  const speaker = (otherIntensities[p] as Speaker[]).find(({ value }) => !Number.isNaN(values.value[value]));
  return speaker && (values.value[speaker.value] as number);
}

function factorAt(factor: Factor | undefined, timeZone: string, time: number): number {
  if (factor === undefined) return Number.NaN;
  return factor.value * (factor.hourly?.[localHour(timeZone, time)] ?? 1);
}

/** CO2 of biogenic origin in what was burnt: each fuel by the mean of what came in of it. */
function biogenicOf({ portAt, sums }: LedgerPlan, row: Float64Array): number {
  const Wh = (p: number) => row[portAt[p] as number] as number;
  let sum = 0;
  for (const { sources, burnt } of sums.biogenic) {
    let comesIn = 0;
    let biogenic = 0;
    for (const { port, gPerKwh } of sources) {
      if (!(Wh(port) > 0)) continue;
      comesIn += Wh(port);
      biogenic += Wh(port) * gPerKwh;
    }
    if (biogenic === 0) continue;
    for (const p of burnt) if (Wh(p) > 0) sum += Math.round((Wh(p) * biogenic) / comesIn);
  }
  return sum;
}

/** NaN where the grid's share is not known. */
function gridCarbonFree({ portAt, sums }: LedgerPlan, row: Float64Array): number {
  let sum = 0;
  for (const { port, share } of sums.gridShares) {
    const Wh = row[portAt[port] as number] as number;
    sum += Wh === 0 ? 0 : Math.round(Wh * share);
  }
  return sum;
}

function writeRests({ unmeteredAt, hours }: LedgerPlan, { step }: ClosedInterval, row: Float64Array): void {
  for (const place of unmeteredAt) row[place] = 0;
  for (const { node, power_kW } of step.slacks) {
    const place = unmeteredAt[node] as number;
    row[place] = (row[place] as number) + wholeWh(power_kW, hours);
  }
}

function writeLosses({ compiled, sums, hours }: LedgerPlan, { step }: ClosedInterval, put: Put): void {
  const { linePasses } = layoutOf(compiled);
  const lost_kW = new Map<string, number>();
  for (const [l, name] of sums.lossOfLine.entries()) {
    if (name === null) continue;
    const kW = Math.abs(step.line_kW[l] as number) * (1 - (linePasses[l] as number));
    lost_kW.set(name, (lost_kW.get(name) ?? 0) + (kW > 0 ? kW : 0));
  }
  for (const [name, kW] of lost_kW) put(name, wholeWh(kW, hours));
}
