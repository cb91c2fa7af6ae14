/** What an asset's intensity means (METHODS 1): what an end use takes, what a plant gives, what a storage holds. */
import { sourceKinds } from '../park/park.ts';
import { type Facing, facings } from './face.ts';
import { addMixture, clearMixer, type Mixer, type Mixture, meanOf, mixer, mixture, nodeMixture, storedMixture } from './mixture.ts';
import { outputMixture } from './output-mixture.ts';
import { carbonOf, type PortResults } from './port-results.ts';
import type { Step } from './step.ts';
import type { Traced } from './traced.ts';

type AssetResults = Pick<
  Step,
  'assetIntensity_gPerKwh' | 'assetAttributed_kgPerH' | 'assetStack_kgPerH' | 'assetEstimatedShare' | 'assetShares'
>;

const kinds = sourceKinds.length;

/** Room to work in, made once for all assets: the sums over an asset's ports, those over a plant's inputs, one port. */
interface Room {
  sum: Mixer;
  inputs: Mixer;
  one: Mixture;
}

export function assetResults(t: Traced, ports: PortResults): AssetResults {
  const { compiled } = t;
  const assets = facings(compiled);
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
    const facing = assets[a] as Facing;
    if (mixtureOf(t, ports, facing, compiled.assetStore[a] as number, room, shown)) {
      results.assetIntensity_gPerKwh[a] = shown.gPerKwh;
      results.assetEstimatedShare[a] = shown.estimated;
      for (let k = 0; k < kinds; k++) results.assetShares[a * kinds + k] = shown.shares[k] as number;
    }
    if (facing.loads.length > 0) results.assetAttributed_kgPerH[a] = carbonOf(t, ports, facing.loads);
  }
  for (const { asset, inputs } of compiled.converters) results.assetStack_kgPerH[asset] = stackOf(t, ports, inputs);
  return results;
}

function stackOf(t: Traced, ports: PortResults, inputs: readonly number[]): number {
  const { portNode, nodeBurnt } = t.layout;
  let kg = 0;
  for (const p of inputs) {
    const node = portNode[p] as number;
    const kW = t.balance.port_kW[p] as number;
    if (nodeBurnt[node] === 0 || kW === 0) continue;
    const factorKnown = Number.isFinite(ports.portIntensity_gPerKwh[p]);
    kg += factorKnown ? (kW * (t.fuel[2 * node] as number)) / 1000 : Number.NaN;
  }
  return kg;
}

/** Writes what the asset stands for; false where nothing is known of it. */
function mixtureOf(t: Traced, ports: PortResults, facing: Facing, store: number, room: Room, into: Mixture): boolean {
  switch (facing.face) {
    case 'none':
      return false;
    case 'storage':
      return storedMixture(t, store, into);
    case 'node':
      return nodeMixture(t, ports, facing.node, into);
    case 'endUse':
      return usedMixture(t, ports, facing, room, into);
    case 'output':
      return givenMixture(t, ports, facing, room, into);
  }
}

function usedMixture(t: Traced, ports: PortResults, { loads, main }: Facing, { sum, one }: Room, into: Mixture): boolean {
  const { portNode } = t.layout;
  if (loads.length === 1) {
    if (!nodeMixture(t, ports, portNode[main] as number, into)) return false;
    if ((t.balance.port_kW[main] as number) > 0) into.estimated = Math.max(t.portEstimated[main] as number, into.estimated);
    return true;
  }
  clearMixer(sum);
  for (const p of loads) {
    const kW = t.balance.port_kW[p] as number;
    if (!(kW > 0) || !nodeMixture(t, ports, portNode[p] as number, one)) continue;
    one.estimated = Math.max(t.portEstimated[p] as number, one.estimated);
    addMixture(sum, kW, one);
  }
  // Takes nothing now: what it would take.
  return meanOf(sum, into) || (main >= 0 && nodeMixture(t, ports, portNode[main] as number, into));
}

function givenMixture(t: Traced, ports: PortResults, { outs, main }: Facing, { sum, inputs, one }: Room, into: Mixture): boolean {
  if (outs.length === 1) return outputMixture(t, ports, main, inputs, into);
  clearMixer(sum);
  for (const p of outs) {
    const kW = t.balance.port_kW[p] as number;
    if (kW > 0 && outputMixture(t, ports, p, inputs, one)) addMixture(sum, kW, one);
  }
  return meanOf(sum, into) || (main >= 0 && outputMixture(t, ports, main, inputs, into));
}
