/**
 * The running twin of one park. Readings come in only through `accept`, are stored, and then change the twin's state. At
 * each tick the park is accounted and sent to all viewers. The ledger accounts the intervals that are over.
 */
import type { Logger } from 'pino';
import type { Audience } from '../../models/access/permissions.ts';
import type { StateDocument } from '../../models/api/state.ts';
import type { Bases } from '../../models/carbon/basis.ts';
import { compile } from '../../models/carbon/compile.ts';
import type { Compiled, Level } from '../../models/carbon/step.ts';
import { type FactorSet, factorSetOf, type Park, type Point } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import type { Mode } from '../../models/park/sources/mode.ts';
import { modeOf } from '../../models/park/sources/sources.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import { applyDecision, createState, type LiveStep, setLevels, step, type TwinState } from '../../models/telemetry/state.ts';
import type { Snapshot } from '../../models/wire/codec.ts';
import { stateDocument } from '../../models/wire/state-document.ts';
import type { LedgerKeeper } from '../ledger/ledger.ts';
import type { Metrics } from '../process/metrics.ts';
import type { PolledSource } from '../sources/source.ts';
import type { Stores } from '../store/stores.ts';
import { type Accept, Busy, makeAccept } from './accept.ts';
import { type Accounting, makeAccounting } from './accounting.ts';
import type { Clock } from './clock.ts';
import { type HistoryUpkeep, makeHistoryUpkeep } from './history-upkeep.ts';
import { learnUntil, startOfInterval } from './intervals.ts';
import { makePolling, type Polling } from './polling.ts';
import { makeQuarantine, type Quarantine } from './quarantine.ts';
import { prime_ms, recall } from './recall.ts';
import { handOver, type NextPark, newPoints, nextState } from './replace-park.ts';
import { revisionOf } from './revision.ts';
import { makeSteps, type StepListener, type Steps } from './steps.ts';
import { makeTicks, type Ticks } from './ticks.ts';
import { type Moment, makeViews, type Views } from './views.ts';

export interface TwinParts {
  /** The primary one is that of the live steps; the ledger accounts with each. */
  bases: Bases;
  warnings: Problem[];
  stores: Stores;
  /** Without a ledger nothing is accounted, and the levels of storages never change. */
  ledger?: LedgerKeeper | undefined;
  clock: Clock;
  sources: PolledSource[];
  /** How long a tick waits for its sources (polling.ts). */
  patience_ms?: number | undefined;
  log: Logger;
  metrics: Metrics;
}

type CompiledBases = readonly [Compiled, ...Compiled[]];

function compileAll([primary, ...others]: Bases): CompiledBases {
  return [compile(primary.park), ...others.map(({ park }) => compile(park))];
}

/** A float32 holds whole seconds exactly up to 16.7 million; long before that a new epoch begins with a new base. */
const longestEpoch_ms = 60 * 86_400_000;
/** In a live park an interval is accounted this long after its end, so that late readings are in it. */
const late_ms = 60_000;

export class Twin {
  readonly mode: Mode;
  private points: Map<string, Point>;
  private readonly grace_ms: number;
  /** As `bases`, in the same order. */
  private built: CompiledBases;
  private views: Views;
  private readonly steps: Steps;
  readonly quarantine: Quarantine;
  /** The only entrance for readings. */
  readonly accept: Accept;
  private state: TwinState;
  /** While another version of the park is prepared: the changes that its state has to be given. */
  private changes: ((state: TwinState) => void)[] | null = null;
  private moment: Moment;
  private readonly accounting: Accounting;
  private readonly polling: Polling;
  private readonly upkeep: HistoryUpkeep;
  /** End of the last interval that is over. */
  private closed: number;
  private readonly ticks: Ticks;
  /** What empties the history or replaces the park, one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** Counts how often the history was emptied: readings on their way to the journal then belong to the one before. */
  private life = 0;
  private stopping = false;
  ready = false;

