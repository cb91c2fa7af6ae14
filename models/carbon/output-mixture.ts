/** The mixture that one output gives, or would give where it gives nothing now. */
import { addMixture, clearMixer, type Mixer, type Mixture, meanOf, nodeMixture } from './mixture.ts';
import type { PortResults } from './port-results.ts';
import type { Traced } from './traced.ts';

/** Returns false where it is unknown. `sum` is a working object. Values are per kWh given, so `primary` is 1. */
export function outputMixture(t: Traced, ports: PortResults, p: number, sum: Mixer, into: Mixture): boolean {
  const { compiled, balance, arrays } = t;
  const own = t.portEstimated[p] as number;
  if (t.isSource[p] === 1) {
    into.shares.fill(0);
    into.shares[t.sources.kind[p] as number] = 1;
    into.estimated = t.sources.estimated[p] === 1 ? 1 : own;
  } else {
    const converter = compiled.converters[compiled.assetConverter[arrays.portAsset[p] as number] as number];
    if (!converter) return false;
    clearMixer(sum);
    for (const i of converter.inputs) {
      const flowing = balance.port_kW[i] as number;
      const kW = flowing > 0 ? flowing : (arrays.coefficient[i] as number);
      if (!(kW > 0) || !nodeMixture(t, ports, arrays.portNode[i] as number, into)) continue;
      into.estimated = Math.max(t.portEstimated[i] as number, into.estimated);
      addMixture(sum, kW, into);
    }
    if (!meanOf(sum, into)) return false;
    into.estimated = Math.max(own, into.estimated);
  }
  into.gPerKwh = ports.portIntensity_gPerKwh[p] as number;
  into.primary = 1;
  return true;
}
