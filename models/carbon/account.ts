/**
 * One accounting step: from what is known of a moment (or the means of an interval) to flows that balance, then to carbon.
 * Live and ledger use this same function on different information. Pure: the same inputs give the same step.
 */

import { f64, i32, u8 } from '../typed-arrays.ts';
import { assetResults } from './asset-results.ts';
import { type Balance, balance } from './balance.ts';
import { arraysOf } from './compiled-arrays.ts';
import { fillConversions } from './convert.ts';
import { portResults } from './port-results.ts';
import type { Compiled, Inputs, Step } from './step.ts';
import { totalsOf } from './totals.ts';
import { traceBalance } from './traced.ts';

export { identityGap } from './totals.ts';

/** Throws only where inputs do not fit the compiled park (another length, a storage without a level). */
export function account(compiled: Compiled, inputs: Inputs): Step {
  const { ports, lineFrom } = compiled;
  if (inputs.port_kW.length !== ports.length || inputs.line_kW.length !== lineFrom.length) {
    throw new Error('the inputs are of another park');
  }
  const { port_kW, portSigma_kW, converted } = fillConversions(compiled, inputs);
  const balanced = balance(compiled, { port_kW, portSigma_kW, line_kW: inputs.line_kW, lineSigma_kW: inputs.lineSigma_kW });
  const portEstimated = estimatedOf(compiled, inputs, converted, balanced);
  const traced = traceBalance(compiled, inputs, balanced, portEstimated);
  const perPort = portResults(traced);
  const { totals, parkShares } = totalsOf(traced, perPort);
  return {
    time: inputs.time,
    port_kW: balanced.port_kW,
    portHow: howOf(balanced, converted),
    ...lineResults(compiled, balanced, perPort.nodeIntensity_gPerKwh),
    ...perPort,
    ...assetResults(traced, perPort),
    slacks: balanced.slacks,
    totals,
    parkShares,
  };
}

/** Marks values computed by a conversion as derived (2), unless the balance already marked them derived or unknown. */
function howOf({ portHow }: Balance, converted: Uint8Array): Uint8Array {
  const how = portHow.slice();
  for (let p = 0; p < how.length; p++) if (converted[p] === 1 && u8(how, p) < 2) how[p] = 2;
  return how;
}

function lineResults(
  { lineFrom, lineTo }: Compiled,
  { line_kW: flow_kW, lineUnknown, lineModelled }: Balance,
  nodeIntensity: Float64Array,
): Pick<Step, 'line_kW' | 'lineIntensity_gPerKwh' | 'tracedLine_kW' | 'lineModelled'> {
  const line_kW = new Float64Array(flow_kW.length).fill(Number.NaN);
  const lineIntensity_gPerKwh = new Float64Array(flow_kW.length).fill(Number.NaN);
  for (let l = 0; l < flow_kW.length; l++) {
    if (lineUnknown[l] === 1) continue;
    const kW = f64(flow_kW, l);
    line_kW[l] = kW;
    if (kW !== 0) lineIntensity_gPerKwh[l] = f64(nodeIntensity, (kW > 0 ? lineFrom[l] : lineTo[l]) as number);
  }
  return { line_kW, lineIntensity_gPerKwh, tracedLine_kW: flow_kW, lineModelled };
}

/**
 * Estimated fraction of each port's value: 0 or 1 as its point says, 1 where a conversion computed the value, and for a value
 * derived by the balance the fraction of the zone's energy that is estimated.
 */
function estimatedOf(compiled: Compiled, inputs: Inputs, converted: Uint8Array, balanced: Balance): Float64Array {
  const { zoneOfNode, portHow, port_kW } = balanced;
  const { portNode } = arraysOf(compiled);
  const share = new Float64Array(portHow.length);
  const energy = new Float64Array(compiled.nodes.length);
  const estimated = new Float64Array(compiled.nodes.length);
  for (let p = 0; p < share.length; p++) {
    const said = converted[p] === 1 || inputs.portEstimated[p] === 1 ? 1 : 0;
    share[p] = said;
    const kW = f64(port_kW, p);
    if (u8(portHow, p) >= 2 || !(kW > 0)) continue;
    const zone = i32(zoneOfNode, i32(portNode, p));
    energy[zone] = f64(energy, zone) + kW;
    estimated[zone] = f64(estimated, zone) + kW * said;
  }
  for (let p = 0; p < share.length; p++) {
    if (portHow[p] === 3) share[p] = 1;
    if (portHow[p] !== 2) continue;
    const zone = i32(zoneOfNode, i32(portNode, p));
    if (f64(energy, zone) > 0) share[p] = f64(estimated, zone) / f64(energy, zone);
  }
  return share;
}
