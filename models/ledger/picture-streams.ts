/** Columns to bytes and back: kinds, references, numbers, and what remains as planes of bytes, like beside like. */

import type { Coded } from './picture-choice.ts';
import { type Column, kinds } from './picture-columns.ts';

/** kinds, references, numbers, four planes. */
export const streamCount = 7;
const planeCount = 4;
const fineBit = 64;

const kindIndex = new Map(kinds.map((kind, i) => [kind, i]));
const zigzag = (n: number) => (n << 1) ^ (n >> 31);
const unzigzag = (n: number) => (n >>> 1) ^ -(n & 1);

/** Bytes that the largest residual takes. */
function widthOf(residuals: Int32Array | null): number {
  if (residuals === null) return 0;
  let all = 0;
  for (const residual of residuals) all |= zigzag(residual);
  return Math.max(1, Math.ceil((32 - Math.clz32(all)) / 8));
}

export function writeStreams(columns: readonly Coded[], n: number): Uint8Array[] {
  const heads = new Uint8Array(columns.length);
  const references: number[] = [];
  const numbers: number[] = [];
  const planeSizes = new Array<number>(planeCount).fill(0);
  const widths = columns.map(({ residuals }) => widthOf(residuals));
  for (const [slot, column] of columns.entries()) {
    const { kind, number, from, fine } = column;
    const width = widths[slot] as number;
    heads[slot] = (kindIndex.get(kind) as number) | (width << 3) | (fine ? fineBit : 0);
    if (hasNumber(column)) numbers.push(number);
    if (kind === 'product') writeVarint(references, from.length);
    for (const other of from) writeVarint(references, zigzag(other - slot) >>> 0);
    for (let p = 0; p < width; p++) planeSizes[p] = (planeSizes[p] as number) + n;
  }
  const planes = planeSizes.map((size) => new Uint8Array(size));
  const at = new Array<number>(planeCount).fill(0);
  for (const [slot, { residuals }] of columns.entries()) {
    if (residuals === null) continue;
    for (let p = 0; p < (widths[slot] as number); p++) {
      const plane = planes[p] as Uint8Array;
      const start = at[p] as number;
      for (let t = 0; t < n; t++) plane[start + t] = zigzag(residuals[t] as number) >>> (8 * p);
      at[p] = start + n;
    }
  }
  const floats = new Uint8Array(4 * numbers.length);
  const view = new DataView(floats.buffer);
  for (const [i, number] of numbers.entries()) view.setFloat32(4 * i, number, true);
  return [heads, Uint8Array.from(references), floats, ...planes];
}

export interface CodedColumn extends Column {
  width: number;
}

/** The columns, without what remains of them. Throws where a reference leads nowhere or a stream is too short or long. */
export function readColumns(streams: readonly Uint8Array[], size: number, n: number): CodedColumn[] {
  const [heads, references, floats, ...planes] = streams as [Uint8Array, Uint8Array, Uint8Array, ...Uint8Array[]];
  if (heads.length !== size) throw new Error('not pictures: columns are missing');
  const view = new DataView(floats.buffer, floats.byteOffset, floats.byteLength);
  const reader = { bytes: references, at: 0 };
  let number_at = 0;
  const planeSizes = new Array<number>(planeCount).fill(0);
  const reference = (slot: number) => {
    const other = slot + unzigzag(readVarint(reader));
    if (other < 0 || other >= size) throw new Error('not pictures: a column leans on one that is not there');
    return other;
  };
  const columns = new Array<CodedColumn>(size);
  for (let slot = 0; slot < size; slot++) {
    const head = heads[slot] as number;
    const kind = kinds[head & 7];
    const width = (head >> 3) & 7;
    if (kind === undefined || width > planeCount || head > 127) throw new Error('not pictures: a column of an unknown kind');
    if ((kind === 'previous') !== width > 0 && !foretellers.has(kind)) throw new Error('not pictures: a column without values');
    const column: CodedColumn = { kind, number: 0, from: [], fine: (head & fineBit) !== 0, width };
    if (hasNumber(column)) {
      if (number_at + 4 > floats.length) throw new Error('not pictures: too short');
      column.number = view.getFloat32(number_at, true);
      number_at += 4;
    }
    if (kind === 'scaled') column.from = [reference(slot)];
    if (kind === 'product') column.from = Array.from({ length: checked(readVarint(reader), size) }, () => reference(slot));
    for (let p = 0; p < width; p++) planeSizes[p] = (planeSizes[p] as number) + n;
    columns[slot] = column;
  }
  const whole = number_at === floats.length && reader.at === references.length && planeSizes.every((s, p) => s === planes[p]?.length);
  if (!whole) throw new Error('not pictures: too short or too long');
  return columns;
}

const foretellers: ReadonlySet<string> = new Set(['clock', 'scaled', 'product']);

/** What remains of the column whose planes begin at `starts`, which is moved on to the next one's. */
export function readResiduals(planes: readonly Uint8Array[], starts: number[], width: number, out: Int32Array): void {
  const n = out.length;
  out.fill(0);
  for (let p = 0; p < width; p++) {
    const plane = planes[p] as Uint8Array;
    const start = starts[p] as number;
    const shift = 8 * p;
    for (let t = 0; t < n; t++) out[t] = (out[t] as number) | ((plane[start + t] as number) << shift);
    starts[p] = start + n;
  }
  for (let t = 0; t < n; t++) out[t] = unzigzag(out[t] as number);
}

function hasNumber({ kind }: Column): boolean {
  return kind === 'constant' || foretellers.has(kind);
}

function checked(count: number, most: number): number {
  if (count < 1 || count > most) throw new Error('not pictures: a column leans on too many');
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
  throw new Error('not pictures: too short');
}
