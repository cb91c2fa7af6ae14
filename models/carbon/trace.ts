/**
 * Flow tracing of a network that is given by ids (METHODS 1): from ids and powers to the carbon and the origin of
 * every kilowatt-hour. The arithmetic is in mix.ts; this file has the checks, the ids and the sums.
 */

import { f64, i32 } from '../typed-arrays.ts';
import { type FlowGraph, flowOrder } from './flow-order.ts';
import { mix, reach } from './mix.ts';
import type { Network, NetworkLine, Trace } from './network.ts';

/** Thrown where the network cannot be traced; the message says where and what is wrong. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

/** Input must balance at every node to this fraction of its throughflow. */
const tolerance = 1e-6;
/** kW; a smaller imbalance of a node is always accepted. */
const nothing_kW = 1e-9;
/** Sources traced at once: bounds memory where a network has thousands. */
const batch = 32;

/** Throws NetworkError for unknown nodes, double ids, powers that are not numbers ≥ 0, and nodes that do not balance. */
export function trace(network: Network): Trace {
  const net = indexed(network);
  const { graph, inflow_kW, ids } = net;
  const n = ids.length;
  const order = flowOrder(graph);

  // Carbon of sources with a factor, energy of those without, energy of all.
  const sums = new Float64Array(3 * n);
  const source_kW = new Float64Array(n);
  for (const { node, power_kW, intensity_gPerKwh } of net.sources) {
    add(source_kW, node, power_kW);
    if (intensity_gPerKwh === null) add(sums, 3 * node + 1, power_kW);
    else add(sums, 3 * node, power_kW * intensity_gPerKwh);
    add(sums, 3 * node + 2, power_kW);
  }
  let in_gPerH = 0;
  for (let i = 0; i < n; i++) in_gPerH += f64(sums, 3 * i);
  const trapped = mix(graph, order, inflow_kW, sums, 3);
  const known = reach(graph, order, inflow_kW, source_kW);

  let lossAccount_gPerH = f64(trapped, 0);
  for (let e = 0; e < net.lost_kW.length; e++) {
    lossAccount_gPerH += f64(net.lost_kW, e) * f64(sums, 3 * i32(graph.from, e));
  }
  let out_gPerH = lossAccount_gPerH;
  for (const { node, power_kW } of net.loads) out_gPerH += power_kW * f64(sums, 3 * node);

  const shares = sharesBySource(net, order, sums, known);
  const nodes = ids.map((id, i) => {
    const primary = f64(sums, 3 * i + 2);
    const reached = known[i] === 1 && primary > 0;
    const unknownFactor = f64(sums, 3 * i + 1) > 0;
    const value = {
      intensity_gPerKwh: reached && !unknownFactor ? f64(sums, 3 * i) : null,
      shares: Object.fromEntries(shares[i] ?? []),
      primary_kWhPerKwh: reached ? primary : null,
    };
    return [id, value] as const;
  });
  return {
    nodes: Object.fromEntries(nodes),
    lossAccount_gPerH,
    closure_gPerH: { in: in_gPerH, out: out_gPerH },
  };
}

type Indexed = ReturnType<typeof indexed>;

/** By node the sources that contribute, with their fraction of the primary energy. */
function sharesBySource(net: Indexed, order: ReturnType<typeof flowOrder>, sums: Float64Array, known: Uint8Array) {
  const { graph, inflow_kW, ids, sources } = net;
  const n = ids.length;
  const shares = ids.map((): [string, number][] => []);
  for (let first = 0; first < sources.length; first += batch) {
    const group = sources.slice(first, first + batch);
    const values = new Float64Array(n * group.length);
    for (const [k, { node, power_kW }] of group.entries()) values[node * group.length + k] = power_kW;
    mix(graph, order, inflow_kW, values, group.length);
    for (let i = 0; i < n; i++) {
      const primary = f64(sums, 3 * i + 2);
      if (known[i] !== 1 || !(primary > 0)) continue;
      for (const [k, { id }] of group.entries()) {
        const y = f64(values, i * group.length + k);
        if (y > 0) (shares[i] as [string, number][]).push([id, y / primary]);
      }
    }
  }
  return shares;
}

