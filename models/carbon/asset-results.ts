/** What an asset's intensity means (METHODS 1): what an end use takes, what a plant gives, what a storage holds. */
import type { AssetKind } from '../park/park.ts';
import { sourceKinds } from '../park/park.ts';
import { carrierOf, directionOf } from '../units.ts';
import { allocations } from './cogeneration.ts';
import { coefficientOf } from './convert.ts';
import type { CompiledPort, Step } from './step.ts';
import { carbonColumn, columns, isBurnt, kindColumn, type Traced, unknownColumn } from './traced.ts';

type PortResults = Pick<Step, 'nodeIntensity_gPerKwh' | 'nodePrimary_kWhPerKwh' | 'nodeShares' | 'portIntensity_gPerKwh'>;
type AssetResults = Pick<
  Step,
  'assetIntensity_gPerKwh' | 'assetAttributed_kgPerH' | 'assetStack_kgPerH' | 'assetEstimatedShare' | 'assetShares'
>;

/** Nodes and ports, per kWh of what is there or passes. */
export function portResults(t: Traced): PortResults {
  const { compiled, known, values, primary } = t;
  const kinds = sourceKinds.length;
  const n = compiled.nodes.length;
  const nodeIntensity_gPerKwh = new Float64Array(n).fill(Number.NaN);
  const nodePrimary_kWhPerKwh = new Float64Array(n).fill(Number.NaN);
  const nodeShares = new Float64Array(n * kinds).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    if (known[i] !== 1) continue;
    const unknownFactor = (values[i * columns + unknownColumn] as number) > 0;
    if (!unknownFactor) nodeIntensity_gPerKwh[i] = values[i * columns + carbonColumn] as number;
    nodePrimary_kWhPerKwh[i] = primary[i] as number;
    for (let k = 0; k < kinds; k++) {
      nodeShares[i * kinds + k] = (values[i * columns + kindColumn + k] as number) / (primary[i] as number);
    }
  }
  const portIntensity_gPerKwh = Float64Array.from(compiled.ports, (port, p) => {
    if (directionOf(port.port) === 'in') return nodeIntensity_gPerKwh[port.node] as number;
    const store = compiled.assetStore[port.asset] as number;
    if (port.role === 'discharge') return t.contents[store]?.delivered_gPerKwh ?? Number.NaN;
    return t.factors[p]?.gPerKwh ?? productIntensity(t, p, nodeIntensity_gPerKwh);
  });
  return { nodeIntensity_gPerKwh, nodePrimary_kWhPerKwh, nodeShares, portIntensity_gPerKwh };
}

/** Of what a plant gives; where it stands still, of what it would give by its conversion. */
function productIntensity(t: Traced, p: number, nodeIntensity: Float64Array): number {
  const { compiled, balance } = t;
  const c = compiled.assetConverter[(compiled.ports[p] as CompiledPort).asset] as number;
  const converter = compiled.converters[c];
  if (!converter) return Number.NaN;
  const j = converter.products.indexOf(p);
  const running = (balance.port_kW[p] as number) > 0;
  const intensityAt = (node: number) => nodeIntensity[t.standIn[node] as number] ?? Number.NaN;
  const power = (q: number) => (running ? (balance.port_kW[q] as number) : (coefficientOf(compiled, q) ?? Number.NaN));
  const products = converter.products.map((q) => ({
    carrier: carrierOf((compiled.ports[q] as CompiledPort).port),
    power_kW: Number.isNaN(power(q)) ? 0 : power(q),
  }));
  const share = running ? t.allocation[c]?.[j] : allocations(products, compiled.park.cogeneration)?.[j];
  if (share === undefined) return Number.NaN;
  let carbon = 0;
  for (const i of converter.inputs) {
    const kW = power(i);
    if (kW > 0) carbon += kW * intensityAt((compiled.ports[i] as CompiledPort).node);
  }
  return (share * carbon) / power(p);
}

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

/** kgCO2e/h that enters through these ports; NaN where power or intensity is unknown. */
export function carbonOf(t: Traced, ports: PortResults, which: readonly number[]): number {
  let kg = 0;
  for (const p of which) {
    const kW = t.balance.port_kW[p] as number;
    if (kW !== 0) kg += (kW * (ports.portIntensity_gPerKwh[p] as number)) / 1000;
  }
  return kg;
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

interface Mixture {
  gPerKwh: number;
  /** Primary kWh per kWh. */
  primary: number;
  estimated: number;
  /** By source kind. */
  shares: Float64Array;
}

/** Means over several ports. Energy by kind adds up as primary energy, so that shares stay shares. */
function mixer() {
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

function mixtureOf(t: Traced, ports: PortResults, asset: number, face: Face): Mixture | null {
  const { compiled, balance } = t;
  const own = compiled.assetPorts[asset] ?? [];
  const port = (p: number) => compiled.ports[p] as CompiledPort;
  if (face === 'none') return null;
  if (face === 'storage') return stored(t, asset);
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

/** What one output gives, also when it gives nothing now. */
function outputMixture(t: Traced, ports: PortResults, p: number): Mixture | null {
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
function nodeMixture(t: Traced, ports: PortResults, at: number): Mixture | null {
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

function stored(t: Traced, asset: number): Mixture | null {
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

/** The node an asset without a use of its own stands for: its electricity, else any. */
function nodeOf(t: Traced, asset: number): number {
  const { compiled } = t;
  const id = compiled.park.assets[asset]?.id;
  const electric = compiled.nodeIndex.get(`${id}/electricity`);
  return electric ?? compiled.nodes.findIndex((node) => node.asset === id);
}
