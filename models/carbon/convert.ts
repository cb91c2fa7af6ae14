/** What a plant's known ports say about its unknown ones, by its conversion (an energy hub: Geidl & Andersson 2007). */

import { carrierOf, directionOf } from '../units.ts';
import type { Compiled, CompiledPort, Inputs } from './step.ts';

export interface Converted {
  port_kW: Float64Array;
  portSigma_kW: Float64Array;
  /** 1 where the value was computed here. */
  converted: Uint8Array;
}

/** Real plants keep to their coefficients to about this (one standard uncertainty). Assumption of ours. */
const modelSigma = 0.05;

/** Fills unknown ports of plants that state a conversion and have at least one known port. Inputs are left as they are. */
export function fillConversions(compiled: Compiled, inputs: Inputs): Converted {
  const port_kW = inputs.port_kW.slice();
  const portSigma_kW = inputs.portSigma_kW.slice();
  const converted = new Uint8Array(port_kW.length);
  for (const { asset, inputs: taken, products } of compiled.converters) {
    const all = [...taken, ...products];
    let known_kW = 0;
    let perActivity = 0;
    for (const p of all) {
      const coefficient = coefficientOf(compiled, p);
      const kW = inputs.port_kW[p] as number;
      if (coefficient === undefined || !(kW >= 0)) continue;
      known_kW += kW;
      perActivity += coefficient;
    }
    if (perActivity === 0 || compiled.park.assets[asset]?.conversion === undefined) continue;
    const activity = known_kW / perActivity;
    for (const p of all) {
      const coefficient = coefficientOf(compiled, p);
      if (coefficient === undefined || (inputs.port_kW[p] as number) >= 0) continue;
      port_kW[p] = coefficient * activity;
      portSigma_kW[p] = modelSigma * coefficient * activity;
      converted[p] = 1;
    }
  }
  return { port_kW, portSigma_kW, converted };
}

/** kW at the port per unit of the plant's activity. */
export function coefficientOf(compiled: Compiled, p: number): number | undefined {
  const { asset, port } = compiled.ports[p] as CompiledPort;
  const conversion = compiled.park.assets[asset]?.conversion;
  return (directionOf(port) === 'in' ? conversion?.inputs : conversion?.outputs)?.[carrierOf(port)];
}
