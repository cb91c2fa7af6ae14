/** Energy and carbon of a period as flows: what a Sankey diagram shows. */
import type { Api } from '../../models/api/api.ts';
import { type FlowsAnswer, mostFlowDays } from '../../models/api/flows.ts';
import { type Block, isLevel, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { flowsOf } from '../../models/ledger/flows.ts';
import { type Calendar, createCalendar, dayAfter, dayBounds, dayOf, intervalsIn } from '../../models/time/calendar.ts';
import type { Chosen, Ledger } from '../ledger/ledger.ts';
import { checkSet, usualSet } from './chosen-set.ts';
import { checkDays, checkRange, isoOf, isoOrNull } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import type { Route } from './route.ts';

export const readFlows: Route<Api['readFlows']> = {
  answer: async ({ twin, query: { from, to, group, ...about } }) => {
    const ledger = ledgerOf(twin);
    checkRange({ from, to });
    checkDays({ from, to }, mostFlowDays);
    const status = ledger.status();
    const { editions, until } = status;
    const set = about.set ?? usualSet(status);
    checkSet(status, set);
    // Looked up once: the park may be replaced before the ledger has answered.
    const compiled = twin.compiledFor(set);
    const calendar = createCalendar(compiled.park);
    const sums = await sumsBetween(ledger, calendar, [parkOwner, ...compiled.park.assets.map(({ id }) => id)], from, to, { set });
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
      ...flowsOf(compiled, sums, group),
    };
    // If nothing is accounted, the ports were not looked at, so they are not listed as unknown.
    return answer.intervals === 0 ? { ...answer, nodes: [], links: [], unknown: [] } : answer;
  },
};

type Sums = Map<string, Map<string, number>>;

/** Sums of every owner's columns over [from, to): whole local days from day sums, parts of days at the ends from intervals. */
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
