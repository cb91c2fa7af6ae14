/** Runs a park's ledger in two threads: one accounts, the other answers questions. The main thread only sends requests. */
import type { Logger } from 'pino';
import type { Bases, Basis } from '../../models/carbon/basis.ts';
import type { LedgerStatus } from '../../models/ledger/edition.ts';
import type { Park } from '../../models/park/park.ts';
import { createCalendar, dayAfter, dayBounds, dayOf, daysOfPeriod } from '../../models/time/calendar.ts';
import type { StoreFiles } from '../database/database.ts';
import type { Metrics } from '../process/metrics.ts';
import { remoteOf, startWorker } from '../process/worker.ts';
import { publications } from '../store/published-reports.ts';
import type { Stores } from '../store/stores.ts';
import type { AccountantFault, AccountantNews, AccountantSettings, RefusedAnswer } from './accountant-thread.ts';
import { accountedPark } from './accounted-park.ts';
import type { Keeping } from './expiry.ts';
import { makeLateReadings } from './late-readings.ts';
import { type Accounted, type LedgerAnswers, type LedgerKeeper, LedgerRefusal } from './ledger.ts';
import type { ReaderSettings } from './reader-thread.ts';
import { makeRetention, type RetentionLevel } from './retention.ts';

export interface LedgerSettings {
  stores: Stores;
  /** Where the ledger is, and the journal, which the accountant reads in its own thread. */
  files: StoreFiles;
  bases: Bases;
  /** Version of the software, for the record. */
  software: string;
  /** Days of past to simulate at the first start, of which the last `raw_days` have readings; null = none. */
  fill: AccountantSettings['fill'];
  /** The park's time, ms. */
  now: number;
  log: Logger;
  metrics: Metrics;
  /** How long late readings wait for others before they are handed to the accountant, ms. */
  late_ms?: number;
  /** How often data past its retention is deleted, ms. */
  retention_ms?: number;
}

const hour_ms = 3_600_000;
const questions: Record<keyof LedgerAnswers, true> = {
  intervals: true,
  hours: true,
  days: true,
  markets: true,
  snapshots: true,
  followed: true,
  marks: true,
};

