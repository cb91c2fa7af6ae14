/** Energy and carbon of a period as flows: what a Sankey diagram shows. */
import { z } from 'zod';
import { carriers } from '../../models/carriers.ts';
import type { FlowsAnswer } from '../../models/ledger/answers.ts';
import { type Block, factorSets, isLevel, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { type Calendar, createCalendar, dayAfter, dayBounds, dayOf, intervalsIn } from '../../models/ledger/calendar.ts';
import { flowNodeKinds, flowsOf, useGroups } from '../../models/ledger/flows.ts';
import type { Chosen, Ledger } from '../ledger/ledger.ts';
import { checkSet, compiledFor, usualSet } from './chosen-set.ts';
import { ApiError } from './errors.ts';
import { checkRange, instant, isoOf, isoOrNull } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { measure, queryOf, type Route, twinOf } from './operation.ts';

/** Days in one question. */
const mostDays = 1100;
const day_ms = 86_400_000;

const querySchema = z.strictObject({
  from: instant.describe('ISO 8601 with offset'),
  to: instant.describe('ISO 8601 with offset; not included'),
  set: z.enum(factorSets).optional().describe('Which factors it was accounted with: direct, where the park has them, if left out'),
  group: z
    .enum(useGroups)
    .default('tenant')
    .describe('What end uses are put together by; a use without a tenant stands by its use or kind'),
});

const whole = z.number().min(0);
const answerSchema = z.object({
  park: z.string(),
  set: z.enum(factorSets),
  edition: z.int().nullable(),
  timeZone: z.string(),
  from: z.string(),
  to: z.string(),
  until: z.string().nullable().describe('End of what is accounted'),
  intervals: z.number().describe('Accounted intervals of the period'),
  expected: z.number().describe('Intervals that it has'),
  estimatedShare: measure.describe('Of the electricity used'),
  nodes: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(flowNodeKinds),
      ref: z.string().describe('What it is of its kind: solar, electricity, chp, tenant:…'),
      name: z.looseObject({ en: z.string() }).optional(),
    }),
  ),
  links: z
    .array(
      z.object({
        source: z.string(),
        target: z.string(),
        carrier: z.enum(carriers),
        Wh: whole,
        mg: whole,
        carbonUnknown: z.literal(true).optional().describe("The carbon of some of it is not known: mg is the rest's"),
      }),
    )
    .describe('Carriers and conversions take in exactly what they give'),
  unknown: z.array(z.string()).describe('Ports of which nothing is known in the period'),
});

export const readFlows: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}/flows',
    summary: 'Where energy and carbon of a period come from and go',
    description: `Sources, carriers, conversions, uses, export, storage, losses and what has no meter, in whole Wh and mg. At most ${mostDays} days. Not public.`,
    params: { park: 'Id of the park' },
    query: querySchema,
    answer: { description: 'Nodes and links, without circles', schema: answerSchema },
    problems: { 400: 'The question is wrong or too large', 403: 'Not public', 404: 'There is no such park, or it keeps no ledger' },
  },
  handle: async (parts, request, response) => {
    const twin = twinOf(parts, request);
    const ledger = ledgerOf(parts, request);
    const { from, to, group, ...about } = queryOf(querySchema, request);
    checkRange({ from, to });
    if (to - from > mostDays * day_ms) throw new ApiError(400, 'tooMuch', `at most ${mostDays} days at a time`);
    const status = ledger.status();
    const { editions, until } = status;
    const set = about.set ?? usualSet(status);
    checkSet(status, set);
    const calendar = createCalendar(twin.park);
    const sums = await sumsBetween(ledger, calendar, [parkOwner, ...twin.park.assets.map(({ id }) => id)], from, to, { set });
    const park = sums.get(parkOwner);
    const [estimated, used] = [park?.get('estimated.Wh') ?? Number.NaN, park?.get('consumption.Wh') ?? Number.NaN];
    const answer: FlowsAnswer = {
      park: twin.park.id,
      set,
      edition: editions.filter((one) => one.set === set).at(-1)?.id ?? null,
      timeZone: twin.park.timeZone,
      from: isoOf(from),
      to: isoOf(to),
      until: isoOrNull(until),
      intervals: park?.get('intervals') ?? 0,
      expected: intervalsIn(calendar, { from, to }),
      estimatedShare: used > 0 && !Number.isNaN(estimated) ? estimated / used : null,
      ...flowsOf(compiledFor(twin, set), sums, group),
    };
    // Nothing is accounted: ports are not unknown, they were not looked at.
    response.set('Cache-Control', 'no-store').json(answer.intervals === 0 ? { ...answer, nodes: [], links: [], unknown: [] } : answer);
  },
};

type Sums = Map<string, Map<string, number>>;

/** Sums of every owner's columns over [from, to): whole local days from their sums, what is cut off at the ends from intervals. */
async function sumsBetween(
  ledger: Ledger,
  calendar: Calendar,
  owners: readonly string[],
  from: number,
  to: number,
  chosen: Chosen,
): Promise<Sums> {
  const firstDay = dayBounds(calendar, dayOf(calendar, from)).from === from ? dayOf(calendar, from) : dayAfter(dayOf(calendar, from));
  const lastDay = dayAfter(dayOf(calendar, to), -1);
  const sums: Sums = new Map();
  const rest: [number, number][] = [];
  if (firstDay <= lastDay) {
    const days = await ledger.days(owners, firstDay, lastDay, chosen);
    for (const [owner, block] of days) addDays(sums, owner, block);
    rest.push([from, dayBounds(calendar, firstDay).from], [dayBounds(calendar, lastDay).to, to]);
  } else rest.push([from, to]);
  for (const [start, end] of rest) {
    if (start >= end) continue;
    for (const owner of owners) addIntervals(sums, owner, await ledger.intervals(owner, start, end, chosen));
  }
  return sums;
}

function add(sums: Sums, owner: string, column: string, value: number): void {
  if (Number.isNaN(value)) return;
  const columns = sums.get(owner) ?? new Map<string, number>();
  sums.set(owner, columns);
  columns.set(column, (columns.get(column) ?? 0) + value);
}

function addDays(sums: Sums, owner: string, { columns, known }: SummedBlock): void {
  for (const [name, values] of columns) {
    if (isLevel(name)) continue;
    const counts = known.get(name);
    values.forEach((value, i) => {
      if (counts === undefined || counts[i] !== 0) add(sums, owner, name, value);
    });
  }
}

function addIntervals(sums: Sums, owner: string, { columns }: Block): void {
  for (const [name, values] of columns) if (!isLevel(name)) for (const value of values) add(sums, owner, name, value);
}
