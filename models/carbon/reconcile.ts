/**
 * Meters never agree exactly. Where every port of a zone is metered, the values are moved to the nearest that balance:
 * weighted least squares, p = m − W Kᵀ (K W Kᵀ)⁻¹ K m with W = diag(σ²) (METHODS 2; Kuehn & Davidson 1961).
 * With losses the balance is piecewise linear in the readings, so it is solved by a few Newton steps.
 */

import { f64, i32 } from '../typed-arrays.ts';
import { addEntry, solveLinear, triplets } from './linear.ts';

/** Meters, and how their values count in the balances of the zones they border. Indexed by meter. */
export interface Meters {
  /** Measured. */
  value_kW: number[];
  sigma_kW: number[];
  /** False for ports (always ≥ 0), true for lines (flow in both directions). */
  signed: boolean[];
  /** The balances (indices into the task's zones) meter i takes part in: zone[2i] and zone[2i + 1], −1 for none. */
  zone: number[];
}

export interface Evaluated {
  /** Of each balance. */
  residual_kW: Float64Array;
  /** Σ |kW| that it balances. */
  scale_kW: Float64Array;
  /** d residual / d meter, in the order of Meters.zone. */
  slopes: Float64Array;
}

export interface Task {
  /** How many balances there are. */
  zones: number;
  meters: Meters;
  /** Evaluates the balances for the given meter values. The result is valid until the next call. */
  residuals(values_kW: Float64Array): Evaluated;
}

export interface Reconciled {
  values_kW: Float64Array;
  /** 1 for balances that hold now; 0 where meters contradict each other by more than 3σ and were left alone. */
  holds: Uint8Array;
}

interface Attempt {
  values_kW: Float64Array;
  /** Balances that cannot be satisfied. */
  giveUp: Set<number>;
}

const steps = 30;
/** Residuals below this fraction of what flows are rounding. */
export const rounding = 1e-12;
const sigmas = 3 * (1 + 1e-9);

/**
 * Meters with σ = 0 (fiscal) are never moved; none is moved by more than 3σ. A balance that would need more is given
 * up, the worst of those joined by meters first, and its meters take part only in their other balances.
 */
export function reconcile(task: Task): Reconciled {
  const { value_kW, signed } = task.meters;
  const holds = new Uint8Array(task.zones).fill(1);
  /** 1 for meters that are held at their lower limit of 0 kW. */
  const stopped = new Uint8Array(value_kW.length);
  for (;;) {
    const { values_kW, giveUp } = solve(task, holds, stopped);
    if (giveUp.size > 0) {
      for (const zone of giveUp) holds[zone] = 0;
      stopped.fill(0);
      continue;
    }
    let below = false;
    for (let i = 0; i < stopped.length; i++) {
      if (signed[i] || !(f64(values_kW, i) < 0)) continue;
      stopped[i] = 1;
      below = true;
    }
    if (!below) return { values_kW, holds };
  }
}

function solve(task: Task, holds: Uint8Array, stopped: Uint8Array): Attempt {
  const { value_kW } = task.meters;
  const start = Float64Array.from(value_kW, (value, i) => (stopped[i] === 1 ? 0 : value));
  const row = rowsOf(task, holds, stopped);
  const values = start.slice();
  for (let step = 0; step < steps; step++) {
    const now = task.residuals(values);
    const open = zonesWhere(holds, (z) => Math.abs(f64(now.residual_kW, z)) > rounding * f64(now.scale_kW, z));
    if (open.length === 0) return { values_kW: values, giveUp: tooFar(task, holds, row, start, values, stopped) };
    const variance = spread(task, row, now.slopes);
    const fixed = open.filter((z) => !(f64(variance, z) > 0));
    if (fixed.length > 0) return { values_kW: values, giveUp: new Set(fixed) };
    if (!newton(task, holds, row, now, variance, start, values)) {
      return { values_kW: values, giveUp: worst(open, joined(task, row), now.residual_kW, variance) };
    }
  }
  const { residual_kW } = task.residuals(values);
  const failing = zonesWhere(holds, () => true);
  const even = new Float64Array(task.zones).fill(1);
  return { values_kW: values, giveUp: worst(failing, joined(task, row), residual_kW, even) };
}

/** Meters.zone for meters that may move and balances that hold; −1 elsewhere. */
function rowsOf({ meters }: Task, holds: Uint8Array, stopped: Uint8Array): Int32Array {
  const row = Int32Array.from(meters.zone);
  for (let k = 0; k < row.length; k++) {
    const free = stopped[k >> 1] === 0 && (meters.sigma_kW[k >> 1] as number) > 0;
    if (!free || holds[i32(row, k)] !== 1) row[k] = -1;
  }
  return row;
}

