/**
 * The running twin of one park. Readings come in only through `accept`, are stored, and then change the twin's state. At
 * each tick the park is accounted and sent to all viewers. The ledger accounts the intervals that are over.
 */
import type { Logger } from 'pino';
import type { Audience } from '../../models/access/permissions.ts';
import type { StateDocument } from '../../models/api/state.ts';
import type { Compiled, Level } from '../../models/carbon/step.ts';
import type { Park, Point } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import type { Mode } from '../../models/park/sources/mode.ts';
import { modeOf } from '../../models/park/sources/sources.ts';
import { admit } from '../../models/telemetry/admission.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import {
  apply,
  applyDecision,
  createState,
  type LiveStep,
  markConflict,
  setLevels,
  step,
  type TwinState,
} from '../../models/telemetry/state.ts';
import type { Snapshot } from '../../models/wire/codec.ts';
import { stateDocument } from '../../models/wire/state-document.ts';
import type { LedgerKeeper } from '../ledger/ledger.ts';
import type { Metrics } from '../process/metrics.ts';
import type { PolledSource } from '../sources/source.ts';
import type { Store } from '../store/store.ts';
import { type Accounting, makeAccounting } from './accounting.ts';
import type { Clock } from './clock.ts';
import { type HistoryUpkeep, makeHistoryUpkeep } from './history-upkeep.ts';
import { learnUntil, startOfInterval } from './intervals.ts';
import { makePolling, type Polling } from './polling.ts';
import { makeQuarantine, type Quarantine } from './quarantine.ts';
import { prime_ms, recall } from './recall.ts';
import { revisionOf } from './revision.ts';
import { type Moment, makeViews, type Views } from './views.ts';

export interface Accepted {
  accepted: number;
  duplicates: number;
  quarantined: number;
}

export interface TwinParts {
  compiled: Compiled;
  /** The same park built with life-cycle factors, where it has them for every source: for the ledger's other set only. */
  beside?: Compiled | undefined;
  warnings: Problem[];
  store: Store;
  /** Without a ledger nothing is accounted, and the levels of storages never change. */
  ledger?: LedgerKeeper | undefined;
  clock: Clock;
  sources: PolledSource[];
  log: Logger;
  metrics: Metrics;
}

export interface Listener {
  update(): void;
  /** Another epoch has begun: every viewer needs a snapshot. */
  epoch(): void;
}

/** Too much is waiting for the disk: try again later. */
export class Busy extends Error {
  override name = 'Busy';
}

/** At most this many readings may wait for the disk; with more, `accept` throws Busy and the sender must try again. */
const mostWaiting = 200_000;
/** A float32 holds whole seconds exactly up to 16.7 million; long before that a new epoch begins with a new base. */
const longestEpoch_ms = 60 * 86_400_000;
/** In a live park an interval is accounted this long after its end, so that late readings are in it. */
const late_ms = 60_000;

export class Twin {
  readonly park: Park;
  readonly mode: Mode;
  readonly listeners = new Set<Listener>();
  private readonly points: Map<string, Point>;
  private readonly grace_ms: number;
  private readonly views: Views;
  readonly quarantine: Quarantine;
  private state: TwinState;
  private moment: Moment;
  private readonly accounting: Accounting;
  private readonly polling: Polling;
  private readonly upkeep: HistoryUpkeep;
  /** End of the last interval that is over. */
  private closed: number;
  private waiting = 0;
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();
  private stopping = false;
  ready = false;

