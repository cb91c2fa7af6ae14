/** A compiled park as flat arrays: data that the loops of a step read thousands of times and never change. */

import { isBurnt } from '../carriers.ts';
import { type PortRole, portRoles } from '../kinds/roles.ts';
import { i32 } from '../typed-arrays.ts';
import { carrierOf, directionOf } from '../units.ts';
import { type Groups, grouped } from './groups.ts';
import { oncePerPark } from './once-per-park.ts';
import type { Compiled } from './step.ts';

export interface CompiledArrays {
  portAsset: Int32Array;
  portNode: Int32Array;
  /** 1 for out, 0 for in. */
  portOut: Uint8Array;
  /** The same asset's previous port at the same node, −1 for the first: its in and out at one node count as one unknown. */
  portBefore: Int32Array;
  /** kW per unit of its plant's activity; NaN where no conversion states it. */
  coefficient: Float64Array;
  /** Ports of each role in order, and those of them that carry electricity. */
  byRole: Record<PortRole, Int32Array>;
  electricByRole: Record<PortRole, Int32Array>;
  lineOpen: Uint8Array;
  /** Fraction of what is sent that arrives. */
  linePasses: Float64Array;
  /** 1 where the node's carrier is a fuel whose carbon leaves a chimney when it is converted. */
  nodeBurnt: Uint8Array;
  /** Node → the nodes at the other ends of its closed lines. */
  neighbours: Groups;
}

export const arraysOf = oncePerPark((compiled): CompiledArrays => {
  const { park, ports, nodes } = compiled;
  const portAsset = Int32Array.from(ports, (port) => port.asset);
  const portNode = Int32Array.from(ports, (port) => port.node);
  const portBefore = new Int32Array(ports.length).fill(-1);
  for (const own of compiled.assetPorts) {
    for (const [i, p] of own.entries()) portBefore[p] = own.findLast((q, j) => j < i && portNode[q] === portNode[p]) ?? -1;
  }
  const byRole = (electric: boolean) =>
    Object.fromEntries(
      portRoles.map((role) => {
        const which = [...ports.keys()].filter((p) => ports[p]?.role === role);
        return [role, Int32Array.from(which.filter((p) => !electric || nodes[i32(portNode, p)]?.carrier === 'electricity'))];
      }),
    ) as Record<PortRole, Int32Array>;
  return {
    portAsset,
    portNode,
    portOut: Uint8Array.from(ports, ({ port }) => (directionOf(port) === 'out' ? 1 : 0)),
    portBefore,
    coefficient: Float64Array.from(ports, ({ asset, port }) => {
      const conversion = park.assets[asset]?.conversion;
      return (directionOf(port) === 'in' ? conversion?.inputs : conversion?.outputs)?.[carrierOf(port)] ?? Number.NaN;
    }),
    byRole: byRole(false),
    electricByRole: byRole(true),
    lineOpen: Uint8Array.from(park.lines, (line) => (line.open ? 1 : 0)),
    linePasses: Float64Array.from(park.lines, (line) => 1 - line.loss),
    nodeBurnt: Uint8Array.from(nodes, ({ carrier }) => (isBurnt(carrier) ? 1 : 0)),
    neighbours: neighbours(compiled),
  };
});

function neighbours({ park, nodes, lineFrom, lineTo }: Compiled): Groups {
  // Both ends of every line, one after the other: end 2l is at `from`, 2l + 1 at `to`.
  const nodeOfEnd = Int32Array.from({ length: 2 * park.lines.length }, (_, end) => {
    const l = end >> 1;
    if (park.lines[l]?.open) return -1;
    return (end % 2 === 0 ? lineFrom[l] : lineTo[l]) as number;
  });
  const { first, items } = grouped(nodes.length, nodeOfEnd);
  return { first, items: items.map((end) => (end % 2 === 0 ? lineTo[end >> 1] : lineFrom[end >> 1]) as number) };
}
