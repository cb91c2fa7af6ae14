/** The thread that accounts; only it writes the ledger. After each piece of work it handles waiting requests. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Bases } from '../../models/carbon/basis.ts';
import { compile } from '../../models/carbon/compile.ts';
import type { LedgerStatus, Lock } from '../../models/ledger/edition.ts';
import { createMeans } from '../../models/simulate/means.ts';
import { createCalendar } from '../../models/time/calendar.ts';
import { openJournalReading, openLedgerStore, type StoreFiles } from '../database/database.ts';
import { type Accountant, createAccountant } from './accountant.ts';
import type { Keeping } from './expiry.ts';
import { type Accounted, LedgerRefusal, type RestateRequest } from './ledger.ts';
import { simulatedDay } from './simulated-day.ts';

export interface AccountantSettings {
  /** The ledger, which only this thread writes, and the journal that it reads. */
  files: StoreFiles;
  bases: Bases;
  software: string;
  fill: { days: number; raw_days: number } | null;
  /** The park's time, ms. */
  now: number;
}

export type AccountantRequest = { id: number } & (
  | { kind: 'hello' | 'clear' | 'settledBefore' | 'close' }
  /** Goes on with another version of the park, as a restart would. */
  | { kind: 'replacePark'; bases: Bases }
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

/** Message that the thread sends when a piece of work failed: what went wrong, with its stack. It is tried again. */
export interface AccountantFault {
  fault: string;
  /** What is accounted then; null when nothing is. */
  until: number | null;
}

/** A refusal as it is sent between the threads: as data, not as an error. */
export interface RefusedAnswer {
  refused: { why: LedgerRefusal['why']; message: string };
}

const { files, software, now, fill, ...first } = workerData as AccountantSettings;
const port = parentPort as MessagePort;
const store = await openLedgerStore(files.ledger);
const journal = openJournalReading(files.journal);

function accountantOf(bases: Bases): Promise<Accountant> {
  const [{ park }] = bases;
  const { interval_ms } = createCalendar(park);
  const means = fill && createMeans(compile(park), park.simulation);
  return createAccountant({
    store,
    journal,
    bases,
    software,
    fill: fill && means && { ...fill, day: (times) => simulatedDay(park, means, times, interval_ms) },
    now,
    clock: () => Date.now(),
  });
}

let accountant = await accountantOf(first.bases);
let waiting: { id: number; until: number | null }[] = [];
let planned = false;
let closed = false;
const again_ms = 5000;
let retry: NodeJS.Timeout | undefined;

const tell = async (took_s?: number) => {
  const [status, known] = [await accountant.status(), await accountant.known()];
  const news: AccountantNews = { status, known, ...(took_s === undefined ? {} : { took_s }) };
  port.postMessage(news);
};

async function answerWaiting(idle: boolean): Promise<void> {
  const until = accountant.until() ?? Number.NEGATIVE_INFINITY;
  const done = waiting.filter((one) => idle || (one.until !== null && one.until <= until));
  waiting = waiting.filter((one) => !done.includes(one));
  if (done.length === 0) return;
  const result = await accountant.known();
  for (const { id } of done) port.postMessage({ id, result });
}

/** Requests and pieces of work are done one at a time, in the order in which they came; one that fails ends only itself. */
let line: Promise<void> = Promise.resolve();
const inLine = (work: () => Promise<void>) => {
  line = line.then(work).catch((error) => failed(error));
};

/** After a failure, such as a full disk or a store that is away, the work is tried again by itself. */
function failed(error: unknown): void {
  const news: AccountantFault = { fault: (error as Error).stack ?? String(error), until: accountant.until() };
  port.postMessage(news);
  clearTimeout(retry);
  if (!closed) retry = setTimeout(goOn, again_ms).unref();
}

/** Plans the next piece of work. Requests that have arrived meanwhile are handled first. */
function goOn(): void {
  if (planned || closed) return;
  planned = true;
  setImmediate(() => inLine(piece));
}

async function piece(): Promise<void> {
  planned = false;
  if (closed) return;
  const began = performance.now();
  try {
    const more = await accountant.work();
    await tell(more ? (performance.now() - began) / 1000 : undefined);
    await answerWaiting(!more);
    if (more) goOn();
  } catch (error) {
    const message = `the ledger failed: ${(error as Error).message}`;
    for (const { id } of waiting) port.postMessage({ id, error: { code: 'failed', message } });
    waiting = [];
    failed(error);
  }
}

async function answer(request: AccountantRequest): Promise<unknown> {
  switch (request.kind) {
    case 'late':
      return accountant.late(request.hours);
    case 'replacePark':
      accountant = await accountantOf(request.bases);
      for (const { until } of waiting) if (until !== null) accountant.want(until);
      return undefined;
    case 'restate':
      return accountant.restate(request);
    case 'lock':
      return accountant.lock(request.lock);
    case 'unlock':
      return accountant.unlock(request.from, request.to);
    case 'letGo':
      return accountant.letGo(request);
    case 'clear':
      return accountant.clear();
    case 'settledBefore':
      return accountant.settledBefore();
    default:
      return undefined;
  }
}

async function handle(request: AccountantRequest): Promise<void> {
  const { id, kind } = request;
  if (kind === 'close') {
    closed = true;
    await store.close();
    journal.close();
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
    const result = await answer(request);
    // The new status is sent before the answer, so that it is known when the answer arrives.
    if (kind !== 'hello') await tell();
    port.postMessage({ id, result });
  } catch (error) {
    if (error instanceof LedgerRefusal) port.postMessage({ id, result: { refused: { why: error.why, message: error.message } } });
    else port.postMessage({ id, error: { code: 'failed', message: `the ledger failed: ${(error as Error).message}` } });
  }
  goOn();
}

// The status is sent first, so that the main thread has it before the first answer.
await tell();
port.on('message', (request: AccountantRequest) => inLine(() => handle(request)));
