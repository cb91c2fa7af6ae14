/** Writes one interval's step of each port and asset into the row, in Wh and mg that whole-rows.ts rounds later. */
import type { ClosedInterval } from '../carbon/close-interval.ts';
import { sourceKinds } from '../energy-sources.ts';
import { f64, i32, u8 } from '../typed-arrays.ts';
import type { LedgerSchema } from './ledger-schema.ts';
import type { AssetPlaces } from './row-places.ts';
import { sumAssets } from './row-totals.ts';

export function exactWh(kW: number, hours: number): number {
  return kW * hours * 1000;
}

/** mg that a mean power of an intensity carried; zero power carries zero, whatever its intensity. */
export function exactMg(kW: number, gPerKwh: number, hours: number): number {
  return kW === 0 ? 0 : kW * gPerKwh * hours * 1000;
}

/** Storage inventories are whole numbers already (levels.ts), because the next interval continues from them. */
export function writeAssets(schema: LedgerSchema, { step, levels, residual_kWh }: ClosedInterval, row: Float64Array): void {
  const { portAt, assets, hours, kinds, compiled } = schema;
  for (let p = 0; p < portAt.length; p++) {
    const at = i32(portAt, p);
    const kW = f64(step.port_kW, p);
    row[at] = exactWh(kW, hours);
    row[at + 1] = exactMg(kW, f64(step.portIntensity_gPerKwh, p), hours);
  }
  sumAssets(schema, row);
  for (let a = 0; a < assets.length; a++) {
    const { energy, stack, level } = assets[a] as AssetPlaces;
    if (energy >= 0) {
      const Wh = f64(row, energy);
      row[energy + 2] = Wh === 0 ? 0 : Wh * f64(step.assetEstimatedShare, a);
      writeOrigin(Wh, step.assetShares, a * sourceKinds.length, kinds, row, energy + 3);
    }
    if (stack >= 0) row[stack] = f64(step.assetStack_kgPerH, a) * hours * 1e6;
    if (level < 0) continue;
    const store = i32(compiled.assetStore, a);
    row[level] = Math.round((levels[store]?.energy_kWh ?? Number.NaN) * 1000) + 0;
    row[level + 1] = Math.round((levels[store]?.carbon_g ?? Number.NaN) * 1000) + 0;
    row[level + 2] = (residual_kWh[store] ?? Number.NaN) * 1000;
  }
}

/** Energy by source kind: `shares` are read from `at` on, `row` is written from `to` on. Zero energy gives zeros, not unknown. */
export function writeOrigin(Wh: number, shares: Float64Array, at: number, kinds: Uint8Array, row: Float64Array, to: number): void {
  let sum = 0;
  for (let k = 0; k < kinds.length; k++) sum += f64(shares, at + u8(kinds, k));
  const each = Wh === 0 ? 0 : sum > 0 ? Wh / sum : Number.NaN;
  for (let k = 0; k < kinds.length; k++) row[to + k] = each === 0 ? 0 : each * f64(shares, at + u8(kinds, k));
}
