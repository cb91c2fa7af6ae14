/**
 * One step over them all: what is known of a moment (or of an interval's means) → flows that balance → carbon.
 * Live and ledger use this same function on different information. Pure: the same inputs, the same step.
 */
import { assetResults } from './asset-results.ts';
import { type Balance, balance } from './balance.ts';
import { fillConversions } from './convert.ts';
import { portResults } from './port-results.ts';
import type { Compiled, Inputs, Step } from './step.ts';
import { totalsOf } from './totals.ts';
import { traceBalance } from './traced.ts';

export { identityGap } from './totals.ts';

/** Throws only where inputs do not fit the compiled park (another length, a storage without a level). */
export function account(compiled: Compiled, inputs: Inputs): Step {
  const { ports, lineFrom, lineTo } = compiled;
  if (inputs.port_kW.length !== ports.length || inputs.line_kW.length !== lineFrom.length) {
    throw new Error('the inputs are of another park');
  }
  const filled = fillConversions(compiled, inputs);
  const balanced = balance(compiled, {
    port_kW: filled.port_kW,
    portSigma_kW: filled.portSigma_kW,
    line_kW: inputs.line_kW,
    lineSigma_kW: inputs.lineSigma_kW,
  });
  const portEstimated = estimatedOf(compiled, inputs, filled.converted, balanced);
  const traced = traceBalance(compiled, inputs, balanced, portEstimated);
  const perPort = portResults(traced);
  const { totals, parkShares } = totalsOf(traced, perPort);

  const lineIntensity_gPerKwh = Float64Array.from(balanced.line_kW, (kW, l) => {
    if (kW === 0 || balanced.lineUnknown[l] === 1) return Number.NaN;
    return perPort.nodeIntensity_gPerKwh[(kW > 0 ? lineFrom[l] : lineTo[l]) as number] as number;
  });
  return {
    time: inputs.time,
    port_kW: balanced.port_kW,
    portHow: balanced.portHow.map((how, p) => (how < 2 && filled.converted[p] === 1 ? 2 : how)),
    line_kW: balanced.line_kW.map((kW, l) => (balanced.lineUnknown[l] === 1 ? Number.NaN : kW)),
    lineIntensity_gPerKwh,
    lineModelled: balanced.lineModelled,
    ...perPort,
    ...assetResults(traced, perPort),
    slacks: balanced.slacks,
    totals,
    parkShares,
  };
}

/**
 * Estimated fraction of each port's value: as its point says, wholly where a conversion made it up, and where balance
 * derived it the fraction of the zone's energy that is estimated.
 */
function estimatedOf(compiled: Compiled, inputs: Inputs, converted: Uint8Array, balanced: Balance): Float64Array {
  const { zoneOfNode, portHow, port_kW } = balanced;
  const energy = new Map<number, number>();
  const estimated = new Map<number, number>();
  const given = Float64Array.from(compiled.ports, (_, p) => (converted[p] === 1 || inputs.portEstimated[p] === 1 ? 1 : 0));
  const count = (sums: Map<number, number>, zone: number, kW: number) => sums.set(zone, (sums.get(zone) ?? 0) + kW);
  for (const [p, port] of compiled.ports.entries()) {
    const kW = port_kW[p] as number;
    if ((portHow[p] as number) >= 2 || !(kW > 0)) continue;
    const zone = zoneOfNode[port.node] as number;
    count(energy, zone, kW);
    count(estimated, zone, kW * (given[p] as number));
  }
  return given.map((share, p) => {
    if (portHow[p] === 3) return 1;
    if (portHow[p] !== 2) return share;
    const zone = zoneOfNode[compiled.ports[p]?.node as number] as number;
    const all = energy.get(zone);
    return all === undefined ? share : (estimated.get(zone) as number) / all;
  });
}
