/** Computes the flows in a zone from what every node gives and takes: from the leaves to the root, with losses. */

import { f64, i32 } from '../typed-arrays.ts';
import { arraysOf, type CompiledArrays } from './compiled-arrays.ts';
import { oncePerPark } from './once-per-park.ts';
import { type Circuit, chordFlows, circuitOf } from './rings.ts';
import type { Compiled } from './step.ts';
import { type Zone, type Zones, zonesOf } from './zones.ts';

/** Zones with the working arrays of one balance, which are reused by the next balance of the same park. */
export interface Settling {
  compiled: Compiled;
  arrays: CompiledArrays;
  zones: Zones;
  /** By zone; null without rings. */
  circuits: (Circuit | null)[];
  /** What ports and metered lines leave over at each node, kW; + more comes in than is taken. */
  net_kW: Float64Array;
  /** By zone, Σ |kW| of these values: the scale for judging rounding. */
  scale_kW: Float64Array;
  /** What the zone's lines have to carry away from each node; at the root: the rest. */
  surplus_kW: Float64Array;
  /** Signed, positive from → to: what is sent at the sending end. */
  line_kW: Float64Array;
  /** kW at the root per kW at the node, including the losses on the way. */
  gain: Float64Array;
  /** Working array for the flows of rings. */
  held_kW: Float64Array;
}

/** The lines and root priorities of a park's last balance: zones change only when meters appear or disappear. */
const last = oncePerPark((): { inside: Uint8Array; priority: Uint8Array; settling: Settling | null } => ({
  inside: new Uint8Array(0),
  priority: new Uint8Array(0),
  settling: null,
}));

/** `inside` and `priority` as in zones.ts. */
export function settling(compiled: Compiled, inside: Uint8Array, priority: Uint8Array): Settling {
  const before = last(compiled);
  if (before.settling && same(before.inside, inside) && same(before.priority, priority)) return before.settling;
  const zones = zonesOf(compiled, inside, priority);
  const n = compiled.nodes.length;
  before.inside = inside;
  before.priority = priority;
  before.settling = {
    compiled,
    arrays: arraysOf(compiled),
    zones,
    circuits: zones.list.map((zone) => circuitOf(compiled, zones, zone)),
    net_kW: new Float64Array(n),
    scale_kW: new Float64Array(zones.list.length),
    surplus_kW: new Float64Array(n),
    line_kW: new Float64Array(compiled.park.lines.length),
    gain: new Float64Array(n),
    held_kW: new Float64Array(n),
  };
  return before.settling;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What a metered line sends at its sending end. It is measured at `from`: of a backward flow that is the arriving end. */
export function sentOf(arrays: CompiledArrays, line: number, measured_kW: number): number {
  return measured_kW >= 0 ? measured_kW : measured_kW / f64(arrays.linePasses, line);
}

/** What leaves the `from` node of a line; `flow_kW` is the flow at its sending end, positive from → to. */
export function leaves_kW(arrays: CompiledArrays, line: number, flow_kW: number): number {
  return flow_kW >= 0 ? flow_kW : flow_kW * f64(arrays.linePasses, line);
}

/** What reaches the `to` node; `flow_kW` as above. */
export function reaches_kW(arrays: CompiledArrays, line: number, flow_kW: number): number {
  return flow_kW >= 0 ? flow_kW * f64(arrays.linePasses, line) : flow_kW;
}

/** Adds the values of ports and metered lines to the nodes. */
export function load(s: Settling, port_kW: Float64Array, metered: Uint8Array, measured_kW: Float64Array): void {
  const { arrays, compiled } = s;
  s.net_kW.fill(0);
  s.scale_kW.fill(0);
  for (let p = 0; p < port_kW.length; p++) {
    const kW = f64(port_kW, p);
    if (!Number.isNaN(kW)) put(s, i32(arrays.portNode, p), arrays.portOut[p] === 1 ? kW : -kW);
  }
  for (let l = 0; l < metered.length; l++) {
    if (metered[l] === 0) continue;
    const flow = sentOf(arrays, l, f64(measured_kW, l));
    put(s, i32(compiled.lineFrom, l), -leaves_kW(arrays, l, flow));
    put(s, i32(compiled.lineTo, l), reaches_kW(arrays, l, flow));
  }
}

function put({ net_kW, scale_kW, zones }: Settling, node: number, kW: number): void {
  net_kW[node] = f64(net_kW, node) + kW;
  const z = i32(zones.ofNode, node);
  scale_kW[z] = f64(scale_kW, z) + Math.abs(kW);
}

/**
 * Fills the flows of the zone and returns what is left over at its root, kW: + more comes in than is taken.
 * Chords carry the flows of the ring model; the tree carries what remains, so every node except the root balances.
 */
export function settle(s: Settling, z: number): number {
  const { nodes } = s.zones.list[z] as Zone;
  const { net_kW, surplus_kW } = s;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as number;
    surplus_kW[node] = f64(net_kW, node);
  }
  const circuit = s.circuits[z] as Circuit | null;
  if (circuit) settleChords(s, z, circuit);
  settleTree(s, nodes);
  return f64(surplus_kW, nodes[0] as number);
}

function settleChords(s: Settling, z: number, circuit: Circuit): void {
  const { arrays, compiled, zones, net_kW, held_kW, surplus_kW, line_kW } = s;
  const { nodes, chords } = zones.list[z] as Zone;
  for (const node of nodes) held_kW[node] = f64(net_kW, node);
  chordFlows(circuit, zones, held_kW, line_kW);
  for (const line of chords) {
    const from = i32(compiled.lineFrom, line);
    const to = i32(compiled.lineTo, line);
    const flow = f64(line_kW, line);
    surplus_kW[from] = f64(surplus_kW, from) - leaves_kW(arrays, line, flow);
    surplus_kW[to] = f64(surplus_kW, to) + reaches_kW(arrays, line, flow);
  }
}

function settleTree(s: Settling, nodes: readonly number[]): void {
  const { surplus_kW, line_kW } = s;
  const { parent, parentLine } = s.zones;
  const { linePasses } = s.arrays;
  const { lineFrom } = s.compiled;
  for (let i = nodes.length - 1; i > 0; i--) {
    const node = nodes[i] as number;
    const up = i32(parent, node);
    const line = i32(parentLine, node);
    const extra = f64(surplus_kW, node);
    const passes = f64(linePasses, line);
    // A surplus flows to the root and loses some on the way; a deficit is supplied from the root, so more must be sent.
    const sent = extra >= 0 ? extra : extra / passes;
    line_kW[line] = lineFrom[line] === node ? sent : -sent;
    surplus_kW[up] = f64(surplus_kW, up) + (extra >= 0 ? extra * passes : sent);
  }
}

/** Fills the gains of a zone that is settled. */
export function findGains(s: Settling, z: number): void {
  const { nodes } = s.zones.list[z] as Zone;
  const { parent, parentLine } = s.zones;
  const { surplus_kW, gain } = s;
  gain[nodes[0] as number] = 1;
  for (let i = 1; i < nodes.length; i++) {
    const node = nodes[i] as number;
    const passes = f64(s.arrays.linePasses, i32(parentLine, node));
    const towards = f64(surplus_kW, node) >= 0;
    gain[node] = f64(gain, i32(parent, node)) * (towards ? passes : 1 / passes);
  }
}
