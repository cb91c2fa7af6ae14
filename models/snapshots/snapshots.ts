/**
 * Snapshots of the park: every slot of the `full` layout for consecutive intervals, compact and compressible; the
 * entropy coding is left to HTTP (gzip or br), so that a browser does it natively.
 *
 * Columnar: each slot is one column over the times, predicted from values already known: constant, the time before,
 * the clock, another column times a number (buildings behind one substation, a line and what it feeds), a column times
 * a sum (carbon = intensity × energy), a sum (a line and what is at its end). The residuals are small integers, stored as
 * planes of bytes. Numbers are within 2^-12 of the original, whole numbers below 2^24 exact, NaN and 0 unchanged.
 *
 * Bytes, little endian: magic u32 · signature 2 × u32 · base f64 · interval f64 · times u32 · size u32 · lengths of the
 * eight streams u32 … · times f64 … · the streams (streams.ts).
 */

import { f32 } from '../typed-arrays.ts';
import { chooseColumns, type SnapshotHint } from './predictor-choice.ts';
import { fillColumn, type SlotTable } from './predictors.ts';
import {
  type CodedColumn,
  firstPlane,
  readColumns,
  readResidualAt,
  readResiduals,
  streamCount,
  writeOne,
  writeStreams,
} from './streams.ts';

export interface SnapshotSet {
  /** layoutSignature of the slots. */
  signature: string;
  /** `sampled` slots count seconds from here, ms since 1970. */
  base: number;
  interval_ms: number;
  /** Starts of the intervals, ms since 1970, ascending. */
  times: Float64Array;
  /** Slots of one snapshot. */
  size: number;
  /** times.length × size, one snapshot after the other. */
  values: Float32Array;
}

const magic = 0x31504345; // "ECP1"
const head_bytes = 36 + 4 * streamCount;
/** The most values in one set: nobody needs more, and a broken header must not use up all memory. */
const mostValues = 2 ** 27;

/** `hints` (snapshotHints of the park) make the bytes smaller: which carbon belongs to which energy, what a line feeds. */
export function encodeSnapshots(set: SnapshotSet, hints: readonly SnapshotHint[] = []): Uint8Array<ArrayBuffer> {
  const { signature, base, interval_ms, times, size, values } = set;
  const n = times.length;
  if (values.length !== n * size) throw new Error('as many values as times × slots');
  if (values.length > mostValues) throw new Error(`more than ${mostValues} values`);
  const choose = () => chooseColumns(turned(values, n, size), size, tableOf(times, base, size), hints);
  const streams = n === 1 ? writeOne(values) : writeStreams(n === 0 ? [] : choose(), n);
  const bytes = new Uint8Array(streams.reduce((sum, stream) => sum + stream.length, head_bytes + 8 * n));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, Number.parseInt(signature.slice(0, 8), 16), true);
  view.setUint32(8, Number.parseInt(signature.slice(8), 16), true);
  view.setFloat64(12, base, true);
  view.setFloat64(20, interval_ms, true);
  view.setUint32(28, n, true);
  view.setUint32(32, size, true);
  for (const [i, { length }] of streams.entries()) view.setUint32(36 + 4 * i, length, true);
  for (const [t, time] of times.entries()) view.setFloat64(head_bytes + 8 * t, time, true);
  let at = head_bytes + 8 * n;
  for (const stream of streams) {
    bytes.set(stream, at);
    at += stream.length;
  }
  return bytes;
}

/** The inverse. Throws on bytes that are not snapshots. */
export function decodeSnapshots(input: ArrayBuffer | Uint8Array): SnapshotSet {
  return decode(input, null);
}

/** Decodes only the newest snapshot of an interval that starts at or before `time`: much quicker. None when all start later. */
export function decodeSnapshotAt(input: ArrayBuffer | Uint8Array, time: number): SnapshotSet {
  return decode(input, time);
}

function decode(input: ArrayBuffer | Uint8Array, only: number | null): SnapshotSet {
  const bytes = input instanceof Uint8Array ? input : new Uint8Array(input);
  if (bytes.length < head_bytes) throw new Error('not snapshots: too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw new Error('not snapshots');
  const hex = (at: number) => view.getUint32(at, true).toString(16).padStart(8, '0');
  const n = view.getUint32(28, true);
  const size = view.getUint32(32, true);
  const lengths = Array.from({ length: streamCount }, (_, i) => view.getUint32(36 + 4 * i, true));
  const whole = head_bytes + 8 * n + lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== whole || n * size > mostValues) throw new Error('not snapshots: wrong length');
  const base = view.getFloat64(12, true);
  const times = Float64Array.from({ length: n }, (_, t) => view.getFloat64(head_bytes + 8 * t, true));
  let at = head_bytes + 8 * n;
  const streams = lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  const head = { signature: hex(4) + hex(8), base, interval_ms: view.getFloat64(20, true), size };
  const columns = n > 0 ? readColumns(streams, size, n) : [];
  const planes = streams.slice(firstPlane);
  if (only !== null) {
    const at = times.findLastIndex((time) => time <= only);
    const chosen = at === -1 ? times.slice(0, 0) : times.slice(at, at + 1);
    const table = tableOf(chosen, base, size);
    if (at !== -1) fillTable(columns, table, (column, out) => readResidualAt(planes, column, at, out));
    return { ...head, times: chosen, values: table.values };
  }
  const table = tableOf(times, base, size);
  if (n > 0) fillTable(columns, table, ({ starts }, out) => readResiduals(planes, starts as Int32Array, out));
  return { ...head, times, values: turned(table.values, size, n) };
}

function tableOf(times: Float64Array, base: number, size: number): SlotTable {
  return { values: new Float32Array(size * times.length), clock: times.map((time) => (time - base) / 1000) };
}

function fillTable(columns: readonly CodedColumn[], table: SlotTable, read: (column: CodedColumn, out: Int32Array) => void): void {
  const n = table.clock.length;
  const foretold = new Float64Array(n);
  const residuals = new Int32Array(n);
  /** 0 not started · 1 in progress · 2 done */
  const state = new Uint8Array(columns.length);
  const fill = (slot: number): void => {
    if (state[slot] === 2) return;
    if (state[slot] === 1) throw new Error('not snapshots: columns lean on each other');
    const column = columns[slot] as CodedColumn;
    if (column.from.length === 0 && column.starts === null) {
      fillColumn(column, null, table, slot, foretold);
      state[slot] = 2;
      return;
    }
    state[slot] = 1;
    for (const term of column.from) fill(term.slot);
    if (column.starts) read(column, residuals);
    fillColumn(column, column.starts && residuals, table, slot, foretold);
    state[slot] = 2;
  };
  for (let slot = 0; slot < columns.length; slot++) fill(slot);
}

/** Transposes: `rows` values of each of `columns` → `columns` values of each of `rows`, in tiles that fit into the CPU cache. */
function turned(from: Float32Array, columns: number, rows: number): Float32Array {
  const to = new Float32Array(from.length);
  const tile = 32;
  for (let r0 = 0; r0 < rows; r0 += tile) {
    const r1 = Math.min(rows, r0 + tile);
    for (let c0 = 0; c0 < columns; c0 += tile) {
      const c1 = Math.min(columns, c0 + tile);
      for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) to[r * columns + c] = f32(from, c * rows + r);
    }
  }
  return to;
}
