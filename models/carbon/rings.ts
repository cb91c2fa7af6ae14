/**
 * Flows in rings (METHODS 2): balance alone does not say which way round. The flows that minimise Σ length·f² are
 * unique: those of potentials, f = (φ_from − φ_to) / length, as in a circuit of equal wire. Modelled, and marked so.
 */
import { addEntry, solveLinear, triplets } from './linear.ts';
import type { Compiled } from './step.ts';
import { otherEnd, type Zone, type Zones } from './zones.ts';

/** Lines that close on each other, with the node of the tree's way to the root as `top`. */
export interface Ring {
  top: number;
  nodes: number[];
  lines: number[];
}

/** An implied line has no length; as good as touching. */
const shortest_m = 1;

/** The rings of a zone; rings that share a line or a node are one. */
export function ringsOf(compiled: Compiled, zones: Zones, zone: Zone): Ring[] {
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
    const a = find(compiled.lineFrom[line] as number);
    const b = find(compiled.lineTo[line] as number);
    const aFirst = (place.get(a) as number) <= (place.get(b) as number);
    leader.set(aFirst ? b : a, aFirst ? a : b);
  }
  const rings = new Map<number, Ring>();
  for (const node of leader.keys()) {
    const top = find(node);
    const ring = rings.get(top) ?? { top, nodes: [], lines: [] };
    ring.nodes.push(node);
    rings.set(top, ring);
  }
  for (const line of lines) rings.get(find(compiled.lineFrom[line] as number))?.lines.push(line);
  return [...rings.values()];
}

/** Every line on the way round through a chord. */
function ringLines(compiled: Compiled, zones: Zones, zone: Zone, place: Map<number, number>): Set<number> {
  const lines = new Set<number>();
  for (const chord of zone.chords) {
    lines.add(chord);
    let a = compiled.lineFrom[chord] as number;
    let b = compiled.lineTo[chord] as number;
    while (a !== b) {
      const later = (place.get(a) as number) > (place.get(b) as number) ? a : b;
      lines.add(zones.parentLine[later] as number);
      if (later === a) a = zones.parent[a] as number;
      else b = zones.parent[b] as number;
    }
  }
  return lines;
}

/**
 * Writes the flow of each chord of the zone (kW, positive from → to) to `flow_kW`, given what each node has left over
 * (`surplus_kW`; losses aside; the root takes the rest). Branches are folded into the node they hang on.
 */
export function chordFlows(
  compiled: Compiled,
  zones: Zones,
  zone: Zone,
  rings: readonly Ring[],
  surplus_kW: Float64Array,
  flow_kW: Float64Array,
): void {
  const held = new Map(zone.nodes.map((node) => [node, surplus_kW[node] as number]));
  const hold = (node: number, kW: number) => held.set(node, (held.get(node) as number) + kW);
  const ringOfTop = new Map(rings.map((ring) => [ring.top, ring]));
  const inside = new Set(rings.flatMap((ring) => ring.nodes.filter((node) => node !== ring.top)));
  for (let i = zone.nodes.length - 1; i > 0; i--) {
    const node = zone.nodes[i] as number;
    if (inside.has(node)) continue;
    const ring = ringOfTop.get(node);
    const kW = ring ? ring.nodes.reduce((sum, n) => sum + (held.get(n) as number), 0) : (held.get(node) as number);
    hold(zones.parent[node] as number, kW);
  }
  const chords = new Set(zone.chords);
  for (const ring of rings) {
    const nodes = ring.nodes.filter((node) => node !== ring.top);
    const index = new Map(nodes.map((node, i) => [node, i]));
    const matrix = triplets(nodes.length);
    const potential = Float64Array.from(nodes, (node) => held.get(node) as number);
    for (const line of ring.lines) {
      const g = conductance(compiled, line);
      for (const node of [compiled.lineFrom[line] as number, compiled.lineTo[line] as number]) {
        const i = index.get(node);
        if (i === undefined) continue;
        addEntry(matrix, i, i, g);
        const other = index.get(otherEnd(compiled, line, node));
        if (other !== undefined) addEntry(matrix, i, other, -g);
      }
    }
    if (!solveLinear(matrix, potential, 1)) throw new Error('a ring of lines has no unique flow');
    const at = (node: number) => {
      const i = index.get(node);
      return i === undefined ? 0 : (potential[i] as number);
    };
    for (const line of ring.lines) {
      if (!chords.has(line)) continue;
      const drop = at(compiled.lineFrom[line] as number) - at(compiled.lineTo[line] as number);
      flow_kW[line] = drop * conductance(compiled, line);
    }
  }
}

function conductance(compiled: Compiled, line: number): number {
  const length_m = compiled.park.lines[line]?.length_m;
  return 1 / Math.max(Number.isFinite(length_m) ? (length_m as number) : shortest_m, shortest_m);
}
