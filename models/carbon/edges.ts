/** Edges of the traced network: energy goes from node to node along lines and through plants. */

import { f64, i32 } from '../typed-arrays.ts';
import { type FlowGraph, type FlowOrder, flowOrder } from './flow-order.ts';
import type { Compiled } from './step.ts';

/** Working arrays for all the edges a park can have; only the first `count` are in use. */
export interface Edges {
  count: number;
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  /** For an edge through a plant, the fraction of its input that is estimated. */
  estimated: Float64Array;
  /** 1 for edges through a plant. */
  plant: Uint8Array;
  /** Weights of an attribute that does not pass along every edge. */
  some: Float64Array;
  /** Solving order for the first `ordered` edges; null once one of them has changed its nodes. */
  order: FlowOrder | null;
  ordered: number;
}

export function edgesOf(compiled: Compiled): Edges {
  const paths = compiled.converters.reduce((sum, { inputs, products }) => sum + inputs.length * products.length, 0);
  const most = compiled.lineFrom.length + paths;
  return {
    count: 0,
    from: new Int32Array(most),
    to: new Int32Array(most),
    weight: new Float64Array(most),
    estimated: new Float64Array(most),
    plant: new Uint8Array(most),
    some: new Float64Array(most),
    order: null,
    ordered: 0,
  };
}

/** Edges that carry nothing are left out. */
export function addEdge(edges: Edges, a: number, b: number, kW: number, throughPlant: 0 | 1, estimatedShare: number): void {
  if (!(kW > 0)) return;
  const e = edges.count++;
  if (edges.from[e] !== a || edges.to[e] !== b) {
    edges.order = null;
    edges.from[e] = a;
    edges.to[e] = b;
  }
  edges.weight[e] = kW;
  edges.plant[e] = throughPlant;
  edges.estimated[e] = estimatedShare;
}

export function graphOf(edges: Edges, nodes: number): FlowGraph {
  const { count, from, to, weight } = edges;
  return { nodes, from: from.subarray(0, count), to: to.subarray(0, count), weight: weight.subarray(0, count) };
}

/** The order in which the graph is solved. It is computed again only when a flow starts, stops or turns. */
export function orderOf(edges: Edges, graph: FlowGraph): FlowOrder {
  if (edges.order === null || edges.ordered !== edges.count) edges.order = flowOrder(graph);
  edges.ordered = edges.count;
  return edges.order;
}

/** Edge weights for measured energy: through a plant passes only the part of its input that is not estimated or modelled. */
export function withoutEstimated({ count, weight, estimated, some }: Edges): Float64Array {
  for (let e = 0; e < count; e++) some[e] = f64(weight, e) * (1 - f64(estimated, e));
  return some;
}

/** Edge weights for carbon that is not burnt yet: it passes a plant only from fuel to fuel (a gasifier). `burnt` is by node. */
export function unburnt({ count, from, to, weight, plant, some }: Edges, burnt: Uint8Array): Float64Array {
  for (let e = 0; e < count; e++) {
    const stays = plant[e] === 0 || (burnt[i32(from, e)] === 1 && burnt[i32(to, e)] === 1);
    some[e] = stays ? f64(weight, e) : 0;
  }
  return some;
}
