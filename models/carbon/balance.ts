/**
 * From what meters say to flows that balance at every node (METHODS 2). Zones of unmetered lines are resolved one by
 * one; what cannot be explained becomes a slack that is shown, never a silent correction and never zero.
 */

import type { Situation } from './certainty.ts';
import { certainty } from './certainty.ts';
import { rounding } from './reconcile.ts';
import { reconcileZones } from './reconcile-zones.ts';
import { ends_kW, type Settling, sentOf, settle, settling } from './settle.ts';
import type { Compiled, Slack } from './step.ts';
import { type Zone, zonesOf } from './zones.ts';

export interface Known {
  /** kW ≥ 0; NaN unknown. */
  port_kW: Float64Array;
  portSigma_kW: Float64Array;
  /** kW at the `from` end, positive from → to; NaN unmetered. */
  line_kW: Float64Array;
  lineSigma_kW: Float64Array;
}

export interface Balance {
  /** NaN where it stays unknown (the zone's slack carries it). */
  port_kW: Float64Array;
  /** 0 as given · 1 reconciled · 2 derived by balance · 3 unknown. */
  portHow: Uint8Array;
  /** Signed, positive from → to: what is sent at the sending end. */
  line_kW: Float64Array;
  /** 1 where the flow follows from a model: rings, and lines towards what is unknown. */
  lineModelled: Uint8Array;
  /** 1 where nothing says how much flows (unknowns on both sides, no declared rest): the flow is a placeholder. */
  lineUnknown: Uint8Array;
  slacks: Slack[];
  /** Node → zone. */
  zoneOfNode: Int32Array;
}

