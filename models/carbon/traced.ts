/** Traces a balanced park: carbon, origin, renewable and estimated energy at every node, before anything is summed up. */
import { sourceKinds } from '../energy-sources.ts';
import { localHour } from '../time/local-hour.ts';
import { f64, i32, u8 } from '../typed-arrays.ts';
import type { Balance } from './balance.ts';
import { allocations } from './cogeneration.ts';
import { arraysOf, type CompiledArrays } from './compiled-arrays.ts';
import { addEdge, type Edges, edgesOf, graphOf, orderOf, unburnt, withoutEstimated } from './edges.ts';
import { factorsAt, renewableTold, type SourceFactors, unmeteredFactor } from './factors.ts';
import { clear, type Injected, injected, injectSource, injectStored } from './injection.ts';
import { mix, reach } from './mix.ts';
import { oncePerPark } from './once-per-park.ts';
import { standIns } from './stand-in.ts';
import type { Compiled, CompiledConverter, CompiledNode, CompiledPort, Inputs } from './step.ts';
import { type Content, contentOf } from './storage.ts';
import { carbonColumn, columns, kindColumn } from './traced-columns.ts';

/** Valid until the same park is traced again: most fields are working arrays. */
export interface Traced {
  compiled: Compiled;
  arrays: CompiledArrays;
  hour: number;
  balance: Balance;
  /** Fraction of each port's own value that is estimated or modelled. */
  portEstimated: Float64Array;
  /** 1 for ports that inject from outside the traced network: imports, generation, products of unknown input. */
  isSource: Uint8Array;
  /** Factors of those ports. */
  sources: SourceFactors;
  /** What each store holds. */
  contents: Content[];
  /** For each converter: the share of its inputs that each product carries; null where nothing goes through. */
  allocation: (number[] | null)[];
  /** 1 for nodes whose mix is known. */
  known: Uint8Array;
  /** Node → itself where its mix is known, else the nearest such node along closed lines, else -1. */
  standIn: Int32Array;
  /** nodes × columns, per kWh at the node. */
  values: Float64Array;
  /** Primary kWh of all kinds together, per kWh. */
  primary: Float64Array;
  /** The part of primary that is neither estimated nor modelled. */
  measured: Float64Array;
  /** Carbon of fuel that has not been burnt yet, g per kWh, two by node: all, and what was neither imported nor stored. */
  fuel: Float64Array;
  lost_gPerH: number;
}

/** Working arrays of a park. */
interface Bench {
  injected: Injected;
  edges: Edges;
  /** Ports that may inject, in order. */
  giving: Int32Array;
  isSource: Uint8Array;
  sources: SourceFactors;
  /** Lost energy by node, kW: on lines, and in plants that take energy and give nothing. */
  lost_kW: Float64Array;
  primary: Float64Array;
}

const benchOf = oncePerPark((compiled): Bench => {
  const { import: imports, generation, product, discharge } = arraysOf(compiled).byRole;
  const ports = compiled.ports.length;
  return {
    injected: injected(compiled),
    edges: edgesOf(compiled),
    giving: Int32Array.from([...imports, ...generation, ...product, ...discharge]).sort(),
    isSource: new Uint8Array(ports),
    sources: {
      gPerKwh: new Float64Array(ports),
      kind: factorsAt(compiled, 0).kind,
      renewable: new Float64Array(ports),
      estimated: new Uint8Array(ports),
    },
    lost_kW: new Float64Array(compiled.nodes.length),
    primary: new Float64Array(compiled.nodes.length),
  };
});

const unmeteredKind = sourceKinds.indexOf('unmetered');

export function traceBalance(compiled: Compiled, inputs: Inputs, balance: Balance, portEstimated: Float64Array): Traced {
  const hour = localHour(compiled.park.timeZone, inputs.time);
  const contents = compiled.stores.map((asset, i) => {
    const storage = compiled.park.assets[asset]?.storage;
    const level = inputs.levels[i];
    if (!storage || !level) throw new Error(`storage ${compiled.park.assets[asset]?.id} has no level`);
    return contentOf(storage, level);
  });
  const arrays = arraysOf(compiled);
  const bench = benchOf(compiled);
  const { edges, lost_kW, primary } = bench;
  const { inflow_kW, source_kW, values, measured, fuel } = bench.injected;
  clear(bench.injected);
  lost_kW.fill(0);
  edges.count = 0;

  const allocation = compiled.converters.map((converter) => convert(compiled, converter, bench, balance, portEstimated));
  injectPorts(compiled, bench, inputs, hour, balance, portEstimated, contents, allocation);
  injectSlacks(compiled, bench, hour, balance);
  followLines(compiled, bench, balance);

  const graph = graphOf(edges, compiled.nodes.length);
  const order = orderOf(edges, graph);
  const trapped = mix(graph, order, inflow_kW, values, columns);
  const known = reach(graph, order, inflow_kW, source_kW);
  mix(graph, order, inflow_kW, measured, 1, withoutEstimated(edges));
  mix(graph, order, inflow_kW, fuel, 2, unburnt(edges, arrays.nodeBurnt));

  let lost_gPerH = f64(trapped, carbonColumn);
  for (let i = 0; i < primary.length; i++) {
    let sum = 0;
    for (let at = i * columns + kindColumn; at < (i + 1) * columns; at++) sum += f64(values, at);
    primary[i] = sum;
    if (!(sum > 0)) known[i] = 0;
    const kW = f64(lost_kW, i);
    if (kW > 0) lost_gPerH += kW * f64(values, i * columns + carbonColumn);
  }
  return {
    compiled,
    arrays,
    hour,
    balance,
    portEstimated,
    isSource: bench.isSource,
    sources: bench.sources,
    contents,
    allocation,
    known,
    standIn: standIns(arrays, known),
    values,
    primary,
    measured,
    fuel,
    lost_gPerH,
  };
}

