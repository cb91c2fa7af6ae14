/** Connects the twin to its ledger: has it account the intervals that are over, and passes its levels to the live state. */
import type { Logger } from 'pino';
import type { Level } from '../../models/carbon/step.ts';
import type { LedgerKeeper } from '../ledger/ledger.ts';

export interface Accounting {
  /** Filling of the history has ended: from now on intervals are accounted. */
  begin(): void;
  /** Intervals that end by `until` are over. */
  reached(until: number): void;
  /** Readings came for times that are accounted already. */
  late(): void;
  /** The park was replaced: the ledger is asked again for the levels, and what it answered before is not used. */
  again(): void;
  /** The history is emptied: accounting under way belongs to the one before, and its levels are not used. */
  clear(): Promise<void>;
  /** Resolves when everything that is over is accounted. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface AccountingParts {
  park: string;
  /** Without a ledger the levels of storages never change: for tests and benchmarks of other parts. */
  ledger: LedgerKeeper | undefined;
  log: Logger;
  /** Sets what the storages hold, as of the last accounted interval, which may be some intervals behind. */
  setLevels: (levels: Level[]) => void;
}

export function makeAccounting({ park, ledger, log, setLevels }: AccountingParts): Accounting {
  let wanted = Number.NEGATIVE_INFINITY;
  let asked = Number.NEGATIVE_INFINITY;
  let begun = false;
  let life = 0;
  let running: Promise<void> = Promise.resolve();

  const run = async () => {
    while (ledger && begun && wanted > asked) {
      const own = life;
      asked = wanted;
      try {
        const accounted = await ledger.advance(asked);
        if (own === life && accounted) setLevels(accounted.levels);
      } catch (error) {
        log.error({ err: error, park }, 'intervals were not accounted; the next end of an interval tries again');
        return;
      }
    }
  };
  const go = () => {
    running = running.then(run);
  };

  return {
    begin: () => {
      begun = true;
      go();
    },
    reached: (until) => {
      if (until <= wanted) return;
      wanted = until;
      if (begun) go();
    },
    late: () => ledger?.late(),
    again: () => {
      life++;
      asked = Number.NEGATIVE_INFINITY;
      if (begun) go();
    },
    clear: async () => {
      life++;
      wanted = Number.NEGATIVE_INFINITY;
      asked = Number.NEGATIVE_INFINITY;
      await running;
      await ledger?.clear();
    },
    idle: async () => {
      await running;
      await ledger?.idle();
    },
    stop: async () => {
      begun = false;
      life++;
      await ledger?.close();
      await running;
    },
  };
}
