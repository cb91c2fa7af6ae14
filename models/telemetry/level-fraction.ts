/** How full storages are. */

import type { Compiled, Level } from '../carbon/step.ts';
import { f64, i32 } from '../typed-arrays.ts';
import type { Bindings } from './bindings.ts';
import type { Values } from './values.ts';

/** 0…1 of capacity by storage: the metered level, else the accounted one. */
export function levelFractions(compiled: Compiled, bindings: Bindings, levels: readonly Level[], values: Values): Float64Array {
  return Float64Array.from(compiled.stores, (asset, s) => {
    const storage = compiled.park.assets[asset]?.storage;
    if (storage === undefined) return Number.NaN;
    const said = i32(bindings.levels, s);
    const value = said === -1 ? Number.NaN : f64(values.value, said);
    if (!Number.isNaN(value)) return Math.min(1, Math.max(0, value * fractionPerUnit(compiled, said, storage.capacity_kWh)));
    const level = levels[s];
    return level ? level.energy_kWh / storage.capacity_kWh : Number.NaN;
  });
}

function fractionPerUnit(compiled: Compiled, value: number, capacity_kWh: number): number {
  const unit = compiled.park.points[value]?.unit;
  if (unit === '%') return 0.01;
  if (unit === 'kWh') return 1 / capacity_kWh;
  if (unit === 'MWh') return 1000 / capacity_kWh;
  return 1;
}
