/**
 * One viewer of a park: what it was sent, what it reports to have seen, and whether it keeps up. A viewer that acknowledges
 * is measured by what it has shown; others by the bytes that wait in this process, since the kernel's bytes cannot be seen.
 */
import type { Audience } from '../../models/access/permissions.ts';
import { type Connection, cut, waitingBytes, write } from './engine-connection.ts';
import type { EncodedMessage } from './message.ts';

/** At most this many updates, and bytes of them, may be on their way to a viewer. */
const mostUnseen = 10;
const mostWaiting_bytes = 256 * 1024;

export interface Viewer {
  connection: Connection;
  audience: Audience;
  epoch: number;
  /** Seq of the last message that was sent to it. */
  sent: number;
  /** What it was sent before is no longer valid or has a gap: the next message is a snapshot. */
  needsSnapshot: boolean;
  /** The viewer reports what it has seen. Standard clients need not do this. */
  acknowledges: boolean;
  /** Messages that were sent and not acknowledged yet, in order. */
  unseen: EncodedMessage[];
  /** Runs while the viewer is behind: if it still is when the timer ends, it is disconnected. */
  late: NodeJS.Timeout | null;
}

export function createViewer(connection: Connection, audience: Audience): Viewer {
  return { connection, audience, epoch: 0, sent: -1, needsSnapshot: true, acknowledges: false, unseen: [], late: null };
}

export function give(viewer: Viewer, message: EncodedMessage): void {
  write(viewer.connection, message);
  viewer.epoch = message.epoch;
  viewer.sent = message.seq;
  viewer.needsSnapshot = false;
  if (viewer.acknowledges) viewer.unseen.push(message);
}

/** Whether new messages should wait until earlier ones have arrived. A viewer that was left out must have caught up first. */
export function isBehind({ connection, unseen, late }: Viewer): boolean {
  if (late !== null && unseen.length > 1) return true;
  if (unseen.length > mostUnseen) return true;
  let bytes = waitingBytes(connection);
  if (late !== null && bytes > 0) return true;
  // A snapshot of a large park may exceed the limit by itself; there is one at most.
  for (const { event, frames } of unseen) if (event === 'update') bytes += frames.length;
  return bytes > mostWaiting_bytes;
}

/** Records what a viewer reports to have seen; false when it cannot have seen that. */
export function acknowledge(viewer: Viewer, seq: number): boolean {
  // Compared by equality: messages on their way when an epoch begins still have the seq of the epoch before.
  const found = viewer.unseen.findIndex((message) => message.seq === seq);
  if (found === -1 && seq > viewer.sent) return false;
  viewer.acknowledges = true;
  viewer.unseen.splice(0, found + 1);
  return true;
}

/** Leaves a viewer out: it gets no updates until it has caught up, and is disconnected if it has not within `late_ms`. */
export function leaveOut(viewer: Viewer, late_ms: number, gone: () => void): void {
  viewer.late ??= setTimeout(() => {
    if (!isBehind(viewer)) {
      viewer.late = null;
      return;
    }
    gone();
    forget(viewer);
    cut(viewer.connection);
  }, late_ms);
}

/** The viewer keeps up again and is no longer left out. */
export function takeBack(viewer: Viewer): void {
  if (viewer.late === null) return;
  clearTimeout(viewer.late);
  viewer.late = null;
}

/** Drops what was kept for a viewer. */
export function forget(viewer: Viewer): void {
  takeBack(viewer);
  viewer.unseen = [];
}
