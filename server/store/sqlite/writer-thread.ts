/**
 * The thread that writes a park's history. It commits all requests that have arrived in one transaction and only then
 * answers them. A single request does not wait for a timer, and thousands of requests share one fsync.
 */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { WorkerAnswer } from '../../process/worker.ts';
import type { DocumentChange } from '../documents.ts';
import type { DirtyHour } from '../journal.ts';
import { type AppendRequest, prepareAppend } from './append.ts';
import { type Decision, prepareDecide } from './decide.ts';
import { prepareDirty } from './dirty.ts';
import { prepareDocumentWriting } from './documents.ts';
import { journalMigrations } from './journal-migrations.ts';
import { bringUpToDate, openDatabase, type SqliteFile } from './open.ts';

export type WriterRequest = { id: number } & (
  | { kind: 'hello' }
  | ({ kind: 'append' } & AppendRequest)
  | { kind: 'decide'; quarantined: number; decision: Decision; decided: number }
  | { kind: 'setAccounted'; until: number }
  | { kind: 'clearDirty'; hours: readonly DirtyHour[] }
  | { kind: 'forget'; before: number; limit: number }
  | { kind: 'saveDocuments'; changes: readonly DocumentChange[] }
  | { kind: 'clear' | 'clearDocuments' }
  | { kind: 'close' }
);

const settings = workerData as SqliteFile;
const port = parentPort as MessagePort;
await bringUpToDate(settings, journalMigrations, 'the store');

const db: Database.Database = openDatabase(settings);
// Pages are written back after 10,000 instead of the default 1,000, so that the same page is rewritten less often.
db.pragma('wal_autocheckpoint = 10000');
const dirty = prepareDirty(db);
const append = prepareAppend(db, dirty);
const decide = prepareDecide(db, dirty);
const saveDocuments = prepareDocumentWriting(db);
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');
const rollback = db.prepare('ROLLBACK');

function handle(request: WriterRequest): unknown {
  if (request.kind === 'append') return append.run(request);
  if (request.kind === 'decide') return decide(request.quarantined, request.decision, request.decided);
  if (request.kind === 'setAccounted') dirty.setAccounted(request.until);
  if (request.kind === 'clearDirty') dirty.clear(request.hours);
  if (request.kind === 'forget') return dirty.forget(request.before, request.limit);
  if (request.kind === 'saveDocuments') return saveDocuments(request.changes, Date.now());
  if (request.kind === 'clearDocuments') db.exec('DELETE FROM document');
  if (request.kind === 'clear') clear();
  return undefined;
}

function clear(): void {
  for (const table of ['reading', 'quarantine', 'mark', 'dirty']) db.exec(`DELETE FROM ${table}`);
  dirty.reload();
}

function describe(error: unknown): NonNullable<WorkerAnswer['error']> {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'SQLITE_FULL') return { code: 'full', message: 'the disk is full: nothing of this request was stored' };
  return { code: 'failed', message: `the store failed: ${code ?? ''} ${message}`.trim() };
}

function drain(first: WriterRequest): void {
  const requests = [first];
  for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) requests.push(more.message);
  const answers: WorkerAnswer[] = [];
  try {
    begin.run();
    for (const request of requests) answers.push({ id: request.id, result: handle(request) });
    commit.run();
  } catch (caught) {
    if (db.inTransaction) rollback.run();
    append.forget();
    dirty.reload();
    answers.length = 0;
    const error = describe(caught);
    // The requests `close` and `hello` do not fail because another request could not be stored.
    for (const { id, kind } of requests) answers.push(kind === 'close' || kind === 'hello' ? { id } : { id, error });
  }
  const closing = requests.some(({ kind }) => kind === 'close');
  if (closing) db.close();
  for (const answer of answers) port.postMessage(answer);
  if (closing) port.close();
}

port.on('message', drain);
