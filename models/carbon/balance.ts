/**
 * Computes flows that balance at every node from meter values (METHODS 2). Zones of unmetered lines are resolved one by
 * one. What cannot be explained becomes a slack that is shown; it is never corrected silently and never set to zero.
 */

import { f64, i32 } from '../typed-arrays.ts';
import type { Known, Work } from './balance-work.ts';
import { certainty } from './certainty.ts';
import { arraysOf } from './compiled-arrays.ts';
import { rounding } from './reconcile.ts';
import { reconcileZones } from './reconcile-zones.ts';
import { countOf, priorities, type Situations, situations } from './situation.ts';
import type { Compiled, Slack } from './step.ts';
import { findGains, load, type Settling, sentOf, settle, settling } from './zone-flows.ts';
import type { Zone } from './zones.ts';

export interface Balance {
  /** NaN where it stays unknown (the zone's slack carries it). */
  port_kW: Float64Array;
  /** 0 as given · 1 reconciled · 2 derived by balance · 3 unknown. */
  portHow: Uint8Array;
  /** Signed, positive from → to: what is sent at the sending end. */
  line_kW: Float64Array;
  /** 1 where the flow follows from a model: lines of rings, and lines on the way to unknown ports. */
  lineModelled: Uint8Array;
  /** 1 where nothing says how much flows (unknowns on both sides, no declared rest): the flow is a placeholder. */
  lineUnknown: Uint8Array;
  slacks: Slack[];
  /** Node → zone. */
  zoneOfNode: Int32Array;
}

export function balance(compiled: Compiled, known: Known): Balance {
  const arrays = arraysOf(compiled);
  const { lineOpen } = arrays;
  const port_kW = known.port_kW.slice();
  const portHow = new Uint8Array(port_kW.length);
  for (let p = 0; p < port_kW.length; p++) {
    if (f64(port_kW, p) >= 0) continue;
    port_kW[p] = Number.NaN;
    portHow[p] = 3;
  }
  const metered = new Uint8Array(lineOpen.length);
  const inside = new Uint8Array(lineOpen.length);
  for (let l = 0; l < lineOpen.length; l++) {
    if (lineOpen[l] === 1) continue;
    if (Number.isFinite(known.line_kW[l])) metered[l] = 1;
    else inside[l] = 1;
  }
  const s = settling(compiled, inside, priorities(compiled, arrays, portHow));
  const around = situations(compiled, arrays, s.zones, portHow, metered);
  const work: Work = { s, around, known, metered, port_kW, portHow, line_kW: known.line_kW.slice() };

  const complete = completeZones(work);
  const conflicts = reconcileZones(work, complete);
  const slacks = slacksOf(work, complete, conflicts);
  const { lineModelled, lineUnknown } = certainty(compiled, s, around, portHow);
  const flows = new Float64Array(lineOpen.length);
  for (let l = 0; l < flows.length; l++) {
    if (metered[l] === 1) flows[l] = sentOf(arrays, l, f64(work.line_kW, l));
    else if (inside[l] === 1) flows[l] = f64(s.line_kW, l);
  }
  return { port_kW, portHow, line_kW: flows, lineModelled, lineUnknown, slacks, zoneOfNode: s.zones.ofNode };
}

/** 1 for zones in which every port is known. A single unknown asset that would have to run backwards counts as off (0 kW). */
function completeZones({ s, around, metered, port_kW, portHow, line_kW }: Work): Uint8Array {
  const { declared, unknown, unknownAssets, said } = around;
  const complete = new Uint8Array(s.zones.list.length);
  load(s, port_kW, metered, line_kW);
  for (let z = 0; z < complete.length; z++) {
    if (countOf(declared, z) > 0) continue;
    if (unknownAssets[z] === 0) complete[z] = 1;
    if (unknownAssets[z] !== 1 || said[z] === 0) continue;
    if (portFor(s, around, z, settle(s, z)) >= 0) continue;
    for (let k = i32(unknown.first, z); k < i32(unknown.first, z + 1); k++) {
      const p = i32(unknown.items, k);
      port_kW[p] = 0;
      portHow[p] = 2;
    }
    complete[z] = 1;
  }
  return complete;
}

