/** Keeps a twin's history while it runs: fills an empty history, learns estimates from it, and saves them every six hours. */
import type { Logger } from 'pino';
import type { Park } from '../../models/park/park.ts';
import type { Reading } from '../../models/telemetry/reading.ts';
import type { TypicalBook } from '../../models/telemetry/typical.ts';
import type { PolledSource } from '../sources/source.ts';
import type { Stores } from '../store/stores.ts';
import { fillHistory, learnHistory, learnPoints, prime_ms, saveTypical } from './recall.ts';

export interface HistoryUpkeepParts {
  /** The park and its sources now: they may be replaced. */
  now: () => { park: Park; sources: readonly PolledSource[] };
  stores: Stores;
  log: Logger;
  accept: (readings: Reading[], source: string) => Promise<unknown>;
  /** The estimates of the present epoch. */
  typical: () => TypicalBook;
}

export interface HistoryUpkeep {
  /** Fills and learns in the background. `kept` is the time span in the journal; `filled` is called when filling has ended. */
  begin(start: number, kept: { first: number; last: number } | null, filled: () => void): void;
  /** Points that the park did not have: learns in the background what the journal has of them until `until`. */
  added(points: ReadonlySet<string>, until: number): void;
  /** The end of the last interval that is over moved from `before` to `closed`. */
  passed(before: number, closed: number): void;
  /** Another epoch begins with an empty history: filling and learning for the epoch before end. */
  forget(): Promise<void>;
  /** Resolves when history is filled and learnt. */
  idle(): Promise<void>;
  /** Ends filling and learning, and saves what was learnt until `closed`. */
  stop(closed: number): Promise<void>;
}

/** How often what was learnt for estimates is saved: eight weeks of readings take minutes to learn again. */
const save_ms = 6 * 3_600_000;

export function makeHistoryUpkeep({ now, stores, log, accept, typical }: HistoryUpkeepParts): HistoryUpkeep {
  let stopping = false;
  let forgotten = false;
  /** The estimates include everything that the journal holds, so they may be saved. */
  let learnt = false;
  let background: Promise<void> = Promise.resolve();

  const park = () => now().park;
  const goOn = () => !stopping && !forgotten;
  const failed = (what: string) => (error: unknown) => {
    if (goOn()) log.error({ err: error, park: park().id }, what);
  };
  /** Asks the source of the same name that there is at the time: filling takes minutes, and the park may be replaced meanwhile. */
  const present = (source: PolledSource): PolledSource => ({
    ...source,
    readings: (from, to) =>
      now()
        .sources.find(({ name }) => name === source.name)
        ?.readings(from, to) ?? [],
  });
  const fill = async (start: number, kept: { first: number; last: number } | null) => {
    for (const source of now().sources) {
      const filling = fillHistory(present(source), start - prime_ms, kept, (readings) => accept(readings, source.name), goOn);
      const before = (await filling.catch(failed('history could not be filled'))) ?? 0;
      if (before > 0) log.info({ park: park().id, source: source.name, readings: before }, 'history filled');
    }
  };
  const save = (closed: number) => saveTypical(stores.documents, typical(), closed).catch(failed('estimates were not saved'));

  return {
    begin: (start, kept, filled) => {
      background = (async () => {
        await fill(start, kept);
        if (goOn()) filled();
        await learnHistory(park(), stores, typical(), start, goOn).then(() => {
          learnt = goOn();
        }, failed('history could not be learnt'));
      })();
    },
    added: (points, until) => {
      const unknown = new Set([...points].filter((point) => !typical().byPoint.has(point)));
      if (unknown.size === 0 || !goOn()) return;
      background = background.then(async () => {
        const whole = learnt;
        learnt = false;
        await learnPoints(park(), unknown, stores.journal, typical(), until, goOn).then(() => {
          learnt = whole && goOn();
        }, failed('history could not be learnt'));
      });
    },
    passed: (before, closed) => {
      if (learnt && Math.floor(closed / save_ms) > Math.floor(before / save_ms)) void save(closed);
    },
    forget: async () => {
      forgotten = true;
      await background;
      // The history is emptied, so nothing is left to learn and the estimates may be saved.
      learnt = true;
    },
    idle: () => background,
    stop: async (closed) => {
      stopping = true;
      await background;
      if (learnt) await save(closed);
    },
  };
}
