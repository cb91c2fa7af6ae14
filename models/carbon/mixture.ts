/** Mixtures of energy: what a place, an output or a storage stands for, and means over several of them. */
import { sourceKinds } from '../park/park.ts';
import { coefficientOf } from './convert.ts';
import type { PortResults } from './port-results.ts';
import type { CompiledPort } from './step.ts';
import type { Traced } from './traced.ts';

export interface Mixture {
  gPerKwh: number;
  /** Primary kWh per kWh. */
  primary: number;
  estimated: number;
  /** By source kind. */
  shares: Float64Array;
}

/** Means over several ports. Energy by kind adds up as primary energy, so that shares stay shares. */
export function mixer() {
  const primary = new Float64Array(sourceKinds.length);
  let energy = 0;
  let carbon = 0;
  let estimated = 0;
  return {
    /** `estimated` is the part of the primary energy that is; shares may be NaN (nothing reaches the place). */
    add(kW: number, gPerKwh: number, shares: Float64Array, primaryPer_kWh: number, estimatedShare: number) {
      energy += kW;
      carbon += kW * gPerKwh;
      for (const [k, share] of shares.entries()) primary[k] = (primary[k] as number) + kW * primaryPer_kWh * share;
      estimated += kW * primaryPer_kWh * estimatedShare;
    },
    result(): Mixture | null {
      if (!(energy > 0)) return null;
      const all = primary.reduce((a, b) => a + b, 0);
      return {
        gPerKwh: carbon / energy,
        primary: all / energy,
        estimated: estimated / all,
        shares: primary.map((kWh) => kWh / all),
      };
    },
  };
}

/** What one output gives, also when it gives nothing now. */
export function outputMixture(t: Traced, ports: PortResults, p: number): Mixture | null {
  const { compiled, balance } = t;
  const gPerKwh = ports.portIntensity_gPerKwh[p] as number;
  const own = t.portEstimated[p] as number;
  const factor = t.factors[p];
  if (factor) {
    const shares = new Float64Array(sourceKinds.length);
    shares[sourceKinds.indexOf(factor.kind)] = 1;
    return { gPerKwh, primary: 1, estimated: factor.estimated ? 1 : own, shares };
  }
  const converter = compiled.converters[compiled.assetConverter[(compiled.ports[p] as CompiledPort).asset] as number];
  if (!converter) return null;
  const mixed = mixer();
  for (const i of converter.inputs) {
    const { node } = compiled.ports[i] as CompiledPort;
    const at = nodeMixture(t, ports, node);
    const flowing = balance.port_kW[i] as number;
    const kW = flowing > 0 ? flowing : (coefficientOf(compiled, i) ?? Number.NaN);
    if (!at || !(kW > 0)) continue;
    const estimated = Math.max(t.portEstimated[i] as number, at.estimated);
    mixed.add(kW, at.gPerKwh, at.shares, at.primary, estimated);
  }
  const inputs = mixed.result();
  return inputs && { ...inputs, gPerKwh, estimated: Math.max(own, inputs.estimated) };
}

/** The mix at a node; where nothing flows now (an idle charger at the end of its cable) the nearest mix on its lines. */
export function nodeMixture(t: Traced, ports: PortResults, at: number): Mixture | null {
  const node = t.standIn[at] ?? -1;
  if (node < 0) return null;
  const primary = t.primary[node] as number;
  const kinds = sourceKinds.length;
  return {
    gPerKwh: ports.nodeIntensity_gPerKwh[node] as number,
    primary,
    estimated: Math.min(1, Math.max(0, 1 - (t.measured[node] as number) / primary)),
    shares: ports.nodeShares.subarray(node * kinds, (node + 1) * kinds),
  };
}

export function storedMixture(t: Traced, asset: number): Mixture | null {
  const content = t.contents[t.compiled.assetStore[asset] as number];
  if (!content) return null;
  const byKind = Float64Array.from(sourceKinds, (kind) => content.byKind[kind] ?? 0);
  const all = byKind.reduce((a, b) => a + b, 0);
  return {
    gPerKwh: content.stored_gPerKwh,
    primary: all,
    estimated: content.estimated ? 1 : 0,
    shares: byKind.map((kWh) => (all > 0 ? kWh / all : Number.NaN)),
  };
}
