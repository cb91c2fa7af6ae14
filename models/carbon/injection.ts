/** What sources and storages bring into the mix. */
import { sourceKindRow, sourceKinds } from '../energy-sources.ts';
import { f64 } from '../typed-arrays.ts';
import { arraysOf } from './compiled-arrays.ts';
import { oncePerPark } from './once-per-park.ts';
import type { Compiled } from './step.ts';
import type { Content } from './storage.ts';
import { carbonColumn, columns, kindColumn, renewableColumn, unknownColumn } from './traced-columns.ts';

/**
 * By node, kW (× attribute). `fuel` has two values per node: carbon not burnt yet, and the part of it from sources whose
 * energy is neither imported nor stored nor unmetered.
 */
export interface Injected {
  burnt: Uint8Array;
  inflow_kW: Float64Array;
  source_kW: Float64Array;
  /** nodes × columns. */
  values: Float64Array;
  measured: Float64Array;
  fuel: Float64Array;
}

export function injected(compiled: Compiled): Injected {
  const n = compiled.nodes.length;
  return {
    burnt: arraysOf(compiled).nodeBurnt,
    inflow_kW: new Float64Array(n),
    source_kW: new Float64Array(n),
    values: new Float64Array(n * columns),
    measured: new Float64Array(n),
    fuel: new Float64Array(2 * n),
  };
}

export function clear({ inflow_kW, source_kW, values, measured, fuel }: Injected): void {
  inflow_kW.fill(0);
  source_kW.fill(0);
  values.fill(0);
  measured.fill(0);
  fuel.fill(0);
}

/** Adds a source of one kind (index into sourceKinds). `other`: its energy is neither imported nor stored nor unmetered. */
export function injectSource(
  into: Injected,
  node: number,
  kW: number,
  gPerKwh: number,
  kind: number,
  renewable: number,
  estimated: number,
  other: boolean,
): void {
  injectCarbon(into, node, kW, gPerKwh, other);
  const at = node * columns;
  add(into.values, at + renewableColumn, kW * renewable);
  add(into.values, at + kindColumn + kind, kW);
  add(into.measured, node, kW * (1 - estimated));
}

/** Adds what a storage delivers, with the mix of kinds that it holds. */
export function injectStored(compiled: Compiled, into: Injected, node: number, kW: number, content: Content, estimated: number): void {
  injectCarbon(into, node, kW, content.delivered_gPerKwh, false);
  const gridShare = gridRenewableShare(compiled);
  const at = node * columns;
  let primary = 0;
  let renewable = 0;
  for (let k = 0; k < sourceKinds.length; k++) {
    const kind = sourceKinds[k] as (typeof sourceKinds)[number];
    const share = content.byKind[kind];
    if (share === undefined) continue;
    add(into.values, at + kindColumn + k, kW * share);
    primary += share;
    renewable += share * (sourceKindRow(kind).renewable ? 1 : kind === 'grid' ? gridShare : 0);
  }
  if (primary === 0) {
    add(into.values, at + kindColumn + sourceKinds.indexOf('storage'), kW);
    primary = 1;
  }
  add(into.values, at + renewableColumn, kW * renewable);
  add(into.measured, node, kW * primary * (1 - (content.estimated ? 1 : estimated)));
}

function injectCarbon(into: Injected, node: number, kW: number, gPerKwh: number, other: boolean): void {
  add(into.inflow_kW, node, kW);
  add(into.source_kW, node, kW);
  if (Number.isNaN(gPerKwh)) {
    add(into.values, node * columns + unknownColumn, kW);
    return;
  }
  const carbon = kW * gPerKwh;
  add(into.values, node * columns + carbonColumn, carbon);
  if (into.burnt[node] === 0) return;
  add(into.fuel, 2 * node, carbon);
  if (other) add(into.fuel, 2 * node + 1, carbon);
}

/** Renewable share of what a storage took from the grid: the share of the first grid source that states one. */
const gridRenewableShare = oncePerPark(({ park }) => {
  const stated = park.sources.find((s) => s.sourceKind === 'grid' && s.factor?.renewableShare !== undefined);
  return stated?.factor?.renewableShare ?? 0;
});

function add(values: Float64Array, at: number, value: number): void {
  values[at] = f64(values, at) + value;
}
