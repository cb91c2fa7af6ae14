/** Closes an interval: accounts for its mean powers, then steps the storages once (METHODS 3). */

import { sourceKinds } from '../energy-sources.ts';
import type { Storage } from '../park/park.ts';
import { f64 } from '../typed-arrays.ts';
import { directionOf } from '../units.ts';
import { account } from './account.ts';
import type { Compiled, CompiledPort, Inputs, Level, Step } from './step.ts';
import { stepLevel } from './storage.ts';

export interface ClosedInterval {
  step: Step;
  /** Inventories at its end, in the order of compiled.stores. */
  levels: Level[];
  /** Drift of each storage, kWh: metered energy beyond what it can hold (+) or beyond what it had (−). */
  residual_kWh: number[];
}

/**
 * `inputs` hold the interval's mean powers; `levels` the inventories at its start; `hours` its length.
 * A storage whose meters are unknown keeps its level.
 */
export function closeInterval(compiled: Compiled, inputs: Inputs, levels: readonly Level[], hours: number): ClosedInterval {
  const step = account(compiled, { ...inputs, levels: [...levels] });
  const residual_kWh: number[] = [];
  const after = compiled.stores.map((asset, i) => {
    const before = levels[i] as Level;
    const storage = compiled.park.assets[asset]?.storage as Storage;
    const port = (role: 'charge' | 'discharge') => compiled.assetPorts[asset]?.find((p) => compiled.ports[p]?.role === role);
    const charge = port('charge');
    const discharge = port('discharge');
    // A storage without a port on one side has no flow there.
    const charge_kW = charge === undefined ? 0 : f64(step.port_kW, charge);
    const discharge_kW = discharge === undefined ? 0 : f64(step.port_kW, discharge);
    if (Number.isNaN(charge_kW) || Number.isNaN(discharge_kW)) {
      residual_kWh.push(Number.NaN);
      return before;
    }
    const { level, residual_kWh: residual } = stepLevel(storage, before, {
      charge_kWh: charge_kW * hours,
      charge_gPerKwh: charge === undefined ? Number.NaN : f64(step.portIntensity_gPerKwh, charge),
      chargeByKind: charge === undefined ? {} : kindsAt(compiled, step, charge),
      discharge_kWh: discharge_kW * hours,
      hours,
    });
    residual_kWh.push(residual);
    return level;
  });
  return { step, levels: after, residual_kWh };
}

/** Primary kWh per kWh at a port's node, by source kind. */
function kindsAt(compiled: Compiled, step: Step, p: number): Level['byKind'] {
  const { node, port } = compiled.ports[p] as CompiledPort;
  if (directionOf(port) !== 'in') throw new Error('only what goes in has an origin in the network');
  const byKind: Level['byKind'] = {};
  for (const [k, kind] of sourceKinds.entries()) {
    const share = f64(step.nodeShares, node * sourceKinds.length + k);
    if (share > 0) byKind[kind] = share * f64(step.nodePrimary_kWhPerKwh, node);
  }
  return byKind;
}
