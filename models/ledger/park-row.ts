/** What one interval's step says of the park as a whole. Totals are sums of the parts, in whole numbers. */
import type { Bindings, Speaker } from '../bindings.ts';
import type { ClosedInterval } from '../carbon/interval.ts';
import { layoutOf } from '../carbon/layout.ts';
import { localHour } from '../carbon/local-hour.ts';
import type { CompiledNode } from '../carbon/step.ts';
import { type Factor, sourceKinds } from '../park/park.ts';
import { type Carrier, carriers } from '../units.ts';
import type { Values } from '../values.ts';
import { sumOfPorts, wholeMg, wholeWh } from './asset-row.ts';
import type { LedgerPlan } from './plan.ts';
import { splitWhole } from './portions.ts';

const burnable: readonly Carrier[] = carriers;

/** After writeAssets: the ports' entries are read. `flagged` = a reading of the interval carries its source's flag. */
export function writePark(plan: LedgerPlan, closed: ClosedInterval, values: Values, flagged: boolean, row: Float64Array): void {
  const { compiled, hours, kinds, total } = plan;
  const { step } = closed;
  const { byRole, electricByRole } = layoutOf(compiled);
  const put = (name: string, value: number) => {
    const at = total.get(name);
    if (at !== undefined) row[at] = value + 0;
  };
  const ports = (which: ArrayLike<number>, of: 0 | 1) => sumOfPorts(plan, row, Array.from(which), of);
  const mg = (kgPerH: number) => Math.round(kgPerH * hours * 1e6) + 0;

  const imported_Wh = allPorts(plan, row, electricByRole.import);
  const consumption = ports(electricByRole.load, 0);
  put('import.Wh', imported_Wh);
  put('export.Wh', allPorts(plan, row, electricByRole.export));
  put('onsite.Wh', ports([...electricByRole.generation, ...electricByRole.product], 0));
  put('consumption.Wh', consumption);
  put('consumption.mg', ports(electricByRole.load, 1));
  put('estimated.Wh', estimatedUse(plan, closed, row));
  put('renewable.Wh', consumption === 0 ? 0 : Math.round(consumption * step.totals.renewableShare));
  const from = total.get(`from.${sourceKinds[kinds[0] as number]}.Wh`) as number;
  splitWhole(consumption, step.parkShares, 0, kinds, row, from);
  for (const carrier of carriers) {
    if (!total.has(`purchased.${carrier}.Wh`)) continue;
    put(`purchased.${carrier}.Wh`, allPorts(plan, row, ofCarrier(plan, plan.importPorts, carrier)));
  }

  // stack + imported + other injected = attributed + unmetered + exported + Δstorage + losses, exactly.
  let stack = 0;
  for (const { stack: at } of plan.assets) if (at >= 0) stack += row[at] as number;
  const comesIn = stack + mg(step.totals.imported_kgPerH) + mg(step.totals.otherInjected_kgPerH);
  const attributed = ports(byRole.load, 1);
  const exported = ports(byRole.export, 1);
  const storageChange = ports(byRole.charge, 1) - ports(byRole.discharge, 1);
  const unmetered = mg(step.totals.unmetered_kgPerH);
  put('stack.mg', stack);
  put('imported.mg', mg(step.totals.imported_kgPerH));
  put('otherInjected.mg', mg(step.totals.otherInjected_kgPerH));
  put('attributed.mg', attributed);
  put('exported.mg', exported);
  put('storageChange.mg', storageChange);
  put('unmetered.mg', unmetered);
  put('losses.mg', comesIn - attributed - exported - storageChange - unmetered);

  put('scope1.mg', stack + sumOfPorts(plan, row, plan.burningLoads, 1));
  put('scope2Location.mg', carbonOfAll(plan, row, plan.purchasedPorts));
  for (const carrier of ['heat', 'cooling', 'steam'] as const) {
    if (!total.has(`scope2Location.${carrier}.mg`)) continue;
    put(`scope2Location.${carrier}.mg`, carbonOfAll(plan, row, ofCarrier(plan, plan.purchasedPorts, carrier)));
  }
  put('importLifecycle.mg', importLifecycle(plan, closed, values));
  put('biogenic.mg', biogenicOf(plan, row));
  put('carbonFree.Wh', ports(ownCarbonFree(plan), 0));
  put('gridCarbonFree.Wh', gridCarbonFree(plan, row));
  writeRests(plan, closed, row);
  writeLosses(plan, closed, put);

  const told = (id: string | undefined) => {
    const v = id === undefined ? undefined : plan.bindings.valueIndex.get(id);
    return v === undefined ? Number.NaN : wholeWh(values.value[v] as number, hours);
  };
  const { siteLoad } = plan.park;
  put('netLoad.Wh', told(siteLoad?.net));
  put('grossLoad.Wh', siteLoad?.gross === undefined ? consumption : told(siteLoad.gross));
  const conflict = step.slacks.some((slack) => slack.conflict && slack.power_kW !== 0);
  put('flagged', flagged || conflict ? 1 : 0);
  put('intervals', 1);
}