/** Adds the edges through a plant; returns the share of its inputs that each product carries, null where none flows. */
function convert(
  compiled: Compiled,
  { inputs, products }: CompiledConverter,
  { edges, injected: { inflow_kW }, lost_kW }: Bench,
  { port_kW }: Balance,
  portEstimated: Float64Array,
): number[] | null {
  const { portNode } = arraysOf(compiled);
  if (!inputs.some((p) => f64(port_kW, p) > 0)) return null;
  const made = products.map((p) => {
    const kW = f64(port_kW, p);
    // A product of unknown power gets none of the carbon; the slack of its node includes it.
    return { carrier: (compiled.nodes[i32(portNode, p)] as CompiledNode).carrier, power_kW: Number.isNaN(kW) ? 0 : kW };
  });
  const shares = allocations(made, compiled.park.cogeneration);
  for (const i of inputs) {
    const kW = f64(port_kW, i);
    if (!(kW > 0)) continue;
    const from = i32(portNode, i);
    // A plant that takes energy and gives nothing: the carbon of its inputs counts as lost.
    if (!shares) lost_kW[from] = f64(lost_kW, from) + kW;
    for (let j = 0; j < products.length && shares; j++) {
      addEdge(edges, from, i32(portNode, products[j] as number), (shares[j] as number) * kW, 1, f64(portEstimated, i));
    }
  }
  for (const p of products) {
    const node = i32(portNode, p);
    if (shares && f64(port_kW, p) > 0) inflow_kW[node] = f64(inflow_kW, node) + f64(port_kW, p);
  }
  return shares;
}

function injectPorts(
  compiled: Compiled,
  { injected: into, giving, isSource, sources }: Bench,
  inputs: Inputs,
  hour: number,
  { port_kW }: Balance,
  portEstimated: Float64Array,
  contents: readonly Content[],
  allocation: readonly (number[] | null)[],
): void {
  const bound = factorsAt(compiled, hour);
  for (let i = 0; i < giving.length; i++) {
    const p = i32(giving, i);
    const { role, node, asset } = compiled.ports[p] as CompiledPort;
    const kW = f64(port_kW, p);
    const own = f64(portEstimated, p);
    isSource[p] = 0;
    if (role === 'discharge') {
      const content = contents[i32(compiled.assetStore, asset)] as Content;
      if (kW > 0) injectStored(compiled, into, node, kW, content, own);
      continue;
    }
    if (role === 'product') {
      // A plant at rest is no source; a plant that gives without a known input is a source of unknown origin.
      const c = i32(compiled.assetConverter, asset);
      if (!(kW > 0) || (c >= 0 && allocation[c] !== null)) continue;
    }
    const told = f64(inputs.portIntensity_gPerKwh, p);
    const isTold = !Number.isNaN(told);
    const gPerKwh = isTold ? told : f64(bound.gPerKwh, p);
    const renewable = isTold ? renewableTold(compiled, p) : f64(bound.renewable, p);
    const estimated = isTold ? 0 : u8(bound.estimated, p);
    isSource[p] = 1;
    sources.gPerKwh[p] = gPerKwh;
    sources.renewable[p] = renewable;
    sources.estimated[p] = estimated;
    if (kW > 0) {
      injectSource(into, node, kW, gPerKwh, u8(bound.kind, p), renewable, estimated === 1 ? 1 : own, role !== 'import');
    }
  }
}

function injectSlacks(compiled: Compiled, { injected: into }: Bench, hour: number, { slacks }: Balance): void {
  for (const { node, power_kW } of slacks) {
    if (power_kW >= 0) continue;
    const { gPerKwh, renewable } = unmeteredFactor(compiled.park, (compiled.nodes[node] as CompiledNode).carrier, hour);
    injectSource(into, node, -power_kW, gPerKwh, unmeteredKind, renewable, 1, false);
  }
}

function followLines(compiled: Compiled, { edges, injected: { inflow_kW }, lost_kW }: Bench, { line_kW }: Balance): void {
  const { lineFrom, lineTo, park } = compiled;
  const { linePasses } = arraysOf(compiled);
  const toLoad = park.losses === 'toLoad';
  for (let l = 0; l < line_kW.length; l++) {
    const flow = f64(line_kW, l);
    const sent = Math.abs(flow);
    if (!(sent > 0)) continue;
    const a = (flow > 0 ? lineFrom[l] : lineTo[l]) as number;
    const b = (flow > 0 ? lineTo[l] : lineFrom[l]) as number;
    const arrives = sent * f64(linePasses, l);
    inflow_kW[b] = f64(inflow_kW, b) + arrives;
    const carries = toLoad ? sent : arrives;
    addEdge(edges, a, b, carries, 0, 0);
    if (carries < sent) lost_kW[a] = f64(lost_kW, a) + (sent - carries);
  }
}

/** Fraction of the carbon in a plant's fuel that leaves its own chimney; the rest is in its products and is burnt elsewhere. */
export function releasedShare({ compiled, arrays, allocation }: Pick<Traced, 'compiled' | 'arrays' | 'allocation'>, c: number): number {
  const shares = allocation[c];
  const { products } = compiled.converters[c] as CompiledConverter;
  let passed = 0;
  for (let j = 0; j < products.length && shares; j++) {
    if (arrays.nodeBurnt[i32(arrays.portNode, products[j] as number)] === 1) passed += shares[j] as number;
  }
  return 1 - passed;
}
