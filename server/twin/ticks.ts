/** Ticks on a grid of the monotonic clock. After a slow tick the next follows at once; missed ticks are skipped. */

export interface Ticks {
  /** Ticks from now on, `every_s` seconds apart: at the start, and when that has changed. */
  begin(every_s: number): void;
  /** No further ticks; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

export function makeTicks(tick: () => Promise<void>, failed: (error: unknown) => void): Ticks {
  let every_ms = 0;
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  let stopped = false;

  const schedule = (due: number) => {
    clearTimeout(timer);
    if (stopped) return;
    const next = Math.max(due + every_ms, performance.now());
    timer = setTimeout(() => {
      ticking = tick()
        .catch(failed)
        .finally(() => schedule(next));
    }, next - performance.now());
  };

  return {
    begin: (every_s) => {
      every_ms = 1000 * every_s;
      schedule(performance.now());
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await ticking;
    },
  };
}
