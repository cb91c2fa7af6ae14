/** Nodes and ports of a traced park, per kWh of what is there or passes. */
import { sourceKinds } from '../park/park.ts';
import { carrierOf, directionOf } from '../units.ts';
import { allocations } from './cogeneration.ts';
import { coefficientOf } from './convert.ts';
import type { CompiledPort, Step } from './step.ts';
import { carbonColumn, columns, kindColumn, type Traced, unknownColumn } from './traced.ts';

export type PortResults = Pick<Step, 'nodeIntensity_gPerKwh' | 'nodePrimary_kWhPerKwh' | 'nodeShares' | 'portIntensity_gPerKwh'>;
/** Nodes and ports, per kWh of what is there or passes. */
export function portResults(t: Traced): PortResults {
  const { compiled, known, values, primary } = t;
  const kinds = sourceKinds.length;
  const n = compiled.nodes.length;
  const nodeIntensity_gPerKwh = new Float64Array(n).fill(Number.NaN);
  const nodePrimary_kWhPerKwh = new Float64Array(n).fill(Number.NaN);
  const nodeShares = new Float64Array(n * kinds).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    if (known[i] !== 1) continue;
    const unknownFactor = (values[i * columns + unknownColumn] as number) > 0;
    if (!unknownFactor) nodeIntensity_gPerKwh[i] = values[i * columns + carbonColumn] as number;
    nodePrimary_kWhPerKwh[i] = primary[i] as number;
    for (let k = 0; k < kinds; k++) {
      nodeShares[i * kinds + k] = (values[i * columns + kindColumn + k] as number) / (primary[i] as number);
    }
  }
  const portIntensity_gPerKwh = Float64Array.from(compiled.ports, (port, p) => {
    if (directionOf(port.port) === 'in') return nodeIntensity_gPerKwh[port.node] as number;
    const store = compiled.assetStore[port.asset] as number;
    if (port.role === 'discharge') return t.contents[store]?.delivered_gPerKwh ?? Number.NaN;
    return t.factors[p]?.gPerKwh ?? productIntensity(t, p, nodeIntensity_gPerKwh);
  });
  return { nodeIntensity_gPerKwh, nodePrimary_kWhPerKwh, nodeShares, portIntensity_gPerKwh };
}

/** Of what a plant gives; where it stands still, of what it would give by its conversion. */
function productIntensity(t: Traced, p: number, nodeIntensity: Float64Array): number {
  const { compiled, balance } = t;
  const c = compiled.assetConverter[(compiled.ports[p] as CompiledPort).asset] as number;
  const converter = compiled.converters[c];
  if (!converter) return Number.NaN;
  const j = converter.products.indexOf(p);
  const running = (balance.port_kW[p] as number) > 0;
  const intensityAt = (node: number) => nodeIntensity[t.standIn[node] as number] ?? Number.NaN;
  const power = (q: number) => (running ? (balance.port_kW[q] as number) : (coefficientOf(compiled, q) ?? Number.NaN));
  const products = converter.products.map((q) => ({
    carrier: carrierOf((compiled.ports[q] as CompiledPort).port),
    power_kW: Number.isNaN(power(q)) ? 0 : power(q),
  }));
  const share = running ? t.allocation[c]?.[j] : allocations(products, compiled.park.cogeneration)?.[j];
  if (share === undefined) return Number.NaN;
  let carbon = 0;
  for (const i of converter.inputs) {
    const kW = power(i);
    if (kW > 0) carbon += kW * intensityAt((compiled.ports[i] as CompiledPort).node);
  }
  return (share * carbon) / power(p);
}

/** kgCO2e/h that enters through these ports; NaN where power or intensity is unknown. */
export function carbonOf(t: Traced, ports: PortResults, which: readonly number[]): number {
  let kg = 0;
  for (const p of which) {
    const kW = t.balance.port_kW[p] as number;
    if (kW !== 0) kg += (kW * (ports.portIntensity_gPerKwh[p] as number)) / 1000;
  }
  return kg;
}
