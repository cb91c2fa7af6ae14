/** Engine: one whole step (balance, trace, all results) against a general sparse LU solving the intensities alone. */
import { lusolve, sparse } from 'mathjs';
import { account } from '../../models/carbon/account.ts';
import type { Compiled, Step } from '../../models/carbon/step.ts';
import { directionOf } from '../../models/units.ts';
import { benchInputs, compiledPark } from './random-park.ts';
import { median, type Row } from './table.ts';

export function benchEngine(): Row[] {
  return [100, 1000, 10_000].map((count) => {
    const compiled = compiledPark(count);
    const inputs = benchInputs(compiled);
    const step = account(compiled, inputs);
    const ours_ms = median(count === 10_000 ? 15 : 60, () => account(compiled, inputs));
    const { matrix, right } = intensitySystem(compiled, step);
    const reference_ms = median(count === 10_000 ? 1 : 3, () => lusolve(matrix, right));
    return {
      what: `engine, one step of ${count.toLocaleString('en')} assets`,
      ours: `${ours_ms.toFixed(2)} ms`,
      reference: `${reference_ms.toFixed(2)} ms, mathjs sparse lusolve of the intensities alone`,
      ratio: `${(reference_ms / ours_ms).toFixed(1)}× faster`,
    };
  });
}

/** Node by node: x·inflow − Σ sent·x_from = Σ g·I, electricity and gas as they flow in this step (converters as sources). */
function intensitySystem(compiled: Compiled, step: Step): { matrix: ReturnType<typeof sparse>; right: number[][] } {
  const n = compiled.nodes.length;
  const matrix = sparse() as ReturnType<typeof sparse> & { set(at: number[], value: number): void; resize(size: number[]): void };
  matrix.resize([n, n]);
  const diagonal = new Float64Array(n);
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
  }
  for (let i = 0; i < n; i++) matrix.set([i, i], diagonal[i] === 0 ? 1 : (diagonal[i] as number));
  return { matrix, right };
}
