/**
 * A message with one binary part, encoded once for all viewers. One buffer holds the two WebSocket frames that Socket.IO's
 * own parser would make of it, so that a viewer costs one write and any standard Socket.IO client can read it.
 */
import type { ServerEvents } from '../../models/wire/codec.ts';

export interface EncodedMessage {
  event: keyof ServerEvents;
  epoch: number;
  seq: number;
  /** Socket.IO packet with a placeholder, and in `binary` the bytes that belong there: for long-polling. */
  text: string;
  binary: Buffer;
  /** Both as WebSocket frames, one after the other. */
  frames: Buffer;
}

/** Stands for the binary part in a packet's text (Socket.IO protocol 5). */
export const placeholder = { _placeholder: true, num: 0 };
const binaryEvent = 5;
/** Engine.IO's mark of a text message. */
const message = '4';

export function encodeMessage(
  namespace: string,
  { event, epoch, seq }: Pick<EncodedMessage, 'event' | 'epoch' | 'seq'>,
  argument: unknown,
  bytes: Uint8Array,
): EncodedMessage {
  const text = `${binaryEvent}1-${namespace},${JSON.stringify([event, argument])}`;
  const binary = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = Buffer.concat([frame(0x1, Buffer.from(message + text)), frame(0x2, binary)]);
  // The part for long-polling shares the frames' memory.
  return { event, epoch, seq, text, binary: frames.subarray(frames.length - binary.length), frames };
}

/** A whole, unmasked WebSocket frame (RFC 6455, 5.2). */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}
