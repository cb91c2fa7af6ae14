/** Writes and reads bytes one after the other: the basis of the ledger's packed formats. */

export interface ByteWriter {
  bytes: Uint8Array;
  length: number;
}

export interface Reader {
  bytes: Uint8Array;
  at: number;
}

/** The bytes are invalid: cut off, foreign or of another version. */
export class BytesFault extends Error {
  override name = 'BytesFault';
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function createWriter(room = 1024): ByteWriter {
  return { bytes: new Uint8Array(room), length: 0 };
}

/** What was written, as an array of its own. */
export function written({ bytes, length }: ByteWriter): Uint8Array<ArrayBuffer> {
  return bytes.slice(0, length) as Uint8Array<ArrayBuffer>;
}

export function putByte(writer: ByteWriter, byte: number): void {
  if (writer.length === writer.bytes.length) grow(writer, 1);
  writer.bytes[writer.length++] = byte;
}

export function putBytes(writer: ByteWriter, bytes: Uint8Array): void {
  if (writer.length + bytes.length > writer.bytes.length) grow(writer, bytes.length);
  writer.bytes.set(bytes, writer.length);
  writer.length += bytes.length;
}

/** A whole number ≥ 0 up to 2^53: seven bits a byte, the lowest first. */
export function putWhole(writer: ByteWriter, value: number): void {
  let rest = value;
  while (rest >= 0x8000_0000) {
    putByte(writer, (rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    putByte(writer, (rest & 127) | 128);
    rest >>>= 7;
  }
  putByte(writer, rest);
}

export function putFloat64(writer: ByteWriter, value: number): void {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  putBytes(writer, bytes);
}

export function putText(writer: ByteWriter, text: string): void {
  const bytes = encoder.encode(text);
  putWhole(writer, bytes.length);
  putBytes(writer, bytes);
}

export function takeByte(reader: Reader): number {
  const byte = reader.bytes[reader.at++];
  if (byte === undefined) throw new BytesFault('the bytes end too soon');
  return byte;
}

export function takeBytes(reader: Reader, count: number): Uint8Array {
  if (reader.at + count > reader.bytes.length) throw new BytesFault('the bytes end too soon');
  const bytes = reader.bytes.subarray(reader.at, reader.at + count);
  reader.at += count;
  return bytes;
}

export function takeWhole(reader: Reader): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = takeByte(reader);
    value += (byte & 127) * scale;
    if (byte < 128) break;
    if (scale > 2 ** 53) throw new BytesFault('a number is longer than any whole number');
  }
  if (!Number.isSafeInteger(value)) throw new BytesFault('a number is larger than any whole number');
  return value;
}

export function takeFloat64(reader: Reader): number {
  const bytes = takeBytes(reader, 8);
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
}

export function takeText(reader: Reader): string {
  return decoder.decode(takeBytes(reader, takeWhole(reader)));
}

function grow(writer: ByteWriter, more: number): void {
  const larger = new Uint8Array(Math.max(2 * writer.bytes.length, writer.length + more));
  larger.set(writer.bytes.subarray(0, writer.length));
  writer.bytes = larger;
}
