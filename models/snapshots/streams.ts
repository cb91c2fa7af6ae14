/** Columns to bytes and back: kinds, references, numbers, and residuals as planes of bytes, similar bytes next to each other. */

import { f32, i32, u8 } from '../typed-arrays.ts';
import { type Grid, grids } from './numbers.ts';
import type { Coded } from './predictor-choice.ts';
import { kinds, type Predictor, type PredictorKind, type Term } from './predictors.ts';

/** kinds, references, numbers, sizes, four planes. */
export const streamCount = 8;
export const firstPlane = 4;
const planeCount = 4;
const leftBit = 8;

const kindIndex = new Map(kinds.map((kind, i) => [kind, i]));
const gridIndex = new Map(grids.map((grid, i) => [grid, i]));
const zigzag = (n: number) => (n << 1) ^ (n >> 31);
const unzigzag = (n: number) => (n >>> 1) ^ -(n & 1);

/**
 * Size code of a column's residuals: bytes that the largest needs, and bits that most of them need. Columns with similar
 * bits are stored together, which compresses better.
 */
function sizeOf(residuals: Int32Array): number {
  let all = 0;
  let sum = 0;
  for (let t = 0; t < residuals.length; t++) {
    const code = zigzag(i32(residuals, t)) >>> 0;
    all |= code;
    sum += Math.min(code, 65_535);
  }
  const width = Math.max(1, Math.ceil((32 - Math.clz32(all)) / 8));
  return (Math.min(31, Math.floor(2 * Math.log2(1 + sum / residuals.length))) << 3) | width;
}

export function writeStreams(columns: readonly Coded[], n: number): Uint8Array[] {
  const heads = new Uint8Array(columns.length);
  const references: number[] = [];
  const numbers: number[] = [];
  const sizes: number[] = [];
  const left: Int32Array[] = [];
  for (const [slot, column] of columns.entries()) {
    const { kind, number, from, grid, residuals } = column;
    heads[slot] = (kindIndex.get(kind) as number) | (residuals ? leftBit : 0) | ((gridIndex.get(grid) as number) << 4);
    if (hasNumber(column)) numbers.push(number);
    if (counted.has(kind)) writeVarint(references, from.length);
    for (const term of from) writeVarint(references, ((zigzag(term.slot - slot) << 1) | (term.sign < 0 ? 1 : 0)) >>> 0);
    if (residuals === null) continue;
    sizes.push(sizeOf(residuals));
    left.push(residuals);
  }
  const { starts, lengths } = placesOf(sizes, n);
  const planes = lengths.map((length) => new Uint8Array(length));
  for (const [c, residuals] of left.entries()) {
    const width = (sizes[c] as number) & 7;
    for (let p = 0; p < width; p++) {
      const plane = planes[p] as Uint8Array;
      const start = i32(starts, c * planeCount + p);
      for (let t = 0; t < n; t++) plane[start + t] = zigzag(i32(residuals, t)) >>> (8 * p);
    }
  }
  const floats = new Uint8Array(4 * numbers.length);
  const view = new DataView(floats.buffer);
  for (const [i, number] of numbers.entries()) view.setFloat32(4 * i, number, true);
  return [heads, Uint8Array.from(references), floats, Uint8Array.from(sizes), ...planes];
}

/** The streams of a single snapshot, the same as `writeStreams` makes from its columns: all of them are constant. */
export function writeOne(values: Float32Array): Uint8Array[] {
  const heads = new Uint8Array(values.length);
  const floats = new Uint8Array(4 * values.length);
  const view = new DataView(floats.buffer);
  let told = 0;
  for (let slot = 0; slot < values.length; slot++) {
    const value = f32(values, slot);
    heads[slot] = Number.isNaN(value) ? unknownHead : value === 0 ? zeroHead : constantHead;
    if (heads[slot] === constantHead) view.setFloat32(4 * told++, value, true);
  }
  const empty = new Uint8Array(0);
  return [heads, empty, floats.subarray(0, 4 * told), empty, ...Array.from({ length: planeCount }, () => empty)];
}

const [unknownHead, zeroHead, constantHead] = (['unknown', 'zero', 'constant'] as const).map((kind) => kinds.indexOf(kind)) as [
  number,
  number,
  number,
];

/**
 * Where each column's bytes begin in each of its planes (planeCount a column), and how long the planes are: columns
 * stand in the order of their sizes, those of one size in the order of slots.
 */
function placesOf(sizes: ArrayLike<number>, n: number): { starts: Int32Array; lengths: number[] } {
  const ofSize: number[][] = Array.from({ length: 256 }, () => []);
  for (let c = 0; c < sizes.length; c++) ofSize[sizes[c] as number]?.push(c);
  const lengths = new Array<number>(planeCount).fill(0);
  const starts = new Int32Array(sizes.length * planeCount);
  for (const [size, columns] of ofSize.entries()) {
    const width = size & 7;
    for (const c of columns) {
      for (let p = 0; p < width; p++) {
        starts[c * planeCount + p] = lengths[p] as number;
        lengths[p] = (lengths[p] as number) + n;
      }
    }
  }
  return { starts, lengths };
}

