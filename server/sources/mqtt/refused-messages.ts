/** Keeps messages that could not be read, one JSON line each, for a person to look at. Two files at most: the older is lost. */
import { open, rename, stat } from 'node:fs/promises';

export interface RefusedMessage {
  /** ms since 1970, the computer's. */
  received: number;
  topic: string;
  reason: string;
  payload: Uint8Array;
}

/** Bytes that are kept of each payload. */
const mostPayload = 2000;

/** Resolves when on disk. */
export type KeepRefused = (messages: readonly RefusedMessage[]) => Promise<void>;

export function refusedMessages(file: string, most_bytes = 10_000_000): KeepRefused {
  let turn: Promise<void> = Promise.resolve();
  const keep = async (messages: readonly RefusedMessage[]) => {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size > most_bytes) await rename(file, `${file}.1`);
    const handle = await open(file, 'a');
    try {
      await handle.appendFile(messages.map(lineOf).join(''));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  };
  return (messages) => {
    const done = turn.then(() => keep(messages));
    turn = done.catch(() => {});
    return done;
  };
}

function lineOf({ received, topic, reason, payload }: RefusedMessage): string {
  const begin = Buffer.from(payload.subarray(0, mostPayload)).toString();
  return `${JSON.stringify({ received: new Date(received).toISOString(), topic: topic.slice(0, 1000), reason, bytes: payload.length, payload: begin })}\n`;
}
