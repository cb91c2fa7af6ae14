/**
 * The messages of one connection that wait for the disk. MQTT.js keeps one message in flight; here many are, and all that
 * have arrived are committed together at once: a single message does not wait, many messages share a commit.
 */

export interface InFlightParts<M> {
  /** At most this many messages may wait; at that number the next one is not asked for. */
  most: number;
  /** Resolves when all of these are on disk; on an error they are tried again, for as long as the connection lasts. */
  commit(messages: readonly M[]): Promise<void>;
  /** In the order in which they came. Not called once the connection is gone: the broker sends those messages again. */
  acknowledge(messages: readonly M[]): void;
  failed(error: unknown): void;
  /** Time to wait after a failed commit. */
  pause_ms: number;
}

export interface InFlight<M> {
  /** `next` is called when another may come. */
  take(message: M, next: () => void): void;
  /** The connection is gone: forgets what waits and acknowledges nothing more. */
  close(): void;
  /** Takes no more; resolves when what was taken is acknowledged, or closed. */
  finish(): Promise<void>;
}

export function makeInFlight<M>({ most, commit, acknowledge, failed, pause_ms }: InFlightParts<M>): InFlight<M> {
  let waiting: M[] = [];
  let held: (() => void) | null = null;
  let inFlight = 0;
  let state: 'open' | 'finishing' | 'closed' = 'open';
  let draining: Promise<void> | null = null;
  let stopPause = () => {};

  const admit = () => {
    if (held === null || state === 'closed' || (state === 'open' && waiting.length + inFlight >= most)) return;
    const next = held;
    held = null;
    next();
  };

  const closed = () => state === 'closed';

  const drain = async () => {
    while (waiting.length > 0 && !closed()) {
      const batch = waiting;
      waiting = [];
      inFlight = batch.length;
      while (!closed()) {
        try {
          await commit(batch);
          if (!closed()) acknowledge(batch);
          break;
        } catch (error) {
          failed(error);
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, pause_ms);
            stopPause = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
      }
      inFlight = 0;
      admit();
    }
    draining = null;
  };

  return {
    take: (message, next) => {
      // The message is not acknowledged, so the broker sends it again later.
      if (state === 'finishing') return next();
      if (state === 'closed') return;
      waiting.push(message);
      held = next;
      draining ??= drain();
      admit();
    },
    close: () => {
      state = 'closed';
      waiting = [];
      held = null;
      stopPause();
    },
    finish: async () => {
      if (state === 'open') state = 'finishing';
      admit();
      await draining;
    },
  };
}
