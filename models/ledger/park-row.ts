/** Writes one interval's step of the park as a whole into the row, in Wh and mg that whole-rows.ts rounds later. */

import type { ClosedInterval } from '../carbon/close-interval.ts';
import { arraysOf } from '../carbon/compiled-arrays.ts';
import type { Factor } from '../park/park.ts';
import type { Bindings, Speaker } from '../telemetry/bindings.ts';
import type { Values } from '../telemetry/values.ts';
import { localHour } from '../time/local-hour.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { exactMg, exactWh, writeOrigin } from './asset-row.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import { sumPark } from './row-totals.ts';

/** Call it after writeAssets: it reads the ports' entries. `flagged` = a reading of the interval carries its source's flag. */
export function writePark(schema: LedgerSchema, closed: ClosedInterval, values: Values, flagged: boolean, row: Float64Array): void {
  const { total, hours, kinds, bindings, rounding } = schema;
  const { step } = closed;
  const { totals, slacks } = step;
  const put = (name: string, value: number) => {
    const at = total.get(name);
    if (at !== undefined) row[at] = value;
  };
  const told = (id: string | undefined) => {
    const v = id === undefined ? undefined : bindings.valueIndex.get(id);
    return v === undefined ? Number.NaN : exactWh(f64(values.value, v), hours);
  };
  put('netLoad.Wh', told(schema.park.siteLoad?.net));
  put('grossLoad.Wh', told(schema.park.siteLoad?.gross));
  put('imported.mg', totals.imported_kgPerH * hours * 1e6);
  put('otherInjected.mg', totals.otherInjected_kgPerH * hours * 1e6);
  put('unmetered.mg', totals.unmetered_kgPerH * hours * 1e6);
  if (schema.set === 'direct') put('importLifecycle.mg', importLifecycle(schema, closed, values));
  put('biogenic.mg', biogenicOf(schema, row));
  put('gridCarbonFree.Wh', gridCarbonFree(schema, row));
  writeRests(schema, closed, row);
  writeLosses(schema, closed, put);
  const conflict = slacks.some((slack) => slack.conflict && slack.power_kW !== 0);
  put('flagged', flagged || conflict ? 1 : 0);
  put('intervals', 1);
  sumPark(schema, row);
  const consumption = f64(row, rounding.consumption);
  put('estimated.Wh', estimatedUse(schema, closed, row));
  put('renewable.Wh', consumption === 0 ? 0 : consumption * totals.renewableShare);
  writeOrigin(consumption, step.parkShares, 0, kinds, row, rounding.parkOrigin);
}

/** Electricity of end uses that is estimated, modelled or spread: by each asset's estimated share. */
function estimatedUse(schema: LedgerSchema, { step }: ClosedInterval, row: Float64Array): number {
  const { portAsset, electricByRole } = arraysOf(schema.compiled);
  let sum = 0;
  for (const p of electricByRole.load) {
    const Wh = f64(row, i32(schema.portAt, p));
    if (Wh > 0) sum += Wh * f64(step.assetEstimatedShare, i32(portAsset, p));
  }
  return sum;
}

/** The import of Scope 2 with life-cycle factors, beside the direct ones; NaN where the grid has none. */
function importLifecycle(schema: LedgerSchema, { step }: ClosedInterval, values: Values): number {
  const { compiled, bindings, park, hours } = schema;
  let sum = 0;
  for (const p of schema.sums.scope2) {
    const factor = park.sources[compiled.ports[p]?.source as number]?.lifecycle;
    // Without a factor the result is unknown, also where nothing was bought.
    if (factor === undefined && (bindings.otherIntensities[p] as Speaker[]).length === 0) return Number.NaN;
    const x = toldBy(bindings, p, values) ?? factorAt(factor, park.timeZone, step.time);
    sum += exactMg(f64(step.port_kW, p), x, hours);
  }
  return schema.sums.scope2.length > 0 ? sum : Number.NaN;
}

function toldBy({ otherIntensities }: Bindings, p: number, values: Values): number | undefined {
  const speaker = (otherIntensities[p] as Speaker[]).find(({ value }) => !Number.isNaN(values.value[value]));
  return speaker && f64(values.value, speaker.value);
}

function factorAt(factor: Factor | undefined, timeZone: string, time: number): number {
  if (factor === undefined) return Number.NaN;
  return factor.value * (factor.hourly?.[localHour(timeZone, time)] ?? 1);
}

/** CO2 of biogenic origin from burnt fuel: each fuel by the mean biogenic CO2 of its supply. */
function biogenicOf({ portAt, sums }: LedgerSchema, row: Float64Array): number {
  const Wh = (p: number) => f64(row, i32(portAt, p));
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
    for (const p of burnt) if (Wh(p) > 0) sum += (Wh(p) * biogenic) / comesIn;
  }
  return sum;
}

/** NaN where the grid's share is not known. */
function gridCarbonFree({ portAt, sums }: LedgerSchema, row: Float64Array): number {
  let sum = 0;
  for (const { port, share } of sums.gridShares) {
    const Wh = f64(row, i32(portAt, port));
    sum += Wh === 0 ? 0 : Wh * share;
  }
  return sum;
}

function writeRests({ unmeteredAt, hours }: LedgerSchema, { step }: ClosedInterval, row: Float64Array): void {
  for (const place of unmeteredAt) row[place] = 0;
  for (const { node, power_kW } of step.slacks) {
    const place = i32(unmeteredAt, node);
    row[place] = f64(row, place) + exactWh(power_kW, hours);
  }
}

function writeLosses({ compiled, sums, hours }: LedgerSchema, { step }: ClosedInterval, put: (name: string, value: number) => void): void {
  const { linePasses } = arraysOf(compiled);
  const lost_kW = new Map<string, number>();
  for (const [l, name] of sums.lossOfLine.entries()) {
    if (name === null) continue;
    const kW = Math.abs(f64(step.line_kW, l)) * (1 - f64(linePasses, l));
    lost_kW.set(name, (lost_kW.get(name) ?? 0) + (kW > 0 ? kW : 0));
  }
  for (const [name, kW] of lost_kW) put(name, exactWh(kW, hours));
}
