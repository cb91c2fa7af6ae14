/**
 * Storage as a mixing tank (METHODS 3): what goes in mixes with what is there. Losses take no carbon away, so each kWh
 * that comes out carries more, by the round-trip efficiency. Only closed intervals step a storage; live uses the last level.
 */

import { type SourceKind, sourceKinds } from '../energy-sources.ts';
import type { Storage } from '../park/park.ts';
import type { Compiled, Level } from './step.ts';

type ByKind = Partial<Record<SourceKind, number>>;

export interface Content {
  /** Carbon of a kilowatt-hour delivered at the port; NaN when it is unknown. */
  delivered_gPerKwh: number;
  /** Carbon of a kilowatt-hour in the tank. */
  stored_gPerKwh: number;
  /** Primary kWh per kWh delivered, by source kind. */
  byKind: ByKind;
  /** True where the tank is empty: the values are of what it last held. */
  estimated: boolean;
}

export interface StorageFlows {
  charge_kWh: number;
  charge_gPerKwh: number;
  /** Primary kWh per kWh charged, by source kind. */
  chargeByKind: ByKind;
  discharge_kWh: number;
  hours: number;
}

export interface Stepped {
  level: Level;
  delivered_gPerKwh: number;
  /** Metered energy that does not fit the tank, kWh: + more went in than it can hold, − more came out than it had. */
  residual_kWh: number;
}

/** Below this fraction of its capacity a tank counts as empty: its intensity (carbon / energy) would be noise. */
const empty = 1e-9;

/** Levels at the very beginning, as the park states them. Their origin is unknown, so their source kind is `storage`. */
export function startLevels(compiled: Compiled): Level[] {
  return compiled.stores.map((asset) => {
    const storage = compiled.park.assets[asset]?.storage;
    if (storage === undefined) throw new Error(`asset ${asset} does not store`);
    const { start_kWh, start_gPerKwh } = storage;
    const level: Level = { energy_kWh: start_kWh, carbon_g: start_kWh * start_gPerKwh, byKind: {} };
    if (start_kWh > 0) level.byKind.storage = start_kWh;
    else level.last = { gPerKwh: start_gPerKwh, byKind: { storage: 1 } };
    return level;
  });
}

/** What the storage would give at this level. */
export function contentOf(storage: Storage, level: Level): Content {
  const has = !isEmpty(storage, level);
  const stored = has ? level.carbon_g / level.energy_kWh : (level.last?.gPerKwh ?? Number.NaN);
  const per_kWh = has ? scaled(level.byKind, 1 / level.energy_kWh) : (level.last?.byKind ?? {});
  return {
    delivered_gPerKwh: stored / storage.dischargeEfficiency,
    stored_gPerKwh: stored,
    byKind: scaled(per_kWh, 1 / storage.dischargeEfficiency),
    estimated: !has,
  };
}

/**
 * The level after an interval. Discharge takes the mix of the interval's start, the same that accounting used for it, so
 * no carbon appears or disappears; then the charge is added, then the standing loss subtracted. Energy is clamped to
 * 0…capacity and the drift returned; carbon cannot fall below 0.
 */
export function stepLevel(storage: Storage, before: Level, flows: StorageFlows): Stepped {
  const content = contentOf(storage, before);
  const drawn_kWh = flows.discharge_kWh / storage.dischargeEfficiency;
  const energy = before.energy_kWh - drawn_kWh + storage.chargeEfficiency * flows.charge_kWh;
  const held = Math.min(Math.max(energy, 0), storage.capacity_kWh);

  let carbon_g = before.carbon_g;
  let byKind = before.byKind;
  if (flows.discharge_kWh > 0) {
    carbon_g -= flows.discharge_kWh * content.delivered_gPerKwh;
    byKind = combined(byKind, content.byKind, -flows.discharge_kWh);
  }
  if (flows.charge_kWh > 0) {
    // Charge of unknown carbon leaves the mix as it is: otherwise one gap would make the tank unknown for ever.
    const known = Number.isFinite(flows.charge_gPerKwh);
    const stored_g = storage.chargeEfficiency * content.stored_gPerKwh;
    carbon_g += flows.charge_kWh * (known ? flows.charge_gPerKwh : stored_g);
    byKind = combined(byKind, flows.chargeByKind, flows.charge_kWh);
  }
  const level: Level = {
    energy_kWh: held * (1 - storage.standingLoss_perH) ** flows.hours,
    carbon_g: Math.max(0, carbon_g),
    byKind,
  };
  if (isEmpty(storage, level)) {
    level.last = { gPerKwh: content.stored_gPerKwh, byKind: scaled(content.byKind, storage.dischargeEfficiency) };
  }
  return { level, delivered_gPerKwh: content.delivered_gPerKwh, residual_kWh: energy - held };
}

function scaled(byKind: ByKind, factor: number): ByKind {
  const result: ByKind = {};
  for (const kind of sourceKinds) {
    const energy = byKind[kind];
    if (energy !== undefined && energy !== 0) result[kind] = energy * factor;
  }
  return result;
}

/** a + factor · b, never below 0. */
function combined(a: ByKind, b: ByKind, factor: number): ByKind {
  const result: ByKind = {};
  for (const kind of sourceKinds) {
    const sum = (a[kind] ?? 0) + factor * (b[kind] ?? 0);
    if (sum > 0) result[kind] = sum;
  }
  return result;
}

function isEmpty(storage: Storage, level: Level): boolean {
  return !(level.energy_kWh > empty * storage.capacity_kWh);
}
