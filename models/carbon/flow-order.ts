/** The order in which a network of flows can be solved: upstream nodes first, each loop as one unit. */

import { f64, i32 } from '../typed-arrays.ts';

/** Directed flows: edge e carries `weight[e]` (kW ≥ 0) from node `from[e]` into node `to[e]`. */
export interface FlowGraph {
  nodes: number;
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
}

export interface FlowOrder {
  /** Incoming edges of node n: edges[firstEdge[n]] … edges[firstEdge[n + 1] − 1]; edges without flow are left out. */
  firstEdge: Int32Array;
  edges: Int32Array;
  /** Nodes by strongly connected component, upstream components first. */
  nodes: Int32Array;
  /** Component c is nodes[firstNode[c]] … nodes[firstNode[c + 1] − 1]. Length count + 1. */
  firstNode: Int32Array;
  count: number;
  /** Component of each node. */
  component: Int32Array;
}

/**
 * Strongly connected components (Tarjan 1972, without recursion) in topological order. The walk follows edges
 * backwards, so a component is finished after everything upstream of it. Linear in nodes + edges.
 */
export function flowOrder(graph: FlowGraph): FlowOrder {
  const n = graph.nodes;
  const { firstEdge, edges } = incoming(graph);
  const component = new Int32Array(n).fill(-1);
  const nodes = new Int32Array(n);
  const firstNode = new Int32Array(n + 1);
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const cursor = firstEdge.slice(0, n);
  const open = new Int32Array(n);
  const path = new Int32Array(n);
  let opened = 0;
  let next = 0;
  let placed = 0;
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (index[root] !== -1) continue;
    let depth = 0;
    path[0] = root;
    index[root] = low[root] = next++;
    open[opened++] = root;
    while (depth >= 0) {
      const v = i32(path, depth);
      const at = i32(cursor, v);
      if (at < i32(firstEdge, v + 1)) {
        cursor[v] = at + 1;
        const w = i32(graph.from, i32(edges, at));
        if (index[w] === -1) {
          index[w] = low[w] = next++;
          open[opened++] = w;
          path[++depth] = w;
        } else if (component[w] === -1 && i32(index, w) < i32(low, v)) {
          low[v] = i32(index, w);
        }
        continue;
      }
      depth--;
      if (depth >= 0) {
        const parent = i32(path, depth);
        if (i32(low, v) < i32(low, parent)) low[parent] = i32(low, v);
      }
      if (low[v] !== index[v]) continue;
      firstNode[count] = placed;
      for (let w = -1; w !== v; ) {
        w = i32(open, --opened);
        component[w] = count;
        nodes[placed++] = w;
      }
      count++;
    }
  }
  firstNode[count] = placed;
  return { firstEdge, edges, nodes, firstNode, count, component };
}

function incoming(graph: FlowGraph): {
  firstEdge: Int32Array;
  edges: Int32Array;
} {
  const n = graph.nodes;
  const firstEdge = new Int32Array(n + 1);
  let used = 0;
  for (let e = 0; e < graph.weight.length; e++) {
    if (!(f64(graph.weight, e) > 0)) continue;
    const to = i32(graph.to, e);
    firstEdge[to + 1] = i32(firstEdge, to + 1) + 1;
    used++;
  }
  for (let i = 0; i < n; i++) firstEdge[i + 1] = i32(firstEdge, i + 1) + i32(firstEdge, i);
  const cursor = firstEdge.slice();
  const edges = new Int32Array(used);
  for (let e = 0; e < graph.weight.length; e++) {
    if (!(f64(graph.weight, e) > 0)) continue;
    const to = i32(graph.to, e);
    edges[i32(cursor, to)] = e;
    cursor[to] = i32(cursor, to) + 1;
  }
  return { firstEdge, edges };
}
