/** Records of a point as bytes and back. Floats are written by byte planes, each xor-ed with the one before: they compress well. */

import { u8, u32 } from '../typed-arrays.ts';
import {
  BytesFault,
  createWriter,
  putByte,
  putBytes,
  putFloat64,
  putWhole,
  type Reader,
  takeByte,
  takeBytes,
  takeFloat64,
  takeWhole,
  written,
} from './bytes.ts';
import type { PointRecords } from './records.ts';

const mark = 0xa1;

export function packRecords({ from, interval_ms, value, sigma, code, age_s }: PointRecords): Uint8Array<ArrayBuffer> {
  const writer = createWriter(32 + 13 * code.length);
  putByte(writer, mark);
  putFloat64(writer, from);
  putWhole(writer, interval_ms);
  putWhole(writer, code.length);
  putBytes(writer, code);
  for (const floats of [value, sigma, age_s]) putBytes(writer, planesOf(floats));
  return written(writer);
}

/** Throws BytesFault on bytes that are no records. */
export function unpackRecords(bytes: Uint8Array): PointRecords {
  const reader: Reader = { bytes, at: 0 };
  if (takeByte(reader) !== mark) throw new BytesFault('not records of the ledger');
  const from = takeFloat64(reader);
  const interval_ms = takeWhole(reader);
  const n = takeWhole(reader);
  const code = takeBytes(reader, n).slice();
  const [value, sigma, age_s] = [0, 1, 2].map(() => floatsOf(takeBytes(reader, 4 * n))) as [Float32Array, Float32Array, Float32Array];
  if (reader.at !== bytes.length) throw new BytesFault('bytes are left over');
  return { from, interval_ms, value, sigma, code, age_s };
}

function planesOf(floats: Float32Array): Uint8Array {
  const n = floats.length;
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, n);
  const planes = new Uint8Array(4 * n);
  let before = 0;
  for (let i = 0; i < n; i++) {
    // Every NaN is written with the same bits, because they differ between machines.
    const now = Number.isNaN(floats[i]) ? 0x7fc0_0000 : u32(bits, i);
    const changed = (now ^ before) >>> 0;
    for (let plane = 0; plane < 4; plane++) planes[plane * n + i] = changed >>> (24 - 8 * plane);
    before = now;
  }
  return planes;
}

function floatsOf(planes: Uint8Array): Float32Array {
  const n = planes.length / 4;
  const bits = new Uint32Array(n);
  let before = 0;
  for (let i = 0; i < n; i++) {
    let changed = 0;
    for (let plane = 0; plane < 4; plane++) changed = (changed << 8) | u8(planes, plane * n + i);
    before = (before ^ changed) >>> 0;
    bits[i] = before;
  }
  return new Float32Array(bits.buffer);
}
