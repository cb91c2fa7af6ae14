/**
 * Meters never agree. Where every port of a zone is metered, the readings are moved to the nearest ones that balance:
 * weighted least squares, p = m − W Kᵀ (K W Kᵀ)⁻¹ K m with W = diag(σ²) (METHODS 2; Kuehn & Davidson 1961).
 * With losses the balance is piecewise linear in the readings, so it is solved by a few Newton steps.
 */
import { addEntry, solveLinear, triplets } from './linear.ts';

/** A meter and how its value counts in the balances of the zones it borders. */
export interface Meter {
  /** Measured. */
  value_kW: number;
  sigma_kW: number;
  /** Ports are ≥ 0; lines may turn. */
  signed: boolean;
  /** The balances (indices into the task's zones) it takes part in. */
  zones: number[];
}

export interface Task {
  /** How many balances there are. */
  zones: number;
  meters: Meter[];
  /** Residual of each balance for the given meter values, and d residual / d meter in the order of each meter's zones. */
  residuals(values_kW: Float64Array): { residual_kW: Float64Array; slopes: number[][]; scale_kW: Float64Array };
}

export interface Reconciled {
  values_kW: Float64Array;
  /** 1 for balances that hold now; 0 where meters contradict each other by more than 3σ and were left alone. */
  holds: Uint8Array;
}

const steps = 30;
/** Residuals below this part of what flows are rounding. */
export const rounding = 1e-12;
const sigmas = 3 * (1 + 1e-9);

/**
 * Meters with σ = 0 (fiscal) are never moved; none is moved by more than 3σ. A balance that would need more is given
 * up, the worst of those joined by meters first, and its meters take part only in their other balances.
 */
export function reconcile(task: Task): Reconciled {
  const holds = new Uint8Array(task.zones).fill(1);
  /** Meters at their stop of 0 kW. */
  const stopped = new Uint8Array(task.meters.length);
  for (;;) {
    const attempt = solve(task, holds, stopped);
    const given = attempt.giveUp;
    if (given.size > 0) {
      for (const zone of given) holds[zone] = 0;
      stopped.fill(0);
      continue;
    }
    let below = false;
    for (const [i, meter] of task.meters.entries()) {
      if (meter.signed || !((attempt.values_kW[i] as number) < 0)) continue;
      stopped[i] = 1;
      below = true;
    }
    if (!below) return { values_kW: attempt.values_kW, holds };
  }
}

