/** Counters of a server for Prometheus. One registry per server, so that tests may run several. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LedgerStatus } from '../../models/ledger/edition.ts';

export interface Metrics {
  registry: Registry;
  /** Counts received readings by what became of them. */
  count(park: string, source: string, result: { accepted: number; duplicates: number; quarantined: number }): void;
  refused(park: string, why: string): void;
  /** Calls `counts` each time the metrics are read. */
  watchQuarantine(park: string, counts: () => Promise<Record<string, number>>): void;
  /** Calls `status` each time the metrics are read. */
  watchLedger(park: string, status: () => LedgerStatus): void;
  /** Adds the time that a piece of accounting took. */
  accounted(park: string, seconds: number): void;
  /** Starts to time a tick; call the result at its end. */
  tick(park: string): () => void;
  connected(park: string, change: 1 | -1): void;
  sent(park: string, bytes: number): void;
  oddEvent(park: string): void;
  /** A viewer was disconnected because it did not keep up. */
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
        // A failing store is reported elsewhere; the other metrics are still valid.
        const byReason = await counts().catch(() => ({}));
        for (const [reason, n] of Object.entries(byReason)) this.set({ park, reason }, n);
      }
    },
  });
  const ledgers = new Map<string, () => LedgerStatus>();
  const ledgerGauge = (name: string, help: string, of: (status: LedgerStatus) => number | null) =>
    new Gauge({
      name,
      help,
      labelNames: ['park'],
      registers,
      collect() {
        this.reset();
        for (const [park, status] of ledgers) {
          const value = of(status());
          if (value !== null) this.set({ park }, value);
        }
      },
    });
  ledgerGauge('ecopark_ledger_dirty_days', 'Days that wait to be accounted again', ({ dirty }) => dirty);
  ledgerGauge('ecopark_ledger_accounted_until_seconds', 'End of the last accounted interval, seconds since 1970', ({ until }) =>
    until === null ? null : until / 1000,
  );
  ledgerGauge('ecopark_ledger_days_to_go', 'Days left of a fill, a catching up, late readings or a restatement', ({ progress }) =>
    progress ? progress.of - progress.done : 0,
  );
  const accounting = new Counter({
    name: 'ecopark_ledger_accounting_seconds_total',
    help: 'Time spent on accounting, in its own thread',
    labelNames: ['park'],
    registers,
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
    watchLedger: (park, status) => void ledgers.set(park, status),
    accounted: (park, seconds) => accounting.inc({ park }, seconds),
    tick: (park) => ticks.startTimer({ park }),
    connected: (park, change) => viewers.inc({ park }, change),
    sent: (park, n) => bytes.inc({ park }, n),
    oddEvent: (park) => odd.inc({ park }),
    evicted: (park) => evictions.inc({ park }),
  };
}
