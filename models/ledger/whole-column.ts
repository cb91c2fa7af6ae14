/**
 * A column of whole numbers and NaN as bytes: one value for all, or zigzag varints of the values or of their
 * differences, whichever is shorter; runs of equal bytes are left to the compression of the store.
 */

import { f64, u8 } from '../typed-arrays.ts';
import { BytesFault, type ByteWriter, putByte, putBytes, putWhole, type Reader, takeByte, takeBytes, takeWhole } from './bytes.ts';

const same = 0;
const plain = 1;
const differences = 2;
/** Added where some entries are NaN: a bit for each entry follows. */
const gaps = 4;

/** Beyond this the zigzag of a number would not be a whole number any more. */
const largest = 2 ** 52;

/** Throws RangeError on a fraction or a number of 2^52 or more. */
export function putColumn(writer: ByteWriter, column: Float64Array): void {
  const n = column.length;
  const known = column.filter((value) => !Number.isNaN(value));
  for (const value of known) {
    if (!Number.isInteger(value) || Math.abs(value) >= largest) throw new RangeError(`${value} is no whole number of the ledger`);
  }
  const holes = known.length < n;
  if (known.every((value) => value === known[0])) {
    putByte(writer, same + (holes ? gaps : 0));
    if (holes) putBytes(writer, bitsOf(column));
    if (known.length > 0) putSigned(writer, f64(known, 0));
    return;
  }
  const way = costOf(known, differences) < costOf(known, plain) ? differences : plain;
  putByte(writer, way + (holes ? gaps : 0));
  if (holes) putBytes(writer, bitsOf(column));
  let before = 0;
  for (const value of known) {
    putSigned(writer, value - before);
    if (way === differences) before = value;
  }
}

export function takeColumn(reader: Reader, n: number): Float64Array {
  const head = takeByte(reader);
  const way = head % gaps;
  if (head >= 2 * gaps || way > differences) throw new BytesFault('a column of an unknown kind');
  const bits = head >= gaps ? takeBytes(reader, Math.ceil(n / 8)) : null;
  const column = new Float64Array(n);
  if (bits === null && way === same) return n > 0 ? column.fill(takeSigned(reader)) : column;
  let before = 0;
  let first = true;
  for (let i = 0; i < n; i++) {
    if (bits !== null && (u8(bits, i >> 3) & (1 << (i & 7))) === 0) {
      column[i] = Number.NaN;
      continue;
    }
    if (way !== same || first) {
      before = takeSigned(reader) + (way === differences ? before : 0);
      first = false;
    }
    column[i] = before;
  }
  return column;
}

/** 1 where there is a value. */
function bitsOf(column: Float64Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(column.length / 8));
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) bits[i >> 3] = u8(bits, i >> 3) | (1 << (i & 7));
  }
  return bits;
}

/** A rough measure of the size, in bits. */
function costOf(known: Float64Array, way: number): number {
  let cost = 0;
  let before = 0;
  for (const value of known) {
    const size = Math.abs(value - before);
    if (size >= largest) return Number.POSITIVE_INFINITY;
    cost += 32 - Math.clz32(Math.min(0x7fff_ffff, 2 * size));
    if (way === differences) before = value;
  }
  return cost;
}

function putSigned(writer: ByteWriter, value: number): void {
  putWhole(writer, value < 0 ? -2 * value - 1 : 2 * value);
}

/** A year of a park has millions of these numbers: up to four bytes are read here, without a call for each. */
function takeSigned(reader: Reader): number {
  const { bytes, at } = reader;
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) break;
    value |= (byte & 127) << (7 * i);
    if (byte > 127) continue;
    reader.at = at + i + 1;
    return (value >>> 1) ^ -(value & 1);
  }
  const zigzag = takeWhole(reader);
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}
