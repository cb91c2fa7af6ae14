/** The path that most of a flow takes: ids of assets and lines, from the first to the last. */

import { f64, i32 } from '../typed-arrays.ts';
import type { FlowNetwork } from './flow-network.ts';
import type { FlowGraph, FlowOrder } from './flow-order.ts';
import type { Compiled, CompiledNode } from './step.ts';

export interface Path {
  /** Ids of assets and lines in the order they are passed, upstream or downstream. */
  path: string[];
  /** Fraction 0…1 of the flow that takes exactly this path. */
  part: number;
}

/** Below this fraction of the flow a path is not followed further: no single path is then meaningful. */
const tooThin = 1e-6;

/**
 * Goes from `start` step by step to the node where most comes from (graph, order: of the flow) or goes to (both reversed).
 * `value` is what passes a node per kWh of its throughflow, `own_kW` what begins at the node itself.
 */
export function mainPath(
  compiled: Compiled,
  network: FlowNetwork,
  graph: FlowGraph,
  { firstEdge, edges }: FlowOrder,
  value: Float64Array,
  own_kW: ReadonlyMap<number, number>,
  start: number,
): Path {
  const path: string[] = [];
  const say = (id: string) => {
    if (path.at(-1) !== id) path.push(id);
  };
  const seen = new Set<number>();
  let node = start;
  let part = 1;
  for (;;) {
    seen.add(node);
    say((compiled.nodes[node] as CompiledNode).asset);
    const all = f64(value, node) * f64(network.inflow_kW, node);
    let most = own_kW.get(node) ?? 0;
    let next = -1;
    for (let at = i32(firstEdge, node); at < i32(firstEdge, node + 1); at++) {
      const e = i32(edges, at);
      const other = i32(graph.from, e);
      const kW = f64(graph.weight, e) * f64(value, other);
      if (kW > most && !seen.has(other)) [most, next] = [kW, e];
    }
    part *= all > 0 ? Math.min(1, most / all) : 0;
    if (next === -1 || part < tooThin) return { path, part };
    const line = i32(network.line, next);
    say(line >= 0 ? (compiled.park.lines[line]?.id as string) : (compiled.park.assets[i32(network.plant, next)]?.id as string));
    node = i32(graph.from, next);
  }
}
