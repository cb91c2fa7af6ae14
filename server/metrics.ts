/** Counters of a server for Prometheus. One registry per server, so that tests may run several. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** What became of readings that were handed in. */
  count(park: string, source: string, result: { accepted: number; duplicates: number; quarantined: number }): void;
  refused(park: string, why: string): void;
  /** Asks `counts` when somebody reads the metrics. */
  watchQuarantine(park: string, counts: () => Promise<Record<string, number>>): void;
  /** Starts to time a tick; call the result at its end. */
  tick(park: string): () => void;
  connected(park: string, change: 1 | -1): void;
  sent(park: string, bytes: number): void;
  oddEvent(park: string): void;
  /** A viewer was let go because it did not keep up. */
  evicted(park: string): void;
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
  const quarantines = new Map<string, () => Promise<Record<string, number>>>();
  new Gauge({
    name: 'ecopark_quarantined_readings',
    help: 'Readings set aside that wait for a decision, by reason',
    labelNames: ['park', 'reason'],
    registers,
    async collect() {
      this.reset();
      for (const [park, counts] of quarantines) {
        // A store that fails now says so elsewhere; the other metrics are still good.
        const byReason = await counts().catch(() => ({}));
        for (const [reason, n] of Object.entries(byReason)) this.set({ park, reason }, n);
      }
    },
  });
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
  const evictions = new Counter({
    name: 'ecopark_viewers_evicted_total',
    help: 'Viewers let go because they did not keep up',
    labelNames: ['park'],
    registers,
  });
  return {
    registry,
    count: (park, source, result) => {
      for (const [name, n] of Object.entries(result)) if (n > 0) readings.inc({ park, source, result: name }, n);
    },
    refused: (park, why) => refusals.inc({ park, why }),
    watchQuarantine: (park, counts) => void quarantines.set(park, counts),
    tick: (park) => ticks.startTimer({ park }),
    connected: (park, change) => viewers.inc({ park }, change),
    sent: (park, n) => bytes.inc({ park }, n),
    oddEvent: (park) => odd.inc({ park }),
    evicted: (park) => evictions.inc({ park }),
  };
}
