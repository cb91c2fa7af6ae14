/** Asks sources for what was measured since the last time they were asked, without waiting for ever. */
import type { Logger } from 'pino';
import type { Reading } from '../../models/telemetry/reading.ts';
import type { PolledSource } from '../sources/source.ts';

export interface Polling {
  /** Asks for what became known until `now`; resolves when it is accepted, or after `patience_ms`. */
  until(now: number): Promise<void>;
  /** Asks for what became known in a span of time, and waits however long it takes; `only`: of these points. */
  span(from: number, to: number, only?: ReadonlySet<string>): Promise<void>;
  /** The next `until` asks for what became known after this time. */
  restart(at: number): void;
  /**
   * From now on asks these sources, from where the others were asked to. Points that only they have (`added`) are asked for
   * the last hours, as at a start.
   */
  replace(sources: readonly PolledSource[], added: ReadonlySet<string>): void;
  /** Lets go of sources that were replaced, when they have answered what they were asked. */
  close(replaced: readonly PolledSource[]): Promise<void>;
  /** Resolves when no source is being asked any more. */
  settled(): Promise<void>;
  stop(): void;
}

export interface PollingParts {
  park: string;
  sources: readonly PolledSource[];
  /** How much is asked for at a start, ms. */
  prime_ms: number;
  accept: (readings: Reading[], source: string) => Promise<unknown>;
  log: Logger;
  from: number;
  /** The sources that a tick asked may take this long before the tick goes on without them; 300 where nothing is said. */
  patience_ms?: number | undefined;
}

export function makePolling({ park, sources: first, prime_ms, accept, log, from, patience_ms = 300 }: PollingParts): Polling {
  let sources = first;
  let asked = from;
  let stopped = false;
  let polling: Promise<void> = Promise.resolve();

  const take = async (source: PolledSource, after: number, to: number, only?: ReadonlySet<string>) => {
    if (stopped) return;
    try {
      const all = await source.readings(after, to);
      const readings = only ? all.filter(({ point }) => only.has(point)) : all;
      if (readings.length > 0) await accept(readings, source.name);
    } catch (error) {
      if (!stopped) log.error({ err: error, park, source: source.name }, 'readings of a source were lost');
    }
  };

  const span = async (after: number, to: number, only?: ReadonlySet<string>) => {
    for (const source of sources) await take(source, after, to, only);
  };

  return {
    until: async (now) => {
      if (now <= asked) return;
      const after = asked;
      asked = now;
      polling = polling.then(async () => {
        for (const source of sources) await take(source, Math.max(after, now - source.history_ms), now);
      });
      let late: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        late = setTimeout(resolve, patience_ms).unref();
      });
      await Promise.race([polling, patience]);
      clearTimeout(late);
    },
    span,
    replace: (next, added) => {
      sources = next;
      const at = asked;
      if (added.size > 0) polling = polling.then(() => span(at - prime_ms, at, added));
    },
    close: async (replaced) => {
      await polling;
      for (const { name, close } of replaced)
        await close?.().catch((error) => log.error({ err: error, park, source: name }, 'a source could not be let go'));
    },
    restart: (at) => {
      asked = at;
    },
    settled: () => polling,
    stop: () => {
      stopped = true;
    },
  };
}
