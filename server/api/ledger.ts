/** The ledger: what is accounted and what it rests on; restating a range, closing periods. */
import type { Request } from 'express';
import { z } from 'zod';
import type { LedgerAnswer } from '../../models/ledger/answers.ts';
import { factorSets } from '../../models/ledger/block.ts';
import { isDay } from '../../models/ledger/calendar.ts';
import type { LedgerStatus } from '../../models/ledger/edition.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ApiError, notFound } from './errors.ts';
import { checkRange, instant, isoOf, isoOrNull } from './instant.ts';
import { bodyOf, smallBody } from './json-body.ts';
import { type ApiParts, fullOnly, queryOf, type Route, twinOf } from './operation.ts';
import { mayDecide } from './quarantine.ts';

/** The ledger of the park that is asked about; for those who may see the past. */
export function ledgerOf(parts: ApiParts, request: Request): Ledger {
  const { park, parts: own } = twinOf(parts, request);
  fullOnly(parts, request);
  if (!own.ledger) throw notFound(`the park "${park.id}" keeps no ledger`);
  return own.ledger;
}

const time = z.string().describe('ISO 8601');
const day = z.string().refine(isDay, 'a date such as 2026-10-01').describe('Local day of the park, 2026-10-01');
const set = z.enum(factorSets);
const who = z.string().trim().min(1).max(120).describe('Who says so');

const statusSchema = z.object({
  park: z.string(),
  timeZone: z.string(),
  interval_s: z.number(),
  from: time.nullable().describe('Accounted from; null while empty'),
  until: time.nullable().describe('End of the last accounted interval'),
  sets: z.array(set),
  lacking: z
    .object({ sources: z.array(z.object({ asset: z.string(), port: z.string() })), fallback: z.array(z.string()) })
    .nullable()
    .optional()
    .describe('Why there is no life-cycle set: sources without such a factor, and carriers without one of last resort'),
  dirty: z.int().describe('Days that wait to be accounted again'),
  progress: z.object({ what: z.enum(['fill', 'late', 'restate', 'catchUp']), done: z.number(), of: z.number() }).nullable(),
  editions: z.array(
    z.looseObject({
      id: z.int(),
      set,
      from: time.nullable(),
      to: time.nullable(),
      factors: z.string(),
      method: z.string(),
      software: z.string(),
      reason: z.string(),
      who: z.string(),
      at: time,
    }),
  ),
  locks: z.array(z.object({ from: z.string(), to: z.string(), who: z.string(), at: time })),
  adjustments: z.array(
    z.object({
      day: z.string(),
      set,
      at: time,
      difference: z
        .record(z.string(), z.number())
        .describe('Park column → new minus locked; empty: not known, the intervals are not kept any more'),
    }),
  ),
  simulated: z.boolean(),
  gone: z
    .array(z.object({ from: day, to: day, hours: z.boolean() }))
    .describe('Days whose intervals and pictures are not kept any more, to included; `hours`: nor are their hours'),
  rawFrom: time.nullable().describe('Raw readings are kept from here'),
});

function ledgerAnswer(park: string, status: LedgerStatus): LedgerAnswer {
  return {
    ...status,
    park,
    from: isoOrNull(status.from),
    until: isoOrNull(status.until),
    editions: status.editions.map((edition) => ({
      ...edition,
      from: isoOrNull(edition.from),
      to: isoOrNull(edition.to),
      at: isoOf(edition.at),
    })),
    locks: status.locks.map((lock) => ({ ...lock, at: isoOf(lock.at) })),
    adjustments: status.adjustments.map((adjustment) => ({ ...adjustment, at: isoOf(adjustment.at) })),
    rawFrom: isoOrNull(status.rawFrom),
  };
}

export const readLedger: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/ledger',
    summary: 'What is accounted, and what it rests on',
    description:
      'How far the accounted past reaches, what is being accounted again, and every edition of factors and method with reason, who and when. Not public.',
    params: { park: 'Id of the park' },
    answer: { description: 'The state of the ledger', schema: statusSchema },
    problems: { 403: 'Not public', 404: 'There is no such park, or it keeps no ledger' },
  },
  handle: (parts, request, response) => {
    const { park } = twinOf(parts, request);
    response.set('Cache-Control', 'no-store').json(ledgerAnswer(park.id, ledgerOf(parts, request).status()));
  },
};