  constructor(private present: TwinParts) {
    const { bases, clock, stores, ledger, sources, log, metrics } = present;
    const { journal } = stores;
    this.mode = modeOf(this.park);
    this.points = new Map(this.park.points.map((point) => [point.id, point]));
    this.grace_ms = this.mode === 'live' ? late_ms : 0;
    this.built = compileAll(bases);
    this.views = makeViews(this.built[0]);
    this.state = createState(this.built[0]);
    const park = this.park.id;
    this.steps = makeSteps(park, log);
    // First of all, so that every view is filled before anybody else hears of a step.
    this.onStep((moment) => this.views.advance(moment));
    // A source that was asked before the park was replaced may answer for points that are gone.
    const accept = (readings: Reading[], source: string) =>
      this.accept(
        readings.filter(({ point }) => this.points.has(point)),
        source,
      );
    this.quarantine = makeQuarantine({ park, journal, clock, log }, (reading) => {
      this.change((state) => applyDecision(state, reading));
      this.accounting.late();
    });
    this.accept = makeAccept({
      park,
      journal,
      clock,
      metrics,
      quarantine: this.quarantine,
      points: () => this.points,
      stopping: () => this.stopping,
      life: () => this.life,
      change: (how) => this.change(how),
      late: () => this.accounting.late(),
    });
    metrics.watchQuarantine(park, () => this.quarantine.counts());
    this.accounting = makeAccounting({ park, ledger, log, setLevels: (levels) => this.takeLevels(levels) });
    const time = clock.now();
    this.polling = makePolling({ park, sources, prime_ms, accept, log, from: time, patience_ms: present.patience_ms });
    this.upkeep = makeHistoryUpkeep({
      now: () => ({ park: this.park, sources: this.parts.sources }),
      stores,
      log,
      accept,
      typical: () => this.state.typical,
    });
    this.ticks = makeTicks(
      () => this.tick(),
      (error) => log.error({ err: error, park }, 'tick failed'),
    );
    this.closed = startOfInterval(this.park, time);
    this.moment = { live: step(this.state, time), epoch: Date.now(), seq: 0, time, base: startOfInterval(this.park, time) };
  }

  /** Calls `listener` with each step from now on, in the order in which listeners were added; returns what ends that. */
  onStep(listener: StepListener): () => void {
    return this.steps.listen(listener);
  }

  private change(how: (state: TwinState) => void): void {
    how(this.state);
    this.changes?.push(how);
  }

  /** Loads what is known, fetches the last hours, and begins to tick; older history follows in the background. */
  async start(): Promise<void> {
    const { stores, ledger, clock } = this.parts;
    const { journal } = stores;
    if (!clock.wall) {
      await journal.clear();
      await stores.documents.clear();
      await ledger?.clear();
    }
    // A run on its own clock begins at its first moment, however long the start took.
    const now = clock.wall ? clock.now() : this.moment.time;
    const span = await journal.span();
    if (span) await recall(this.park, journal, this.state, this.closed, now);
    const known = ledger?.known();
    if (known) this.takeLevels(known.levels);
    const from = Math.max(now - prime_ms, span && span.last < now ? span.last : Number.NEGATIVE_INFINITY);
    await this.polling.span(from, now);
    this.polling.restart(now);
    this.moment = { ...this.moment, live: step(this.state, now), time: now };
    this.ready = true;
    clock.restart(now);
    // Viewers that connected earlier have a snapshot of an empty park.
    this.steps.tell(this.moment, true);
    this.accounting.reached(startOfInterval(this.park, now - this.grace_ms));
    this.ticks.begin(this.park.tick_s);
    this.upkeep.begin(now, span, () => this.accounting.begin());
  }

