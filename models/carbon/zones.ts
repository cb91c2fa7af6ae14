/**
 * The parts of the networks that only balance can resolve: nodes joined by closed lines without a meter. Each zone is a
 * tree from its root plus the chords that close its rings; open and metered lines are borders.
 */
import type { Compiled } from './step.ts';

export interface Zone {
  /** Breadth first, root first. */
  nodes: number[];
  /** Lines that close a ring. */
  chords: number[];
}

export interface Zones {
  list: Zone[];
  /** Node → index into list. */
  ofNode: Int32Array;
  /** Node → the next node towards the root and the line to it, -1 at the root. */
  parent: Int32Array;
  parentLine: Int32Array;
}

/**
 * `inside` is 1 for lines without a meter that are closed. The root of a zone, where its rest is put, is the node of
 * highest `priority`. Linear in nodes + lines.
 */
export function zonesOf(compiled: Compiled, inside: Uint8Array, priority: Uint8Array): Zones {
  const n = compiled.nodes.length;
  const { first, lines } = adjacency(compiled, inside);
  const ofNode = new Int32Array(n).fill(-1);
  const parent = new Int32Array(n).fill(-1);
  const parentLine = new Int32Array(n).fill(-1);
  const byPriority = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => (priority[b] as number) - (priority[a] as number) || a - b);
  const list: Zone[] = [];
  for (const root of byPriority) {
    if (ofNode[root] !== -1) continue;
    const zone: Zone = { nodes: [root], chords: [] };
    const z = list.push(zone) - 1;
    ofNode[root] = z;
    for (let at = 0; at < zone.nodes.length; at++) {
      const a = zone.nodes[at] as number;
      for (let k = first[a] as number; k < (first[a + 1] as number); k++) {
        const line = lines[k] as number;
        const b = otherEnd(compiled, line, a);
        if (ofNode[b] === -1) {
          ofNode[b] = z;
          parent[b] = a;
          parentLine[b] = line;
          zone.nodes.push(b);
        } else if (parentLine[a] !== line && parentLine[b] !== line && a === compiled.lineFrom[line] && a !== b) {
          zone.chords.push(line);
        }
      }
    }
  }
  return { list, ofNode, parent, parentLine };
}

export function otherEnd(compiled: Compiled, line: number, node: number): number {
  const from = compiled.lineFrom[line] as number;
  return from === node ? (compiled.lineTo[line] as number) : from;
}

/** Lines at each node: lines[first[n]] … lines[first[n + 1] − 1]. */
function adjacency(compiled: Compiled, inside: Uint8Array): { first: Int32Array; lines: Int32Array } {
  const { lineFrom, lineTo } = compiled;
  const first = new Int32Array(compiled.nodes.length + 1);
  const count = (node: number) => {
    first[node + 1] = (first[node + 1] as number) + 1;
  };
  for (let l = 0; l < inside.length; l++) {
    if (inside[l] === 0) continue;
    count(lineFrom[l] as number);
    count(lineTo[l] as number);
  }
  for (let i = 1; i < first.length; i++) first[i] = (first[i] as number) + (first[i - 1] as number);
  const cursor = first.slice();
  const lines = new Int32Array(first[first.length - 1] as number);
  const put = (node: number, line: number) => {
    lines[cursor[node] as number] = line;
    cursor[node] = (cursor[node] as number) + 1;
  };
  for (let l = 0; l < inside.length; l++) {
    if (inside[l] === 0) continue;
    put(lineFrom[l] as number, l);
    put(lineTo[l] as number, l);
  }
  return { first, lines };
}
