/**
 * Finds where an asset's energy comes from: every source by name, every line it passes and how much of it, across plants
 * and carriers. It is tracing (METHODS 1) in reverse: x = A⁻¹·injected is what each node carries; the part μ of what is
 * injected at a node that ends in the asset is the solution of the transposed system, Aᵀ·μ = what it takes.
 * One solve covers all sources at once, and what flows into a node for the asset also flows out of it.
 */
import type { SourceKind } from '../energy-sources.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { directionOf } from '../units.ts';
import { type FlowNetwork, type FlowSource, flowNetworkOf, heldBy } from './flow-network.ts';
import { type FollowedLine, type FollowedTotal, least, linesAndAssets, orNull, ways } from './followed.ts';
import { mainPath } from './main-path.ts';
import { mix } from './mix.ts';
import type { Compiled, CompiledPort, Step } from './step.ts';

export interface SupplySource {
  asset: string;
  /** The port that injects; null for an unmetered source. */
  port: string | null;
  kind: SourceKind;
  share: number;
  /** null where it is unknown. */
  intensity_gPerKwh: number | null;
  /** The part of what the source gives that ends in the asset. */
  power_kW: number;
  carbon_kgPerH: number | null;
  /** The path that most of it takes: ids of assets and lines from source to asset; empty where no path was computed. */
  path: string[];
  /** Fraction 0…1 of it that takes exactly this path. */
  part: number;
  /** For a storage: what it holds, by source kind. */
  held?: { kind: SourceKind; share: number }[];
}

export interface Supply {
  total: FollowedTotal;
  /** Shares of primary energy, largest first; they sum to 1. */
  sources: SupplySource[];
  lines: FollowedLine[];
  /** Ids of all assets on the way, sources and the asset itself included. */
  through: string[];
}

/** Columns of what a node carries per kWh: primary energy, carbon (g), energy of unknown carbon. */
const columns = 3;

/** Null where nothing is known to reach the asset, or it has no ports. */
export function supplyOf(compiled: Compiled, step: Step, asset: number): Supply | null {
  const network = flowNetworkOf(compiled, step);
  const own = (compiled.assetPorts[asset] ?? []).map((p) => ({ p, ...(compiled.ports[p] as CompiledPort) }));
  const intake = own.filter(({ port, role }) => directionOf(port) === 'in' && role !== 'export');
  const taking = intake.filter(({ p }) => f64(step.port_kW, p) > 0);
  // A source that takes nothing is the answer itself. (A hall that gives waste heat also takes electricity.)
  const given = network.sources.find(({ port }) => own.some(({ p, role }) => p === port && role !== 'discharge'));
  if (given && taking.length === 0) return itself(compiled, given);
  // For an asset that takes nothing now, the answer is what it would take.
  const rests = taking.length === 0;
  const taken_kW = new Map<number, number>();
  for (const { p, node } of rests ? intake.slice(0, 1) : taking)
    taken_kW.set(node, (taken_kW.get(node) ?? 0) + (rests ? 1 : f64(step.port_kW, p)));

  const { graph, inflow_kW, back, backOrder } = network;
  const ends = new Float64Array(graph.nodes);
  for (const [node, kW] of taken_kW) ends[node] = kW;
  mix(back, backOrder, inflow_kW, ends, 1);
  let primary_kW = 0;
  for (const { node, kW } of network.sources) primary_kW += kW * f64(ends, node);
  if (!(primary_kW > 0)) return null;

  const told = (kW: number) => (rests ? 0 : kW);
  const sources = network.sources
    .map((source): SupplySource => {
      const kW = source.kW * f64(ends, source.node);
      return {
        asset: source.asset,
        port: source.port < 0 ? null : (compiled.ports[source.port] as CompiledPort).port,
        kind: source.kind,
        share: kW / primary_kW,
        intensity_gPerKwh: orNull(source.gPerKwh),
        power_kW: told(kW),
        carbon_kgPerH: orNull((told(kW) * source.gPerKwh) / 1000),
        path: [],
        part: 0,
        ...(source.kind === 'storage' ? { held: heldBy(step, compiled.assetIndex.get(source.asset) as number) } : {}),
      };
    })
    .map((source, i) => ({ source, node: (network.sources[i] as FlowSource).node }))
    .filter(({ source }) => source.share >= least)
    .sort((a, b) => b.source.share - a.source.share);
  const id = compiled.park.assets[asset]?.id as string;
  for (const { source, node } of sources.slice(0, ways)) {
    const { path, part } = mainPath(compiled, network, back, backOrder, ends, taken_kW, node);
    source.path = ended([source.asset, ...path, id]);
    source.part = part;
  }

  const carried = carriedBy(network);
  const { lines, through } = linesAndAssets(
    compiled,
    network,
    (e) => {
      const kW = f64(graph.weight, e) * f64(ends, i32(graph.to, e));
      const at = columns * i32(graph.from, e);
      const gPerKwh = f64(carried, at + 2) > 0 ? Number.NaN : f64(carried, at + 1);
      return { share: (kW * f64(carried, at)) / primary_kW, kW: told(kW), gPerH: told(kW) * gPerKwh };
    },
    [id, ...sources.map(({ source }) => source.asset)],
  );
  const power_kW = [...taken_kW.values()].reduce((sum, kW) => sum + kW, 0);
  const gPerH = sources.reduce((sum, { source }) => sum + source.share * primary_kW * (source.intensity_gPerKwh ?? Number.NaN), 0);
  return {
    total: { power_kW: told(power_kW), intensity_gPerKwh: orNull(gPerH / power_kW), carbon_kgPerH: orNull(told(gPerH) / 1000) },
    sources: sources.map(({ source }) => source),
    lines,
    through,
  };
}

/** The answer for a source is the source itself. */
function itself(compiled: Compiled, { asset, port, kind, kW, gPerKwh }: FlowSource): Supply {
  const [intensity_gPerKwh, carbon_kgPerH] = [orNull(gPerKwh), orNull((kW * gPerKwh) / 1000)];
  const source = { asset, port: (compiled.ports[port] as CompiledPort).port, kind, share: 1, intensity_gPerKwh };
  return {
    total: { power_kW: kW, intensity_gPerKwh, carbon_kgPerH },
    sources: [{ ...source, power_kW: kW, carbon_kgPerH, path: [asset], part: 1 }],
    lines: [],
    through: [asset],
  };
}

const known = new WeakMap<FlowNetwork, Float64Array>();

function carriedBy(network: FlowNetwork): Float64Array {
  let values = known.get(network);
  if (values) return values;
  const { graph, order, inflow_kW, sources } = network;
  values = new Float64Array(columns * graph.nodes);
  for (const { node, kW, gPerKwh } of sources) {
    const at = columns * node;
    values[at] = f64(values, at) + kW;
    if (Number.isFinite(gPerKwh)) values[at + 1] = f64(values, at + 1) + kW * gPerKwh;
    else values[at + 2] = f64(values, at + 2) + kW;
  }
  mix(graph, order, inflow_kW, values, columns);
  known.set(network, values);
  return values;
}

/** Removes ids that repeat the one before. */
export function ended(path: readonly string[]): string[] {
  return path.filter((id, i) => id !== path[i - 1]);
}
