/** Intensity and origin at the nodes and ports of a traced park, per kWh at the node or through the port. */
import { sourceKinds } from '../energy-sources.ts';
import { f64, i32 } from '../typed-arrays.ts';
import { allocations } from './cogeneration.ts';
import type { CompiledConverter, CompiledNode, Step } from './step.ts';
import type { Traced } from './traced.ts';
import { carbonColumn, columns, kindColumn, unknownColumn } from './traced-columns.ts';

export type PortResults = Pick<Step, 'nodeIntensity_gPerKwh' | 'nodePrimary_kWhPerKwh' | 'nodeShares' | 'portIntensity_gPerKwh'>;

export function portResults(t: Traced): PortResults {
  const { known, values, primary } = t;
  const kinds = sourceKinds.length;
  const n = known.length;
  const nodeIntensity_gPerKwh = new Float64Array(n).fill(Number.NaN);
  const nodePrimary_kWhPerKwh = new Float64Array(n).fill(Number.NaN);
  const nodeShares = new Float64Array(n * kinds).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    if (known[i] !== 1) continue;
    const row = i * columns;
    const all = f64(primary, i);
    const unknownFactor = f64(values, row + unknownColumn) > 0;
    if (!unknownFactor) nodeIntensity_gPerKwh[i] = f64(values, row + carbonColumn);
    nodePrimary_kWhPerKwh[i] = all;
    for (let k = 0; k < kinds; k++) nodeShares[i * kinds + k] = f64(values, row + kindColumn + k) / all;
  }
  return { nodeIntensity_gPerKwh, nodePrimary_kWhPerKwh, nodeShares, portIntensity_gPerKwh: portIntensities(t, nodeIntensity_gPerKwh) };
}

function portIntensities(t: Traced, nodeIntensity: Float64Array): Float64Array {
  const { portNode, portOut, portAsset, byRole } = t.arrays;
  const intensity = new Float64Array(portNode.length).fill(Number.NaN);
  for (let p = 0; p < intensity.length; p++) {
    if (portOut[p] === 0) intensity[p] = f64(nodeIntensity, i32(portNode, p));
    else if (t.isSource[p] === 1) intensity[p] = f64(t.sources.gPerKwh, p);
  }
  for (const p of byRole.discharge) {
    const store = i32(t.compiled.assetStore, i32(portAsset, p));
    intensity[p] = t.contents[store]?.delivered_gPerKwh ?? Number.NaN;
  }
  for (const [c, converter] of t.compiled.converters.entries()) {
    if (converter.products.some((p) => t.isSource[p] === 0)) productIntensities(t, c, converter, nodeIntensity, intensity);
  }
  return intensity;
}

/** Intensities of what a plant gives; at rest, of what it would give by its conversion. */
function productIntensities(
  t: Traced,
  c: number,
  { inputs, products }: CompiledConverter,
  nodeIntensity: Float64Array,
  intensity: Float64Array,
): void {
  const { compiled, arrays, balance } = t;
  const made = (power: Float64Array) =>
    products.map((p) => ({
      carrier: (compiled.nodes[i32(arrays.portNode, p)] as CompiledNode).carrier,
      power_kW: Number.isNaN(power[p]) ? 0 : f64(power, p),
    }));
  for (const [j, p] of products.entries()) {
    if (t.isSource[p] === 1) continue;
    const running = f64(balance.port_kW, p) > 0;
    const power = running ? balance.port_kW : arrays.coefficient;
    const shares = running ? t.allocation[c] : allocations(made(power), compiled.park.cogeneration);
    if (!shares) continue;
    let carbon = 0;
    for (const i of inputs) {
      const kW = f64(power, i);
      if (kW > 0) carbon += kW * (nodeIntensity[i32(t.standIn, i32(arrays.portNode, i))] ?? Number.NaN);
    }
    intensity[p] = ((shares[j] as number) * carbon) / f64(power, p);
  }
}

/** kgCO2e/h that enters through these ports; NaN where power or intensity is unknown. */
export function carbonOf(t: Traced, ports: PortResults, which: ArrayLike<number>): number {
  let kg = 0;
  for (let i = 0; i < which.length; i++) {
    const p = which[i] as number;
    const kW = f64(t.balance.port_kW, p);
    if (kW !== 0) kg += (kW * f64(ports.portIntensity_gPerKwh, p)) / 1000;
  }
  return kg;
}
