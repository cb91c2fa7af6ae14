/** Asks sources for what was measured since the last time they were asked, without waiting for ever. */
import type { Logger } from 'pino';
import type { Reading } from '../../models/telemetry/reading.ts';
import type { PolledSource } from '../sources/source.ts';

/** A source that a tick asked may take this long before the tick goes on without it. */
const patience_ms = 300;

export interface Polling {
  /** Asks for what became known until `now`; resolves when it is accepted, or after `patience_ms`. */
  until(now: number): Promise<void>;
  /** Asks for what became known in a span of time, and waits however long it takes. */
  span(from: number, to: number): Promise<void>;
  /** The next `until` asks for what became known after this time. */
  restart(at: number): void;
  /** Resolves when no source is being asked any more. */
  settled(): Promise<void>;
  stop(): void;
}

export interface PollingParts {
  park: string;
  sources: readonly PolledSource[];
  accept: (readings: Reading[], source: string) => Promise<unknown>;
  log: Logger;
  from: number;
}

export function makePolling({ park, sources, accept, log, from }: PollingParts): Polling {
  let asked = from;
  let stopped = false;
  let polling: Promise<void> = Promise.resolve();

  const take = async (source: PolledSource, after: number, to: number) => {
    if (stopped) return;
    try {
      const readings = await source.readings(after, to);
      if (readings.length > 0) await accept(readings, source.name);
    } catch (error) {
      if (!stopped) log.error({ err: error, park, source: source.name }, 'readings of a source were lost');
    }
  };

  return {
    until: async (now) => {
      if (now <= asked) return;
      const after = asked;
      asked = now;
      polling = polling.then(async () => {
        for (const source of sources) await take(source, Math.max(after, now - source.history_ms), now);
      });
      await Promise.race([polling, pause(patience_ms)]);
    },
    span: async (after, to) => {
      for (const source of sources) await take(source, after, to);
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