const restateSchema = z.strictObject({
  set,
  from: instant.describe('ISO 8601 with offset; its whole local day is accounted again'),
  to: instant.describe('ISO 8601 with offset; not included'),
  reason: z.string().trim().min(3).max(500).describe('Why; kept with the edition and printed in reports'),
  who,
});

const changeProblems = {
  400: 'The body is wrong',
  401: 'The token is wrong',
  403: 'Neither at the server’s own computer nor with the token',
  404: 'There is no such park, or it keeps no ledger',
};

function keptLedger(parts: ApiParts, request: Request): Ledger {
  const { park, parts: own } = twinOf(parts, request);
  if (!own.ledger) throw notFound(`the park "${park.id}" keeps no ledger`);
  return own.ledger;
}

export const restateLedger: Route = {
  operation: {
    method: 'post',
    path: '/parks/{park}/ledger/restate',
    summary: 'Account a range again as a new edition',
    description:
      'With the factors and method that the park has now. It happens in the background (`progress` of `GET …/ledger`); what was there before stays readable as its own edition.',
    params: { park: 'Id of the park' },
    body: restateSchema,
    answer: { description: 'It has begun', schema: z.object({ edition: z.int() }), status: 202 },
    problems: { ...changeProblems, 409: 'A part of it is closed' },
    secured: 'elsewhere',
  },
  guard: mayDecide,
  before: smallBody,
  handle: async (parts, request, response) => {
    const ledger = keptLedger(parts, request);
    const body = bodyOf(restateSchema, request);
    checkRange(body);
    response.status(202).json({ edition: await ledger.restate(body) });
  },
};

const lockSchema = z.strictObject({ from: day, to: day.describe('Last local day, included'), who });

function dayOrder({ from, to }: { from: string; to: string }): void {
  // Dates as written sort by time; the last one is included, so both may be the same.
  if (to < from) throw new ApiError(400, 'badQuery', 'to is before from');
}

export const lockPeriod: Route = {
  operation: {
    method: 'post',
    path: '/parks/{park}/ledger/locks',
    summary: 'Close a period',
    description:
      'Its figures stay as they are: what late readings would have changed is kept as an adjustment, and it cannot be restated until it is opened again.',
    params: { park: 'Id of the park' },
    body: lockSchema,
    answer: { description: 'The periods that are closed now', schema: z.object({ locks: statusSchema.shape.locks }) },
    problems: { ...changeProblems, 409: 'It is not accounted to its end' },
    secured: 'elsewhere',
  },
  guard: mayDecide,
  before: smallBody,
  handle: async (parts, request, response) => {
    const ledger = keptLedger(parts, request);
    const body = bodyOf(lockSchema, request);
    dayOrder(body);
    await ledger.lock(body);
    response.json({ locks: ledger.status().locks.map((lock) => ({ ...lock, at: isoOf(lock.at) })) });
  },
};

const unlockQuery = z.strictObject({ from: day, to: day.describe('Last local day, included'), who });

export const unlockPeriod: Route = {
  operation: {
    method: 'delete',
    path: '/parks/{park}/ledger/locks',
    summary: 'Open a period again',
    description: 'What late readings changed in the meantime is accounted then.',
    params: { park: 'Id of the park' },
    query: unlockQuery,
    answer: { description: 'The periods that are closed now', schema: z.object({ locks: statusSchema.shape.locks }) },
    problems: changeProblems,
    secured: 'elsewhere',
  },
  guard: mayDecide,
  handle: async (parts, request, response) => {
    const ledger = keptLedger(parts, request);
    const { from, to, who: by } = queryOf(unlockQuery, request);
    dayOrder({ from, to });
    await ledger.unlock(from, to, by);
    response.json({ locks: ledger.status().locks.map((lock) => ({ ...lock, at: isoOf(lock.at) })) });
  },
};
