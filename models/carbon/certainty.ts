/** Tells how certain the unmetered flows of a zone are: whether they follow from meters, from a model, or from nothing. */

import { i32 } from '../typed-arrays.ts';
import { countOf, type Situations } from './situation.ts';
import type { Compiled } from './step.ts';
import type { Settling } from './zone-flows.ts';
import type { Zone, Zones } from './zones.ts';

/** `lineModelled` is 1 where a flow follows from a model, `lineUnknown` is 1 where nothing determines it. */
export function certainty(compiled: Compiled, s: Settling, situations: Situations, portHow: Uint8Array) {
  const lineModelled = new Uint8Array(compiled.park.lines.length);
  const lineUnknown = new Uint8Array(compiled.park.lines.length);
  const unknownBelow = new Int32Array(compiled.nodes.length);
  for (let p = 0; p < portHow.length; p++) {
    if (portHow[p] !== 3) continue;
    const node = i32(s.arrays.portNode, p);
    unknownBelow[node] = i32(unknownBelow, node) + 1;
  }
  const { list, parentLine } = s.zones;
  for (let z = 0; z < list.length; z++) {
    const { nodes } = list[z] as Zone;
    const declared = countOf(situations.declared, z);
    if (countOf(situations.unknown, z) > 0) {
      markWays(s.zones, nodes, unknownBelow, declared > 0 ? lineModelled : lineUnknown);
    }
    for (const { ring } of s.circuits[z]?.rings ?? []) {
      for (const line of ring.lines) {
        lineModelled[line] = 1;
        if (declared === 0 && i32(unknownBelow, nodes[0] as number) > 0) lineUnknown[line] = 1;
      }
    }
    // How several declared rests divide what is left over is a convention.
    if (declared < 2) continue;
    for (let i = 1; i < nodes.length; i++) lineModelled[i32(parentLine, nodes[i] as number)] = 1;
  }
  return { lineModelled, lineUnknown };
}

/** Marks every line on the way from an unknown port to the root; `below` at the root is then the number of unknown ports. */
function markWays({ parent, parentLine }: Zones, nodes: readonly number[], below: Int32Array, mark: Uint8Array): void {
  for (let i = nodes.length - 1; i > 0; i--) {
    const node = nodes[i] as number;
    const count = i32(below, node);
    if (count === 0) continue;
    const up = i32(parent, node);
    below[up] = i32(below, up) + count;
    mark[i32(parentLine, node)] = 1;
  }
}