  constructor(readonly parts: TwinParts) {
    const { compiled, clock } = parts;
    this.park = compiled.park;
    this.mode = modeOf(this.park);
    this.points = new Map(this.park.points.map((point) => [point.id, point]));
    this.grace_ms = this.mode === 'live' ? late_ms : 0;
    this.views = makeViews(compiled);
    this.state = createState(compiled);
    const { store, ledger, sources, log, metrics } = parts;
    const park = this.park.id;
    const accept = (readings: Reading[], source: string) => this.accept(readings, source);
    this.quarantine = makeQuarantine({ park, store, clock, log }, (reading) => {
      applyDecision(this.state, reading);
      this.accounting.late();
    });
    metrics.watchQuarantine(park, () => this.quarantine.counts());
    this.accounting = makeAccounting({ park, ledger, log, setLevels: (levels) => this.takeLevels(levels) });
    const time = clock.now();
    this.polling = makePolling({ park, sources, accept, log, from: time });
    this.upkeep = makeHistoryUpkeep({ park: this.park, store, sources, log, accept, typical: () => this.state.typical });
    this.closed = startOfInterval(this.park, time);
    this.moment = { live: step(this.state, time), epoch: Date.now(), seq: 0, time, base: startOfInterval(this.park, time) };
  }

  /** The only entrance for readings. Resolves when committed; throws a Refusal (nothing stored), Busy or a StoreError. */
  async accept(readings: readonly Reading[], source: string): Promise<Accepted> {
    const { store, clock, metrics } = this.parts;
    if (this.stopping) throw new Busy('the server is shutting down');
    if (this.waiting + readings.length > mostWaiting) throw new Busy('too many readings are waiting to be stored');
    const { taken, aside } = admit(this.points, readings, clock.now(), Date.now());
    for (const { point, reason } of aside) this.quarantine.note(point, reason, source);
    const { epoch } = this.moment;
    this.waiting += readings.length;
    try {
      const { accepted, duplicates, conflicting, conflicts, decided, late } = await store.append(taken, aside);
      // A replay may have begun again while this was being written: these readings then belong to an earlier epoch.
      if (epoch === this.moment.epoch) {
        apply(this.state, taken);
        for (const { point, time } of conflicts) markConflict(this.state, point, time);
        for (const reading of decided) applyDecision(this.state, reading);
      }
      for (const { point } of conflicts) this.quarantine.note(point, 'conflict', source);
      if (late) this.accounting.late();
      const result = { accepted, duplicates, quarantined: aside.length + conflicting };
      metrics.count(this.park.id, source, result);
      return result;
    } finally {
      this.waiting -= readings.length;
    }
  }

  /** Loads what is known, fetches the last hours, and begins to tick; older history follows in the background. */
  async start(): Promise<void> {
    const { store, ledger, clock } = this.parts;
    if (!clock.wall) {
      await store.clear();
      await ledger?.clear();
    }
    // A run on its own clock begins at its first moment, however long the start took.
    const now = clock.wall ? clock.now() : this.moment.time;
    const span = await store.span();
    if (span) await recall(this.park, store, this.state, this.closed, now);
    const known = ledger?.known();
    if (known) this.takeLevels(known.levels);
    const from = Math.max(now - prime_ms, span && span.last < now ? span.last : Number.NEGATIVE_INFINITY);
    await this.polling.span(from, now);
    this.polling.restart(now);
    this.moment = { ...this.moment, live: step(this.state, now), time: now };
    this.views.advance(this.moment);
    this.ready = true;
    clock.restart(now);
    // Viewers that connected earlier have a snapshot of an empty park.
    for (const listener of this.listeners) listener.epoch();
    this.accounting.reached(startOfInterval(this.park, now - this.grace_ms));
    this.schedule();
    this.upkeep.begin(now, span, () => this.accounting.begin());
  }

  /** Ticks follow a grid of the monotonic clock. After a slow tick the next follows at once; missed ticks are skipped. */
  private schedule(due = performance.now()): void {
    if (this.stopping) return;
    const next = Math.max(due + this.park.tick_s * 1000, performance.now());
    this.timer = setTimeout(() => {
      this.ticking = this.tick()
        .catch((error) => this.parts.log.error({ err: error, park: this.park.id }, 'tick failed'))
        .finally(() => this.schedule(next));
    }, next - performance.now());
  }

