/** How sure the flows of a zone are: from meters, from a model, or from nothing. */
import type { Settling } from './settle.ts';
import type { Compiled } from './step.ts';

/** What is known about a zone beyond its lines. */
export interface Situation {
  /** Nodes with a declared unmetered rest. */
  declared: number[];
  /** Ports of unknown power; an asset's in and out at one node are one unknown. */
  unknown: number[];
  unknownAssets: number;
  /** Ports and metered lines that say something; without any, nothing can be derived. */
  said: number;
}

/** Which unmetered flows follow from meters, from a model, or from nothing. */
export function certainty(compiled: Compiled, s: Settling, situations: readonly Situation[], portHow: Uint8Array) {
  const lineModelled = new Uint8Array(compiled.park.lines.length);
  const lineUnknown = new Uint8Array(compiled.park.lines.length);
  const unknownBelow = new Float64Array(compiled.nodes.length);
  for (const [p, port] of compiled.ports.entries()) {
    if (portHow[p] === 3) unknownBelow[port.node] = (unknownBelow[port.node] as number) + 1;
  }
  for (const [z, zone] of s.zones.list.entries()) {
    const { declared } = situations[z] as Situation;
    const mark = declared.length > 0 ? lineModelled : lineUnknown;
    let any = unknownBelow[zone.nodes[0] as number] as number;
    for (let i = zone.nodes.length - 1; i > 0; i--) {
      const node = zone.nodes[i] as number;
      const count = unknownBelow[node] as number;
      if (count === 0) continue;
      any += count;
      const up = s.zones.parent[node] as number;
      unknownBelow[up] = (unknownBelow[up] as number) + count;
      mark[s.zones.parentLine[node] as number] = 1;
    }
    for (const ring of s.rings[z] ?? []) {
      for (const line of ring.lines) {
        lineModelled[line] = 1;
        if (any > 0 && declared.length === 0) lineUnknown[line] = 1;
      }
    }
    // Which of several declared rests takes how much is a convention.
    if (declared.length < 2) continue;
    for (const node of zone.nodes) {
      const line = s.zones.parentLine[node] as number;
      if (line >= 0) lineModelled[line] = 1;
    }
  }
  return { lineModelled, lineUnknown };
}