  /** One tick of the park: asks the sources, closes intervals that are over, accounts the moment, and tells those who listen. */
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
      this.steps.tell(this.moment, false);
    }
    done();
  }

  /** At the end of a replay that loops: begins again from its start, as another epoch with an empty history. */
  private async beginAgain(): Promise<boolean> {
    const { clock, stores } = this.parts;
    const ended = () => {
      const { span } = this.parts.sources.find((source) => source.span) ?? {};
      return span && this.park.replay?.loop && clock.now() > span.last ? span : null;
    };
    if (!ended()) return false;
    await this.inTurn(async () => {
      const end = ended();
      if (!end) return;
      this.life++;
      await this.polling.settled();
      await this.upkeep.forget();
      await this.accounting.clear();
      await stores.journal.clear();
      await stores.documents.clear();
      this.accounting.begin();
      clock.restart(end.first);
      this.polling.restart(end.first - 1);
      this.begin(end.first);
    });
    return true;
  }

  /**
   * Takes another version of the park as another epoch with the same history. Ticks go on, and readings are accepted all the
   * time. `ready` is awaited when all is prepared; then the park is replaced in one go. Throws Busy or a StoreError, and
   * whatever `ready` throws: the park is then as it was.
   */
  replacePark(next: NextPark, ready: () => Promise<void> = async () => {}): Promise<void> {
    return this.inTurn(async () => {
      const { stores, ledger, clock, sources } = this.parts;
      if (!this.ready) throw new Busy(this.stopping ? 'the server is shutting down' : 'the park is starting');
      this.changes = [];
      try {
        const compiled = compileAll(next.bases);
        const state = await nextState(compiled[0], stores.journal, this.closed, clock.now());
        await ledger?.replacePark(next.bases);
        await ready();
        if (this.stopping) throw new Busy('the server is shutting down');
        this.take(next, compiled, state);
      } finally {
        this.changes = null;
        this.accounting.again();
      }
      await this.polling.close(sources);
    });
  }

  private take({ bases, warnings, sources }: NextPark, compiled: CompiledBases, state: TwinState): void {
    const { park } = this;
    const added = newPoints(park, bases[0].park);
    handOver(this.state, state);
    for (const change of this.changes ?? []) change(state);
    this.present = { ...this.present, bases, warnings, sources };
    this.built = compiled;
    this.points = new Map(this.park.points.map((point) => [point.id, point]));
    this.views = makeViews(compiled[0]);
    this.state = state;
    this.polling.replace(sources, added);
    this.upkeep.added(added, this.closed);
    if (this.park.tick_s !== park.tick_s) this.ticks.begin(this.park.tick_s);
    // The same moment, as the other version of the park sees it.
    this.begin(this.moment.time);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  private begin(at: number): void {
    if (at < this.moment.time) {
      this.state = createState(this.built[0]);
      this.closed = startOfInterval(this.park, at);
    }
    const epoch = Math.max(Date.now(), this.moment.epoch + 1);
    this.moment = { live: step(this.state, at), epoch, seq: 0, time: at, base: startOfInterval(this.park, at) };
    this.steps.tell(this.moment, true);
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
    // The ledger may have the other version of the park already; it is asked again when the twin has it too.
    if (this.changes) return;
    if (levels.length === this.state.levels.length) setLevels(this.state, levels);
  }

  get parts(): TwinParts {
    return this.present;
  }

  get park(): Park {
    return this.present.bases[0].park;
  }

  get compiled(): Compiled {
    return this.built[0];
  }

  /** The park built with the given set, so that a question about one set is never answered with factors of the other. */
  compiledFor(set: FactorSet): Compiled {
    const found = this.built.find(({ park }) => factorSetOf(park) === set);
    // While the park is replaced, the ledger may have a set already that the twin is about to have.
    if (!found) throw new Busy(`the park is not built with the set ${set} yet`);
    return found;
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

  /** Stops ticking, finishes what is on its way to the stores, and closes them. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.ready = false;
    await this.ticks.stop();
    await this.turn;
    this.polling.stop();
    await this.polling.settled();
    const remembered = this.upkeep.stop(this.closed);
    for (const source of this.parts.sources) await source.close?.();
    await remembered;
    await this.accounting.stop();
    await this.parts.stores.close();
  }
}
