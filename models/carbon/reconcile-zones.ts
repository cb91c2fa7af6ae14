/** Adjusts the meters of complete zones until all their balances hold: connects a park with reconcile.ts. */

import { f64, i32 } from '../typed-arrays.ts';
import type { Work } from './balance-work.ts';
import { type Evaluated, type Meters, reconcile } from './reconcile.ts';
import { findGains, load, type Settling, settle } from './zone-flows.ts';

/** Location of the meters that may be adjusted: the port or the line of each, −1 for the other, and the nodes at its ends. */
interface Places {
  port: number[];
  line: number[];
  /** Two for each meter, −1 where it counts in no complete zone. A port has the first only. */
  node: number[];
}

/** Reconciles all complete zones in place; returns 1 for zones whose meters contradict each other. */
export function reconcileZones(work: Work, complete: Uint8Array): Uint8Array {
  const { s, port_kW, portHow } = work;
  const conflicts = new Uint8Array(complete.length);
  const active: number[] = [];
  const rowOfZone = new Int32Array(complete.length).fill(-1);
  for (let z = 0; z < complete.length; z++) if (complete[z] === 1) rowOfZone[z] = active.push(z) - 1;
  if (active.length === 0) return conflicts;

  const { meters, places } = metersOf(work, rowOfZone);
  const evaluated: Evaluated = {
    residual_kW: new Float64Array(active.length),
    slopes: new Float64Array(meters.zone.length),
    scale_kW: new Float64Array(active.length),
  };
  const result = reconcile({
    zones: active.length,
    meters,
    residuals: (values_kW) => {
      write(work, places, values_kW);
      load(s, port_kW, work.metered, work.line_kW);
      for (let i = 0; i < active.length; i++) {
        const z = active[i] as number;
        evaluated.residual_kW[i] = settle(s, z);
        findGains(s, z);
        evaluated.scale_kW[i] = f64(s.scale_kW, z);
      }
      slopes(s, places, work.line_kW, evaluated.slopes);
      return evaluated;
    },
  });
  write(work, places, result.values_kW);
  for (let i = 0; i < places.port.length; i++) {
    const port = places.port[i] as number;
    if (port >= 0 && result.values_kW[i] !== meters.value_kW[i]) portHow[port] = 1;
  }
  for (let i = 0; i < active.length; i++) conflicts[active[i] as number] = result.holds[i] === 1 ? 0 : 1;
  return conflicts;
}

function metersOf({ s, known, metered, port_kW, portHow, line_kW }: Work, rowOfZone: Int32Array): { meters: Meters; places: Places } {
  const { arrays, compiled } = s;
  const { ofNode } = s.zones;
  const meters: Meters = { value_kW: [], sigma_kW: [], signed: [], zone: [] };
  const places: Places = { port: [], line: [], node: [] };
  const rowAt = (node: number) => i32(rowOfZone, i32(ofNode, node));
  for (let p = 0; p < portHow.length; p++) {
    const node = i32(arrays.portNode, p);
    const row = rowAt(node);
    const sigma = f64(known.portSigma_kW, p);
    if (row < 0 || portHow[p] !== 0 || !(sigma > 0)) continue;
    meters.value_kW.push(f64(port_kW, p));
    meters.sigma_kW.push(sigma);
    meters.signed.push(false);
    meters.zone.push(row, -1);
    places.port.push(p);
    places.line.push(-1);
    places.node.push(node, -1);
  }
  for (let l = 0; l < metered.length; l++) {
    const sigma = f64(known.lineSigma_kW, l);
    if (metered[l] === 0 || !(sigma > 0)) continue;
    const from = i32(compiled.lineFrom, l);
    const to = i32(compiled.lineTo, l);
    const rowFrom = rowAt(from);
    const rowTo = rowAt(to);
    if (rowFrom < 0 && rowTo < 0) continue;
    meters.value_kW.push(f64(line_kW, l));
    meters.sigma_kW.push(sigma);
    meters.signed.push(true);
    meters.zone.push(rowFrom, rowTo);
    places.port.push(-1);
    places.line.push(l);
    places.node.push(rowFrom < 0 ? -1 : from, rowTo < 0 ? -1 : to);
  }
  return { meters, places };
}

function write({ port_kW, line_kW }: Work, { port, line }: Places, values_kW: Float64Array): void {
  for (let i = 0; i < values_kW.length; i++) {
    const p = port[i] as number;
    if (p >= 0) port_kW[p] = f64(values_kW, i);
    else line_kW[line[i] as number] = f64(values_kW, i);
  }
}

/** kW at the root of its zone per kW of the meter, at each of its places. */
function slopes(s: Settling, { port, line, node }: Places, line_kW: Float64Array, into: Float64Array): void {
  const { portOut, linePasses } = s.arrays;
  for (let i = 0; i < port.length; i++) {
    const p = port[i] as number;
    const a = node[2 * i] as number;
    const b = node[2 * i + 1] as number;
    const out = p >= 0 && portOut[p] === 1;
    if (a >= 0) into[2 * i] = (out ? 1 : -1) * f64(s.gain, a);
    if (b < 0) continue;
    const l = line[i] as number;
    const passes = f64(linePasses, l);
    // kW at the `to` end per kW measured at the `from` end.
    const far = f64(line_kW, l) >= 0 ? passes : 1 / passes;
    into[2 * i + 1] = far * f64(s.gain, b);
  }
}
