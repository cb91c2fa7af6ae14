/**
 * The messages between server and client about the live park: a snapshot is the whole array of slots (layout.ts), an
 * update is (slot, value) pairs, 8 bytes per changed value. Values are absolute, so a lost update does no harm once the
 * next snapshot or value arrives.
 */
import type { Audience } from '../access/permissions.ts';
import type { Mode } from '../park/sources/mode.ts';
import { f32 } from '../typed-arrays.ts';
import type { Layout } from './layout.ts';

/** The whole state of a park at a moment. */
export interface Snapshot {
  park: string;
  /** Version of the park that the slots are of; a document with another one is out of date. */
  revision: string;
  audience: Audience;
  /** Identifies one run of the twin (its start, ms): after a restart or a new loop of a replay the client starts over. */
  epoch: number;
  seq: number;
  /** The park's time, ms since 1970. */
  time: number;
  /** `sampled` slots count seconds from here, ms since 1970. */
  base: number;
  mode: Mode;
  /** Park seconds per real second. */
  speed: number;
  preliminary: boolean;
  /** Float32Array bytes, little endian, layout.size values. */
  values: ArrayBuffer | Uint8Array;
}

export interface Update {
  epoch: number;
  seq: number;
  time: number;
  slots: Uint32Array;
  values: Float32Array;
}

export interface ServerEvents {
  snapshot: (snapshot: Snapshot) => void;
  update: (bytes: ArrayBuffer | Uint8Array) => void;
}

export interface ClientEvents {
  /** The client missed an update and asks for a snapshot. */
  resync: () => void;
  /**
   * Seq of the snapshot or update that the client has applied. A client that sends this for every snapshot and at least
   * every second update gets no updates while it is behind, and a snapshot when it has caught up. For a client that never
   * sends it, only the bytes waiting at the server are measured.
   */
  seen: (seq: number) => void;
}

const header_bytes = 24;

/** Bytes: epoch f64 · time f64 · seq u32 · count u32 · count × slot u32 · count × value f32, little endian. */
export function encodeUpdate(update: Update): Uint8Array<ArrayBuffer> {
  const count = update.slots.length;
  const bytes = new Uint8Array(header_bytes + 8 * count);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, update.epoch, true);
  view.setFloat64(8, update.time, true);
  view.setUint32(16, update.seq, true);
  view.setUint32(20, count, true);
  new Uint32Array(bytes.buffer, header_bytes, count).set(update.slots);
  new Float32Array(bytes.buffer, header_bytes + 4 * count, count).set(update.values);
  return bytes;
}

/** Epoch and seq of an encoded update, without its slots. */
export function updateHead(bytes: Uint8Array): { epoch: number; seq: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { epoch: view.getFloat64(0, true), seq: view.getUint32(16, true) };
}

/** The inverse. Throws on bytes that are not an update. */
export function decodeUpdate(input: ArrayBuffer | Uint8Array): Update {
  // The bytes are copied: a view into a larger buffer (Node's pool) may start at an address that typed arrays refuse. Not
  // with slice(): the slice() of Node's Buffer copies nothing.
  const buffer = input instanceof Uint8Array ? new Uint8Array(input).buffer : input;
  if (buffer.byteLength < header_bytes) throw new Error('not an update: too short');
  const view = new DataView(buffer);
  const count = view.getUint32(20, true);
  if (buffer.byteLength !== header_bytes + 8 * count) throw new Error('not an update: wrong length');
  return {
    epoch: view.getFloat64(0, true),
    time: view.getFloat64(8, true),
    seq: view.getUint32(16, true),
    slots: new Uint32Array(buffer, header_bytes, count),
    values: new Float32Array(buffer, header_bytes + 4 * count, count),
  };
}

/** Slots whose value differs (NaN equals NaN), as an update's two arrays. */
export function changedSlots(before: Float32Array, after: Float32Array): { slots: Uint32Array; values: Float32Array } {
  const slots: number[] = [];
  for (let i = 0; i < after.length; i++) {
    if (!Object.is(before[i], after[i])) slots.push(i);
  }
  return { slots: Uint32Array.from(slots), values: Float32Array.from(slots, (i) => f32(after, i)) };
}

/** The snapshot's values as an array of its own. Throws when the length does not fit the layout. */
export function snapshotValues(snapshot: Snapshot, layout: Layout): Float32Array {
  const raw = snapshot.values;
  const buffer = raw instanceof Uint8Array ? new Uint8Array(raw).buffer : raw.slice(0);
  if (buffer.byteLength !== 4 * layout.size) throw new Error('the snapshot is of another version of the park');
  return new Float32Array(buffer);
}
