/**
 * Proportional sharing, the one equation of the twin: every node mixes perfectly what flows in.
 * Bialek, "Tracing the flow of electricity" (1996); in the form of Tranberg et al. (2019), arXiv:1812.06679:
 *
 *     x_n · inflow_n = injected_n + Σ weight_e · x_from(e)        over the edges e into n
 *
 * An edge is a line (weight = sent, or received where losses are accounted apart) or a path through a converter
 * (weight = allocation · input), so one system couples all carriers.
 */

import { f64, i32 } from '../typed-arrays.ts';
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
    const first = i32(firstNode, c);
    const size = i32(firstNode, c + 1) - first;
    let own = 0;
    for (let i = first; i < first + size; i++) {
      const n = i32(nodes, i);
      const base = n * columns;
      for (let at = i32(firstEdge, n); at < i32(firstEdge, n + 1); at++) {
        const e = i32(edges, at);
        const w = f64(weight, e);
        const a = i32(from, e);
        if (component[a] === c) {
          own++;
          continue;
        }
        if (w === 0) continue;
        const other = a * columns;
        for (let k = 0; k < columns; k++) {
          values[base + k] = f64(values, base + k) + w * f64(values, other + k);
        }
      }
    }
    if (own > 0) {
      mixLoop(graph, order, inflow_kW, values, columns, weight, first, size, trapped);
      continue;
    }
    const n = i32(nodes, first);
    const inflow = f64(inflow_kW, n);
    for (let k = n * columns; k < (n + 1) * columns; k++) values[k] = inflow > 0 ? f64(values, k) / inflow : 0;
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
  for (let i = 0; i < size; i++) local.set(i32(nodes, first + i), i);
  const matrix = triplets(size);
  const right = new Float64Array(size * columns);
  let any = false;
  for (const [n, i] of local) {
    addEntry(matrix, i, i, f64(inflow_kW, n));
    for (let at = i32(firstEdge, n); at < i32(firstEdge, n + 1); at++) {
      const e = i32(edges, at);
      const a = i32(graph.from, e);
      if (component[a] === component[n]) addEntry(matrix, i, local.get(a) as number, -f64(weight, e));
    }
    for (let k = 0; k < columns; k++) {
      const y = f64(values, n * columns + k);
      right[i * columns + k] = y;
      if (y !== 0) any = true;
    }
  }
  const injected = any ? right.slice() : right;
  const solved = any && solveLinear(matrix, right, columns);
  if (any && !solved) {
    for (const [i, y] of injected.entries()) trapped[i % columns] = f64(trapped, i % columns) + y;
  }
  for (const [n, i] of local) {
    for (let k = 0; k < columns; k++) values[n * columns + k] = solved ? f64(right, i * columns + k) : 0;
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
    for (let i = i32(firstNode, c); i < i32(firstNode, c + 1); i++) {
      const n = i32(nodes, i);
      if (f64(source_kW, n) > 0) fed = true;
      let unknown = 0;
      for (let at = i32(firstEdge, n); at < i32(firstEdge, n + 1); at++) {
        const e = i32(edges, at);
        const a = i32(graph.from, e);
        if (component[a] === c) continue;
        if (known[a] === 1) fed = true;
        else unknown += f64(graph.weight, e);
      }
      if (unknown > negligible * f64(inflow_kW, n)) tainted = true;
    }
    if (!fed || tainted) continue;
    for (let i = i32(firstNode, c); i < i32(firstNode, c + 1); i++) {
      const n = i32(nodes, i);
      if (f64(inflow_kW, n) > 0) known[n] = 1;
    }
  }
  return known;
}
