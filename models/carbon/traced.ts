/** A balanced park, traced: carbon, origin, renewable and estimated energy at every node, before anything is summed up. */
import { sourceKinds } from '../park/park.ts';
import { type Carrier, carrierOf, fuels } from '../units.ts';
import type { Balance } from './balance.ts';
import { allocations } from './cogeneration.ts';
import { edgeList } from './edges.ts';
import { factorOf, localHour, type SourceFactor, unmeteredFactor } from './factors.ts';
import { flowOrder } from './flow-order.ts';
import { type Injection, injectionOf, storedInjection } from './injection.ts';
import { layoutOf } from './layout.ts';
import { mix, reach } from './mix.ts';
import type { Compiled, CompiledConverter, CompiledNode, CompiledPort, Inputs } from './step.ts';
import { type Content, contentOf } from './storage.ts';

/** Columns of `values`: carbon, energy of sources without factor, renewable energy, then primary energy by source kind. */
export const carbonColumn = 0;
export const unknownColumn = 1;
export const renewableColumn = 2;
export const kindColumn = 3;
export const columns = kindColumn + sourceKinds.length;

export interface Traced {
  compiled: Compiled;
  hour: number;
  balance: Balance;
  /** Fraction of each port's own value that is estimated or modelled. */
  portEstimated: Float64Array;
  /** Of ports that inject from outside the traced network: imports, generation, products of unknown input. */
  factors: (SourceFactor | null)[];
  /** Of each store. */
  contents: Content[];
  /** Of each converter: what its products carry of its inputs; null where nothing goes through. */
  allocation: (number[] | null)[];
  /** 1 for nodes whose mix is known. */
  known: Uint8Array;
  /** Node → itself where its mix is known, else the nearest such node along closed lines, else -1. */
  standIn: Int32Array;
  /** nodes × columns, per kWh at the node. */
  values: Float64Array;
  /** Primary kWh by kind together, per kWh. */
  primary: Float64Array;
  /** The part of primary that is neither estimated nor modelled. */
  measured: Float64Array;
  /** Carbon of fuel that has not been burnt yet, g per kWh; all of it, and what neither came in nor was stored. */
  fuel: Float64Array;
  fuelOther: Float64Array;
  lost_gPerH: number;
}

/** Carbon of these leaves a chimney where they are converted. Hydrogen burns to water. */
export function isBurnt(carrier: Carrier): boolean {
  return fuels.has(carrier) && carrier !== 'hydrogen';
}

