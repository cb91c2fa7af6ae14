/** The thread that accounts; only it writes the ledger's file. After each piece of work it handles waiting requests. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { compile } from '../../models/carbon/compile.ts';
import type { LedgerStatus, Lock } from '../../models/ledger/edition.ts';
import { createMeans } from '../../models/simulate/means.ts';
import { createCalendar } from '../../models/time/calendar.ts';
import { type Accountant, createAccountant } from './accountant.ts';
import { type ParkSets, primaryOf } from './cache.ts';
import type { Keeping } from './expiry.ts';
import { openStoredReadings } from './fold-stored.ts';
import { type Accounted, LedgerRefusal, type RestateRequest } from './ledger.ts';
import { openLedgerFile } from './ledger-file.ts';
import { simulatedDay } from './simulated-day.ts';

export interface AccountantSettings {
  file: string;
  /** The store's file: readings are read from it, never written. */
  storeFile: string;
  parks: ParkSets;
  software: string;
  fill: { days: number; raw_days: number } | null;
  /** The park's time, ms. */
  now: number;
}

export type AccountantRequest = { id: number } & (
  | { kind: 'hello' | 'clear' | 'settledBefore' | 'close' }
  /** Goes on with another version of the park, as a restart would. */
  | { kind: 'park'; parks: ParkSets }
  /** Answered when everything up to `until` is accounted. */
  | { kind: 'advance'; until: number }
  /** Answered when there is nothing left to do. */
  | { kind: 'idle' }
  | { kind: 'late'; hours: number[] }
  | ({ kind: 'restate' } & RestateRequest)
  | { kind: 'lock'; lock: Omit<Lock, 'at'> }
  | { kind: 'unlock'; from: string; to: string }
  /** Answered with whether something was deleted. */
  | ({ kind: 'letGo' } & Keeping)
);

/** Message that the thread sends without a request, after each piece of work. */
export interface AccountantNews {
  status: LedgerStatus;
  known: Accounted | null;
  /** Seconds that the piece of work took; absent when there was none. */
  took_s?: number;
}

/** A refusal as it is sent between the threads: as data, not as an error. */
export interface RefusedAnswer {
  refused: { why: LedgerRefusal['why']; message: string };
}

const settings = workerData.settings as AccountantSettings;
const port = parentPort as MessagePort;
const db = openLedgerFile(settings);
const stored = openStoredReadings(settings.storeFile);
const { software, now } = settings;

function makeAccountant(parks: ParkSets): Accountant {
  const { fill } = settings;
  const park = primaryOf(parks);
  const calendar = createCalendar(park);
  const means = fill && createMeans(compile(park), park.simulation);
  return createAccountant({
    db,
    stored,
    parks,
    software,
    fill: fill && means && { ...fill, day: (times) => simulatedDay(park, means, times, calendar.interval_ms) },
    now,
    clock: () => Date.now(),
  });
}

let accountant = makeAccountant(settings.parks);
let waiting: { id: number; until: number | null }[] = [];
let working = false;
let closed = false;

const tell = (took_s?: number) => {
  const news: AccountantNews = { status: accountant.status(), known: accountant.known(), ...(took_s === undefined ? {} : { took_s }) };
  port.postMessage(news);
};

function answerWaiting(idle: boolean): void {
  const until = accountant.until() ?? Number.NEGATIVE_INFINITY;
  const done = waiting.filter((one) => idle || (one.until !== null && one.until <= until));
  waiting = waiting.filter((one) => !done.includes(one));
  for (const { id } of done) port.postMessage({ id, result: accountant.known() });
}

/** Schedules pieces of work one after the other; messages are handled in between. */
function goOn(): void {
  if (working || closed) return;
  working = true;
  setImmediate(() => {
    working = false;
    if (closed) return;
    const began = performance.now();
    try {
      const more = accountant.work();
      tell(more ? (performance.now() - began) / 1000 : undefined);
      answerWaiting(!more);
      if (more) goOn();
    } catch (error) {
      const message = `the ledger failed: ${(error as Error).message}`;
      for (const { id } of waiting) port.postMessage({ id, error: { code: 'failed', message } });
      waiting = [];
      tell();
    }
  });
}

function answer(request: AccountantRequest): unknown {
  switch (request.kind) {
    case 'late':
      accountant.late(request.hours);
      return undefined;
    case 'park':
      accountant = makeAccountant(request.parks);
      for (const { until } of waiting) if (until !== null) accountant.want(until);
      return undefined;
    case 'restate':
      return accountant.restate(request);
    case 'lock':
      accountant.lock(request.lock);
      return undefined;
    case 'unlock':
      accountant.unlock(request.from, request.to);
      return undefined;
    case 'letGo':
      return accountant.letGo(request);
    case 'clear':
      accountant.clear();
      return undefined;
    case 'settledBefore':
      return accountant.settledBefore();
    default:
      return undefined;
  }
}

// The status is sent first, so that the main thread has it before the first answer.
tell();
port.on('message', (request: AccountantRequest) => {
  const { id, kind } = request;
  if (kind === 'close') {
    closed = true;
    db.close();
    stored.close();
    port.postMessage({ id });
    port.close();
    return;
  }
  if (kind === 'advance' || kind === 'idle') {
    if (kind === 'advance') accountant.want(request.until);
    waiting.push({ id, until: kind === 'advance' ? request.until : null });
    return goOn();
  }
  try {
    const result = answer(request);
    // The new status is sent before the answer, so that it is known when the answer arrives.
    if (kind !== 'hello') tell();
    port.postMessage({ id, result });
  } catch (error) {
    if (error instanceof LedgerRefusal) port.postMessage({ id, result: { refused: { why: error.why, message: error.message } } });
    else port.postMessage({ id, error: { code: 'failed', message: `the ledger failed: ${(error as Error).message}` } });
  }
  goOn();
});
