/** Counters of a server for Prometheus. One registry per server, so that tests may run several. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** What became of readings that were handed in. */
  count(park: string, source: string, result: { accepted: number; duplicates: number; quarantined: number }): void;
  refused(park: string, why: string): void;
  /** Starts to time a tick; call the result at its end. */
  tick(park: string): () => void;
  connected(park: string, change: 1 | -1): void;
  sent(park: string, bytes: number): void;
  oddEvent(park: string): void;
}

export function createMetrics(options: { process: boolean }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const readings = new Counter({
    name: 'ecopark_readings_total',
    help: 'Readings handed in, by what became of them',
    labelNames: ['park', 'source', 'result'],
    registers,
  });
  const refusals = new Counter({ name: 'ecopark_refusals_total', help: 'Requests refused', labelNames: ['park', 'why'], registers });
  const ticks = new Histogram({
    name: 'ecopark_tick_seconds',
    help: 'Time a tick took, with waiting for its sources',
    labelNames: ['park'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const viewers = new Gauge({ name: 'ecopark_viewers', help: 'Connected viewers', labelNames: ['park'], registers });
  const bytes = new Counter({
    name: 'ecopark_update_bytes_total',
    help: 'Bytes of updates, each counted once however many viewers it goes to',
    labelNames: ['park'],
    registers,
  });
  const odd = new Counter({
    name: 'ecopark_unknown_events_total',
    help: 'Events from viewers that mean nothing here',
    labelNames: ['park'],
    registers,
  });
  return {
    registry,
    count: (park, source, result) => {
      for (const [name, n] of Object.entries(result)) if (n > 0) readings.inc({ park, source, result: name }, n);
    },
    refused: (park, why) => refusals.inc({ park, why }),
    tick: (park) => ticks.startTimer({ park }),
    connected: (park, change) => viewers.inc({ park }, change),
    sent: (park, n) => bytes.inc({ park }, n),
    oddEvent: (park) => odd.inc({ park }),
  };
}
