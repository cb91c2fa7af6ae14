/** Chooses for each column what foretells it best, and says what remains. */
import { type Column, fillColumn, foretell, type Table } from './picture-columns.ts';
import { coarse, isFine, kept, orderOf } from './picture-numbers.ts';
import type { ProductHint } from './picture-slots.ts';

export interface Coded extends Column {
  /** null: nothing remains. */
  residuals: Int32Array | null;
}

/** Foretold this well is taken as it is; whole numbers only exactly. */
const closeEnough = 2 ** -12;
/** Columns of one shape that are tried. */
const mostCandidates = 4;
/** Bits that naming another column costs. */
const referenceCost = 56;

/** Fills `table.values` (column-major) with what a reader will have, and returns the columns in order of slots. */
export function chooseColumns(original: Float32Array, size: number, table: Table, hints: readonly ProductHint[]): Coded[] {
  const n = table.clock.length;
  const columns = new Array<Coded>(size);
  const hinted = new Map(hints.map((hint) => [hint.slot, hint]));
  const shapes = new Map<number, number[]>();
  const column = new Float32Array(n);
  const foretold = new Float32Array(n);
  const fetch = (slot: number) => {
    for (let t = 0; t < n; t++) column[t] = original[t * size + slot] as number;
  };
  const settle = (slot: number, coded: Coded) => {
    columns[slot] = coded;
    fillColumn(coded, coded.residuals, table, slot, foretold);
  };

  for (let slot = 0; slot < size; slot++) {
    if (hinted.has(slot)) continue;
    fetch(slot);
    const constant = asConstant(column);
    if (constant) {
      settle(slot, constant);
      continue;
    }
    const shape = shapeOf(column);
    const alike = shapes.get(shape) ?? [];
    const others = alike.map((other) => scaledFrom(column, [other], table));
    const best = cheapest(column, [...clockOf(column, table.clock), ...others], table, foretold);
    settle(slot, best);
    if (best.kind !== 'previous') continue;
    // Only columns that lean on no other are leant on: their errors do not add up.
    if (alike.length === 0) shapes.set(shape, alike);
    if (alike.length < mostCandidates) alike.push(slot);
  }
  for (const { slot, factor, sum } of hints) {
    fetch(slot);
    settle(slot, asConstant(column) ?? cheapest(column, [scaledFrom(column, [factor, ...sum], table)], table, foretold));
  }
  return columns;
}

function asConstant(column: Float32Array): Coded | null {
  const first = kept(column[0] as number);
  for (let t = 1; t < column.length; t++) if (!Object.is(kept(column[t] as number), first)) return null;
  const kind = Number.isNaN(first) ? 'unknown' : first === 0 ? 'zero' : 'constant';
  return { kind, number: first, from: [], fine: false, residuals: null };
}

/** The same number for columns that are (nearly) multiples of each other: three of their values over their mean size. */
function shapeOf(column: Float32Array): number {
  const n = column.length;
  let size = 0;
  for (let t = 0; t < n; t++) if (!Number.isNaN(column[t])) size += Math.abs(column[t] as number);
  let shape = 0;
  for (const part of [0.13, 0.41, 0.62, 0.87]) {
    const value = ((column[Math.floor(part * n)] as number) * n) / size;
    shape = shape * 211 + (Number.isFinite(value) ? Math.round(value * 64) + 3 : 1);
  }
  return shape;
}

/** The column as a number times another, or times another and a sum of more: the number that fits best. */
function scaledFrom(column: Float32Array, from: readonly number[], table: Table): Column {
  const n = column.length;
  const plain: Column = { kind: from.length > 1 ? 'product' : 'scaled', number: 1, from, fine: false };
  let above = 0;
  let below = 0;
  for (let t = 0; t < n; t++) {
    let value = table.values[(from[0] as number) * n + t] as number;
    if (from.length > 1) {
      let sum = 0;
      for (let i = 1; i < from.length; i++) sum += table.values[(from[i] as number) * n + t] as number;
      value *= sum;
    }
    const own = column[t] as number;
    if (Number.isNaN(value * own)) continue;
    above += value * own;
    below += value * value;
  }
  const fit = Math.fround(above / below);
  return Number.isFinite(fit) ? { ...plain, number: fit } : plain;
}

/** Seconds that grow with the time of the picture. */
function clockOf(column: Float32Array, clock: Float64Array): Column[] {
  for (let t = 1; t < column.length; t++) {
    if ((column[t] as number) - (column[t - 1] as number) !== (clock[t] as number) - (clock[t - 1] as number)) continue;
    return [{ kind: 'clock', number: Math.fround((column[t] as number) - (clock[t] as number)), from: [], fine: false }];
  }
  return [];
}

function cheapest(column: Float32Array, others: readonly Column[], table: Table, foretold: Float32Array): Coded {
  const fine = column.some((value) => isFine(kept(value)));
  let best: Coded = { kind: 'previous', number: 0, from: [], fine, residuals: fromPrevious(column, fine) };
  let least = costOf(best.residuals);
  for (const other of others) {
    foretell(other, table, foretold);
    // What is foretold may need every bit where the column does not, and the other way round.
    const own = fine || foretold.some(isFine);
    const residuals = fromForetold(column, foretold, own);
    const cost = referenceCost + costOf(residuals);
    if (cost >= least) continue;
    least = cost;
    best = { ...other, fine: own, residuals };
  }
  const nothing = best.kind !== 'previous' && best.residuals?.every((residual) => residual === 0);
  return nothing ? { ...best, residuals: null } : best;
}

function fromPrevious(column: Float32Array, fine: boolean): Int32Array {
  let before = 0;
  return Int32Array.from(column, (value) => {
    const order = fine ? orderOf(kept(value)) : coarse(orderOf(kept(value)));
    const residual = order - before;
    before = order;
    return residual;
  });
}

function fromForetold(column: Float32Array, foretold: Float32Array, fine: boolean): Int32Array {
  return Int32Array.from(column, (value, t) => {
    const told = foretold[t] as number;
    if (!Number.isInteger(value) && Math.abs(value - told) <= closeEnough * Math.abs(value)) return 0;
    const residual = orderOf(kept(value)) - orderOf(told);
    return fine ? residual : coarse(orderOf(kept(value))) - coarse(orderOf(told));
  });
}

function costOf(residuals: Int32Array | null): number {
  let cost = 0;
  for (const residual of residuals ?? []) cost += residual === 0 ? 0.2 : 34 - Math.clz32(Math.abs(residual));
  return cost;
}
