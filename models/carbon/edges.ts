/** The ways energy goes from node to node: along lines and through plants. */
import type { FlowGraph } from './flow-order.ts';

export function edgeList() {
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  const estimated: number[] = [];
  const plant: boolean[] = [];
  const push = (a: number, b: number, kW: number, estimatedShare: number, throughPlant: boolean) => {
    from.push(a);
    to.push(b);
    weight.push(kW);
    estimated.push(estimatedShare);
    plant.push(throughPlant);
  };
  return {
    line: (a: number, b: number, kW: number) => push(a, b, kW, 0, false),
    plant: (a: number, b: number, kW: number, estimatedShare: number) => push(a, b, kW, estimatedShare, true),
    graph: (nodes: number): FlowGraph => ({
      nodes,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      weight: Float64Array.from(weight),
    }),
    /** What passes of energy that is known by measurement: nothing through a plant whose input is only modelled. */
    withoutEstimated: () => Float64Array.from(weight, (w, e) => w * (1 - (estimated[e] as number))),
    /** What passes of fuel that stays fuel: nothing through a plant. */
    linesOnly: () => Float64Array.from(weight, (w, e) => (plant[e] === true ? 0 : w)),
  };
}