/** Settles every zone for the last time; what is left over goes to the single unknown port, otherwise to slacks. */
function slacksOf(work: Work, complete: Uint8Array, conflicts: Uint8Array): Slack[] {
  const { s, around, metered, port_kW, portHow, line_kW } = work;
  const { unknown, unknownAssets, said } = around;
  load(s, port_kW, metered, line_kW);
  const slacks: Slack[] = [];
  for (let z = 0; z < complete.length; z++) {
    const root = (s.zones.list[z] as Zone).nodes[0] as number;
    const rest = settle(s, z);
    const noise = rounding * f64(s.scale_kW, z);
    if (countOf(around.declared, z) > 0) {
      shareRest(work, z, rest, slacks);
      continue;
    }
    if (complete[z] === 1) {
      if (conflicts[z] === 1 || Math.abs(rest) > 1e3 * noise) slacks.push({ node: root, power_kW: rest, conflict: true });
      continue;
    }
    const takes = portFor(s, around, z, rest);
    if (unknownAssets[z] === 1 && i32(said, z) > 0 && (takes >= 0 || Math.abs(rest) <= noise)) {
      for (let k = i32(unknown.first, z); k < i32(unknown.first, z + 1); k++) {
        const p = i32(unknown.items, k);
        port_kW[p] = p === takes ? Math.abs(rest) : 0;
        portHow[p] = 2;
      }
    } else if (Math.abs(rest) > noise) {
      slacks.push({ node: root, power_kW: rest, conflict: false });
    }
  }
  return slacks;
}

/** Divides `whole` equally among the declared rests of a zone; what rounding leaves over stays at the root. */
function shareRest(work: Work, z: number, whole: number, slacks: Slack[]): void {
  const { s, around } = work;
  const { first, items } = around.declared;
  const root = (s.zones.list[z] as Zone).nodes[0] as number;
  const noise = rounding * f64(s.scale_kW, z);
  const count = countOf(around.declared, z);
  const part = whole / count;
  for (let k = i32(first, z); k < i32(first, z + 1); k++) {
    const node = i32(items, k);
    if (node === root) continue;
    s.net_kW[node] = f64(s.net_kW, node) - part;
    slacks.push({ node, power_kW: part, conflict: false });
  }
  const rest = count > 1 ? settle(s, z) : whole;
  const conflict = around.unknownAssets[z] === 0 && rest < -noise && rest < -3 * sigmaAt(work, z) - noise;
  slacks.push({ node: root, power_kW: Math.abs(rest) <= noise ? 0 : rest, conflict });
}

/** The port of the single unknown asset that can take (rest > 0) or give (rest < 0) what is left over, else −1. */
function portFor(s: Settling, { unknown }: Situations, z: number, rest: number): number {
  const out = rest > 0 ? 0 : 1;
  for (let k = i32(unknown.first, z); k < i32(unknown.first, z + 1); k++) {
    const p = i32(unknown.items, k);
    if (s.arrays.portOut[p] === out) return p;
  }
  return -1;
}

/** Standard uncertainty of the zone's rest, from the uncertainties of its meters. */
function sigmaAt({ s, known, metered }: Work, z: number): number {
  const { lineFrom, lineTo } = s.compiled;
  findGains(s, z);
  let variance = 0;
  for (let p = 0; p < known.portSigma_kW.length; p++) {
    variance += varianceAt(s, z, i32(s.arrays.portNode, p), f64(known.portSigma_kW, p));
  }
  for (let l = 0; l < metered.length; l++) {
    if (metered[l] === 0) continue;
    const sigma = f64(known.lineSigma_kW, l);
    variance += varianceAt(s, z, i32(lineFrom, l), sigma) + varianceAt(s, z, i32(lineTo, l), sigma);
  }
  return Math.sqrt(variance);
}

function varianceAt(s: Settling, z: number, node: number, sigma: number): number {
  return s.zones.ofNode[node] === z && sigma > 0 ? (f64(s.gain, node) * sigma) ** 2 : 0;
}
