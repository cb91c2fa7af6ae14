/** What an asset's intensity means (METHODS 1): what an end use takes, what a plant gives, what a storage holds. */
import { type AssetKind, sourceKinds } from '../park/park.ts';
import { carrierOf, directionOf } from '../units.ts';
import { type Mixture, mixer, nodeMixture, outputMixture, storedMixture } from './mixture.ts';
import { carbonOf, type PortResults } from './port-results.ts';
import type { CompiledPort, Step } from './step.ts';
import { isBurnt, type Traced } from './traced.ts';

type AssetResults = Pick<
  Step,
  'assetIntensity_gPerKwh' | 'assetAttributed_kgPerH' | 'assetStack_kgPerH' | 'assetEstimatedShare' | 'assetShares'
>;

/** Which of its faces an asset shows in the scene. */
export type Face = 'endUse' | 'output' | 'storage' | 'node' | 'none';

const generators: ReadonlySet<AssetKind> = new Set(['pv', 'wind', 'gridConnection', 'gasConnection']);

export function faceOf(t: Pick<Traced, 'compiled'>, asset: number): Face {
  const { compiled } = t;
  const kind = compiled.park.assets[asset]?.kind as AssetKind;
  const roles = (compiled.assetPorts[asset] ?? []).map((p) => compiled.ports[p]?.role);
  if ((compiled.assetStore[asset] as number) >= 0) return 'storage';
  const gives = roles.some((role) => role === 'import' || role === 'generation' || role === 'product');
  if (gives && (generators.has(kind) || (compiled.assetConverter[asset] as number) >= 0)) return 'output';
  if (roles.includes('load')) return 'endUse';
  if (gives) return 'output';
  return kind === 'substation' || roles.length > 0 ? 'node' : 'none';
}

export function assetResults(t: Traced, ports: PortResults): AssetResults {
  const { compiled } = t;
  const count = compiled.park.assets.length;
  const results: AssetResults = {
    assetIntensity_gPerKwh: new Float64Array(count).fill(Number.NaN),
    assetAttributed_kgPerH: new Float64Array(count).fill(Number.NaN),
    assetStack_kgPerH: new Float64Array(count).fill(Number.NaN),
    assetEstimatedShare: new Float64Array(count).fill(Number.NaN),
    assetShares: new Float64Array(count * sourceKinds.length).fill(Number.NaN),
  };
  for (let a = 0; a < count; a++) {
    const mixture = mixtureOf(t, ports, a, faceOf(t, a));
    if (mixture) {
      results.assetIntensity_gPerKwh[a] = mixture.gPerKwh;
      results.assetEstimatedShare[a] = mixture.estimated;
      results.assetShares.set(mixture.shares, a * sourceKinds.length);
    }
    const own = compiled.assetPorts[a] ?? [];
    const loads = own.filter((p) => compiled.ports[p]?.role === 'load');
    if (loads.length > 0) results.assetAttributed_kgPerH[a] = carbonOf(t, ports, loads);
    if ((compiled.assetConverter[a] as number) >= 0) results.assetStack_kgPerH[a] = stackOf(t, ports, a);
  }
  return results;
}

function stackOf(t: Traced, ports: PortResults, asset: number): number {
  const { compiled } = t;
  let kg = 0;
  for (const p of compiled.converters[compiled.assetConverter[asset] as number]?.inputs ?? []) {
    const { node, port } = compiled.ports[p] as CompiledPort;
    const kW = t.balance.port_kW[p] as number;
    if (!isBurnt(carrierOf(port)) || kW === 0) continue;
    const factorKnown = Number.isFinite(ports.portIntensity_gPerKwh[p]);
    kg += factorKnown ? (kW * (t.fuel[node] as number)) / 1000 : Number.NaN;
  }
  return kg;
}

function mixtureOf(t: Traced, ports: PortResults, asset: number, face: Face): Mixture | null {
  const { compiled, balance } = t;
  const own = compiled.assetPorts[asset] ?? [];
  const port = (p: number) => compiled.ports[p] as CompiledPort;
  if (face === 'none') return null;
  if (face === 'storage') return storedMixture(t, asset);
  if (face === 'node') return nodeMixture(t, ports, nodeOf(t, asset));

  const mixed = mixer();
  if (face === 'endUse') {
    const loads = own.filter((p) => port(p).role === 'load');
    for (const p of loads) {
      const kW = balance.port_kW[p] as number;
      const at = nodeMixture(t, ports, port(p).node);
      if (!(kW > 0) || !at) continue;
      const estimated = Math.max(t.portEstimated[p] as number, at.estimated);
      mixed.add(kW, at.gPerKwh, at.shares, at.primary, estimated);
    }
    // Takes nothing now: what it would take.
    const electric = loads.find((p) => port(p).port === 'electricity.in') ?? loads[0];
    return mixed.result() ?? (electric === undefined ? null : nodeMixture(t, ports, port(electric).node));
  }

  const outs = own.filter((p) => directionOf(port(p).port) === 'out');
  for (const p of outs) {
    const kW = balance.port_kW[p] as number;
    const of = outputMixture(t, ports, p);
    if (kW > 0 && of) mixed.add(kW, of.gPerKwh, of.shares, 1, of.estimated);
  }
  const first = outs[0];
  return mixed.result() ?? (first === undefined ? null : outputMixture(t, ports, first));
}

/** The node an asset without a use of its own stands for: its electricity, else any. */
function nodeOf(t: Traced, asset: number): number {
  const { compiled } = t;
  const id = compiled.park.assets[asset]?.id;
  const electric = compiled.nodeIndex.get(`${id}/electricity`);
  return electric ?? compiled.nodes.findIndex((node) => node.asset === id);
}