/** Variance of each balance that the meters explain. */
function spread({ meters, zones }: Task, row: ArrayLike<number>, slopes: Float64Array): Float64Array {
  const variance = new Float64Array(zones);
  for (let k = 0; k < row.length; k++) {
    const z = row[k] as number;
    if (z >= 0) variance[z] = f64(variance, z) + (f64(slopes, k) * (meters.sigma_kW[k >> 1] as number)) ** 2;
  }
  return variance;
}

/** One Newton step to where all linearised balances hold. Returns false where there is no such solution. */
function newton(
  { meters, zones }: Task,
  holds: Uint8Array,
  row: Int32Array,
  { residual_kW, slopes }: Evaluated,
  variance: Float64Array,
  start: Float64Array,
  values: Float64Array,
): boolean {
  // Residuals that the linearised balances have at `start`.
  const wanted = residual_kW.slice();
  for (let k = 0; k < row.length; k++) {
    const z = i32(row, k);
    if (z < 0) continue;
    const moved = f64(values, k >> 1) - f64(start, k >> 1);
    wanted[z] = f64(wanted, z) - f64(slopes, k) * moved;
  }
  const index = new Int32Array(zones).fill(-1);
  const solved = zonesWhere(holds, (z) => f64(variance, z) > 0);
  for (let i = 0; i < solved.length; i++) index[solved[i] as number] = i;
  const matrix = triplets(solved.length);
  for (let k = 0; k < row.length; k++) {
    const z = i32(row, k);
    if (z < 0 || index[z] === -1) continue;
    const sigma = meters.sigma_kW[k >> 1] as number;
    for (let other = k & ~1; other <= (k | 1); other++) {
      const y = i32(row, other);
      if (y < 0 || index[y] === -1) continue;
      addEntry(matrix, i32(index, z), i32(index, y), sigma ** 2 * f64(slopes, k) * f64(slopes, other));
    }
  }
  const multiplier = Float64Array.from(solved, (z) => f64(wanted, z));
  if (!solveLinear(matrix, multiplier, 1)) return false;
  for (let k = 0; k < row.length; k += 2) {
    if (i32(row, k) < 0 && i32(row, k + 1) < 0) continue;
    let sum = 0;
    for (let at = k; at < k + 2; at++) {
      const z = i32(row, at);
      const i = z < 0 ? -1 : i32(index, z);
      if (i >= 0) sum += f64(slopes, at) * f64(multiplier, i);
    }
    values[k >> 1] = f64(start, k >> 1) - (meters.sigma_kW[k >> 1] as number) ** 2 * sum;
  }
  return true;
}

/** Of each group of balances with a meter moved beyond 3σ, the one that is violated most. */
function tooFar(
  task: Task,
  holds: Uint8Array,
  row: Int32Array,
  start: Float64Array,
  values: Float64Array,
  stopped: Uint8Array,
): Set<number> {
  const { value_kW, sigma_kW, zone } = task.meters;
  const bad: number[] = [];
  for (let i = 0; i < value_kW.length; i++) {
    const sigma = sigma_kW[i] as number;
    const moved = Math.abs(f64(values, i) - (value_kW[i] as number));
    if (!(moved > sigmas * sigma) || !(sigma > 0 || stopped[i] === 1)) continue;
    for (let k = 2 * i; k < 2 * i + 2; k++) if (holds[zone[k] as number] === 1) bad.push(zone[k] as number);
  }
  if (bad.length === 0) return new Set();
  const { residual_kW, slopes } = task.residuals(start);
  return worst(bad, joined(task, row), residual_kW, spread(task, zone, slopes));
}

function worst(zones: readonly number[], group: Int32Array, residual_kW: Float64Array, variance: Float64Array): Set<number> {
  const best = new Map<number, number>();
  const severity = (z: number) => Math.abs(f64(residual_kW, z)) / Math.sqrt(f64(variance, z));
  for (const z of zones) {
    const other = best.get(i32(group, z));
    if (other === undefined || severity(z) > severity(other)) best.set(i32(group, z), z);
  }
  return new Set(best.values());
}

/** Balances joined by meters that may move, as group numbers. */
function joined({ zones }: Task, row: Int32Array): Int32Array {
  const group = Int32Array.from({ length: zones }, (_, z) => z);
  const find = (z: number): number => {
    let at = z;
    while (group[at] !== at) at = i32(group, at);
    group[z] = at;
    return at;
  };
  for (let k = 0; k < row.length; k += 2) {
    const [a, b] = [i32(row, k), i32(row, k + 1)];
    if (a >= 0 && b >= 0) group[find(b)] = find(a);
  }
  return group.map((_, z) => find(z));
}

function zonesWhere(holds: Uint8Array, also: (z: number) => boolean): number[] {
  const which: number[] = [];
  for (let z = 0; z < holds.length; z++) if (holds[z] === 1 && also(z)) which.push(z);
  return which;
}
