/** The thread that answers questions about the past. It is not the accounting thread, so that neither waits for the other. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { type FollowDirection, follow } from '../../models/carbon/follow.ts';
import type { Park } from '../../models/park/park.ts';
import { createCalendar } from '../../models/time/calendar.ts';
import { type Answers, makeAnswers } from './answers.ts';
import type { Chosen, PastFollowed } from './ledger.ts';
import { openLedgerFile } from './ledger-file.ts';
import { type Markets, makeMarkets } from './markets.ts';
import { makePastSteps, type PastStep } from './past-steps.ts';

export interface ReaderSettings {
  file: string;
  park: Park;
}

export type ReaderQuestion =
  | { kind: 'hello' | 'close' }
  | { kind: 'park'; park: Park }
  | { kind: 'intervals' | 'hours'; owner: string; from: number; to: number; chosen: Chosen }
  | { kind: 'days'; owners: readonly string[] | null; first: string; last: string; chosen: Chosen; columns: readonly string[] | null }
  | { kind: 'markets'; first: string; last: string }
  | { kind: 'snapshots'; from: number; to: number; every: number }
  | { kind: 'followed'; asset: string; direction: FollowDirection; time: number }
  | { kind: 'marks'; from: number; to: number };

const { file, park } = workerData.settings as ReaderSettings;
const port = parentPort as MessagePort;
let db: Database.Database;
let answers: Answers;
let markets: Markets;
let pastStep: (time: number) => PastStep | null;

function open(): void {
  db = openLedgerFile({ file }, true);
  answerFor(park);
}

function answerFor(park: Park): void {
  answers = makeAnswers(db, park);
  markets = makeMarkets(db, createCalendar(park));
  pastStep = makePastSteps(db, park);
}

function answer(question: ReaderQuestion): unknown {
  switch (question.kind) {
    case 'hello':
      return open();
    case 'park':
      return answerFor(question.park);
    case 'intervals':
      return answers.intervals(question.owner, question.from, question.to, question.chosen);
    case 'hours':
      return answers.hours(question.owner, question.from, question.to, question.chosen);
    case 'days':
      return answers.days(question.owners, question.first, question.last, question.chosen, question.columns);
    case 'markets':
      return markets(question.first, question.last);
    case 'snapshots':
      return answers.snapshots(question.from, question.to, question.every);
    case 'followed':
      return followed(question.asset, question.direction, question.time);
    case 'marks':
      return answers.marks(question.from, question.to);
    default:
      return undefined;
  }
}

function followed(id: string, direction: FollowDirection, time: number): PastFollowed | null {
  const past = pastStep(time);
  const { compiled } = past?.schema ?? {};
  // The asset may not have existed then.
  const asset = compiled?.assetIndex.get(id);
  if (!past || !compiled || asset === undefined) return null;
  return { from: past.from, asAccounted: past.agrees(id), followed: follow(compiled, past.step, asset, direction) };
}

port.on('message', (question: ReaderQuestion & { id: number }) => {
  const { id, kind } = question;
  // Close before answering: the last connection to close cleans up the write-ahead log, and only the writer's can do that.
  if (kind === 'close') db.close();
  try {
    port.postMessage({ id, result: answer(question) });
  } catch (error) {
    port.postMessage({ id, error: { code: 'failed', message: `the ledger failed: ${(error as Error).message}` } });
  }
  if (kind === 'close') port.close();
});
