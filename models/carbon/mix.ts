/**
 * Proportional sharing, the one equation of the twin: every node mixes perfectly what flows in.
 * Bialek, "Tracing the flow of electricity" (1996); in the form of Tranberg et al. (2019), arXiv:1812.06679:
 *
 *     x_n · inflow_n = injected_n + Σ weight_e · x_from(e)        over the edges e into n
 *
 * An edge is a line (weight = sent, or received where losses are accounted apart) or a path through a converter
 * (weight = allocation · input), so one system couples all carriers.
 */
import type { FlowGraph, FlowOrder } from './flow-order.ts';
import { addEntry, solveLinear, triplets } from './linear.ts';

/**
 * Solves for `columns` attributes at once, in place: on entry `values` (nodes × columns) is what sources inject
 * (kW × attribute), on return it is the attribute per kWh at each node. 0 where nothing flows: `reach` says which are unknown.
 * `weight` may be given instead of the graph's own for attributes that do not pass everywhere (0 where they end).
 * Returns per column what is trapped in loops that nothing leaves: all of it counts as lost on the way.
 */
export function mix(
  graph: FlowGraph,
  order: FlowOrder,
  inflow_kW: Float64Array,
  values: Float64Array,
  columns: number,
  weight: Float64Array = graph.weight,
): Float64Array {
  const { from } = graph;
  const trapped = new Float64Array(columns);
  const { firstEdge, edges, nodes, firstNode, count, component } = order;
  for (let c = 0; c < count; c++) {
    const first = firstNode[c] as number;
    const size = (firstNode[c + 1] as number) - first;
    let own = 0;
    for (let i = first; i < first + size; i++) {
      const n = nodes[i] as number;
      const base = n * columns;
      for (let at = firstEdge[n] as number; at < (firstEdge[n + 1] as number); at++) {
        const e = edges[at] as number;
        const w = weight[e] as number;
        const a = from[e] as number;
        if (component[a] === c) {
          own++;
          continue;
        }
        if (w === 0) continue;
        const other = a * columns;
        for (let k = 0; k < columns; k++) {
          values[base + k] = (values[base + k] as number) + w * (values[other + k] as number);
        }
      }
    }
    if (own > 0) {
      mixLoop(graph, order, inflow_kW, values, columns, weight, first, size, trapped);
      continue;
    }
    const n = nodes[first] as number;
    const inflow = inflow_kW[n] as number;
    for (let k = n * columns; k < (n + 1) * columns; k++) values[k] = inflow > 0 ? (values[k] as number) / inflow : 0;
  }
  return trapped;
}

/** Solves one strongly connected component as a small system. Where nothing leaves it there is no solution: values are 0. */
function mixLoop(
  graph: FlowGraph,
  order: FlowOrder,
  inflow_kW: Float64Array,
  values: Float64Array,
  columns: number,
  weight: Float64Array,
  first: number,
  size: number,
  trapped: Float64Array,
): void {
  const { firstEdge, edges, nodes, component } = order;
  const local = new Map<number, number>();
  for (let i = 0; i < size; i++) local.set(nodes[first + i] as number, i);
  const matrix = triplets(size);
  const right = new Float64Array(size * columns);
  let any = false;
  for (const [n, i] of local) {
    addEntry(matrix, i, i, inflow_kW[n] as number);
    for (let at = firstEdge[n] as number; at < (firstEdge[n + 1] as number); at++) {
      const e = edges[at] as number;
      const a = graph.from[e] as number;
      if (component[a] === component[n]) addEntry(matrix, i, local.get(a) as number, -(weight[e] as number));
    }
    for (let k = 0; k < columns; k++) {
      const y = values[n * columns + k] as number;
      right[i * columns + k] = y;
      if (y !== 0) any = true;
    }
  }
  const injected = any ? right.slice() : right;
  const solved = any && solveLinear(matrix, right, columns);
  if (any && !solved) {
    for (const [i, y] of injected.entries()) trapped[i % columns] = (trapped[i % columns] as number) + y;
  }
  for (const [n, i] of local) {
    for (let k = 0; k < columns; k++) values[n * columns + k] = solved ? (right[i * columns + k] as number) : 0;
  }
}

/** An inflow of unknown origin below this fraction is rounding of the balance. */
const negligible = 1e-6;

/**
 * Which nodes a source reaches: 1 where the mix is known, 0 where nothing flows, flow only circulates, or what flows
 * in comes from such a place. `source_kW` is what sources inject at each node.
 */
export function reach(graph: FlowGraph, order: FlowOrder, inflow_kW: Float64Array, source_kW: Float64Array): Uint8Array {
  const { firstEdge, edges, nodes, firstNode, count, component } = order;
  const known = new Uint8Array(graph.nodes);
  for (let c = 0; c < count; c++) {
    let fed = false;
    let tainted = false;
    for (let i = firstNode[c] as number; i < (firstNode[c + 1] as number); i++) {
      const n = nodes[i] as number;
      if ((source_kW[n] as number) > 0) fed = true;
      let unknown = 0;
      for (let at = firstEdge[n] as number; at < (firstEdge[n + 1] as number); at++) {
        const e = edges[at] as number;
        const a = graph.from[e] as number;
        if (component[a] === c) continue;
        if (known[a] === 1) fed = true;
        else unknown += graph.weight[e] as number;
      }
      if (unknown > negligible * (inflow_kW[n] as number)) tainted = true;
    }
    if (!fed || tainted) continue;
    for (let i = firstNode[c] as number; i < (firstNode[c + 1] as number); i++) {
      const n = nodes[i] as number;
      if ((inflow_kW[n] as number) > 0) known[n] = 1;
    }
  }
  return known;
}