  /** One tick of the park: asks the sources, closes intervals that are over, accounts the moment, and calls the listeners. */
  async tick(): Promise<void> {
    const { clock, metrics } = this.parts;
    const done = metrics.tick(this.park.id);
    if (await this.beginAgain()) return;
    const now = this.limit(clock.now());
    await this.polling.until(now);
    this.closeIntervals(now);
    const { epoch, seq, base } = this.moment;
    const live = step(this.state, now);
    if (now - base > longestEpoch_ms) this.begin(now);
    else {
      this.moment = { live, epoch, seq: (seq + 1) >>> 0, time: now, base };
      this.views.advance(this.moment);
      for (const listener of this.listeners) listener.update();
    }
    done();
  }

  /** At the end of a replay that loops: begins again from its start, as another epoch with an empty history. */
  private async beginAgain(): Promise<boolean> {
    const { clock, sources, store } = this.parts;
    const end = sources.find((source) => source.span)?.span;
    if (!end || !this.park.replay?.loop || clock.now() <= end.last) return false;
    await this.polling.settled();
    await this.upkeep.forget();
    await this.accounting.clear();
    await store.clear();
    this.accounting.begin();
    clock.restart(end.first);
    this.polling.restart(end.first - 1);
    this.begin(end.first);
    return true;
  }

  private begin(at: number): void {
    if (at < this.moment.time) {
      this.state = createState(this.parts.compiled);
      this.closed = startOfInterval(this.park, at);
    }
    const epoch = Math.max(Date.now(), this.moment.epoch + 1);
    this.moment = { live: step(this.state, at), epoch, seq: 0, time: at, base: startOfInterval(this.park, at) };
    this.views.advance(this.moment);
    for (const listener of this.listeners) listener.epoch();
  }

  /** The time of a replay that does not loop stops at its end. */
  private limit(now: number): number {
    const end = this.parts.sources.find((source) => source.span)?.span;
    return end && this.mode === 'replayed' ? Math.min(now, end.last) : now;
  }

  private closeIntervals(now: number): void {
    const before = this.closed;
    this.closed = learnUntil(this.park, this.state, before, now - this.grace_ms);
    if (this.closed === before) return;
    this.accounting.reached(this.closed);
    this.upkeep.passed(before, this.closed);
  }

  private takeLevels(levels: Level[]): void {
    if (levels.length === this.state.levels.length) setLevels(this.state, levels);
  }

  get live(): LiveStep {
    return this.moment.live;
  }

  get time(): number {
    return this.moment.time;
  }

  get epoch(): number {
    return this.moment.epoch;
  }

  /** Version of the park as clients know it. */
  get revision(): string {
    return revisionOf(this.park, this.parts.warnings);
  }

  snapshot(audience: Audience): Snapshot {
    const { epoch, seq, time, base } = this.moment;
    const { values } = this.views.of(audience, this.moment);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const { speed } = this.parts.clock;
    const head = { park: this.park.id, revision: this.revision, audience, epoch, seq, time, base };
    return { ...head, mode: this.mode, speed, preliminary: true, values: bytes };
  }

  /** The latest tick's update for an audience; null when none has been made for it yet. */
  update(audience: Audience): Uint8Array<ArrayBuffer> | null {
    return this.views.of(audience, this.moment).update;
  }

  document(audience: Audience): StateDocument {
    const { layout, values } = this.views.of(audience, this.moment);
    const { epoch, seq, time, base } = this.moment;
    return stateDocument(layout, values, { park: this.park.id, epoch, seq, time, base, preliminary: true });
  }

  /** Resolves when history is filled, learnt and accounted. */
  async idle(): Promise<void> {
    await this.upkeep.idle();
    await this.accounting.idle();
  }

  /** Stops ticking, finishes what is on its way to the store, and closes it. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.ready = false;
    clearTimeout(this.timer);
    await this.ticking;
    clearTimeout(this.timer);
    this.polling.stop();
    await this.polling.settled();
    const remembered = this.upkeep.stop(this.closed);
    for (const source of this.parts.sources) await source.close?.();
    await remembered;
    await this.accounting.stop();
    await this.parts.store.close();
  }
}
