/**
 * Finds where the energy of a source (or of a plant or storage that gives energy) goes: every end use by name, every line
 * on the way. It is tracing (METHODS 1) with only this source: what arrives and what is lost sum to what the source gives.
 */

import { f64, i32 } from '../typed-arrays.ts';
import { directionOf } from '../units.ts';
import { type FlowLoad, flowNetworkOf } from './flow-network.ts';
import { type FollowedLine, type FollowedTotal, least, linesAndAssets, orNull, ways } from './followed.ts';
import { mainPath } from './main-path.ts';
import { mix } from './mix.ts';
import type { Compiled, CompiledPort, Step } from './step.ts';
import { ended } from './supply.ts';

/** load: an end use · charge: into a storage · export: out of the park · plant: into one that gives nothing now */
export const useKinds = ['load', 'charge', 'export', 'plant', 'unmetered'] as const;
export type UseKind = (typeof useKinds)[number];

export interface DeliveryUse {
  asset: string;
  /** The port that takes; null for an unmetered rest. */
  port: string | null;
  kind: UseKind;
  share: number;
  /** The part of what the source gives that ends here; a plant on the way passes on what it takes. */
  power_kW: number;
  carbon_kgPerH: number | null;
  /** The path that most of it takes, from the source to here; empty where no path was computed. */
  path: string[];
  part: number;
}

export interface Delivery {
  total: FollowedTotal;
  /** Largest first; with `lost` they sum to 1. */
  uses: DeliveryUse[];
  /** Share that is lost on the way, where the park accounts losses separately. */
  lost: number;
  lines: FollowedLine[];
  /** Ids of all assets on the way, uses and the source itself included. */
  through: string[];
}

/** Columns of what a node carries per kWh: energy of this source, its carbon (g). */
const columns = 2;

/** Null where the asset gives nothing. */
export function deliveryOf(compiled: Compiled, step: Step, asset: number): Delivery | null {
  const network = flowNetworkOf(compiled, step);
  const { graph, order, inflow_kW } = network;
  const values = new Float64Array(columns * graph.nodes);
  const given_kW = new Map<number, number>();
  let power_kW = 0;
  let gPerH = 0;
  for (const p of compiled.assetPorts[asset] ?? []) {
    const { port, node } = compiled.ports[p] as CompiledPort;
    const kW = f64(step.port_kW, p);
    if (directionOf(port) !== 'out' || !(kW > 0)) continue;
    const carbon = kW * f64(step.portIntensity_gPerKwh, p);
    given_kW.set(node, (given_kW.get(node) ?? 0) + kW);
    values[columns * node] = f64(values, columns * node) + kW;
    values[columns * node + 1] = f64(values, columns * node + 1) + (Number.isFinite(carbon) ? carbon : 0);
    power_kW += kW;
    gPerH += carbon;
  }
  if (!(power_kW > 0)) return null;
  mix(graph, order, inflow_kW, values, columns);
  const energy = Float64Array.from({ length: graph.nodes }, (_, n) => f64(values, columns * n));
  // Where one product of a plant has unknown carbon, it cannot be said whose carbon is whose: all of it counts as unknown.
  const carbonKnown = Number.isFinite(gPerH);
  const carbonAt = (node: number) => (carbonKnown ? f64(values, columns * node + 1) : Number.NaN);

  const id = compiled.park.assets[asset]?.id as string;
  const found = network.loads
    .map((load) => ({ load, use: useOf(compiled, load, f64(energy, load.node), carbonAt(load.node), power_kW) }))
    .sort((a, b) => b.use.share - a.use.share);
  // Summed over all ends, also the small ones: many small ends can be a large part together.
  const arrived = found.reduce((sum, { use }) => sum + use.share, 0);
  const uses = found.filter(({ use }) => use.share >= least);
  for (const { load, use } of uses.slice(0, ways)) {
    const { path, part } = mainPath(compiled, network, graph, order, energy, given_kW, load.node);
    use.path = ended([id, ...path.reverse(), use.asset]);
    use.part = part;
  }
  const { lines, through } = linesAndAssets(
    compiled,
    network,
    (e) => {
      const from = i32(graph.from, e);
      const kW = f64(graph.weight, e) * f64(energy, from);
      return { share: kW / power_kW, kW, gPerH: f64(graph.weight, e) * carbonAt(from) };
    },
    [id, ...uses.map(({ use }) => use.asset)],
  );
  const lost = 1 - arrived;
  return {
    total: { power_kW, intensity_gPerKwh: orNull(gPerH / power_kW), carbon_kgPerH: orNull(gPerH / 1000) },
    uses: uses.map(({ use }) => use),
    // A smaller difference is rounding, not a loss.
    lost: lost > 1e-9 ? lost : 0,
    lines,
    through,
  };
}

function useOf(compiled: Compiled, load: FlowLoad, energy: number, carbon: number, all_kW: number): DeliveryUse {
  const { port, asset, role, kW } = load;
  return {
    asset,
    port: port < 0 ? null : (compiled.ports[port] as CompiledPort).port,
    kind: role === 'charge' || role === 'export' || role === 'unmetered' ? role : role === 'input' ? 'plant' : 'load',
    share: (kW * energy) / all_kW,
    power_kW: kW * energy,
    carbon_kgPerH: orNull((kW * carbon) / 1000),
    path: [],
    part: 0,
  };
}
