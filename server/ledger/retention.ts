/** Lets go of readings that are older than the park keeps and that the ledger has for good, a few at a time. */
import type { Store } from '../store/store.ts';

export interface RetentionParts {
  store: Store;
  every_ms: number;
  /** Readings before this may go; null = none. */
  before: () => Promise<number | null>;
  gone: (readings: number) => void;
  failed: (error: unknown) => void;
}

export interface Retention {
  stop(): Promise<void>;
}

/** Some ten milliseconds of the writer's time, then others go first. */
const batch = 2000;
const pause_ms = 50;

export function makeRetention({ store, every_ms, before, gone, failed }: RetentionParts): Retention {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let wake: (() => void) | undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, pause_ms).unref();
    });

  const run = async () => {
    const until = await before();
    if (until === null) return;
    let all = 0;
    for (let went = 1; went > 0 && !stopped; ) {
      went = await store.forget(until, batch);
      all += went;
      if (went > 0) await pause();
    }
    if (all > 0) gone(all);
  };
  const timer = setInterval(() => {
    running = running.then(run).catch((error) => {
      if (!stopped) failed(error);
    });
  }, every_ms).unref();

  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      wake?.();
      await running;
    },
  };
}