/** The network with nodes as numbers, checked. `lost_kW` per edge is what ends in the loss account. */
function indexed(network: Network) {
  const { losses, nodes: ids } = network;
  if (losses !== 'toLoad' && losses !== 'separate') throw new NetworkError('losses must be "toLoad" or "separate"');
  const index = new Map<string, number>();
  for (const id of ids) {
    if (index.has(id)) throw new NetworkError(`node "${id}" is listed twice`);
    index.set(id, index.size);
  }
  const n = ids.length;
  const seen = new Set<string>();
  const once = (what: string, id: string) => {
    if (seen.has(`${what} ${id}`)) throw new NetworkError(`${what} "${id}" is listed twice`);
    seen.add(`${what} ${id}`);
  };
  const nodeOf = (place: string, id: string) => {
    const node = index.get(id);
    if (node === undefined) throw new NetworkError(`${place}: there is no node "${id}"`);
    return node;
  };
  const power = (place: string, value: number) => {
    if (!Number.isFinite(value) || value < 0) throw new NetworkError(`${place} must be a number of kW ≥ 0, not ${value}`);
    return value;
  };

  const in_kW = new Float64Array(n);
  const out_kW = new Float64Array(n);
  const from: number[] = [];
  const to: number[] = [];
  const sent: number[] = [];
  const received: number[] = [];

  const sources = network.sources.map(({ id, node, power_kW, intensity_gPerKwh }) => {
    once('source', id);
    const at = nodeOf(`source "${id}"`, node);
    if (intensity_gPerKwh !== null && !Number.isFinite(intensity_gPerKwh)) {
      throw new NetworkError(`source "${id}": intensity_gPerKwh must be a number or null, not ${intensity_gPerKwh}`);
    }
    add(in_kW, at, power(`source "${id}": power_kW`, power_kW));
    return { id, node: at, power_kW, intensity_gPerKwh };
  });
  const loads = network.loads.map(({ id, node, power_kW }) => {
    once('load', id);
    const at = nodeOf(`load "${id}"`, node);
    add(out_kW, at, power(`load "${id}": power_kW`, power_kW));
    return { node: at, power_kW };
  });
  for (const line of network.lines) {
    once('line', line.id);
    const flow = forward(line);
    const a = nodeOf(`line "${line.id}"`, flow.from);
    const b = nodeOf(`line "${line.id}"`, flow.to);
    power(`line "${line.id}": sent_kW`, flow.sent_kW);
    power(`line "${line.id}": received_kW`, flow.received_kW);
    if (flow.received_kW > flow.sent_kW * (1 + 1e-9)) {
      throw new NetworkError(`line "${line.id}" delivers ${flow.received_kW} kW, more than the ${flow.sent_kW} kW it is sent`);
    }
    add(out_kW, a, flow.sent_kW);
    add(in_kW, b, flow.received_kW);
    from.push(a);
    to.push(b);
    sent.push(flow.sent_kW);
    received.push(flow.received_kW);
  }
  for (const { id, inputs, outputs } of network.converters ?? []) {
    once('converter', id);
    let taken_kW = 0;
    for (const input of inputs) {
      const at = nodeOf(`converter "${id}", input`, input.node);
      taken_kW += power(`converter "${id}", input at "${input.node}": power_kW`, input.power_kW);
      add(out_kW, at, input.power_kW);
    }
    let given_kW = 0;
    let allocated = 0;
    for (const output of outputs) {
      const at = nodeOf(`converter "${id}", output`, output.node);
      given_kW += power(`converter "${id}", output at "${output.node}": power_kW`, output.power_kW);
      allocated += power(`converter "${id}", output at "${output.node}": allocation`, output.allocation);
      add(in_kW, at, output.power_kW);
    }
    if (Math.abs(allocated - 1) > tolerance) {
      throw new NetworkError(`converter "${id}": the allocations of its outputs sum to ${allocated}, not to 1`);
    }
    if (given_kW > 0 && taken_kW === 0) throw new NetworkError(`converter "${id}" gives ${given_kW} kW and takes nothing`);
    for (const input of inputs) {
      for (const output of outputs) {
        const share_kW = input.power_kW * (output.allocation / allocated);
        from.push(index.get(input.node) as number);
        to.push(index.get(output.node) as number);
        sent.push(share_kW);
        received.push(share_kW);
      }
    }
  }

  for (const [i, id] of ids.entries()) {
    const into = f64(in_kW, i);
    const out = f64(out_kW, i);
    if (Math.abs(into - out) > tolerance * Math.max(into, out) + nothing_kW) {
      throw new NetworkError(`node "${id}" does not balance: ${into} kW flow in, ${out} kW flow out`);
    }
  }

  // What flows into a node that passes nothing on (a line that loses all, a plant on standby) is lost as well.
  const weight = new Float64Array(from.length);
  const lost_kW = new Float64Array(from.length);
  for (let e = 0; e < from.length; e++) {
    const all = sent[e] as number;
    const arrives = f64(in_kW, to[e] as number) > 0;
    weight[e] = !arrives ? 0 : losses === 'toLoad' ? all : (received[e] as number);
    lost_kW[e] = all - f64(weight, e);
  }
  const graph: FlowGraph = {
    nodes: n,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    weight,
  };
  return { ids, graph, inflow_kW: in_kW, sources, loads, lost_kW };
}

/** A line with negative powers is reversed: what its far end sent becomes `sent`. */
function forward(line: NetworkLine): NetworkLine {
  const backwards = line.sent_kW <= 0 && line.received_kW <= 0 && line.sent_kW + line.received_kW < 0;
  if (!backwards) return line;
  return {
    ...line,
    from: line.to,
    to: line.from,
    sent_kW: -line.received_kW,
    received_kW: -line.sent_kW,
  };
}

function add(values: Float64Array, at: number, value: number): void {
  values[at] = f64(values, at) + value;
}
