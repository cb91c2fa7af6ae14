/**
 * `npm run twin -- account <folder> --from --to`: accounts a park's recorded readings as the ledger does and prints the sums.
 * Nothing is written.
 */

import { startLevels } from '../../models/carbon/storage.ts';
import { accountNext, createRun, remember } from '../../models/ledger/account-days.ts';
import { parkOwner } from '../../models/ledger/block.ts';
import { lookBack_days } from '../../models/ledger/estimates.ts';
import { createFold, reachOfPark, take } from '../../models/ledger/fold.ts';
import { createLedgerSchema, type LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { dayAfter, dayBounds, dayOf, daysBetween, intervalStart } from '../../models/time/calendar.ts';
import { loadParkFolder } from '../twin/park-folder.ts';
import type { AccountRequest } from './account-range.ts';
import { type AccountRange, readRange } from './account-range.ts';
import { type Recorded, recordedReadings } from './account-readings.ts';
import { type AccountSums, addDay, finishSums, startSums } from './account-sums.ts';
import { accountAnswer, accountTable } from './account-text.ts';

export interface AccountOutcome {
  /** For standard output. */
  output?: string;
  /** For standard error. */
  messages: string[];
  exit: 0 | 1 | 2;
}

/** `progress` is called with the number of days done and of all days. */
export async function accountCommand(
  request: AccountRequest,
  env: { PARK_DATA?: string | undefined },
  progress: (done: number, of: number) => void = () => {},
): Promise<AccountOutcome> {
  const { park, problems, resolve } = await loadParkFolder(request.folder, env);
  const wrong = (exit: 1 | 2, ...messages: string[]): AccountOutcome => ({ messages, exit });
  if (park === null) {
    const errors = problems.filter((problem) => problem.severity === 'error');
    return wrong(
      1,
      ...errors.map(({ file, feature, message, mend }) => `${[file, feature].filter(Boolean).join(', ')}: ${message}. ${mend}`),
    );
  }
  const messages: string[] = [];
  let schema = createLedgerSchema(park);
  let available = schema.set === request.factors;
  if (!available) {
    const other = await loadParkFolder(request.folder, env, request.factors);
    available = other.park !== null;
    if (other.park) schema = createLedgerSchema(other.park);
    else
      messages.push(
        unavailable(
          request.factors,
          other.problems.filter((p) => p.severity === 'error').map((p) => p.message),
        ),
      );
  }
  const asked = readRange(schema.calendar, request.from, request.to);
  if (typeof asked === 'string') return wrong(2, asked);
  const recorded = await recordedReadings(schema.park, resolve, request.data);
  if (typeof recorded === 'string') return wrong(1, recorded);
  try {
    const range = withinRecord(schema, asked, recorded);
    if (range === null) return wrong(1, `nothing was recorded between ${request.from} and ${request.to}${saySpan(recorded)}`);
    messages.push(...recorded.remarks);
    if (range.from > asked.from || range.to < asked.to) messages.push(`not all of it was recorded${saySpan(recorded)}`);
    const sums = await accountRange(schema, range, recorded, progress);
    const account = { request, schema, sums, range, available };
    const answer = accountAnswer(account);
    return { output: request.json ? JSON.stringify(answer, null, 2) : accountTable(account, answer), messages, exit: 0 };
  } finally {
    recorded.close();
  }
}

/** Accounts the days one after the other; days before the range are only folded, for estimates. */
export async function accountRange(
  schema: LedgerSchema,
  range: AccountRange,
  recorded: Recorded,
  progress: (done: number, of: number) => void,
): Promise<AccountSums> {
  const { calendar, park, compiled } = schema;
  const days = daysBetween(dayOf(calendar, range.from), dayOf(calendar, range.to - 1));
  const begin = days[0] as string;
  const first = recorded.span === null ? begin : dayOf(calendar, recorded.span.from);
  const oldest = dayAfter(begin, -lookBack_days);
  const before = first < begin ? daysBetween(first > oldest ? first : oldest, dayAfter(begin, -1)) : [];
  const reach = reachOfPark(park);
  const fold = createFold(park);
  const run = createRun(schema, startLevels(compiled));
  const sums = startSums(calendar, park);
  const only = new Set([parkOwner]);
  let heard = dayBounds(calendar, before[0] ?? begin).from - reach.before_ms;
  for (const [i, day] of [...before, ...days].entries()) {
    const until = dayBounds(calendar, day).to + reach.after_ms + 1;
    for await (const readings of recorded.between(heard, until)) take(fold, readings);
    heard = until;
    if (i < before.length) remember(run, day, fold);
    else addDay(sums, accountNext(run, day, fold, range.from, range.to, { only }).blocks);
    progress(i + 1, before.length + days.length);
  }
  return finishSums(sums);
}

/** Leaves out intervals before the first and after the last reading, because they would be nothing but estimates. */
function withinRecord({ calendar }: LedgerSchema, asked: AccountRange, { span }: Recorded): AccountRange | null {
  if (span === null) return null;
  const from = Math.max(asked.from, intervalStart(calendar, span.from));
  const to = Math.min(asked.to, intervalStart(calendar, span.to - 1) + calendar.interval_ms);
  return from < to ? { from, to } : null;
}

function saySpan({ span }: Recorded): string {
  if (span === null) return ': there are no readings';
  return `: readings are from ${new Date(span.from).toISOString()} to ${new Date(span.to).toISOString()}`;
}

function unavailable(set: FactorSet, reasons: readonly string[]): string {
  const name = set === 'lifecycle' ? 'life-cycle' : 'direct';
  return `The ${name} set is not available (${reasons.join('; ')}). Energies are said, and of carbon only the import with life-cycle factors.`;
}
