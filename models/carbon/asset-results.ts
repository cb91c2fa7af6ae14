/** Results by asset. An asset's intensity describes what an end use takes, a plant gives or a storage holds (METHODS 1). */
import { sourceKinds } from '../energy-sources.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { type Meant, meantOf } from './asset-meaning.ts';
import { addMixture, clearMixer, type Mixer, type Mixture, meanOf, mixer, mixture, nodeMixture, storedMixture } from './mixture.ts';
import { outputMixture } from './output-mixture.ts';
import { carbonOf, type PortResults } from './port-results.ts';
import type { Step } from './step.ts';
import { releasedShare, type Traced } from './traced.ts';

type AssetResults = Pick<
  Step,
  'assetIntensity_gPerKwh' | 'assetAttributed_kgPerH' | 'assetStack_kgPerH' | 'assetEstimatedShare' | 'assetShares'
>;

const kinds = sourceKinds.length;

/** Working objects, made once and used for all assets: sums over an asset's ports, sums over a plant's inputs, one port. */
interface Room {
  sum: Mixer;
  inputs: Mixer;
  one: Mixture;
}

export function assetResults(t: Traced, ports: PortResults): AssetResults {
  const { compiled } = t;
  const assets = meantOf(compiled);
  const results: AssetResults = {
    assetIntensity_gPerKwh: new Float64Array(assets.length).fill(Number.NaN),
    assetAttributed_kgPerH: new Float64Array(assets.length).fill(Number.NaN),
    assetStack_kgPerH: new Float64Array(assets.length).fill(Number.NaN),
    assetEstimatedShare: new Float64Array(assets.length).fill(Number.NaN),
    assetShares: new Float64Array(assets.length * kinds).fill(Number.NaN),
  };
  const room: Room = { sum: mixer(), inputs: mixer(), one: mixture() };
  const shown = mixture();
  for (let a = 0; a < assets.length; a++) {
    const meant = assets[a] as Meant;
    if (mixtureOf(t, ports, meant, i32(compiled.assetStore, a), room, shown)) {
      results.assetIntensity_gPerKwh[a] = shown.gPerKwh;
      results.assetEstimatedShare[a] = shown.estimated;
      for (let k = 0; k < kinds; k++) results.assetShares[a * kinds + k] = f64(shown.shares, k);
    }
    if (meant.loads.length > 0) results.assetAttributed_kgPerH[a] = carbonOf(t, ports, meant.loads);
  }
  for (const [c, { asset, inputs }] of compiled.converters.entries()) {
    results.assetStack_kgPerH[asset] = releasedShare(t, c) * stackOf(t, ports, inputs);
  }
  return results;
}

/** Carbon in the fuel that a plant takes, kg/h. */
function stackOf(t: Traced, ports: PortResults, inputs: readonly number[]): number {
  const { portNode, nodeBurnt } = t.arrays;
  let kg = 0;
  for (const p of inputs) {
    const node = i32(portNode, p);
    const kW = f64(t.balance.port_kW, p);
    if (nodeBurnt[node] === 0 || kW === 0) continue;
    const factorKnown = Number.isFinite(ports.portIntensity_gPerKwh[p]);
    kg += factorKnown ? (kW * f64(t.fuel, 2 * node)) / 1000 : Number.NaN;
  }
  return kg;
}

/** Writes the mixture that the asset is shown by; returns false where nothing is known of it. */
function mixtureOf(t: Traced, ports: PortResults, meant: Meant, store: number, room: Room, into: Mixture): boolean {
  switch (meant.meaning) {
    case 'none':
      return false;
    case 'stored':
      return storedMixture(t, store, into);
    case 'passing':
      return nodeMixture(t, ports, meant.node, into);
    case 'consumption':
      return usedMixture(t, ports, meant, room, into);
    case 'output':
    case 'imported':
      return givenMixture(t, ports, meant, room, into);
  }
}

function usedMixture(t: Traced, ports: PortResults, { loads, main }: Meant, { sum, one }: Room, into: Mixture): boolean {
  const { portNode } = t.arrays;
  if (loads.length === 1) {
    if (!nodeMixture(t, ports, i32(portNode, main), into)) return false;
    if (f64(t.balance.port_kW, main) > 0) into.estimated = Math.max(f64(t.portEstimated, main), into.estimated);
    return true;
  }
  clearMixer(sum);
  for (const p of loads) {
    const kW = f64(t.balance.port_kW, p);
    if (!(kW > 0) || !nodeMixture(t, ports, i32(portNode, p), one)) continue;
    one.estimated = Math.max(f64(t.portEstimated, p), one.estimated);
    addMixture(sum, kW, one);
  }
  // Where the asset takes nothing now: the mix that it would take.
  return meanOf(sum, into) || (main >= 0 && nodeMixture(t, ports, i32(portNode, main), into));
}

function givenMixture(t: Traced, ports: PortResults, { outs, main }: Meant, { sum, inputs, one }: Room, into: Mixture): boolean {
  if (outs.length === 1) return outputMixture(t, ports, main, inputs, into);
  clearMixer(sum);
  for (const p of outs) {
    const kW = f64(t.balance.port_kW, p);
    if (kW > 0 && outputMixture(t, ports, p, inputs, one)) addMixture(sum, kW, one);
  }
  return meanOf(sum, into) || (main >= 0 && outputMixture(t, ports, main, inputs, into));
}
