/** The order in which a network of flows can be solved: upstream nodes first, each loop as one unit. */

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
      const v = path[depth] as number;
      const at = cursor[v] as number;
      if (at < (firstEdge[v + 1] as number)) {
        cursor[v] = at + 1;
        const w = graph.from[edges[at] as number] as number;
        if (index[w] === -1) {
          index[w] = low[w] = next++;
          open[opened++] = w;
          path[++depth] = w;
        } else if (component[w] === -1 && (index[w] as number) < (low[v] as number)) {
          low[v] = index[w] as number;
        }
        continue;
      }
      depth--;
      if (depth >= 0) {
        const parent = path[depth] as number;
        if ((low[v] as number) < (low[parent] as number)) low[parent] = low[v] as number;
      }
      if (low[v] !== index[v]) continue;
      firstNode[count] = placed;
      for (let w = -1; w !== v; ) {
        w = open[--opened] as number;
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
    if (!((graph.weight[e] as number) > 0)) continue;
    const to = graph.to[e] as number;
    firstEdge[to + 1] = (firstEdge[to + 1] as number) + 1;
    used++;
  }
  for (let i = 0; i < n; i++) firstEdge[i + 1] = (firstEdge[i + 1] as number) + (firstEdge[i] as number);
  const cursor = firstEdge.slice();
  const edges = new Int32Array(used);
  for (let e = 0; e < graph.weight.length; e++) {
    if (!((graph.weight[e] as number) > 0)) continue;
    const to = graph.to[e] as number;
    edges[cursor[to] as number] = e;
    cursor[to] = (cursor[to] as number) + 1;
  }
  return { firstEdge, edges };
}