export function traceBalance(compiled: Compiled, inputs: Inputs, balance: Balance, portEstimated: Float64Array): Traced {
  const { park, ports, nodes, lineFrom, lineTo } = compiled;
  const { port_kW } = balance;
  const n = nodes.length;
  const hour = localHour(park.timeZone, inputs.time);
  const contents = compiled.stores.map((asset, i) => {
    const storage = park.assets[asset]?.storage;
    const level = inputs.levels[i];
    if (!storage || !level) throw new Error(`storage ${park.assets[asset]?.id} has no level`);
    return contentOf(storage, level);
  });

  const inflow_kW = new Float64Array(n);
  const source_kW = new Float64Array(n);
  const values = new Float64Array(n * columns);
  const measured = new Float64Array(n);
  const fuel = new Float64Array(2 * n);
  const inject = (node: number, kW: number, of: Injection) => {
    add(inflow_kW, node, kW);
    add(source_kW, node, kW);
    const at = node * columns;
    const carbon = kW * of.gPerKwh;
    if (Number.isNaN(of.gPerKwh)) add(values, at + unknownColumn, kW);
    else add(values, at + carbonColumn, carbon);
    add(values, at + renewableColumn, kW * of.renewable);
    let primary = 0;
    for (const [k, share] of of.byKind) {
      add(values, at + kindColumn + k, kW * share);
      primary += share;
    }
    add(measured, node, kW * primary * (1 - of.estimated));
    if (!Number.isNaN(of.gPerKwh) && isBurnt((nodes[node] as CompiledNode).carrier)) {
      add(fuel, 2 * node, carbon);
      if (of.other) add(fuel, 2 * node + 1, carbon);
    }
  };

  const factors: (SourceFactor | null)[] = ports.map(() => null);
  const edges = edgeList();
  let lost: { node: number; kW: number }[] = [];
  const allocation = compiled.converters.map((converter) => {
    const shares = allocationOf(compiled, converter, port_kW);
    for (const i of converter.inputs) {
      const kW = port_kW[i] as number;
      if (!(kW > 0)) continue;
      const from = (ports[i] as CompiledPort).node;
      // Fuel of a plant that gives nothing: nobody takes its carbon over.
      if (!shares) lost.push({ node: from, kW });
      for (const [j, p] of converter.products.entries()) {
        const share_kW = (shares?.[j] ?? 0) * kW;
        if (share_kW > 0) edges.plant(from, (ports[p] as CompiledPort).node, share_kW, portEstimated[i] as number);
      }
    }
    if (shares) for (const p of converter.products) addKnown(inflow_kW, (ports[p] as CompiledPort).node, port_kW[p]);
    return shares;
  });
  for (const [p, port] of ports.entries()) {
    const kW = port_kW[p] as number;
    if (port.role === 'discharge') {
      const content = contents[compiled.assetStore[port.asset] as number] as Content;
      if (kW > 0) inject(port.node, kW, storedInjection(compiled, content, portEstimated[p] as number));
      continue;
    }
    // A plant at rest is no source; one that gives without a known input is, of unknown origin.
    const passes = (allocation[compiled.assetConverter[port.asset] as number] ?? null) !== null;
    const traced = port.role === 'product' && (passes || !(kW > 0));
    if (traced || (port.role !== 'import' && port.role !== 'generation' && port.role !== 'product')) continue;
    const factor = factorOf(compiled, inputs, p, hour);
    factors[p] = factor;
    if (kW > 0) inject(port.node, kW, injectionOf(factor, portEstimated[p] as number, port.role !== 'import'));
  }
  for (const { node, power_kW } of balance.slacks) {
    if (power_kW >= 0) continue;
    const factor = unmeteredFactor(park, (nodes[node] as CompiledNode).carrier, hour);
    inject(node, -power_kW, injectionOf(factor, 1, false));
  }
  for (let l = 0; l < balance.line_kW.length; l++) {
    const flow = balance.line_kW[l] as number;
    if (!(Math.abs(flow) > 0)) continue;
    const [a, b] = flow > 0 ? [lineFrom[l], lineTo[l]] : [lineTo[l], lineFrom[l]];
    const sent = Math.abs(flow);
    const arrives = sent * (layoutOf(compiled).linePasses[l] as number);
    add(inflow_kW, b as number, arrives);
    const carries = park.losses === 'toLoad' ? sent : arrives;
    edges.line(a as number, b as number, carries);
    if (carries < sent) lost.push({ node: a as number, kW: sent - carries });
  }
  lost = lost.filter(({ kW }) => kW > 0);

  const graph = edges.graph(n);
  const order = flowOrder(graph);
  const trapped = mix(graph, order, inflow_kW, values, columns);
  const known = reach(graph, order, inflow_kW, source_kW);
  mix(graph, order, inflow_kW, measured, 1, edges.withoutEstimated());
  mix(graph, order, inflow_kW, fuel, 2, edges.linesOnly());

  const primary = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = kindColumn; k < columns; k++) sum += values[i * columns + k] as number;
    primary[i] = sum;
    if (!(sum > 0)) known[i] = 0;
  }
  let lost_gPerH = trapped[carbonColumn] as number;
  for (const { node, kW } of lost) lost_gPerH += kW * (values[node * columns + carbonColumn] as number);
  return {
    compiled,
    hour,
    balance,
    portEstimated,
    factors,
    contents,
    allocation,
    known,
    standIn: standIns(compiled, known),
    values,
    primary,
    measured,
    fuel: fuel.filter((_, i) => i % 2 === 0),
    fuelOther: fuel.filter((_, i) => i % 2 === 1),
    lost_gPerH,
  };
}

/** Allocation of a converter's inputs to its products; null when it takes or gives nothing. */
function allocationOf(compiled: Compiled, converter: CompiledConverter, port_kW: Float64Array): number[] | null {
  if (!converter.inputs.some((p) => (port_kW[p] as number) > 0)) return null;
  const products = converter.products.map((p) => {
    const kW = port_kW[p] as number;
    // A product that nobody knows gets none of the carbon; its node's slack stands for it.
    return { carrier: carrierOf((compiled.ports[p] as CompiledPort).port), power_kW: Number.isNaN(kW) ? 0 : kW };
  });
  return allocations(products, compiled.park.cogeneration);
}

function standIns(compiled: Compiled, known: Uint8Array): Int32Array {
  const standIn = Int32Array.from(known, (is, node) => (is === 1 ? node : -1));
  if (!known.includes(0)) return standIn;
  const neighbours = compiled.nodes.map((): number[] => []);
  for (const [l, line] of compiled.park.lines.entries()) {
    if (line.open) continue;
    const [a, b] = [compiled.lineFrom[l] as number, compiled.lineTo[l] as number];
    neighbours[a]?.push(b);
    neighbours[b]?.push(a);
  }
  const queue = [...known.keys()].filter((node) => known[node] === 1);
  for (const node of queue) {
    for (const next of neighbours[node] ?? []) {
      if (standIn[next] !== -1) continue;
      standIn[next] = standIn[node] as number;
      queue.push(next);
    }
  }
  return standIn;
}

function add(values: Float64Array, at: number, value: number): void {
  values[at] = (values[at] as number) + value;
}

function addKnown(values: Float64Array, at: number, value: number | undefined): void {
  if (value !== undefined && value > 0) add(values, at, value);
}
