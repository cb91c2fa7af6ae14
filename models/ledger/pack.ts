/** Blocks as bytes and back, self-describing. Small already, and made to compress well. */

import { f64 } from '../typed-arrays.ts';
import type { Block, SummedBlock } from './block.ts';
import {
  BytesFault,
  type ByteWriter,
  createWriter,
  putByte,
  putText,
  putWhole,
  type Reader,
  takeByte,
  takeText,
  takeWhole,
  written,
} from './bytes.ts';
import { putColumn, takeColumn } from './whole-column.ts';

/** First byte: the kind of data, and the version of its format. */
const blockMark = 0xb1;
const sumsMark = 0xc1;

export function packBlock({ times, columns }: Block): Uint8Array<ArrayBuffer> {
  const writer = createWriter(256 + 2 * times.length * columns.size);
  putByte(writer, blockMark);
  putWhole(writer, times.length);
  putTimes(writer, times);
  putColumns(writer, columns);
  return written(writer);
}

/** Throws BytesFault on bytes that are no block. */
export function unpackBlock(bytes: Uint8Array): Block {
  const reader: Reader = { bytes, at: 0 };
  if (takeByte(reader) !== blockMark) throw new BytesFault('not a block of the ledger');
  const n = takeCount(reader);
  const times = takeTimes(reader, n);
  const columns = takeColumns(reader, n);
  end(reader);
  return { times, columns };
}

export function packSums({ periods, times, columns, known, intervals, expected }: SummedBlock): Uint8Array<ArrayBuffer> {
  const writer = createWriter(512 + 4 * times.length * columns.size);
  putByte(writer, sumsMark);
  putWhole(writer, times.length);
  for (const period of periods) putText(writer, period);
  putTimes(writer, times);
  putColumn(writer, intervals);
  putColumn(writer, expected);
  putColumns(writer, columns);
  putColumns(writer, known);
  return written(writer);
}

/** Throws BytesFault on bytes that are no sums. */
export function unpackSums(bytes: Uint8Array): SummedBlock {
  const reader: Reader = { bytes, at: 0 };
  if (takeByte(reader) !== sumsMark) throw new BytesFault('not sums of the ledger');
  const n = takeCount(reader);
  const periods = Array.from({ length: n }, () => takeText(reader));
  const times = takeTimes(reader, n);
  const intervals = takeColumn(reader, n);
  const expected = takeColumn(reader, n);
  const columns = takeColumns(reader, n);
  const known = takeColumns(reader, n);
  end(reader);
  return { periods, times, columns, known, intervals, expected };
}

/** Intervals are consecutive, so the differences are all the same number. */
function putTimes(writer: ByteWriter, times: Float64Array): void {
  putColumn(writer, times.subarray(0, 1));
  putColumn(
    writer,
    times.subarray(1).map((time, i) => time - f64(times, i)),
  );
}

function takeTimes(reader: Reader, n: number): Float64Array {
  const [first = 0] = takeColumn(reader, Math.min(1, n));
  const steps = takeColumn(reader, Math.max(0, n - 1));
  const times = new Float64Array(n).fill(first);
  for (let i = 1; i < n; i++) times[i] = f64(times, i - 1) + f64(steps, i - 1);
  return times;
}

function putColumns(writer: ByteWriter, columns: ReadonlyMap<string, Float64Array>): void {
  putWhole(writer, columns.size);
  for (const name of columns.keys()) putText(writer, name);
  for (const column of columns.values()) putColumn(writer, column);
}

function takeColumns(reader: Reader, n: number): Map<string, Float64Array> {
  const names = Array.from({ length: takeCount(reader) }, () => takeText(reader));
  return new Map(names.map((name) => [name, takeColumn(reader, n)]));
}

/** The count is limited, so that invalid bytes cannot cause an allocation of gigabytes. */
function takeCount(reader: Reader): number {
  const count = takeWhole(reader);
  if (count > 10_000_000) throw new BytesFault('more entries than any block has');
  return count;
}

function end(reader: Reader): void {
  if (reader.at !== reader.bytes.length) throw new BytesFault('bytes are left over');
}