function solve(task: Task, holds: Uint8Array, stopped: Uint8Array): { values_kW: Float64Array; giveUp: Set<number> } {
  const { meters } = task;
  const start = Float64Array.from(meters, (meter, i) => (stopped[i] === 1 ? 0 : meter.value_kW));
  const free = meters.map((meter, i) => meter.sigma_kW > 0 && stopped[i] === 0 && meter.zones.some((z) => holds[z] === 1));
  const group = joined(task, holds, free);
  const values = start.slice();
  for (let step = 0; step < steps; step++) {
    const { residual_kW, slopes, scale_kW } = task.residuals(values);
    const open = [...holds.keys()].filter((z) => holds[z] === 1 && Math.abs(residual_kW[z] as number) > rounding * (scale_kW[z] as number));
    if (open.length === 0) return { values_kW: values, giveUp: tooFar(task, holds, group, start, values, stopped) };

    // What the balances would be at the start of this step's straight lines.
    const wanted = residual_kW.slice();
    const diagonal = new Float64Array(task.zones);
    for (const [i, meter] of meters.entries()) {
      if (!free[i]) continue;
      const moved = (values[i] as number) - (start[i] as number);
      for (const [k, z] of meter.zones.entries()) {
        const slope = (slopes[i] as number[])[k] as number;
        wanted[z] = (wanted[z] as number) - slope * moved;
        diagonal[z] = (diagonal[z] as number) + (slope * meter.sigma_kW) ** 2;
      }
    }
    const fixed = open.filter((z) => !((diagonal[z] as number) > 0));
    if (fixed.length > 0) return { values_kW: values, giveUp: new Set(fixed) };

    const index = new Map<number, number>();
    for (const z of holds.keys()) if (holds[z] === 1 && (diagonal[z] as number) > 0) index.set(z, index.size);
    const matrix = triplets(index.size);
    const multiplier = Float64Array.from(index.keys(), (z) => wanted[z] as number);
    for (const [i, meter] of meters.entries()) {
      if (!free[i]) continue;
      for (const [k, z] of meter.zones.entries()) {
        const row = index.get(z);
        if (row === undefined) continue;
        for (const [l, other] of meter.zones.entries()) {
          const column = index.get(other);
          if (column === undefined) continue;
          const own = slopes[i] as number[];
          addEntry(matrix, row, column, meter.sigma_kW ** 2 * (own[k] as number) * (own[l] as number));
        }
      }
    }
    if (!solveLinear(matrix, multiplier, 1)) {
      return { values_kW: values, giveUp: worst(open, group, residual_kW, diagonal) };
    }
    for (const [i, meter] of meters.entries()) {
      if (!free[i]) continue;
      let sum = 0;
      for (const [k, z] of meter.zones.entries()) {
        const row = index.get(z);
        if (row !== undefined) sum += ((slopes[i] as number[])[k] as number) * (multiplier[row] as number);
      }
      values[i] = (start[i] as number) - meter.sigma_kW ** 2 * sum;
    }
  }
  const { residual_kW } = task.residuals(values);
  const failing = [...holds.keys()].filter((z) => holds[z] === 1);
  return { values_kW: values, giveUp: worst(failing, group, residual_kW, new Float64Array(task.zones).fill(1)) };
}

/** Of each group of balances with a meter moved beyond 3σ, the one that is violated most. */
function tooFar(
  task: Task,
  holds: Uint8Array,
  group: Int32Array,
  start: Float64Array,
  values: Float64Array,
  stopped: Uint8Array,
): Set<number> {
  const bad: number[] = [];
  for (const [i, meter] of task.meters.entries()) {
    const moved = Math.abs((values[i] as number) - meter.value_kW);
    if (moved > sigmas * meter.sigma_kW && (meter.sigma_kW > 0 || stopped[i] === 1)) {
      bad.push(...meter.zones.filter((z) => holds[z] === 1));
    }
  }
  if (bad.length === 0) return new Set();
  const { residual_kW, slopes } = task.residuals(start);
  const spread = new Float64Array(task.zones);
  for (const [i, meter] of task.meters.entries()) {
    for (const [k, z] of meter.zones.entries()) {
      spread[z] = (spread[z] as number) + (((slopes[i] as number[])[k] as number) * meter.sigma_kW) ** 2;
    }
  }
  return worst(bad, group, residual_kW, spread);
}

function worst(zones: readonly number[], group: Int32Array, residual_kW: Float64Array, variance: Float64Array) {
  const best = new Map<number, number>();
  const severity = (z: number) => Math.abs(residual_kW[z] as number) / Math.sqrt(variance[z] as number);
  for (const z of zones) {
    const other = best.get(group[z] as number);
    if (other === undefined || severity(z) > severity(other)) best.set(group[z] as number, z);
  }
  return new Set(best.values());
}

/** Balances joined by meters that may move, as group numbers. */
function joined(task: Task, holds: Uint8Array, free: boolean[]): Int32Array {
  const group = Int32Array.from({ length: task.zones }, (_, z) => z);
  const find = (z: number): number => {
    let at = z;
    while (group[at] !== at) at = group[at] as number;
    group[z] = at;
    return at;
  };
  for (const [i, meter] of task.meters.entries()) {
    if (!free[i]) continue;
    const active = meter.zones.filter((z) => holds[z] === 1);
    for (const z of active) group[find(z)] = find(active[0] as number);
  }
  return group.map((_, z) => find(z));
}
