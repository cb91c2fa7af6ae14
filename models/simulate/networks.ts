/** Networks as trees; the port that covers the remainder is at the root, so that every moment balances, losses included. */

import type { Compiled, CompiledPort } from '../carbon/step.ts';
import { zonesOf } from '../carbon/zones.ts';
import type { Carrier } from '../carriers.ts';
import type { Asset } from '../park/park.ts';
import { f64, i32, u8 } from '../typed-arrays.ts';
import { carrierOf } from '../units.ts';
import { plantRow } from './plant-row.ts';

export interface SimulatedNetwork {
  carrier: Carrier;
  /** Root first; the root's parent and line are −1. */
  nodes: Int32Array;
  parent: Int32Array;
  line: Int32Array;
  /** 1 − loss of the line to the parent; `upward`: 1 where the line's `from` end is the child. */
  passes: Float64Array;
  upward: Uint8Array;
  /** Port at the root that gives what is lacking, and the one that takes what is too much; −1 for none. */
  swing: number;
  takes: number;
}

export function networksOf(compiled: Compiled): SimulatedNetwork[] {
  const { park, ports } = compiled;
  const priority = new Uint8Array(compiled.nodes.length);
  const rank = ({ asset, port, role }: CompiledPort): number => {
    if (role === 'import') return 9;
    const waste = carrierOf(port) === 'wasteHeat';
    if (role === 'product') return waste ? 0 : plantRow((park.assets[asset] as Asset).kind).swing;
    return role === 'generation' && waste ? 1 : 0;
  };
  /** Per node, the port of highest rank. */
  const best = new Int32Array(compiled.nodes.length).fill(-1);
  for (const [p, port] of ports.entries()) {
    const own = rank(port);
    if (own <= u8(priority, port.node)) continue;
    priority[port.node] = own;
    best[port.node] = p;
  }
  const closed = Uint8Array.from(park.lines, (line) => (line.open ? 0 : 1));
  const zones = zonesOf(compiled, closed, priority);
  return zones.list.map(({ nodes }) => {
    const root = nodes[0] as number;
    const swing = i32(best, root);
    const beside = compiled.assetPorts[ports[swing]?.asset ?? -1] ?? [];
    const takes = beside.find((p) => ports[p]?.role === 'export' && ports[p]?.node === root) ?? -1;
    const line = Int32Array.from(nodes, (node) => i32(zones.parentLine, node));
    return {
      carrier: compiled.nodes[root]?.carrier as Carrier,
      nodes: Int32Array.from(nodes),
      parent: Int32Array.from(nodes, (node) => i32(zones.parent, node)),
      line,
      passes: Float64Array.from(line, (l) => 1 - (park.lines[l]?.loss ?? 0)),
      upward: Uint8Array.from(line, (l, i) => (l >= 0 && compiled.lineFrom[l] === nodes[i] ? 1 : 0)),
      swing,
      takes,
    };
  });
}

/**
 * Flows that carry every node's net (+ gives, − takes, kW) to or from the root; `flow_kW` by line as a meter at its
 * `from` end would show it. Returns what is left over at the root. Lines that close a ring carry nothing.
 */
export function carry(network: SimulatedNetwork, net_kW: Float64Array, surplus_kW: Float64Array, flow_kW: Float64Array): number {
  const { nodes, parent, line, passes, upward } = network;
  for (const node of nodes) surplus_kW[node] = f64(net_kW, node);
  for (let i = nodes.length - 1; i > 0; i--) {
    const extra = f64(surplus_kW, i32(nodes, i));
    const pass = f64(passes, i);
    // At the child's end and at the parent's end, positive towards the root.
    const atParent = extra >= 0 ? extra * pass : extra / pass;
    const up = i32(parent, i);
    surplus_kW[up] = f64(surplus_kW, up) + atParent;
    flow_kW[i32(line, i)] = upward[i] === 1 ? extra : -atParent;
  }
  return f64(surplus_kW, i32(nodes, 0));
}
