/**
 * Flows in rings (METHODS 2): balance alone does not say which way round they go. The flows that minimise Σ length·f²
 * are unique: those of potentials, f = (φ_from − φ_to) / length, as in a circuit of equal wire. They are marked as modelled.
 */

import { f64, i32 } from '../typed-arrays.ts';
import type { Eliminated } from './elimination.ts';
import { addEntry, eliminate, solveEliminated, triplets } from './linear.ts';
import type { Compiled } from './step.ts';
import { otherEnd, type Zone, type Zones } from './zones.ts';

/** Lines that form rings; `top` is the ring's first node on the way from the root of the tree. */
export interface NetworkRing {
  top: number;
  nodes: number[];
  lines: number[];
}

/** Shortest length that is used, also for lines without a length. */
const shortest_m = 1;

/** The rings of a zone; rings that share a line or a node count as one. */
export function ringsOf(compiled: Compiled, zones: Zones, zone: Zone): NetworkRing[] {
  if (zone.chords.length === 0) return [];
  const place = new Map(zone.nodes.map((node, i) => [node, i]));
  const lines = ringLines(compiled, zones, zone, place);
  // Union by the earlier node of the breadth-first walk, so that the representative of a ring is its top.
  const leader = new Map<number, number>();
  const find = (node: number): number => {
    let at = node;
    for (let up = leader.get(at); up !== undefined && up !== at; up = leader.get(at)) at = up;
    leader.set(node, at);
    return at;
  };
  for (const line of lines) {
    const a = find(i32(compiled.lineFrom, line));
    const b = find(i32(compiled.lineTo, line));
    const aFirst = (place.get(a) as number) <= (place.get(b) as number);
    leader.set(aFirst ? b : a, aFirst ? a : b);
  }
  const rings = new Map<number, NetworkRing>();
  for (const node of leader.keys()) {
    const top = find(node);
    const ring = rings.get(top) ?? { top, nodes: [], lines: [] };
    ring.nodes.push(node);
    rings.set(top, ring);
  }
  for (const line of lines) rings.get(find(i32(compiled.lineFrom, line)))?.lines.push(line);
  return [...rings.values()];
}

/** All lines of the loops that the chords close. */
function ringLines(compiled: Compiled, zones: Zones, zone: Zone, place: Map<number, number>): Set<number> {
  const lines = new Set<number>();
  for (const chord of zone.chords) {
    lines.add(chord);
    let a = i32(compiled.lineFrom, chord);
    let b = i32(compiled.lineTo, chord);
    while (a !== b) {
      const later = (place.get(a) as number) > (place.get(b) as number) ? a : b;
      lines.add(i32(zones.parentLine, later));
      if (later === a) a = i32(zones.parent, a);
      else b = i32(zones.parent, b);
    }
  }
  return lines;
}

/** Prepared data for finding the flows of a zone with rings: everything that does not depend on what flows. */
export interface Circuit {
  rings: PreparedRing[];
  /** Nodes that are folded into their parent, the farthest first, each with the ring whose top it is, or −1. */
  folded: Int32Array;
  foldedRing: Int32Array;
}

interface PreparedRing {
  ring: NetworkRing;
  /** Nodes except the top, whose potential is 0. */
  inner: Int32Array;
  ready: Eliminated;
  /** Its chords; their ends as indices into `inner`, −1 for the top. */
  chords: { line: number; from: number; to: number; conductance: number }[];
  /** Working array, by `inner`. */
  potential: Float64Array;
}

/** Null where the zone has no rings. */
export function circuitOf(compiled: Compiled, zones: Zones, zone: Zone): Circuit | null {
  const rings = ringsOf(compiled, zones, zone);
  if (rings.length === 0) return null;
  const ringOfTop = new Map(rings.map((ring, r) => [ring.top, r]));
  const inside = new Set(rings.flatMap((ring) => ring.nodes.filter((node) => node !== ring.top)));
  const folded = zone.nodes.slice(1).filter((node) => !inside.has(node));
  folded.reverse();
  const chords = new Set(zone.chords);
  return {
    rings: rings.map((ring) => prepared(compiled, ring, chords)),
    folded: Int32Array.from(folded),
    foldedRing: Int32Array.from(folded, (node) => ringOfTop.get(node) ?? -1),
  };
}

function prepared(compiled: Compiled, ring: NetworkRing, chords: ReadonlySet<number>): PreparedRing {
  const inner = Int32Array.from(ring.nodes.filter((node) => node !== ring.top));
  const index = new Map<number, number>();
  for (const [i, node] of inner.entries()) index.set(node, i);
  const matrix = triplets(inner.length);
  for (const line of ring.lines) {
    const g = conductance(compiled, line);
    for (const node of [i32(compiled.lineFrom, line), i32(compiled.lineTo, line)]) {
      const i = index.get(node);
      if (i === undefined) continue;
      addEntry(matrix, i, i, g);
      const other = index.get(otherEnd(compiled, line, node));
      if (other !== undefined) addEntry(matrix, i, other, -g);
    }
  }
  const ready = eliminate(matrix);
  if (ready === null) throw new Error('a ring of lines has no unique flow');
  const closing = ring.lines.filter((line) => chords.has(line));
  return {
    ring,
    inner,
    ready,
    chords: closing.map((line) => ({
      line,
      from: index.get(i32(compiled.lineFrom, line)) ?? -1,
      to: index.get(i32(compiled.lineTo, line)) ?? -1,
      conductance: conductance(compiled, line),
    })),
    potential: new Float64Array(inner.length),
  };
}

/**
 * Writes the flow of each chord of the zone (kW, positive from → to) to `flow_kW`. `held_kW` is what each node has left
 * over (losses ignored; the root takes the rest); branches are added to the node they hang on, in place.
 */
export function chordFlows(circuit: Circuit, zones: Zones, held_kW: Float64Array, flow_kW: Float64Array): void {
  const { rings, folded, foldedRing } = circuit;
  for (let i = 0; i < folded.length; i++) {
    const node = i32(folded, i);
    const r = i32(foldedRing, i);
    const kW = r < 0 ? f64(held_kW, node) : sumAt(held_kW, (rings[r] as PreparedRing).ring.nodes);
    const up = i32(zones.parent, node);
    held_kW[up] = f64(held_kW, up) + kW;
  }
  for (const { inner, ready, chords, potential } of rings) {
    for (let i = 0; i < inner.length; i++) potential[i] = f64(held_kW, i32(inner, i));
    solveEliminated(ready, potential, 1);
    for (const chord of chords) {
      const from = chord.from < 0 ? 0 : f64(potential, chord.from);
      const to = chord.to < 0 ? 0 : f64(potential, chord.to);
      flow_kW[chord.line] = (from - to) * chord.conductance;
    }
  }
}

function sumAt(values: Float64Array, places: readonly number[]): number {
  let sum = 0;
  for (const at of places) sum += f64(values, at);
  return sum;
}

function conductance(compiled: Compiled, line: number): number {
  const length_m = compiled.park.lines[line]?.length_m;
  return 1 / Math.max(Number.isFinite(length_m) ? (length_m as number) : shortest_m, shortest_m);
}