export async function openLedger(settings: LedgerSettings): Promise<LedgerKeeper> {
  const { stores, files, bases, software, fill, now, log, metrics } = settings;
  let [{ park }] = bases;
  const { journal, documents } = stores;
  let news: AccountantNews | null = null;
  /** The last fault, and how far the ledger was when it came. */
  let fault = '';
  const told = (message: unknown) => {
    const said = message as AccountantNews | AccountantFault;
    if ('fault' in said) {
      // The work is tried again every few seconds; until it gets on, the same fault is told once.
      const same = `${said.until} ${said.fault.split('\n')[0]}`;
      if (same !== fault) log.error({ park: park.id, fault: said.fault }, 'the ledger stands still; it is tried again');
      fault = same;
      return;
    }
    news = said;
    if (news.took_s !== undefined) metrics.accounted(park.id, news.took_s);
  };
  const forAccountant: AccountantSettings = { files, bases: forThread(bases, fill !== null), software, fill, now };
  const forReader: ReaderSettings = { ledger: files.ledger, park: accountedPark(park) };
  const [accountant, reader] = await Promise.all([
    startWorker(new URL('./accountant-thread.ts', import.meta.url), forAccountant, 'ledger', told),
    startWorker(new URL('./reader-thread.ts', import.meta.url), forReader, 'ledger'),
  ]);
  // The reader can open the file only after the accountant has created it.
  await accountant.ready();
  await reader.ready();

  const order = async <T>(request: object): Promise<T> => {
    const answer = await accountant.ask<T | RefusedAnswer>(request);
    const { refused } = (answer ?? {}) as Partial<RefusedAnswer>;
    if (refused) throw new LedgerRefusal(refused.why, refused.message);
    return answer as T;
  };
  const calendar = createCalendar(park);
  const status = (): LedgerStatus => (news as AccountantNews).status;
  metrics.watchLedger(park.id, status);

  const late = makeLateReadings({
    journal,
    tell: (hours) => accountant.ask({ kind: 'late', hours }),
    wait_ms: settings.late_ms ?? 10_000,
    failed: (error) => log.error({ err: error, park: park.id }, 'late readings wait to be accounted'),
  });
  // Hands over late readings that were still waiting when the server was killed.
  await late.sweep();
  const firstKept = (until: number, days: number) => dayAfter(dayOf(calendar, until), -days);
  const readings = async (until: number): Promise<RetentionLevel | null> => {
    const { raw_days } = park.retention ?? {};
    const settled = raw_days === undefined ? null : await accountant.ask<number | null>({ kind: 'settledBefore' });
    if (raw_days === undefined || settled === null) return null;
    const before = Math.min(settled, dayBounds(calendar, firstKept(until, raw_days)).from - reachOfFirstDay_ms);
    return {
      some: () => journal.forget(before, readingsAtOnce),
      gone: (count) => log.info({ park: park.id, readings: count }, 'readings were let go; what the ledger made of them stays'),
    };
  };
  const ledgerLevels = (until: number): RetentionLevel | null => {
    const { intervals_days, hours_days } = park.retention ?? {};
    if (intervals_days === undefined) return null;
    return {
      some: async () => {
        // Read each time, because the days of a report that is published meanwhile are evidence.
        const evidence = (await publications(documents)).flatMap(({ period }) => daysOfPeriod(period) ?? []);
        const keeping: Keeping = {
          intervalsFrom: firstKept(until, intervals_days),
          hoursFrom: hours_days === undefined ? null : firstKept(until, hours_days),
          evidence: evidence.map(({ first, last }) => ({ from: first, to: last })),
        };
        return (await accountant.ask<boolean>({ kind: 'letGo', ...keeping })) ? 1 : 0;
      },
      gone: (days) => log.info({ park: park.id, days }, 'intervals or hours were let go; days, months and years stay'),
    };
  };
  const retention = makeRetention({
    every_ms: settings.retention_ms ?? hour_ms,
    levels: async () => {
      const { until } = status();
      return until === null ? [] : [await readings(until), ledgerLevels(until)].filter((level) => level !== null);
    },
    failed: (error) => log.error({ err: error, park: park.id }, 'what is not kept any more could not be let go'),
  });

  return {
    ...remoteOf<LedgerAnswers>(reader, questions),
    status,
    known: () => news?.known ?? null,
    advance: async (until) => {
      // This comes first: from now on, readings for times up to here are late.
      await journal.setAccounted(until);
      return accountant.ask<Accounted | null>({ kind: 'advance', until });
    },
    late: () => late.soon(),
    idle: async () => {
      do {
        await late.sweep();
        await accountant.ask({ kind: 'idle' });
      } while ((await journal.dirty()).length > 0);
    },
    restate: (request) => order<number>({ kind: 'restate', ...request }),
    lock: (lock) => order<void>({ kind: 'lock', lock }),
    unlock: (from, to, who) => {
      log.info({ park: park.id, from, to, who }, 'a person opened a locked period');
      return order<void>({ kind: 'unlock', from, to });
    },
    replacePark: async (next) => {
      const [primary] = next;
      const readerFor = (other: Park) => reader.ask({ kind: 'replacePark', args: [accountedPark(other)] });
      await readerFor(primary.park);
      try {
        await accountant.ask({ kind: 'replacePark', bases: forThread(next, fill !== null) });
      } catch (error) {
        await readerFor(park);
        throw error;
      }
      park = primary.park;
    },
    clear: () => accountant.ask({ kind: 'clear' }),
    close: async () => {
      await retention.stop();
      await late.stop();
      await reader.ask({ kind: 'close' });
      await accountant.ask({ kind: 'close' });
      await Promise.all([reader.ended, accountant.ended]);
    },
  };
}

/** This many take the store some ten milliseconds. */
const readingsAtOnce = 2000;
/** Readings from this long before the first kept day are kept too, because folding that day needs them. */
const reachOfFirstDay_ms = 12 * hour_ms;

/** The bases as the accountant needs them. Where a past is simulated, they include what only the simulator reads. */
function forThread([first, ...others]: Bases, simulates: boolean): Bases {
  const slim = (basis: Basis): Basis => ({ ...basis, park: simulates ? { ...basis.park, context: [] } : accountedPark(basis.park) });
  return [slim(first), ...others.map(slim)];
}
