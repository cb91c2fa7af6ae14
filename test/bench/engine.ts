/**
 * Engine against a general sparse LU that solves the intensities alone: the same by tracing, and a whole step. Both warm,
 * inputs that change every time.
 */
import { lusolve, sparse } from 'mathjs';
import { account } from '../../models/carbon/account.ts';
import { type FlowGraph, flowOrder } from '../../models/carbon/flow-order.ts';
import { mix } from '../../models/carbon/mix.ts';
import type { Compiled, Inputs, Step } from '../../models/carbon/step.ts';
import { columns } from '../../models/carbon/traced-columns.ts';
import { directionOf } from '../../models/units.ts';
import { benchInputs, compiledPark } from './random-park.ts';
import { median, type Row } from './table.ts';

/** Steps after which the compiler has nothing left to improve, for both sides; and those measured. */
const runs = [
  { count: 100, warm: 2000, measured: 500, solved: 500 },
  { count: 1000, warm: 500, measured: 200, solved: 100 },
  { count: 10_000, warm: 80, measured: 60, solved: 10 },
];

export function benchEngine(): Row[] {
  return runs.flatMap(({ count, warm, measured, solved }) => {
    const compiled = compiledPark(count);
    // No two steps of a park are alike.
    const inputs = Array.from({ length: 8 }, (_, n) => varied(benchInputs(compiled), n));
    let turn = 0;
    const next = () => account(compiled, inputs[turn++ % inputs.length] as Inputs);
    for (let i = 0; i < warm; i++) next();
    const step_ms = median(measured, next);

    const { matrix, right, graph, inflow_kW } = intensitySystem(compiled, next());
    const traced = () => {
      const values = Float64Array.from(right, ([g]) => g as number);
      mix(graph, flowOrder(graph), inflow_kW, values, 1);
      return values;
    };
    same(traced(), (lusolve(matrix, right) as unknown as { toArray(): number[][] }).toArray());
    for (let i = 0; i < warm; i++) traced();
    const trace_ms = median(measured, traced);
    for (let i = 0; i < solved; i++) lusolve(matrix, right);
    const reference_ms = median(solved, () => lusolve(matrix, right));
    const reference = `${reference_ms.toFixed(2)} ms, mathjs sparse lusolve of the intensities alone`;
    const row = (what: string, ms: number): Row => ({
      what: `engine, ${what} of ${count.toLocaleString('en')} assets`,
      ours: `${ms.toFixed(ms < 1 ? 3 : 2)} ms`,
      reference,
      ratio: `${(reference_ms / ms).toFixed(1)}× faster`,
    });
    return [row('the intensities alone', trace_ms), row(`a whole step (balance, ${columns + 3} attributes traced, all results)`, step_ms)];
  });
}

/** Two ways to one result, or there is nothing to compare. */
function same(ours: Float64Array, theirs: number[][]): void {
  const differs = ours.findIndex((x, i) => Math.abs(x - (theirs[i]?.[0] as number)) > 1e-6 * Math.max(1, Math.abs(x)));
  if (differs >= 0) throw new Error(`node ${differs}: ${ours[differs]} by tracing, ${theirs[differs]} by LU`);
}

/** Meters that say something else every time. */
function varied(inputs: Inputs, n: number): Inputs {
  const port_kW = inputs.port_kW.map((kW, p) => (kW > 0 ? kW * (0.8 + 0.4 * (((p * 7919 + n * 104_729) % 1000) / 1000)) : kW));
  return { ...inputs, port_kW };
}

/** Node by node: x·inflow − Σ sent·x_from = Σ g·I, electricity and gas as they flow in this step (converters as sources). */
function intensitySystem(compiled: Compiled, step: Step) {
  const n = compiled.nodes.length;
  const matrix = sparse() as ReturnType<typeof sparse> & { set(at: number[], value: number): void; resize(size: number[]): void };
  matrix.resize([n, n]);
  const diagonal = new Float64Array(n);
  const edges: [number, number, number][] = [];
  const right = Array.from({ length: n }, () => [0]);
  for (const [p, { node, port }] of compiled.ports.entries()) {
    const kW = step.port_kW[p] as number;
    if (directionOf(port) !== 'out' || !(kW > 0)) continue;
    diagonal[node] = (diagonal[node] as number) + kW;
    (right[node] as number[])[0] = (right[node]?.[0] as number) + kW * (step.portIntensity_gPerKwh[p] as number);
  }
  for (let l = 0; l < compiled.lineFrom.length; l++) {
    const kW = step.line_kW[l] as number;
    if (!(Math.abs(kW) > 0)) continue;
    const [from, to] = kW > 0 ? [compiled.lineFrom[l], compiled.lineTo[l]] : [compiled.lineTo[l], compiled.lineFrom[l]];
    diagonal[to as number] = (diagonal[to as number] as number) + Math.abs(kW);
    matrix.set([to as number, from as number], -Math.abs(kW));
    edges.push([from as number, to as number, Math.abs(kW)]);
  }
  for (let i = 0; i < n; i++) matrix.set([i, i], diagonal[i] === 0 ? 1 : (diagonal[i] as number));
  const graph: FlowGraph = {
    nodes: n,
    from: Int32Array.from(edges, ([from]) => from),
    to: Int32Array.from(edges, ([, to]) => to),
    weight: Float64Array.from(edges, ([, , kW]) => kW),
  };
  return { matrix, right, graph, inflow_kW: diagonal };
}