/** Where one meter of the park's connection is unknown, so is the sum. */
function allPorts({ portAt }: LedgerPlan, row: Float64Array, ports: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < ports.length; i++) sum += row[portAt[ports[i] as number] as number] as number;
  return sum;
}

function carbonOfAll({ portAt }: LedgerPlan, row: Float64Array, ports: readonly number[]): number {
  let sum = 0;
  for (const p of ports) sum += row[(portAt[p] as number) + 1] as number;
  return sum;
}

function ofCarrier({ compiled }: LedgerPlan, ports: readonly number[], carrier: Carrier): number[] {
  return ports.filter((p) => compiled.nodes[compiled.ports[p]?.node as number]?.carrier === carrier);
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
  for (const p of plan.purchasedPorts) {
    const kW = step.port_kW[p] as number;
    const own = step.portIntensity_gPerKwh[p] as number;
    const factor = park.sources[compiled.ports[p]?.source as number]?.lifecycle;
    const x = plan.set === 'lifecycle' ? own : (toldBy(bindings, p, values) ?? at(factor, park.timeZone, step.time));
    sum += wholeMg(kW, x, hours);
  }
  return plan.purchasedPorts.length > 0 ? sum : Number.NaN;
}

function toldBy({ otherIntensities }: Bindings, p: number, values: Values): number | undefined {
  const speaker = (otherIntensities[p] as Speaker[]).find(({ value }) => !Number.isNaN(values.value[value]));
  return speaker && (values.value[speaker.value] as number);
}

function at(factor: Factor | undefined, timeZone: string, time: number): number {
  if (factor === undefined) return Number.NaN;
  return factor.value * (factor.hourly?.[localHour(timeZone, time)] ?? 1);
}

/** CO2 of biogenic origin in what was burnt: each fuel by the mean of what came in of it. */
function biogenicOf(plan: LedgerPlan, row: Float64Array): number {
  const { compiled, park, portAt } = plan;
  const { byRole } = layoutOf(compiled);
  let sum = 0;
  for (const carrier of burnable) {
    let comesIn = 0;
    let biogenic = 0;
    for (const p of [...byRole.import, ...byRole.generation]) {
      const port = compiled.ports[p];
      if (port === undefined || compiled.nodes[port.node]?.carrier !== carrier) continue;
      const Wh = row[portAt[p] as number] as number;
      if (!(Wh > 0)) continue;
      comesIn += Wh;
      biogenic += Wh * (park.sources[port.source]?.factor?.biogenic_gPerKwh ?? 0);
    }
    if (biogenic === 0) continue;
    for (const p of [...byRole.input, ...byRole.load]) {
      if (compiled.nodes[compiled.ports[p]?.node as number]?.carrier !== carrier) continue;
      const Wh = row[portAt[p] as number] as number;
      if (Wh > 0) sum += Math.round((Wh * biogenic) / comesIn);
    }
  }
  return sum;
}

/** Ports of own generation from sun and wind. */
function ownCarbonFree({ compiled, park }: LedgerPlan): number[] {
  const free = new Set(['solar', 'wind']);
  return Array.from(layoutOf(compiled).electricByRole.generation).filter((p) =>
    free.has(park.sources[compiled.ports[p]?.source as number]?.sourceKind ?? ''),
  );
}

/** NaN where the grid's share is not known. A renewable share is the least that can be free of carbon. */
function gridCarbonFree({ compiled, park, portAt }: LedgerPlan, row: Float64Array): number {
  let sum = 0;
  for (const p of layoutOf(compiled).electricByRole.import) {
    const factor = park.sources[compiled.ports[p]?.source as number]?.factor;
    const Wh = row[portAt[p] as number] as number;
    sum += Wh === 0 ? 0 : Math.round(Wh * (factor?.carbonFreeShare ?? factor?.renewableShare ?? Number.NaN));
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

function writeLosses({ compiled, total, hours }: LedgerPlan, { step }: ClosedInterval, put: (name: string, value: number) => void): void {
  const { linePasses } = layoutOf(compiled);
  const lost_kW = new Map<Carrier, number>();
  for (let l = 0; l < linePasses.length; l++) {
    const kW = Math.abs(step.line_kW[l] as number) * (1 - (linePasses[l] as number));
    const { carrier } = compiled.nodes[compiled.lineFrom[l] as number] as CompiledNode;
    if (kW > 0) lost_kW.set(carrier, (lost_kW.get(carrier) ?? 0) + kW);
  }
  for (const carrier of carriers) {
    if (total.has(`losses.${carrier}.Wh`)) put(`losses.${carrier}.Wh`, wholeWh(lost_kW.get(carrier) ?? 0, hours));
  }
}
