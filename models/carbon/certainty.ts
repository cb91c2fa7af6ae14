/** Tells how certain the unmetered flows of a zone are: whether they follow from meters, from a model, or from nothing. */

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
    const node = s.arrays.portNode[p] as number;
    unknownBelow[node] = (unknownBelow[node] as number) + 1;
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
        if (declared === 0 && (unknownBelow[nodes[0] as number] as number) > 0) lineUnknown[line] = 1;
      }
    }
    // How several declared rests divide what is left over is a convention.
    if (declared < 2) continue;
    for (let i = 1; i < nodes.length; i++) lineModelled[parentLine[nodes[i] as number] as number] = 1;
  }
  return { lineModelled, lineUnknown };
}

/** Marks every line on the way from an unknown port to the root; `below` at the root is then the number of unknown ports. */
function markWays({ parent, parentLine }: Zones, nodes: readonly number[], below: Int32Array, mark: Uint8Array): void {
  for (let i = nodes.length - 1; i > 0; i--) {
    const node = nodes[i] as number;
    const count = below[node] as number;
    if (count === 0) continue;
    const up = parent[node] as number;
    below[up] = (below[up] as number) + count;
    mark[parentLine[node] as number] = 1;
  }
}
