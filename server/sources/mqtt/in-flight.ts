/**
 * The messages of one connection that wait for the disk. MQTT.js keeps one in flight; here many are, and whatever has
 * arrived is committed together, at once: a single message waits for nobody, a crowd shares its commits.
 */

export interface InFlightParts<M> {
  /** Messages that may wait; then the next one is not asked for. */
  most: number;
  /** Resolves when all of these are on disk; on an error they are tried again, for as long as the connection lasts. */
  commit(messages: readonly M[]): Promise<void>;
  /** In the order in which they came. Never of a connection that is gone: the broker sends those again. */
  acknowledge(messages: readonly M[]): void;
  failed(error: unknown): void;
  /** After a failure. */
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
      // Not acknowledged: the broker sends it again another time.
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
