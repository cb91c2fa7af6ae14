/** Computes a plant's unknown ports from its known ones, by its conversion (an energy hub: Geidl & Andersson 2007). */

import { f64 } from '../typed-arrays.ts';
import { arraysOf } from './compiled-arrays.ts';
import type { Compiled, Inputs } from './step.ts';

export interface Converted {
  port_kW: Float64Array;
  portSigma_kW: Float64Array;
  /** 1 where the value was computed here. */
  converted: Uint8Array;
}

/** Relative standard uncertainty of the coefficients of real plants. Our own assumption. */
const modelSigma = 0.05;

/** Fills unknown ports of plants that state a conversion and have at least one known port. `inputs` is not changed. */
export function fillConversions(compiled: Compiled, inputs: Inputs): Converted {
  const { coefficient } = arraysOf(compiled);
  const filled: Converted = {
    port_kW: inputs.port_kW.slice(),
    portSigma_kW: inputs.portSigma_kW.slice(),
    converted: new Uint8Array(inputs.port_kW.length),
  };
  for (const { inputs: taken, products } of compiled.converters) {
    const known_kW = knownSum(taken, inputs, coefficient, inputs.port_kW) + knownSum(products, inputs, coefficient, inputs.port_kW);
    const perActivity = knownSum(taken, inputs, coefficient, coefficient) + knownSum(products, inputs, coefficient, coefficient);
    if (perActivity === 0) continue;
    const activity = known_kW / perActivity;
    fill(taken, inputs, coefficient, activity, filled);
    fill(products, inputs, coefficient, activity, filled);
  }
  return filled;
}

/** Σ of `what` over the ports that are known and have a coefficient. */
function knownSum(ports: readonly number[], { port_kW }: Inputs, coefficient: Float64Array, what: Float64Array): number {
  let sum = 0;
  for (const p of ports) {
    if (!Number.isNaN(coefficient[p]) && f64(port_kW, p) >= 0) sum += f64(what, p);
  }
  return sum;
}

function fill(ports: readonly number[], { port_kW }: Inputs, coefficient: Float64Array, activity: number, into: Converted): void {
  for (const p of ports) {
    const perActivity = f64(coefficient, p);
    if (Number.isNaN(perActivity) || f64(port_kW, p) >= 0) continue;
    into.port_kW[p] = perActivity * activity;
    into.portSigma_kW[p] = modelSigma * perActivity * activity;
    into.converted[p] = 1;
  }
}
