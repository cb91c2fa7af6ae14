/** The ledger: what is accounted, with which factors and method; restating a range, closing periods. */
import { z } from 'zod';
import { carriers } from '../carriers.ts';
import { factorSets } from '../park/park.ts';
import { portShape } from '../park/part-schemas.ts';
import { day, instant, isoTime, ofPark, who } from './fields.ts';
import { operation } from './operation.ts';

const set = z.enum(factorSets);

const edition = z.strictObject({
  id: z.int(),
  set,
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  factors: z.string(),
  method: z.string(),
  software: z.string(),
  reason: z.string(),
  who: z.string(),
  at: isoTime,
});
export type EditionAnswer = z.infer<typeof edition>;

const locks = z.array(z.strictObject({ from: day, to: day.describe('Last local day, included'), who: z.string(), at: isoTime }));

const ledger = z.strictObject({
  park: z.string(),
  timeZone: z.string(),
  interval_s: z.number(),
  from: isoTime.nullable().describe('Accounted from; null while empty'),
  until: isoTime.nullable().describe('End of the last accounted interval'),
  sets: z.array(set),
  lacking: z
    .strictObject({ sources: z.array(z.strictObject({ asset: z.string(), port: portShape })), fallback: z.array(z.enum(carriers)) })
    .nullable()
    .exactOptional()
    .describe('Why there is no life-cycle set: sources without such a factor, and carriers without one of last resort'),
  dirty: z.int().describe('Days that wait to be accounted again'),
  progress: z
    .strictObject({ what: z.enum(['fill', 'late', 'restate', 'catchUp']), done: z.number().describe('Days'), of: z.number() })
    .nullable(),
  editions: z.array(edition),
  locks,
  adjustments: z.array(
    z.strictObject({
      day,
      set,
      at: isoTime,
      difference: z
        .record(z.string(), z.number())
        .describe('Park column → new minus locked; empty: not known, the intervals are not kept any more'),
    }),
  ),
  simulated: z.boolean(),
  gone: z
    .array(z.strictObject({ from: day, to: day, hours: z.boolean() }))
    .describe('Days whose intervals and snapshots are not kept any more, to included; `hours`: nor are their hours'),
  rawFrom: isoTime.nullable().describe('Raw readings are kept from here'),
  offers: z
    .array(z.strictObject({ set, from: isoTime, to: isoTime, reason: z.string() }))
    .exactOptional()
    .describe('Factors, methods or contracts changed: the time before still rests on the earlier ones and may be restated'),
});
export type LedgerAnswer = z.infer<typeof ledger>;

export const readLedger = operation({
  method: 'get',
  path: '/parks/{park}/ledger',
  needs: 'figures:read',
  summary: 'What is accounted, and what it rests on',
  description:
    'How far the accounted past reaches, what is being accounted again, and every edition of factors and method with reason, who and when.',
  params: ofPark,
  answer: { description: 'The state of the ledger', schema: ledger },
  problems: { 404: 'There is no such park, or it keeps no ledger' },
});

const problems = { 404: 'There is no such park, or it keeps no ledger' };

export const restateLedger = operation({
  method: 'post',
  path: '/parks/{park}/ledger/restate',
  needs: 'ledger:restate',
  summary: 'Account a range again as a new edition',
  description:
    'With the factors and method that the park has now. It happens in the background (`progress` of `GET …/ledger`); what was there before stays readable as its own edition.',
  params: ofPark,
  body: z.strictObject({
    set,
    from: instant.describe('ISO 8601 with offset; its whole local day is accounted again'),
    to: instant.describe('ISO 8601 with offset; not included'),
    reason: z.string().trim().min(3).max(500).describe('Why; kept with the edition and printed in reports'),
    who,
  }),
  answer: { description: 'It has begun', schema: z.strictObject({ edition: z.int() }), status: 202 },
  problems: { ...problems, 409: 'A part of it is closed' },
});

const period = z.strictObject({ from: day, to: day.describe('Last local day, included'), who });
const closed = { description: 'The periods that are closed now', schema: z.strictObject({ locks }) };

export const lockPeriod = operation({
  method: 'post',
  path: '/parks/{park}/ledger/locks',
  needs: 'ledger:lock',
  summary: 'Close a period',
  description:
    'Its figures stay as they are: what late readings would have changed is kept as an adjustment, and it cannot be restated until it is opened again.',
  params: ofPark,
  body: period,
  answer: closed,
  problems: { ...problems, 409: 'It is not accounted to its end' },
});

export const unlockPeriod = operation({
  method: 'delete',
  path: '/parks/{park}/ledger/locks',
  needs: 'ledger:lock',
  summary: 'Open a period again',
  description: 'What late readings changed in the meantime is accounted then.',
  params: ofPark,
  query: period,
  answer: closed,
  problems,
});