export function balance(compiled: Compiled, known: Known): Balance {
  const { park, ports, lineFrom, lineTo, nodes } = compiled;
  const port_kW = known.port_kW.map((kW) => (kW >= 0 ? kW : Number.NaN));
  const portHow = Uint8Array.from(port_kW, (kW) => (Number.isNaN(kW) ? 3 : 0));
  const metered = Uint8Array.from(park.lines, (line, l) => (!line.open && Number.isFinite(known.line_kW[l]) ? 1 : 0));
  const inside = Uint8Array.from(park.lines, (line, l) => (!line.open && metered[l] === 0 ? 1 : 0));

  const priority = new Uint8Array(nodes.length);
  const raise = (node: number, to: number) => {
    priority[node] = Math.max(priority[node] as number, to);
  };
  for (const [p, port] of ports.entries()) {
    const unknown = portHow[p] === 3;
    if (port.role === 'import') raise(port.node, unknown ? 3 : 1);
    else if (unknown) raise(port.node, 2);
  }
  for (const node of compiled.unmeteredNode) raise(node, 4);
  const zones = zonesOf(compiled, inside, priority);
  const s = settling(compiled, zones);
  const situations = zones.list.map((): Situation => ({ declared: [], unknown: [], unknownAssets: 0, said: 0 }));
  const situationAt = (node: number) => situations[zones.ofNode[node] as number] as Situation;
  for (const node of new Set(compiled.unmeteredNode)) situationAt(node).declared.push(node);
  for (const [p, port] of ports.entries()) {
    if (portHow[p] === 3) situationAt(port.node).unknown.push(p);
    else situationAt(port.node).said++;
  }
  for (let l = 0; l < metered.length; l++) {
    if (metered[l] === 0) continue;
    situationAt(lineFrom[l] as number).said++;
    situationAt(lineTo[l] as number).said++;
  }
  for (const situation of situations) {
    situation.unknownAssets = new Set(situation.unknown.map((p) => `${ports[p]?.asset}/${ports[p]?.node}`)).size;
  }

  const line_kW = known.line_kW.slice();
  const scale_kW = new Float64Array(zones.list.length);
  /** Puts ports and metered lines on the nodes. */
  const load = () => {
    s.net_kW.fill(0);
    scale_kW.fill(0);
    const put = (node: number, kW: number) => {
      s.net_kW[node] = (s.net_kW[node] as number) + kW;
      const z = zones.ofNode[node] as number;
      scale_kW[z] = (scale_kW[z] as number) + Math.abs(kW);
    };
    for (const [p, port] of ports.entries()) {
      const kW = port_kW[p] as number;
      if (!Number.isNaN(kW)) put(port.node, port.port.endsWith('.out') ? kW : -kW);
    }
    for (let l = 0; l < metered.length; l++) {
      if (metered[l] === 0) continue;
      const ends = ends_kW(compiled, l, sentOf(compiled, l, line_kW[l] as number));
      put(lineFrom[l] as number, -ends.from);
      put(lineTo[l] as number, ends.to);
    }
  };

  // A single unknown that would have to run backwards is off; then the meters have to agree without it.
  const complete = new Uint8Array(zones.list.length);
  load();
  for (const [z, { declared, unknown, unknownAssets, said }] of situations.entries()) {
    if (declared.length > 0) continue;
    if (unknownAssets === 0) complete[z] = 1;
    if (unknownAssets !== 1 || said === 0) continue;
    const rest = settle(s, z);
    if (portFor(compiled, unknown, rest) !== undefined) continue;
    for (const p of unknown) {
      port_kW[p] = 0;
      portHow[p] = 2;
    }
    complete[z] = 1;
  }

  const conflicts = reconcileZones(compiled, known, s, complete, metered, {
    port_kW,
    portHow,
    line_kW,
    load,
    scale_kW,
  });

  load();
  const slacks: Slack[] = [];
  for (const [z, situation] of situations.entries()) {
    const { declared, unknown, unknownAssets, said } = situation;
    const root = (zones.list[z] as Zone).nodes[0] as number;
    let rest = settle(s, z);
    const noise = rounding * (scale_kW[z] as number);
    if (declared.length > 0) {
      // Several declared rests of one zone share it; the last of the rounding stays at the root.
      const part = rest / declared.length;
      for (const node of declared) {
        if (node === root) continue;
        s.net_kW[node] = (s.net_kW[node] as number) - part;
        slacks.push({ node, power_kW: part, conflict: false });
      }
      if (declared.length > 1) rest = settle(s, z);
      const conflict = unknownAssets === 0 && rest < -3 * sigmaAt(compiled, known, s, z, metered) - noise;
      slacks.push({ node: root, power_kW: Math.abs(rest) <= noise ? 0 : rest, conflict });
    } else if (complete[z] === 1) {
      if (conflicts[z] === 1 || Math.abs(rest) > 1e3 * noise) slacks.push({ node: root, power_kW: rest, conflict: true });
    } else if (unknownAssets === 1 && said > 0 && (portFor(compiled, unknown, rest) !== undefined || Math.abs(rest) <= noise)) {
      const takes = portFor(compiled, unknown, rest);
      for (const p of unknown) {
        port_kW[p] = p === takes ? Math.abs(rest) : 0;
        portHow[p] = 2;
      }
    } else if (Math.abs(rest) > noise) {
      slacks.push({ node: root, power_kW: rest, conflict: false });
    }
  }

  const { lineModelled, lineUnknown } = certainty(compiled, s, situations, portHow);
  const flows = Float64Array.from(park.lines, (line, l) => {
    if (line.open) return 0;
    if (metered[l] === 1) return sentOf(compiled, l, line_kW[l] as number);
    return s.line_kW[l] as number;
  });
  return { port_kW, portHow, line_kW: flows, lineModelled, lineUnknown, slacks, zoneOfNode: zones.ofNode };
}

/** The port of a single unknown that can take (rest > 0) or give (rest < 0) what is left over. */
function portFor(compiled: Compiled, unknown: readonly number[], rest: number): number | undefined {
  return unknown.find((p) => compiled.ports[p]?.port.endsWith(rest > 0 ? '.in' : '.out'));
}

/** Standard uncertainty of the zone's rest, as its meters explain it. */
function sigmaAt(compiled: Compiled, known: Known, s: Settling, z: number, metered: Uint8Array): number {
  let variance = 0;
  const { ofNode } = s.zones;
  const count = (node: number, sigma: number) => {
    if (ofNode[node] === z && sigma > 0) variance += ((s.gain[node] as number) * sigma) ** 2;
  };
  for (const [p, port] of compiled.ports.entries()) count(port.node, known.portSigma_kW[p] as number);
  for (let l = 0; l < metered.length; l++) {
    if (metered[l] === 0) continue;
    count(compiled.lineFrom[l] as number, known.lineSigma_kW[l] as number);
    count(compiled.lineTo[l] as number, known.lineSigma_kW[l] as number);
  }
  return Math.sqrt(variance);
}
