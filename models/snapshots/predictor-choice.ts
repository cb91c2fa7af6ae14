/** Chooses for each column the predictor that predicts it best, and gives the residuals. */

import { f32, f64, i32 } from '../typed-arrays.ts';
import { type Grid, gridIntegerOf, gridOf, kept } from './numbers.ts';
import { fillColumn, foretell, type Predictor, type SlotTable, type Term } from './predictors.ts';

/** A column that is nearly a factor column (null: none) times a sum of others, times some number. */
export interface SnapshotHint {
  slot: number;
  factor: number | null;
  sum: readonly Term[];
}

export interface Coded extends Predictor {
  /** null: all residuals are zero. */
  residuals: Int32Array | null;
}

/** A prediction with at most this relative error is taken as it is. */
const closeEnough = 2 ** -12;
/** The most columns of the same shape that are tried. */
const mostCandidates = 3;
/** What a reference to other columns costs, in bits. */
const referenceCost = 56;
const none: readonly number[] = [];

/**
 * Fills `table.values` with the values that a reader will decode, and returns the columns in order of slots. `original`
 * is column-major as well: size × times.
 */
export function chooseColumns(original: Float32Array, size: number, table: SlotTable, hints: readonly SnapshotHint[]): Coded[] {
  const n = table.clock.length;
  const chosen = new Array<Coded | undefined>(size);
  const hinted = new Map(hints.map((hint) => [hint.slot, hint]));
  const shapes = new Map<number, number[]>();
  const foretold = new Float64Array(n);
  const underWay = new Set<number>();

  const choose = (slot: number): void => {
    if (chosen[slot] !== undefined || underWay.has(slot)) return;
    const hint = hinted.get(slot);
    if (hint) {
      // The columns it depends on come first; in a cycle the last one gets no hint.
      underWay.add(slot);
      for (const other of slotsOf(hint)) choose(other);
      underWay.delete(slot);
    }
    const column = original.subarray(slot * n, (slot + 1) * n);
    const told = hint && slotsOf(hint).every((other) => chosen[other] !== undefined) ? [fromHint(hint)] : [];
    const coded = asConstant(column) ?? best(slot, column, told);
    chosen[slot] = coded;
    fillColumn(coded, coded.residuals, table, slot, foretold);
  };

  const best = (slot: number, column: Float32Array, told: readonly Predictor[]): Coded => {
    const shape = shapeOf(column);
    const alike = shapes.get(shape) ?? none;
    const others = told.length > 0 ? told : [...clockOf(column, table.clock), ...alike.map((other) => scaled(other))];
    const coded = cheapest(column, others, table, foretold);
    // Only columns that depend on no other are used for their shape, so that errors do not add up.
    if (coded.kind === 'previous' && alike.length < mostCandidates) shapes.set(shape, [...alike, slot]);
    return coded;
  };

  for (let slot = 0; slot < size; slot++) choose(slot);
  return chosen as Coded[];
}

function slotsOf({ factor, sum }: SnapshotHint): number[] {
  const slots = sum.map(({ slot }) => slot);
  return factor === null ? slots : [factor, ...slots];
}

function fromHint({ factor, sum }: SnapshotHint): Predictor {
  const from: readonly Term[] = factor === null ? sum : [{ slot: factor, sign: 1 }, ...sum];
  return { kind: factor === null ? 'sum' : 'product', number: 1, from, grid: 'coarse' };
}

function scaled(slot: number): Predictor {
  return { kind: 'scaled', number: 1, from: [{ slot, sign: 1 }], grid: 'coarse' };
}

function asConstant(column: Float32Array): Coded | null {
  const first = f32(column, 0);
  for (let t = 1; t < column.length; t++) if (column[t] !== first && !(Number.isNaN(first) && Number.isNaN(column[t]))) return null;
  const kind = Number.isNaN(first) ? 'unknown' : first === 0 ? 'zero' : 'constant';
  return { kind, number: kind === 'constant' ? first : 0, from: [], grid: 'coarse', residuals: null };
}

/** A hash of four values over their mean size: the same for columns that are (nearly) multiples of each other. */
function shapeOf(column: Float32Array): number {
  const n = column.length;
  let size = 0;
  for (let t = 0; t < n; t++) if (!Number.isNaN(column[t])) size += Math.abs(f32(column, t));
  let shape = 0;
  for (const part of [0.13, 0.41, 0.62, 0.87]) {
    const value = (f32(column, Math.floor(part * n)) * n) / size;
    shape = shape * 211 + (Number.isFinite(value) ? Math.round(value * 64) + 3 : 1);
  }
  return shape;
}

/** The predictor with the factor that fits the column best (least squares). */
function fitted(column: Float32Array, other: Predictor, table: SlotTable, foretold: Float64Array): Predictor {
  if (other.kind === 'clock') return other;
  foretell(other, table, foretold);
  let above = 0;
  let below = 0;
  for (let t = 0; t < column.length; t++) {
    const told = f64(foretold, t);
    const own = f32(column, t);
    if (Number.isNaN(told * own)) continue;
    above += told * own;
    below += told * told;
  }
  const fit = Math.fround(above / below);
  return Number.isFinite(fit) ? { ...other, number: fit } : other;
}

/** A predictor for seconds that grow with the time of the snapshot. */
function clockOf(column: Float32Array, clock: Float64Array): Predictor[] {
  for (let t = 1; t < column.length; t++) {
    if (f32(column, t) - f32(column, t - 1) !== f64(clock, t) - f64(clock, t - 1)) continue;
    return [{ kind: 'clock', number: Math.fround(f32(column, t) - f64(clock, t)), from: [], grid: 'whole' }];
  }
  return [];
}

function cheapest(column: Float32Array, others: readonly Predictor[], table: SlotTable, foretold: Float64Array): Coded {
  const grid = gridOf(column);
  const orders = new Int32Array(column.length);
  for (let t = 0; t < column.length; t++) orders[t] = gridIntegerOf(f32(column, t), grid);
  let found: Coded = { kind: 'previous', number: 0, from: [], grid, residuals: differences(orders) };
  let least = costOf(found.residuals as Int32Array);
  for (const other of others) {
    const fit = fitted(column, other, table, foretold);
    foretell(fit, table, foretold);
    const residuals = remains(column, orders, foretold, grid);
    const cost = referenceCost + costOf(residuals);
    if (cost >= least) continue;
    least = cost;
    found = { ...fit, grid, residuals: residuals.some((residual) => residual !== 0) ? residuals : null };
  }
  return found;
}

function differences(orders: Int32Array): Int32Array {
  const result = new Int32Array(orders.length);
  for (let t = 0, before = 0; t < orders.length; t++) {
    result[t] = i32(orders, t) - before;
    before = i32(orders, t);
  }
  return result;
}

function remains(column: Float32Array, orders: Int32Array, foretold: Float64Array, grid: Grid): Int32Array {
  const result = new Int32Array(orders.length);
  const loose = grid === 'coarse';
  for (let t = 0; t < orders.length; t++) {
    const told = f64(foretold, t);
    const value = f32(column, t);
    const near = loose && Math.abs(value - kept(told)) <= closeEnough * Math.abs(value) && Math.floor(value) !== value;
    result[t] = near ? 0 : i32(orders, t) - gridIntegerOf(told, grid);
  }
  return result;
}

function costOf(residuals: Int32Array): number {
  let cost = 0;
  for (let t = 0; t < residuals.length; t++) {
    const residual = i32(residuals, t);
    cost += residual === 0 ? 0.2 : 34 - Math.clz32(Math.abs(residual));
  }
  return cost;
}
