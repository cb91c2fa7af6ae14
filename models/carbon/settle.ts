/** Flows in a zone once it is known what every node gives and takes: from the leaves to the root, with losses. */
import { chordFlows, type Ring, ringsOf } from './rings.ts';
import type { Compiled } from './step.ts';
import type { Zone, Zones } from './zones.ts';

/** Working arrays of one balance; all indexed by node or line. */
export interface Settling {
  compiled: Compiled;
  zones: Zones;
  rings: Ring[][];
  /** What ports and metered lines leave over at each node, kW; + more comes in than is taken. */
  net_kW: Float64Array;
  /** What the zone's lines have to carry away from each node; at the root: the rest. */
  surplus_kW: Float64Array;
  /** Signed, positive from → to: what is sent at the sending end. */
  line_kW: Float64Array;
  /** kW at the root per kW at the node, over the losses on the way. */
  gain: Float64Array;
}

export function settling(compiled: Compiled, zones: Zones): Settling {
  const n = compiled.nodes.length;
  return {
    compiled,
    zones,
    rings: zones.list.map((zone) => ringsOf(compiled, zones, zone)),
    net_kW: new Float64Array(n),
    surplus_kW: new Float64Array(n),
    line_kW: new Float64Array(compiled.park.lines.length),
    gain: new Float64Array(n),
  };
}

/** What arrives of a flow sent into a line (positive or negative alike). */
export function arriving_kW(compiled: Compiled, line: number, sent_kW: number): number {
  return sent_kW * (1 - (compiled.park.lines[line]?.loss ?? 0));
}

/** What a metered line sends at its sending end: measured at `from`, so backwards it is what arrives there. */
export function sentOf(compiled: Compiled, line: number, measured_kW: number): number {
  return measured_kW >= 0 ? measured_kW : measured_kW / arriving_kW(compiled, line, 1);
}

/**
 * What leaves the `from` node and what reaches the `to` node, both positive from → to, for a line of the given
 * flow at its sending end.
 */
export function ends_kW(compiled: Compiled, line: number, flow_kW: number): { from: number; to: number } {
  const arrives = arriving_kW(compiled, line, flow_kW);
  return flow_kW >= 0 ? { from: flow_kW, to: arrives } : { from: arrives, to: flow_kW };
}

/**
 * Fills flows and gains of the zone and returns what is left over at its root, kW: + more comes in than is taken.
 * Chords carry what the rings' model says; the tree carries what then remains, so every node but the root balances.
 */
export function settle(s: Settling, z: number): number {
  const { compiled, zones, net_kW, surplus_kW, line_kW, gain } = s;
  const zone = zones.list[z] as Zone;
  for (const node of zone.nodes) surplus_kW[node] = net_kW[node] as number;
  const rings = s.rings[z] as Ring[];
  if (rings.length > 0) chordFlows(compiled, zones, zone, rings, net_kW, line_kW);
  for (const line of zone.chords) {
    const from = compiled.lineFrom[line] as number;
    const to = compiled.lineTo[line] as number;
    const flow = ends_kW(compiled, line, line_kW[line] as number);
    surplus_kW[from] = (surplus_kW[from] as number) - flow.from;
    surplus_kW[to] = (surplus_kW[to] as number) + flow.to;
  }
  for (let i = zone.nodes.length - 1; i > 0; i--) {
    const node = zone.nodes[i] as number;
    const up = zones.parent[node] as number;
    const line = zones.parentLine[node] as number;
    const outward = compiled.lineFrom[line] === node;
    const extra = surplus_kW[node] as number;
    const passes = 1 - (compiled.park.lines[line]?.loss ?? 0);
    // Extra goes towards the root and loses on the way; a lack is made good from there, so more must be sent.
    const sent = extra >= 0 ? extra : extra / passes;
    line_kW[line] = outward ? sent : -sent;
    surplus_kW[up] = (surplus_kW[up] as number) + (extra >= 0 ? extra * passes : sent);
  }
  const root = zone.nodes[0] as number;
  gain[root] = 1;
  for (let i = 1; i < zone.nodes.length; i++) {
    const node = zone.nodes[i] as number;
    const passes = 1 - (compiled.park.lines[zones.parentLine[node] as number]?.loss ?? 0);
    const towards = (surplus_kW[node] as number) >= 0;
    gain[node] = (gain[zones.parent[node] as number] as number) * (towards ? passes : 1 / passes);
  }
  return surplus_kW[root] as number;
}
