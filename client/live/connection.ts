/**
 * The connection to the server: fills the live side of the mirror from snapshots and updates, also while the screen shows the
 * past, and requests a snapshot whenever it may have missed something. Updates are taken strictly in order; between a gap and
 * the snapshot that repairs it nothing changes, so colour, number and time on the screen always belong together.
 */
import { io, type Socket } from 'socket.io-client';
import type { ParkView } from '../../models/api/park-view.ts';
import { type ClientEvents, decodeUpdate, type ServerEvents, type Snapshot, snapshotValues } from '../../models/wire/codec.ts';
import { type Layout, layoutOf } from '../../models/wire/layout.ts';
import { live, liveChanged, mirror, setConnection, showLive } from './mirror.ts';

/** The connection counts as delayed when nothing arrived for this many ticks. */
const delayedTicks = 3;
/** A requested snapshot that did not arrive within this time is requested again. */
const askAgain_ms = 5000;

type Bytes = ArrayBuffer | Uint8Array;

/** An ArrayBuffer in browsers, a Buffer in Node. */
export function bytesOf(value: unknown): Bytes {
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) return value;
  throw new Error('not bytes');
}

export interface Connection {
  close(): void;
}

export interface ConnectionOptions {
  /** Where the server is; the page's own origin by default. */
  url?: string;
  /** Called when the server's park is another version than `park`: load the document again. */
  onOtherPark: () => void;
  now?: () => number;
}

/** Takes a snapshot into the mirror. False when it is of another version of the park. */
export function takeSnapshot(park: ParkView, snapshot: Snapshot, now: number): boolean {
  if (snapshot.park !== park.metadata.id || snapshot.revision !== park.metadata.revision) return false;
  const layout: Layout =
    mirror.layout?.audience === snapshot.audience && mirror.layoutPark === park
      ? mirror.layout
      : layoutOf({ ...park, unmetered: park.metadata.unmetered }, snapshot.audience);
  let values: Float32Array;
  try {
    values = snapshotValues({ ...snapshot, values: bytesOf(snapshot.values) }, layout);
  } catch {
    return false;
  }
  const { epoch, seq, mode, speed, time, base, preliminary } = snapshot;
  Object.assign(live, { values, time, base, preliminary });
  // Past values of another layout would be read by the wrong slots.
  if (layout !== mirror.layout && mirror.moment !== 'live') mirror.moment = 'live';
  Object.assign(mirror, { layout, layoutPark: park, epoch, seq, mode, speed, heard: now });
  liveChanged();
  return true;
}

export type Taken = 'taken' | 'old' | 'gap';

/** Takes an update into the mirror if it is the next one. Throws on bytes that are not an update. */
export function takeUpdate(bytes: unknown, now: number): Taken {
  const update = decodeUpdate(bytesOf(bytes));
  if (mirror.layout === null || update.epoch !== mirror.epoch) return 'gap';
  if (update.seq <= mirror.seq) return 'old';
  if (update.seq !== mirror.seq + 1) return 'gap';
  const { slots, values } = update;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i];
    const value = values[i];
    if (slot === undefined || value === undefined || slot >= live.values.length) return 'gap';
    live.values[slot] = value;
  }
  mirror.seq = update.seq;
  live.time = update.time;
  mirror.heard = now;
  liveChanged();
  return 'taken';
}

/** Clears the values of another park. */
export function clearMirror(): void {
  Object.assign(live, { values: new Float32Array(0), time: Number.NaN, base: 0, preliminary: true });
  Object.assign(mirror, { layout: null, layoutPark: null, epoch: 0, seq: 0, heard: 0, connection: 'connecting' });
  showLive();
}

export function connect(park: ParkView, { url = '', onOtherPark, now = () => performance.now() }: ConnectionOptions): Connection {
  const socket: Socket<ServerEvents, ClientEvents> = io(`${url}/parks/${park.metadata.id}`, {
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    timeout: 8000,
  });
  let asked = Number.NEGATIVE_INFINITY;
  /** The server has another version of the park; its updates mean nothing here. */
  let outdated = false;
  const silence_ms = delayedTicks * park.metadata.tick_s * 1000;

  const resync = () => {
    if (outdated || !socket.connected || now() - asked < askAgain_ms) return;
    asked = now();
    socket.emit('resync');
  };
  socket.on('snapshot', (snapshot) => {
    asked = Number.NEGATIVE_INFINITY;
    const { epoch, seq, heard, connection } = mirror;
    if (!takeSnapshot(park, snapshot, now())) {
      outdated = true;
      mirror.heard = now();
      return onOtherPark();
    }
    outdated = false;
    socket.emit('seen', snapshot.seq);
    // A server that answers with no newer snapshot is still delayed.
    if (connection === 'delayed' && epoch === snapshot.epoch && seq === snapshot.seq) mirror.heard = heard;
    else setConnection('live');
  });
  socket.on('update', (bytes) => {
    // Until this connection's first snapshot the mirror may hold values of the version before.
    if (outdated || mirror.layoutPark !== park) return;
    let taken: Taken;
    try {
      taken = takeUpdate(bytes, now());
    } catch {
      taken = 'gap';
    }
    if (taken === 'gap') resync();
    else if (taken === 'taken') {
      // Confirming every second update is enough for the server to see that this page keeps up.
      if (mirror.seq % 2 === 0) socket.emit('seen', mirror.seq);
      setConnection('live');
    }
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Socket.IO does not reconnect by itself when the server closed on purpose or did not know the park yet. */
  const comeBack = () => {
    setConnection('offline');
    if (!socket.active) again = setTimeout(() => socket.connect(), 2000);
  };
  socket.on('disconnect', comeBack);
  socket.on('connect_error', comeBack);

  const check = () => {
    if (!socket.connected || mirror.layout === null) return;
    if (now() - mirror.heard > silence_ms) {
      setConnection('delayed');
      resync();
    }
  };
  const timer = setInterval(check, Math.max(250, silence_ms / 4));
  /** When a hidden tab is shown again, or the network is back: checks at once instead of after the back-off. */
  const wake = () => {
    if (globalThis.document?.visibilityState === 'hidden') return;
    if (socket.connected) check();
    else socket.connect();
  };
  globalThis.document?.addEventListener('visibilitychange', wake);
  globalThis.addEventListener?.('online', wake);

  return {
    close() {
      clearInterval(timer);
      socket.off();
      clearTimeout(again);
      globalThis.document?.removeEventListener('visibilitychange', wake);
      globalThis.removeEventListener?.('online', wake);
      socket.close();
    },
  };
}
