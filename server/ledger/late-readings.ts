/** Hands the hours of late readings (their time is accounted already) to the accountant, together after a short wait. */
import type { Journal } from '../store/journal.ts';

export interface LateReadingsParts {
  journal: Journal;
  /** Resolves when the accountant has written down what it has to do again. */
  tell: (hours: number[]) => Promise<unknown>;
  wait_ms: number;
  failed: (error: unknown) => void;
}

export interface Late {
  /** Late readings came; they are handed over after `wait_ms`. */
  soon(): void;
  /** Hands over the late readings that there are now. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export function makeLateReadings({ journal, tell, wait_ms, failed }: LateReadingsParts): Late {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = false;

  const once = async () => {
    if (stopped) return;
    const dirty = await journal.dirty();
    if (dirty.length === 0) return;
    await tell(dirty.map(({ hour }) => hour));
    // Cleared only now: after a kill before this line, the hours are handed over once more, which does no harm.
    await journal.clearDirty(dirty);
  };
  const sweep = () => {
    clearTimeout(timer);
    timer = undefined;
    sweeping = sweeping.then(once).catch((error) => {
      if (!stopped) failed(error);
    });
    return sweeping;
  };

  return {
    soon: () => {
      timer ??= setTimeout(sweep, wait_ms).unref();
    },
    sweep,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}
