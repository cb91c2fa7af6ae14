/**
 * Where an asset's energy comes from at this moment: every source by name, and every line it passes. The step's flows
 * as a network, traced (METHODS 1); shares of primary energy, which sum to 1.
 */
import type { SourceKind } from '../park/park.ts';
import { carrierOf, directionOf } from '../units.ts';
import { allocations } from './cogeneration.ts';
import type { Network, NetworkConverter, NetworkLine, NetworkLoad, NetworkSource } from './network.ts';
import type { Compiled, CompiledNode, CompiledPort, Step } from './step.ts';
import { trace } from './trace.ts';

export interface SupplySource {
  asset: string;
  /** The port that injects; null for an unmetered source. */
  port: string | null;
  kind: SourceKind;
  share: number;
  /** null where it is unknown. */
  intensity_gPerKwh: number | null;
}

export interface Supply {
  sources: SupplySource[];
  /** Lines that any of it passes, with the fraction of what the asset takes. */
  lines: { id: string; share: number }[];
}

/** Shares below this are not told. */
const least = 1e-4;
/** kW; less is the rounding of a balance. */
const nothing_kW = 1e-9;

const name = (node: number) => `n${node}`;

/** Null where nothing is known to reach the asset, or it has no ports. */
export function supplyOf(compiled: Compiled, step: Step, asset: number): Supply | null {
  const { network, sources } = networkOf(compiled, step);
  const own = (compiled.assetPorts[asset] ?? []).map((p) => ({ p, ...(compiled.ports[p] as CompiledPort) }));
  const giver = own.find(({ p, role }) => sources.has(`p${p}`) && role !== 'discharge');
  if (giver) {
    const source = sources.get(`p${giver.p}`) as Omit<SupplySource, 'share'>;
    return { sources: [{ ...source, share: 1 }], lines: [] };
  }
  const intake = own.filter(({ port, role }) => directionOf(port) === 'in' && role !== 'export');
  const taking = intake.filter(({ p }) => (step.port_kW[p] as number) > 0);
  // One that takes nothing now: what it would take.
  const ports = (taking.length > 0 ? taking : intake.slice(0, 1)).map(({ p, node }) => ({
    node,
    kW: taking.length > 0 ? (step.port_kW[p] as number) : 1,
  }));
  const traced = trace(network).nodes;
  const shares = new Map<string, number>();
  let all = 0;
  for (const { node, kW } of ports) {
    const at = traced[name(node)];
    const primary = kW * (at?.primary_kWhPerKwh ?? 0);
    all += primary;
    for (const [id, share] of Object.entries(at?.shares ?? {})) shares.set(id, (shares.get(id) ?? 0) + primary * share);
  }
  if (!(all > 0)) return null;
  const found = [...shares].flatMap(([id, energy]) => {
    const source = sources.get(id);
    return source && energy / all >= least ? [{ ...source, share: energy / all }] : [];
  });
  return { sources: found.sort((a, b) => b.share - a.share), lines: passed(compiled, network, ports) };
}

