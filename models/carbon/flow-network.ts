/**
 * The flows of a step as one network of indices, as tracing used it: edges along lines and through plants, what sources put
 * in and what loads take out. What does not add up becomes an unmetered rest of its node, so every node balances.
 */

import { type SourceKind, sourceKinds } from '../energy-sources.ts';
import type { PortRole } from '../kinds/roles.ts';
import { localHour } from '../time/local-hour.ts';
import { f64 } from '../typed-arrays.ts';
import { carrierOf, directionOf } from '../units.ts';
import { allocations } from './cogeneration.ts';
import { unmeteredFactor } from './factors.ts';
import { type FlowGraph, type FlowOrder, flowOrder } from './flow-order.ts';
import type { Compiled, CompiledNode, CompiledPort, Step } from './step.ts';

export interface FlowSource {
  /** −1: an unmetered source. */
  port: number;
  node: number;
  /** Id of the asset it stands at. */
  asset: string;
  kind: SourceKind;
  kW: number;
  /** NaN where it is unknown. */
  gPerKwh: number;
}

export interface FlowLoad {
  /** −1: an unmetered rest. */
  port: number;
  node: number;
  asset: string;
  role: PortRole | 'unmetered';
  kW: number;
}

/** Edges carry `weight` kW in the direction of flow (METHODS 1: sent, or received where losses are separate). */
export interface FlowNetwork {
  graph: FlowGraph;
  order: FlowOrder;
  /** The same graph with every edge reversed, for following the flow upstream. */
  back: FlowGraph;
  backOrder: FlowOrder;
  /** Index of each edge's line, or −1. */
  line: Int32Array;
  /** Asset index of the plant that each edge goes through, or −1. */
  plant: Int32Array;
  /** 1 for lines (by index) whose flow is unknown. */
  assumed: Uint8Array;
  inflow_kW: Float64Array;
  sources: FlowSource[];
  loads: FlowLoad[];
}

/** kW; a smaller rest is rounding of the balance. */
const nothing_kW = 1e-9;

const made = new WeakMap<Step, FlowNetwork>();

/** Made once per step and shared by all requests about the same moment. */
export function flowNetworkOf(compiled: Compiled, step: Step): FlowNetwork {
  let network = made.get(step);
  if (!network) {
    network = build(compiled, step);
    made.set(step, network);
  }
  return network;
}

interface Edge {
  from: number;
  to: number;
  kW: number;
  line: number;
  plant: number;
}

function build(compiled: Compiled, step: Step): FlowNetwork {
  const { park, ports, nodes } = compiled;
  const edges: Edge[] = [];
  const rest_kW = new Float64Array(nodes.length);
  const inflow_kW = new Float64Array(nodes.length);
  const through = plants(compiled, step, edges);
  const sources: FlowSource[] = [];
  const loads: FlowLoad[] = [];
  for (const [p, { asset, port, node, role, source }] of ports.entries()) {
    const kW = f64(step.port_kW, p);
    if (!(kW > 0)) continue;
    const gives = directionOf(port) === 'out';
    add(rest_kW, node, gives ? kW : -kW);
    if (gives) add(inflow_kW, node, kW);
    if (through.has(p)) continue;
    const id = park.assets[asset]?.id as string;
    if (!gives) {
      loads.push({ port: p, node, asset: id, role, kW });
      continue;
    }
    const kind = role === 'discharge' ? 'storage' : (park.sources[source]?.sourceKind ?? 'other');
    sources.push({ port: p, node, asset: id, kind, kW, gPerKwh: f64(step.portIntensity_gPerKwh, p) });
  }
  const lossless = park.losses === 'toLoad';
  for (const [l, { loss }] of park.lines.entries()) {
    const flow = f64(step.tracedLine_kW, l);
    const sent = Math.abs(flow);
    if (!(sent > 0)) continue;
    const from = (flow > 0 ? compiled.lineFrom[l] : compiled.lineTo[l]) as number;
    const to = (flow > 0 ? compiled.lineTo[l] : compiled.lineFrom[l]) as number;
    const received = sent * (1 - loss);
    add(rest_kW, from, -sent);
    add(rest_kW, to, received);
    add(inflow_kW, to, received);
    edges.push({ from, to, kW: lossless ? sent : received, line: l, plant: -1 });
  }
  const hour = localHour(park.timeZone, step.time);
  for (const [n, kW] of rest_kW.entries()) {
    const { asset, carrier } = nodes[n] as CompiledNode;
    if (kW > nothing_kW) loads.push({ port: -1, node: n, asset, role: 'unmetered', kW });
    if (!(kW < -nothing_kW)) continue;
    const { gPerKwh } = unmeteredFactor(park, carrier, hour);
    sources.push({ port: -1, node: n, asset, kind: 'unmetered', kW: -kW, gPerKwh });
    add(inflow_kW, n, -kW);
  }
  // An edge to a node that receives nothing (a line that loses everything) passes nothing on: its energy is lost.
  const weight = Float64Array.from(edges, ({ to, kW }) => (f64(inflow_kW, to) > 0 ? kW : 0));
  const from = Int32Array.from(edges, (edge) => edge.from);
  const to = Int32Array.from(edges, (edge) => edge.to);
  const graph = { nodes: nodes.length, from, to, weight };
  const back = { nodes: nodes.length, from: to, to: from, weight };
  return {
    graph,
    order: flowOrder(graph),
    back,
    backOrder: flowOrder(back),
    assumed: Uint8Array.from(step.line_kW, (kW) => (Number.isNaN(kW) ? 1 : 0)),
    line: Int32Array.from(edges, ({ line }) => line),
    plant: Int32Array.from(edges, ({ plant }) => plant),
    inflow_kW,
    sources,
    loads,
  };
}

/** Adds the edges through plants and returns their ports: a plant's products carry its inputs by allocation (METHODS 4). */
function plants(compiled: Compiled, step: Step, edges: Edge[]): Set<number> {
  const through = new Set<number>();
  const flows = (p: number) => f64(step.port_kW, p) > 0;
  const nodeOf = (p: number) => (compiled.ports[p] as CompiledPort).node;
  for (const { asset, inputs, products } of compiled.converters) {
    const [ins, outs] = [inputs.filter(flows), products.filter(flows)];
    if (ins.length === 0 || outs.length === 0) continue;
    const given = outs.map((p) => ({ carrier: carrierOf((compiled.ports[p] as CompiledPort).port), power_kW: f64(step.port_kW, p) }));
    const shares = allocations(given, compiled.park.cogeneration);
    if (!shares) continue;
    for (const p of [...ins, ...outs]) through.add(p);
    for (const i of ins) {
      for (const [j, o] of outs.entries()) {
        const kW = (shares[j] as number) * f64(step.port_kW, i);
        edges.push({ from: nodeOf(i), to: nodeOf(o), kW, line: -1, plant: asset });
      }
    }
  }
  return through;
}

/** What a storage holds, by source kind, largest first; what it gives has the same mix. */
export function heldBy(step: Step, asset: number): { kind: SourceKind; share: number }[] {
  const first = asset * sourceKinds.length;
  return sourceKinds
    .map((kind, k) => ({ kind, share: f64(step.assetShares, first + k) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

function add(values: Float64Array, at: number, value: number): void {
  values[at] = f64(values, at) + value;
}
