/** Lets go of what is older than the park keeps, level after level, a few at a time. */

export interface RetentionLevel {
  /** Lets some go, and says how many; 0 when there are none. */
  some: () => Promise<number>;
  /** How many went in all. */
  gone: (count: number) => void;
}

export interface RetentionParts {
  every_ms: number;
  levels: () => Promise<RetentionLevel[]>;
  failed: (error: unknown) => void;
}

export interface RetentionWork {
  stop(): Promise<void>;
}

/** Then others go first. */
const pause_ms = 50;

export function makeRetention({ every_ms, levels, failed }: RetentionParts): RetentionWork {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let wake: (() => void) | undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, pause_ms).unref();
    });

  const run = async () => {
    for (const { some, gone } of await levels()) {
      let all = 0;
      for (let went = 1; went > 0 && !stopped; ) {
        went = await some();
        all += went;
        if (went > 0) await pause();
      }
      if (all > 0) gone(all);
    }
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
