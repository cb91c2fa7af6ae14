/** Readings that came after their time was accounted: their hours are handed to the accountant, a few moments' worth at once. */
import type { Store } from '../store/store.ts';

export interface LateReadingsParts {
  store: Store;
  /** Resolves when the accountant has written down what it has to do again. */
  tell: (hours: number[]) => Promise<unknown>;
  wait_ms: number;
  failed: (error: unknown) => void;
}

export interface Late {
  /** There are some. */
  soon(): void;
  /** Hands over what there is now. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export function makeLateReadings({ store, tell, wait_ms, failed }: LateReadingsParts): Late {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = false;

  const once = async () => {
    if (stopped) return;
    const dirty = await store.dirty();
    if (dirty.length === 0) return;
    await tell(dirty.map(({ hour }) => hour));
    // Only now: a kill before this tells them once more, which does no harm.
    await store.clearDirty(dirty);
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
