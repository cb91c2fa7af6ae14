/** Deletes data that is older than the park's retention allows, one level after the other, a few items at a time. */

export interface RetentionLevel {
  /** Deletes some items and returns how many; 0 when there are none left to delete. */
  some: () => Promise<number>;
  /** Called after a run that deleted something, with the number of deleted items. */
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

/** Pause after each deletion, so that other requests are handled first. */
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
