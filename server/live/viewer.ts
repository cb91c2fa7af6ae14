/**
 * One viewer of a park: what it was sent, what it says to have seen, and whether it keeps up. Viewers that acknowledge
 * are measured to the screen; others by what waits for them in this process, since the kernel hides the rest.
 */
import type { Audience } from '../../models/access/view.ts';
import { type Connection, cut, waitingBytes, write } from './engine-connection.ts';
import type { EncodedMessage } from './message.ts';

/** Updates a viewer may have on its way, and bytes of them. */
const mostUnseen = 10;
const mostWaiting_bytes = 256 * 1024;

export interface Viewer {
  connection: Connection;
  audience: Audience;
  epoch: number;
  /** Seq of the last message it was given. */
  sent: number;
  /** What it was given before is void or has a gap: next comes a snapshot. */
  needsSnapshot: boolean;
  /** Says what it has seen. Stock clients need not. */
  acknowledges: boolean;
  /** Given, and not acknowledged yet; in order. */
  unseen: EncodedMessage[];
  /** Runs while the viewer is behind: at its end the viewer is let go. */
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

/** Whether more should wait until what is on its way has arrived. Who is out comes back only when it has caught up. */
export function isBehind({ connection, unseen, late }: Viewer): boolean {
  if (late !== null && unseen.length > 1) return true;
  if (unseen.length > mostUnseen) return true;
  let bytes = waitingBytes(connection);
  if (late !== null && bytes > 0) return true;
  // A snapshot of a large park may exceed the limit by itself; there is one at most.
  for (const { event, frames } of unseen) if (event === 'update') bytes += frames.length;
  return bytes > mostWaiting_bytes;
}

/** Takes a viewer's word for what it has seen; false when it cannot have seen that. */
export function acknowledge(viewer: Viewer, seq: number): boolean {
  // By equality: what is on its way when an epoch begins still has the seq of the one before.
  const found = viewer.unseen.findIndex((message) => message.seq === seq);
  if (found === -1 && seq > viewer.sent) return false;
  viewer.acknowledges = true;
  viewer.unseen.splice(0, found + 1);
  return true;
}

/** Out of the round: no updates until it has caught up, and gone if it has not within `late_ms`. */
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

/** Keeping up again. */
export function takeBack(viewer: Viewer): void {
  if (viewer.late === null) return;
  clearTimeout(viewer.late);
  viewer.late = null;
}

/** Lets go of what was kept for it. */
export function forget(viewer: Viewer): void {
  takeBack(viewer);
  viewer.unseen = [];
}
