/**
 * Zones, the parts of the networks that only the balance can resolve: nodes joined by closed lines without a meter. Each
 * zone is a tree from its root plus the chords that close its rings; open and metered lines are its borders.
 */

import { i32 } from '../typed-arrays.ts';
import { type Groups, grouped } from './groups.ts';
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
  const { first, items: lines } = linesAt(compiled, inside);
  const ofNode = new Int32Array(n).fill(-1);
  const parent = new Int32Array(n).fill(-1);
  const parentLine = new Int32Array(n).fill(-1);
  const levels = priority.reduce((a, b) => Math.max(a, b), 0);
  const byPriority = grouped(
    levels + 1,
    Int32Array.from(priority, (level) => levels - level),
  ).items;
  const list: Zone[] = [];
  for (const root of byPriority) {
    if (ofNode[root] !== -1) continue;
    const zone: Zone = { nodes: [root], chords: [] };
    const z = list.push(zone) - 1;
    ofNode[root] = z;
    for (let at = 0; at < zone.nodes.length; at++) {
      const a = zone.nodes[at] as number;
      for (let k = i32(first, a); k < i32(first, a + 1); k++) {
        const line = i32(lines, k);
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
  const from = i32(compiled.lineFrom, line);
  return from === node ? i32(compiled.lineTo, line) : from;
}

/** The `inside` lines at each node; a line from a node to itself is listed twice. */
function linesAt(compiled: Compiled, inside: Uint8Array): Groups {
  const nodeOfEnd = new Int32Array(2 * inside.length).fill(-1);
  for (let l = 0; l < inside.length; l++) {
    if (inside[l] === 0) continue;
    nodeOfEnd[2 * l] = i32(compiled.lineFrom, l);
    nodeOfEnd[2 * l + 1] = i32(compiled.lineTo, l);
  }
  const { first, items } = grouped(compiled.nodes.length, nodeOfEnd);
  return { first, items: items.map((end) => end >> 1) };
}
