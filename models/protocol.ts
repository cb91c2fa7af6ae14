/**
 * What server and client say to each other about the living park.
 *
 * Everything that changes is one flat Float32Array of *slots*. Both ends derive the same layout from the same park
 * document, so a snapshot is the array and an update is (slot, value) pairs: 8 bytes per changed value, absolute,
 * so a lost update does no harm once the next snapshot or value arrives. NaN is unknown.
 */

import { type Audience, sees } from './access/view.ts';
import { type Totals, totalNames } from './carbon/step.ts';
import { meaningOf } from './kinds/meaning.ts';
import { type Hub, roleOf } from './kinds/roles.ts';
import { type SourceKind, sourceKinds } from './source-kinds.ts';
import { directionOf, type PortId } from './units.ts';

/** How the park's time and values come about; said in the header. */
export const modes = ['live', 'simulated', 'replayed'] as const;
export type Mode = (typeof modes)[number];

export interface PortSlots {
  /** kW. -1 for audiences that may not see it, as everywhere here. */
  power: number;
  /** packQuality code. */
  quality: number;
  /** Seconds after the snapshot's base time at which the value was measured (end of its interval). */
  sampled: number;
  /** gCO2e/kWh of what the port gives; and, for full audiences, of what it takes where an asset takes several carriers. */
  intensity: number;
}

export interface AssetSlots {
  intensity: number;
  /**
   * 1 while nothing flows through the ports its number is about, 0 while something does: a solar roof at night gives nothing,
   * so there is nothing to colour. Of what consumes the public is told only where it has no intensity to tell: when somebody
   * works is not public.
   */
  idle: number;
  /** packQuality code of the worst of its points' freshness and validity. */
  quality: number;
  /** 0…1 */
  estimatedShare: number;
  /** First of sourceKinds.length shares. */
  shares: number;
  attributed: number;
  stack: number;
  /** 0…1 of capacity, storages only. */
  level: number;
  ports: Partial<Record<PortId, PortSlots>>;
}

export interface LineSlots {
  power: number;
  intensity: number;
  /** 1 where the flow is modelled. */
  modelled: number;
}

export interface Layout {
  audience: Audience;
  size: number;
  totals: Record<keyof Totals, number>;
  /** First of sourceKinds.length shares of the park's electricity. */
  parkShares: number;
  assets: Map<string, AssetSlots>;
  lines: Map<string, LineSlots>;
  /** `${asset}/${carrier}` → kW (+ load, − source) of each declared unmetered rest, then its conflict flag. */
  unmetered: Map<string, { power: number; conflict: number }>;
  /** Assets with ports or at the end of a line; the others (vacant land) have no number that could be missing. */
  network: ReadonlySet<string>;
}

/** The parts of a park that decide the layout; a Park and a ParkDocument both fit. */
export interface LayoutPark {
  assets: readonly ({ id: string } & Hub)[];
  lines: readonly { id: string; from: string; to: string }[];
  unmetered: readonly { asset: string; carrier: string }[];
}

export function layoutOf(park: LayoutPark, audience: Audience): Layout {
  let size = 0;
  const one = () => size++;
  const figures = sees(audience, 'figures:read');
  const secret = () => (figures ? size++ : -1);
  const many = (n: number) => {
    const at = size;
    size += n;
    return at;
  };
  const totals = Object.fromEntries(totalNames.map((name) => [name, one()])) as Record<keyof Totals, number>;
  const parkShares = many(sourceKinds.length);
  const assets = new Map<string, AssetSlots>();
  for (const asset of park.assets) {
    const meaning = meaningOf(asset);
    const loads = asset.ports.filter((port) => roleOf(asset, port) === 'load');
    // What consumes one carrier has its intensity as its own.
    const apart = meaning !== 'consumption' || loads.length > 1 ? loads : [];
    const slots: AssetSlots = {
      intensity: one(),
      idle: meaning === 'consumption' || meaning === 'output' || meaning === 'imported' ? one() : -1,
      quality: one(),
      estimatedShare: one(),
      shares: many(sourceKinds.length),
      attributed: secret(),
      stack: secret(),
      level: asset.storage ? secret() : -1,
      ports: {},
    };
    for (const port of asset.ports) {
      slots.ports[port] = {
        power: secret(),
        quality: one(),
        sampled: one(),
        intensity: directionOf(port) === 'out' ? one() : apart.includes(port) ? secret() : -1,
      };
    }
    assets.set(asset.id, slots);
  }
  const lines = new Map<string, LineSlots>();
  for (const line of park.lines) lines.set(line.id, { power: secret(), intensity: one(), modelled: one() });
  const unmetered = new Map<string, { power: number; conflict: number }>();
  for (const rest of park.unmetered) {
    unmetered.set(`${rest.asset}/${rest.carrier}`, { power: secret(), conflict: one() });
  }
  return { audience, size, totals, parkShares, assets, lines, unmetered, network: networkOf(park) };
}

function networkOf({ assets, lines }: LayoutPark): ReadonlySet<string> {
  const metered = assets.filter(({ ports }) => ports.length > 0).map(({ id }) => id);
  return new Set([...metered, ...lines.flatMap(({ from, to }) => [from, to])]);
}

/** Shares from `start` on, by source kind, without the unknown and the zero. */
export function readShares(values: Float32Array, start: number): Partial<Record<SourceKind, number>> {
  const shares: Partial<Record<SourceKind, number>> = {};
  for (const [k, kind] of sourceKinds.entries()) {
    const share = values[start + k];
    if (share !== undefined && share > 0) shares[kind] = share;
  }
  return shares;
}

/** The whole state of a park at a moment. */
export interface Snapshot {
  park: string;
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
  /** Send me a snapshot: I missed something. */
  resync: () => void;
  /**
   * Seq of the snapshot or update that was taken. Who says so for every snapshot and at least every second update is
   * left out while it does not keep up, and gets a snapshot when it does; who never does is only measured at the server.
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
  // Copied: a view into a larger buffer (Node's pool) may start at an address typed arrays refuse. Not slice(): Node's
  // Buffer has one of its own that copies nothing.
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
  return { slots: Uint32Array.from(slots), values: Float32Array.from(slots, (i) => after[i] as number) };
}

/** The snapshot's values as an array of its own. Throws when the length does not fit the layout. */
export function snapshotValues(snapshot: Snapshot, layout: Layout): Float32Array {
  const raw = snapshot.values;
  const buffer = raw instanceof Uint8Array ? new Uint8Array(raw).buffer : raw.slice(0);
  if (buffer.byteLength !== 4 * layout.size) throw new Error('the snapshot is of another version of the park');
  return new Float32Array(buffer);
}