export interface CodedColumn extends Predictor {
  /** Where the bytes of the residuals begin in each plane; null: all residuals are zero. */
  starts: Int32Array | null;
}

/** The columns, without their residuals. Throws when a reference points to no column or a stream is too short or long. */
export function readColumns(streams: readonly Uint8Array[], size: number, n: number): CodedColumn[] {
  const [heads, references, floats, sizes, ...planes] = streams as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, ...Uint8Array[]];
  if (heads.length !== size) throw new Error('not snapshots: columns are missing');
  if (sizes.some((width) => (width & 7) < 1 || (width & 7) > planeCount)) throw new Error('not snapshots: a size that cannot be');
  const { starts, lengths } = placesOf(sizes, n);
  let left = 0;
  const view = new DataView(floats.buffer, floats.byteOffset, floats.byteLength);
  const reader = { bytes: references, at: 0 };
  let number_at = 0;
  const term = (slot: number): Term => {
    const code = readVarint(reader);
    const other = slot + unzigzag(code >>> 1);
    if (other < 0 || other >= size) throw new Error('not snapshots: a column leans on one that is not there');
    return { slot: other, sign: (code & 1) === 0 ? 1 : -1 };
  };
  const columns = new Array<CodedColumn>(size);
  for (let slot = 0; slot < size; slot++) {
    const head = u8(heads, slot);
    // Most of a park's slots are unknown or zero; they share one object.
    if (head === unknownHead || head === zeroHead) {
      columns[slot] = head === zeroHead ? zeroColumn : unknownColumn;
      continue;
    }
    const kind = kinds[head & 7] as PredictorKind;
    const remains = (head & leftBit) !== 0;
    const certain = kind === 'unknown' || kind === 'zero' || kind === 'constant';
    if (head > 63 || (kind === 'previous' && !remains) || (certain && remains))
      throw new Error('not snapshots: a column of an unknown kind');
    const column: CodedColumn = { kind, number: 0, from: [], grid: grids[head >> 4] as Grid, starts: null };
    if (remains) {
      const width = (sizes[left] ?? 0) & 7;
      column.starts = starts.subarray(left * planeCount, left * planeCount + width);
      left++;
    }
    if (hasNumber(column)) {
      if (number_at + 4 > floats.length) throw new Error('not snapshots: too short');
      column.number = view.getFloat32(number_at, true);
      number_at += 4;
    }
    if (kind === 'scaled') column.from = [term(slot)];
    if (counted.has(kind)) column.from = Array.from({ length: checked(readVarint(reader), size) }, () => term(slot));
    columns[slot] = column;
  }
  const whole =
    left === sizes.length &&
    number_at === floats.length &&
    reader.at === references.length &&
    lengths.every((length, p) => length === planes[p]?.length);
  if (!whole) throw new Error('not snapshots: too short or too long');
  return columns;
}

const unknownColumn: CodedColumn = { kind: 'unknown', number: 0, from: [], grid: 'coarse', starts: null };
const zeroColumn: CodedColumn = { ...unknownColumn, kind: 'zero' };
const foretellers: ReadonlySet<PredictorKind> = new Set(['clock', 'scaled', 'product', 'sum']);
const counted: ReadonlySet<PredictorKind> = new Set(['product', 'sum']);

/** Reads the residuals of a column from its bytes in the planes. */
export function readResiduals(planes: readonly Uint8Array[], starts: Int32Array, out: Int32Array): void {
  const n = out.length;
  out.fill(0);
  for (let p = 0; p < starts.length; p++) {
    const plane = planes[p] as Uint8Array;
    const start = i32(starts, p);
    const shift = 8 * p;
    for (let t = 0; t < n; t++) out[t] = i32(out, t) | (u8(plane, start + t) << shift);
  }
  for (let t = 0; t < n; t++) out[t] = unzigzag(i32(out, t));
}

/** The same for a single time. A column predicted from the time before needs the residuals of all times up to it. */
export function readResidualAt(planes: readonly Uint8Array[], { kind, starts }: CodedColumn, time: number, out: Int32Array): void {
  const first = kind === 'previous' ? 0 : time;
  const width = starts?.length ?? 0;
  let sum = 0;
  for (let t = first; t <= time && starts !== null; t++) {
    // Nearly all residuals take one or two bytes.
    let code = u8(planes[0] as Uint8Array, i32(starts, 0) + t);
    if (width > 1) code |= u8(planes[1] as Uint8Array, i32(starts, 1) + t) << 8;
    for (let p = 2; p < width; p++) code |= u8(planes[p] as Uint8Array, i32(starts, p) + t) << (8 * p);
    sum = (sum + unzigzag(code)) | 0;
  }
  out[0] = sum;
}

function hasNumber({ kind }: Predictor): boolean {
  return kind === 'constant' || foretellers.has(kind);
}

function checked(count: number, most: number): number {
  if (count < 1 || count > most) throw new Error('not snapshots: a column leans on too many');
  return count;
}

function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
}

function readVarint(reader: { bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) break;
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
  throw new Error('not snapshots: too short');
}
