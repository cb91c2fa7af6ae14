/** The accounted past as series: energy and carbon of assets or the park by interval, hour, day, month or year. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Api } from '../../models/api/api.ts';
import { type SeriesAnswer, seriesLimits } from '../../models/api/series.ts';
import type { Compiled } from '../../models/carbon/step.ts';
import { type Block, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import type { LedgerStatus } from '../../models/ledger/edition.ts';
import { createLedgerSchema } from '../../models/ledger/ledger-schema.ts';
import type { LedgerStep } from '../../models/ledger/period.ts';
import { type PeriodList, periodList, roughCount } from '../../models/ledger/period-list.ts';
import { monthsOf, yearsOf } from '../../models/ledger/period-sums.ts';
import { type Calendar, createCalendar, dayBounds, dayOf } from '../../models/time/calendar.ts';
import type { Chosen, Ledger } from '../ledger/ledger.ts';
import type { Twin } from '../twin/twin.ts';
import { checkSet, usualSet } from './chosen-set.ts';
import { ApiError, notFound } from './errors.ts';
import { checkRange, isoOf, isoOrNull } from './instant.ts';
import { ledgerOf } from './ledger.ts';
import { type Route, sent } from './route.ts';
import { type OwnerRows, seriesText } from './series-text.ts';

const { rows: mostRows, values: mostValues } = seriesLimits;
const all = '*';

export const readSeries: Route<Api['readSeries']> = {
  answer: async ({ twin, query: { owner = [parkOwner], columns, from, to, step, edition, ...about }, response }) => {
    const ledger = ledgerOf(twin);
    checkRange({ from, to });
    const status = ledger.status();
    const { editions, until } = status;
    const set = about.set ?? usualSet(status);
    checkSet(status, set);
    const valid = editions.filter((one) => one.set === set).map(({ id }) => id);
    if (edition !== undefined && !valid.includes(edition))
      throw new ApiError(400, 'badQuery', `edition: there is ${valid.join(', ') || 'none yet'}`);

    const everyAsset = owner.includes(all);
    if (everyAsset && (owner.length > 1 || step === 'interval' || step === 'hour'))
      throw new ApiError(400, 'badQuery', 'owner: * stands alone, and for steps of a day or longer');
    const owners = everyAsset ? twin.park.assets.map(({ id }) => id) : [...new Set(owner)];
    const asked = columns === undefined ? null : [...new Set(columns.split(',').map((name) => name.trim()))];
    const width = checkColumns(twin, columnsOf(twin.compiledFor(set)), owners, everyAsset, asked);

    const calendar = createCalendar(twin.park);
    const rough = roughCount(calendar, step, from, to);
    if (rough > mostRows)
      throw new ApiError(400, 'tooMuch', `at most ${mostRows} rows at a time, not ${rough}: take a larger step or a shorter range`);
    const list = periodList(calendar, step, from, to);
    const count = list.times.length * width;
    if (count > mostValues)
      throw new ApiError(400, 'tooMuch', `at most ${mostValues} values at a time, not ${count}: name fewer columns or owners`);

    const rows = await begun(rowsOf(ledger, calendar, list, step, everyAsset ? null : owners, { set, edition }, asked));
    const head: Omit<SeriesAnswer, 'times' | 'owners' | 'intervals' | 'expected'> = {
      park: twin.park.id,
      set,
      edition: edition ?? valid.at(-1) ?? null,
      step,
      timeZone: twin.park.timeZone,
      until: isoOrNull(until),
      gone: goneAt(status.gone, step, calendar, from, to),
    };
    response.set('Cache-Control', 'no-store').type('application/json');
    await pipeline(Readable.from(seriesText(head, list, rows, asked)), response);
    return sent;
  },
};

/** How many columns are asked for in all. Refuses owners that do not exist and columns that none of them can have. */
function checkColumns(
  twin: Twin,
  has: OwnerColumns,
  owners: readonly string[],
  everyAsset: boolean,
  asked: readonly string[] | null,
): number {
  const unknown = owners.find((id) => id !== parkOwner && !twin.park.assets.some((asset) => asset.id === id));
  if (unknown !== undefined) throw notFound(`the park has no asset "${unknown}"`);
  const known = new Set(owners.flatMap((id) => has.get(id) ?? []));
  const strange = asked?.find((name) => !known.has(name));
  if (strange !== undefined) {
    const there = everyAsset || owners.length > 1 ? 'none of them has' : 'it has no';
    throw new ApiError(400, 'badQuery', `columns: ${there} "${strange.slice(0, 80)}"; there is ${[...known].join(', ') || 'nothing'}`);
  }
  return asked ? asked.length * owners.length : owners.reduce((sum, id) => sum + (has.get(id)?.length ?? 0), 0);
}

