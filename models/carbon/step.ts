/**
 * Inputs and results of one accounting step: the interface between telemetry/state.ts (what is known) and
 * account.ts (balance, trace, carbon). Arrays are indexed by the compiled park's ports, lines, nodes and assets;
 * NaN always means unknown, 0 means zero.
 */

import type { Carrier } from '../carriers.ts';
import type { SourceKind } from '../energy-sources.ts';
import type { PortRole } from '../kinds/roles.ts';
import type { Park } from '../park/park.ts';
import type { PortId } from '../units.ts';

export interface CompiledPort {
  asset: number;
  port: PortId;
  node: number;
  role: PortRole;
  /** Index into park.sources where the park binds a factor to it (import, generation, product of unknown input), else -1. */
  source: number;
}

export interface CompiledNode {
  /** Asset whose node it is (the host, for assets connected `at` another). */
  asset: string;
  carrier: Carrier;
}

/** The park with everything looked up once. Made by compile(park). */
export interface Compiled {
  park: Park;
  /** Assets in park order, each asset's ports in its own order. */
  ports: CompiledPort[];
  /** `${assetId}/${portId}` → index into ports. */
  portIndex: Map<string, number>;
  assetIndex: Map<string, number>;
  lineIndex: Map<string, number>;
  nodes: CompiledNode[];
  /** `${assetId}/${carrier}` → index into nodes (hosted assets resolve to their host's). */
  nodeIndex: Map<string, number>;
  /** Ports of each asset. */
  assetPorts: number[][];
  /** Line ends as node indices. */
  lineFrom: Int32Array;
  lineTo: Int32Array;
  /** Indices of assets that store energy; levels have this order. */
  stores: number[];
  /** Asset → index into stores, -1 for assets that do not store. */
  assetStore: Int32Array;
  /** Assets that turn inputs into products, with the indices of those ports. */
  converters: CompiledConverter[];
  /** Asset → index into converters, -1 for others. */
  assetConverter: Int32Array;
  /** Node of each of park.unmetered. */
  unmeteredNode: Int32Array;
}

export interface CompiledConverter {
  asset: number;
  inputs: number[];
  products: number[];
}

/** What each storage holds, in the order of compiled.stores. */
export interface Level {
  energy_kWh: number;
  carbon_g: number;
  /** Energy by source kind (primary kWh), so that shares pass through the storage. */
  byKind: Partial<Record<SourceKind, number>>;
  /** What it held when it last ran empty: intensity, and primary kWh per kWh by kind. */
  last?: { gPerKwh: number; byKind: Partial<Record<SourceKind, number>> };
}

export interface Inputs {
  /** ms since 1970. */
  time: number;
  /** kW ≥ 0 by port; NaN unknown. */
  port_kW: Float64Array;
  /** Standard uncertainty by port; 0 = never adjusted (fiscal, or nothing known). */
  portSigma_kW: Float64Array;
  /** 1 where the value is estimated, modelled or spread: counts into the estimated share. */
  portEstimated: Uint8Array;
  /** kW by line, positive from → to, at the `from` end; NaN = unmetered. */
  line_kW: Float64Array;
  lineSigma_kW: Float64Array;
  /** gCO2e/kWh by port, where a point measures it; NaN = the port's factor is used. */
  portIntensity_gPerKwh: Float64Array;
  levels: Level[];
}

export interface Slack {
  node: number;
  /** + an unmetered load, − an unmetered source. */
  power_kW: number;
  /** True where meters contradict each other by more than 3σ (or where no slack was declared): shown as a conflict. */
  conflict: boolean;
}

export interface Totals {
  import_kW: number;
  export_kW: number;
  /** Electricity generated on site (without discharge). */
  onsite_kW: number;
  /** Electricity that end uses take. */
  consumption_kW: number;
  /** Renewable fraction of the electricity that end uses take, by tracing. */
  renewableShare: number;
  /** Of the electricity that end uses take. */
  intensity_gPerKwh: number;
  stack_kgPerH: number;
  imported_kgPerH: number;
  /** Carbon of sources that are neither imported nor burnt here (life-cycle of PV, unmetered sources). */
  otherInjected_kgPerH: number;
  attributed_kgPerH: number;
  unmetered_kgPerH: number;
  exported_kgPerH: number;
  storageChange_kgPerH: number;
  losses_kgPerH: number;
}

export const totalNames = [
  'import_kW',
  'export_kW',
  'onsite_kW',
  'consumption_kW',
  'renewableShare',
  'intensity_gPerKwh',
  'stack_kgPerH',
  'imported_kgPerH',
  'otherInjected_kgPerH',
  'attributed_kgPerH',
  'unmetered_kgPerH',
  'exported_kgPerH',
  'storageChange_kgPerH',
  'losses_kgPerH',
] as const satisfies readonly (keyof Totals)[];

/** stack + imported + otherInjected = attributed + unmetered + exported + storageChange + losses (METHODS 1). */
export interface Step {
  time: number;
  /** Balanced kW by port. */
  port_kW: Float64Array;
  /** 0 as given · 1 reconciled · 2 derived by balance or conversion · 3 unknown. */
  portHow: Uint8Array;
  /** gCO2e/kWh of what passes through the port (what a source gives, what a load takes). */
  portIntensity_gPerKwh: Float64Array;
  /** Signed, positive from → to: what is sent at the sending end. */
  line_kW: Float64Array;
  lineIntensity_gPerKwh: Float64Array;
  /** The flows that tracing used: `line_kW`, and a placeholder where the flow is unknown. */
  tracedLine_kW: Float64Array;
  /** 1 where the flow follows from a model (rings), 0 where it follows from meters. */
  lineModelled: Uint8Array;
  nodeIntensity_gPerKwh: Float64Array;
  nodePrimary_kWhPerKwh: Float64Array;
  /** nodes × sourceKinds, rows sum to 1 or are NaN. */
  nodeShares: Float64Array;
  /** What an asset's intensity means depends on its kind: METHODS 1. */
  assetIntensity_gPerKwh: Float64Array;
  assetAttributed_kgPerH: Float64Array;
  assetStack_kgPerH: Float64Array;
  /** Fraction of the energy behind assetIntensity that was estimated or modelled. */
  assetEstimatedShare: Float64Array;
  /** assets × sourceKinds: origin of what assetIntensity describes. */
  assetShares: Float64Array;
  slacks: Slack[];
  totals: Totals;
  /** Park-wide electricity consumption by source kind, sums to 1 or NaN. Length sourceKinds. */
  parkShares: Float64Array;
}
