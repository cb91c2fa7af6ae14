/** The meters of complete zones, brought to where all their balances hold: what reconcile.ts needs to know of a park. */
import type { Known } from './balance.ts';
import { type Meter, reconcile } from './reconcile.ts';
import { arriving_kW, type Settling, settle } from './settle.ts';
import type { Compiled } from './step.ts';

interface Values {
  port_kW: Float64Array;
  portHow: Uint8Array;
  line_kW: Float64Array;
  load: () => void;
  scale_kW: Float64Array;
}

/** Reconciles all complete zones in place; returns 1 for zones whose meters contradict each other. */
export function reconcileZones(
  compiled: Compiled,
  known: Known,
  s: Settling,
  complete: Uint8Array,
  metered: Uint8Array,
  values: Values,
): Uint8Array {
  const { port_kW, portHow, line_kW, load, scale_kW } = values;
  const { ofNode, list } = s.zones;
  const active = [...complete.keys()].filter((z) => complete[z] === 1);
  const row = new Map(active.map((z, i) => [z, i]));
  const meters: Meter[] = [];
  /** Of each meter: where its value is kept, and the nodes it counts at with their sign, one per zone entry. */
  const places: { port: number; line: number; nodes: number[]; signs: number[] }[] = [];
  for (const [p, port] of compiled.ports.entries()) {
    const z = row.get(ofNode[port.node] as number);
    const sigma = known.portSigma_kW[p] as number;
    if (z === undefined || portHow[p] !== 0 || !(sigma > 0)) continue;
    meters.push({ value_kW: port_kW[p] as number, sigma_kW: sigma, signed: false, zones: [z] });
    places.push({ port: p, line: -1, nodes: [port.node], signs: [port.port.endsWith('.out') ? 1 : -1] });
  }
  for (let l = 0; l < metered.length; l++) {
    const sigma = known.lineSigma_kW[l] as number;
    if (metered[l] === 0 || !(sigma > 0)) continue;
    const nodes: number[] = [];
    const signs: number[] = [];
    const zones: number[] = [];
    for (const [node, sign] of [
      [compiled.lineFrom[l] as number, -1],
      [compiled.lineTo[l] as number, 1],
    ] as const) {
      const z = row.get(ofNode[node] as number);
      if (z === undefined) continue;
      nodes.push(node);
      signs.push(sign);
      zones.push(z);
    }
    if (zones.length === 0) continue;
    meters.push({ value_kW: line_kW[l] as number, sigma_kW: sigma, signed: true, zones });
    places.push({ port: -1, line: l, nodes, signs });
  }
  const write = (at: Float64Array) => {
    for (const [i, { port, line }] of places.entries()) {
      if (port >= 0) port_kW[port] = at[i] as number;
      else line_kW[line] = at[i] as number;
    }
  };
  const residuals = (at: Float64Array) => {
    write(at);
    load();
    const residual_kW = Float64Array.from(active, (z) => settle(s, z));
    const slopes = places.map(({ line, nodes, signs }) =>
      nodes.map((node, k) => {
        const sign = signs[k] as number;
        const sent = line < 0 || sign < 0 ? 1 : farEnd(compiled, line, line_kW[line] as number);
        return sign * sent * (s.gain[node] as number);
      }),
    );
    return { residual_kW, slopes, scale_kW: Float64Array.from(active, (z) => scale_kW[z] as number) };
  };
  const result = reconcile({ zones: active.length, meters, residuals });
  write(result.values_kW);
  for (const [i, { port }] of places.entries()) {
    const meter = meters[i] as Meter;
    if (port >= 0 && result.values_kW[i] !== meter.value_kW) portHow[port] = 1;
  }
  const conflicts = new Uint8Array(list.length);
  for (const [z, i] of row) conflicts[z] = result.holds[i] === 1 ? 0 : 1;
  return conflicts;
}

/** kW at the `to` end per kW measured at the `from` end. */
function farEnd(compiled: Compiled, line: number, measured_kW: number): number {
  const passes = arriving_kW(compiled, line, 1);
  return measured_kW >= 0 ? passes : 1 / passes;
}
