/** The path that most of a flow takes: ids of assets and lines, from the first to the last. */

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
    const all = (value[node] as number) * (network.inflow_kW[node] as number);
    let most = own_kW.get(node) ?? 0;
    let next = -1;
    for (let at = firstEdge[node] as number; at < (firstEdge[node + 1] as number); at++) {
      const e = edges[at] as number;
      const other = graph.from[e] as number;
      const kW = (graph.weight[e] as number) * (value[other] as number);
      if (kW > most && !seen.has(other)) [most, next] = [kW, e];
    }
    part *= all > 0 ? Math.min(1, most / all) : 0;
    if (next === -1 || part < tooThin) return { path, part };
    const line = network.line[next] as number;
    say(line >= 0 ? (compiled.park.lines[line]?.id as string) : (compiled.park.assets[network.plant[next] as number]?.id as string));
    node = graph.from[next] as number;
  }
}