/** The flows of a step as the network that tracing takes. What does not add up (unknown lines) is a rest of its node. */
export function networkOf(compiled: Compiled, step: Step): { network: Network; sources: Map<string, Omit<SupplySource, 'share'>> } {
  const { park, ports, nodes } = compiled;
  const described = new Map<string, Omit<SupplySource, 'share'>>();
  const sources: NetworkSource[] = [];
  const loads: NetworkLoad[] = [];
  const rest_kW = new Float64Array(nodes.length);
  const known = (gPerKwh: number | undefined) => (gPerKwh !== undefined && Number.isFinite(gPerKwh) ? gPerKwh : null);
  const give = (id: string, node: number, power_kW: number, of: Omit<SupplySource, 'share'>) => {
    described.set(id, of);
    sources.push({ id, node: name(node), power_kW, intensity_gPerKwh: of.intensity_gPerKwh });
  };
  const converters: NetworkConverter[] = [];
  const traced = new Set<number>();
  for (const { asset, inputs, products } of compiled.converters) {
    const power = (p: number) => (step.port_kW[p] as number) > 0;
    const [ins, outs] = [inputs.filter(power), products.filter(power)];
    const of = outs.map((p) => ({ carrier: carrierOf((ports[p] as CompiledPort).port), power_kW: step.port_kW[p] as number }));
    const shares = ins.length > 0 && outs.length > 0 ? allocations(of, park.cogeneration) : null;
    if (!shares) continue;
    const side = (p: number) => ({ node: name((ports[p] as CompiledPort).node), power_kW: step.port_kW[p] as number });
    for (const p of [...ins, ...outs]) traced.add(p);
    converters.push({
      id: `c${asset}`,
      inputs: ins.map(side),
      outputs: outs.map((p, j) => ({ ...side(p), allocation: shares[j] as number })),
    });
  }
  for (const [p, { asset, port, node, role, source }] of ports.entries()) {
    const kW = step.port_kW[p] as number;
    if (!(kW > 0)) continue;
    rest_kW[node] = (rest_kW[node] as number) + (directionOf(port) === 'out' ? kW : -kW);
    if (traced.has(p)) continue;
    if (directionOf(port) === 'in') {
      loads.push({ id: `p${p}`, node: name(node), power_kW: kW });
      continue;
    }
    const kind = role === 'discharge' ? 'storage' : (park.sources[source]?.sourceKind ?? 'other');
    give(`p${p}`, node, kW, {
      asset: park.assets[asset]?.id as string,
      port,
      kind,
      intensity_gPerKwh: known(step.portIntensity_gPerKwh[p]),
    });
  }
  const lines: NetworkLine[] = [];
  for (const [l, line] of park.lines.entries()) {
    const flow = step.line_kW[l] as number;
    const sent_kW = Math.abs(flow);
    if (!(sent_kW > 0)) continue;
    const [from, to] = (flow > 0 ? [compiled.lineFrom[l], compiled.lineTo[l]] : [compiled.lineTo[l], compiled.lineFrom[l]]) as [
      number,
      number,
    ];
    const received_kW = sent_kW * (1 - line.loss);
    lines.push({ id: line.id, from: name(from), to: name(to), sent_kW, received_kW });
    rest_kW[from] = (rest_kW[from] as number) - sent_kW;
    rest_kW[to] = (rest_kW[to] as number) + received_kW;
  }
  for (const [n, kW] of rest_kW.entries()) {
    const { asset } = nodes[n] as CompiledNode;
    if (kW > nothing_kW) loads.push({ id: `rest${n}`, node: name(n), power_kW: kW });
    if (kW < -nothing_kW) give(`rest${n}`, n, -kW, { asset, port: null, kind: 'unmetered', intensity_gPerKwh: null });
  }
  return { network: { losses: park.losses, nodes: nodes.map((_, n) => name(n)), sources, lines, converters, loads }, sources: described };
}

/** Upstream from where the asset takes: each node passes the question on in proportion to what flows in. */
function passed(compiled: Compiled, network: Network, ports: readonly { node: number; kW: number }[]): Supply['lines'] {
  const inflow_kW = new Map<string, number>();
  const count = (node: string, kW: number) => inflow_kW.set(node, (inflow_kW.get(node) ?? 0) + kW);
  const edges: { from: string; to: string; kW: number; line: string | null }[] = [];
  for (const { node, power_kW } of network.sources) count(node, power_kW);
  for (const { id, from, to, received_kW } of network.lines) {
    count(to, received_kW);
    edges.push({ from, to, kW: received_kW, line: id });
  }
  for (const { inputs, outputs } of network.converters ?? []) {
    const taken = inputs.reduce((sum, { power_kW }) => sum + power_kW, 0);
    for (const { node, power_kW } of outputs) {
      count(node, power_kW);
      for (const input of inputs) edges.push({ from: input.node, to: node, kW: (power_kW * input.power_kW) / taken, line: null });
    }
  }
  const into = new Map<string, typeof edges>();
  for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
  const all = ports.reduce((sum, { kW }) => sum + kW, 0);
  const shares = new Map<string, number>();
  let asking = new Map<string, number>();
  for (const { node, kW } of ports) asking.set(name(node), (asking.get(name(node)) ?? 0) + kW / all);
  // Loops shrink with every round; no path without one is longer than there are nodes.
  for (let round = 0; round < compiled.nodes.length && asking.size > 0; round++) {
    const next = new Map<string, number>();
    for (const [node, share] of asking) {
      for (const { from, kW, line } of into.get(node) ?? []) {
        const part = (share * kW) / (inflow_kW.get(node) as number);
        if (part < least) continue;
        if (line !== null) shares.set(line, (shares.get(line) ?? 0) + part);
        next.set(from, (next.get(from) ?? 0) + part);
      }
    }
    asking = next;
  }
  return [...shares].map(([id, share]) => ({ id, share })).sort((a, b) => b.share - a.share);
}