/** Parts of the range that are no longer kept at the step; days and longer steps are always kept. */
function goneAt(gone: LedgerStatus['gone'], step: LedgerStep, calendar: Calendar, from: number, to: number): SeriesAnswer['gone'] {
  return gone.flatMap((range) => {
    if (step !== 'interval' && !(step === 'hour' && range.hours)) return [];
    const start = Math.max(from, dayBounds(calendar, range.from).from);
    const end = Math.min(to, dayBounds(calendar, range.to).to);
    return start < end ? [{ from: isoOf(start), to: isoOf(end) }] : [];
  });
}

type OwnerColumns = ReadonlyMap<string, readonly string[]>;
const columnsByPark = new WeakMap<Compiled, OwnerColumns>();

/** The columns that each owner can have, accounted or not: the life-cycle set has no Scopes. */
function columnsOf(compiled: Compiled): OwnerColumns {
  let columns = columnsByPark.get(compiled);
  if (!columns) {
    columns = new Map(createLedgerSchema(compiled.park, compiled).owners.map((owner) => [owner.id, owner.columns]));
    columnsByPark.set(compiled, columns);
  }
  return columns;
}

async function* rowsOf(
  ledger: Ledger,
  calendar: Calendar,
  { times, ends }: PeriodList,
  step: LedgerStep,
  owners: readonly string[] | null,
  chosen: Chosen,
  columns: readonly string[] | null,
): AsyncGenerator<OwnerRows> {
  const [from, to] = [times[0], ends.at(-1)];
  if (from === undefined || to === undefined) {
    for (const owner of owners ?? []) yield nothing(owner);
    return;
  }
  if (step === 'interval' || step === 'hour') {
    for (const owner of owners ?? []) {
      if (step === 'interval') yield intervalRows(owner, await ledger.intervals(owner, from, to, chosen));
      else yield summedRows(owner, await ledger.hours(owner, from, to, chosen));
    }
    return;
  }
  const days = await ledger.days(owners, dayOf(calendar, from), dayOf(calendar, to - 1), chosen, columns);
  for (const owner of owners ?? [...days.keys()].filter((id) => id !== parkOwner)) {
    const summed = days.get(owner);
    yield summed
      ? summedRows(owner, step === 'day' ? summed : step === 'month' ? monthsOf(summed, calendar) : yearsOf(summed, calendar))
      : nothing(owner);
  }
}

const nothing = (owner: string): OwnerRows => ({ owner, rows: new Map(), columns: new Map(), known: () => 0, intervals: [] });

function intervalRows(owner: string, { times, columns }: Block): OwnerRows {
  const rows = new Map(Array.from(times, (time, row) => [new Date(time).toISOString(), row]));
  const known = (name: string, row: number) => (Number.isNaN(columns.get(name)?.[row] ?? Number.NaN) ? 0 : 1);
  return { owner, rows, columns, known, intervals: new Uint8Array(times.length).fill(1) };
}

function summedRows(owner: string, { periods, columns, known, intervals }: SummedBlock): OwnerRows {
  const rows = new Map(periods.map((period, row) => [period, row]));
  return { owner, rows, columns, known: (name, row) => known.get(name)?.[row] ?? 0, intervals };
}

/** Reads the first item now, so that an error at this point can still be answered in JSON. */
async function begun<T>(items: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await items.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* items;
  })();
}
