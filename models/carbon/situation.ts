/** What is known about each zone beyond its lines. */

import { i32, u8 } from '../typed-arrays.ts';
import type { CompiledArrays } from './compiled-arrays.ts';
import { type Groups, grouped } from './groups.ts';
import type { Compiled } from './step.ts';
import type { Zones } from './zones.ts';

/** All by zone. */
export interface Situations {
  /** Nodes with a declared unmetered rest. */
  declared: Groups;
  /** Ports of unknown power. */
  unknown: Groups;
  /** Number of assets with such ports; an asset's in and out at one node are one unknown. */
  unknownAssets: Int32Array;
  /** Number of known ports and metered lines; without any, nothing can be derived. */
  said: Int32Array;
}

/** Where the rest of a zone is put: a declared rest (4), else an unknown import (3), anything unknown (2), an import (1). */
export function priorities(compiled: Compiled, arrays: CompiledArrays, portHow: Uint8Array): Uint8Array {
  const priority = new Uint8Array(compiled.nodes.length);
  for (let p = 0; p < portHow.length; p++) {
    if (portHow[p] === 3) priority[i32(arrays.portNode, p)] = 2;
  }
  for (const p of arrays.byRole.import) {
    const node = i32(arrays.portNode, p);
    priority[node] = Math.max(u8(priority, node), portHow[p] === 3 ? 3 : 1);
  }
  for (const node of compiled.unmeteredNode) priority[node] = 4;
  return priority;
}

export function situations(compiled: Compiled, arrays: CompiledArrays, zones: Zones, portHow: Uint8Array, metered: Uint8Array): Situations {
  const { ofNode } = zones;
  const count = zones.list.length;
  const { portNode, portBefore } = arrays;
  const unknownAssets = new Int32Array(count);
  const said = new Int32Array(count);
  const zoneOfUnknown = new Int32Array(portHow.length).fill(-1);
  for (let p = 0; p < portHow.length; p++) {
    const z = i32(ofNode, i32(portNode, p));
    if (portHow[p] !== 3) {
      said[z] = i32(said, z) + 1;
      continue;
    }
    zoneOfUnknown[p] = z;
    let earlier = i32(portBefore, p);
    while (earlier >= 0 && portHow[earlier] !== 3) earlier = i32(portBefore, earlier);
    if (earlier < 0) unknownAssets[z] = i32(unknownAssets, z) + 1;
  }
  for (let l = 0; l < metered.length; l++) {
    if (metered[l] === 0) continue;
    const from = i32(ofNode, i32(compiled.lineFrom, l));
    const to = i32(ofNode, i32(compiled.lineTo, l));
    said[from] = i32(said, from) + 1;
    said[to] = i32(said, to) + 1;
  }
  return { declared: declaredRests(compiled, zones), unknown: grouped(count, zoneOfUnknown), unknownAssets, said };
}

function declaredRests({ unmeteredNode }: Compiled, zones: Zones): Groups {
  const nodes = [...new Set(unmeteredNode)];
  const { first, items } = grouped(
    zones.list.length,
    Int32Array.from(nodes, (node) => i32(zones.ofNode, node)),
  );
  return { first, items: items.map((i) => nodes[i] as number) };
}

export function countOf({ first }: Groups, g: number): number {
  return i32(first, g + 1) - i32(first, g);
}
