/** The mixture that one output gives, or would give where it gives nothing now. */

import { f64, i32, u8 } from '../typed-arrays.ts';
import { addMixture, clearMixer, type Mixer, type Mixture, meanOf, nodeMixture } from './mixture.ts';
import type { PortResults } from './port-results.ts';
import type { Traced } from './traced.ts';

/** Returns false where it is unknown. `sum` is a working object. Values are per kWh given, so `primary` is 1. */
export function outputMixture(t: Traced, ports: PortResults, p: number, sum: Mixer, into: Mixture): boolean {
  const { compiled, balance, arrays } = t;
  const own = f64(t.portEstimated, p);
  if (t.isSource[p] === 1) {
    into.shares.fill(0);
    into.shares[u8(t.sources.kind, p)] = 1;
    into.estimated = t.sources.estimated[p] === 1 ? 1 : own;
  } else {
    const converter = compiled.converters[i32(compiled.assetConverter, i32(arrays.portAsset, p))];
    if (!converter) return false;
    clearMixer(sum);
    for (const i of converter.inputs) {
      const flowing = f64(balance.port_kW, i);
      const kW = flowing > 0 ? flowing : f64(arrays.coefficient, i);
      if (!(kW > 0) || !nodeMixture(t, ports, i32(arrays.portNode, i), into)) continue;
      into.estimated = Math.max(f64(t.portEstimated, i), into.estimated);
      addMixture(sum, kW, into);
    }
    if (!meanOf(sum, into)) return false;
    into.estimated = Math.max(own, into.estimated);
  }
  into.gPerKwh = f64(ports.portIntensity_gPerKwh, p);
  into.primary = 1;
  return true;
}
