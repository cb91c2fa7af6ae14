/**
 * Computes the full step of a past interval, for questions that the ledger's columns do not answer. The interval is
 * accounted again from its records, with the same function and the storage levels of that time, so the step is the same.
 */
import type Database from 'better-sqlite3';
import type { Level } from '../../models/carbon/step.ts';
import { type AccountedInterval, accountInterval } from '../../models/ledger/account-interval.ts';
import type { LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import type { Park } from '../../models/park/park.ts';
import { createCalendar, dayOf, intervalsOfDay } from '../../models/time/calendar.ts';
import { makeCache } from './cache.ts';
import { levelsOf } from './day-draft.ts';
import { openTables, readEditions, unpack } from './tables.ts';

export interface PastStep {
  schema: LedgerSchema;
  /** Its start, ms. */
  from: number;
  step: AccountedInterval['step'];
  /**
   * Whether the asset's entries agree with the ledger's, except for rounding. They do not where readings came after a period
   * was locked.
   */
  agrees(asset: string): boolean;
}

/** The day of the latest question, accounted as far as the questions needed. */
interface OpenedDay {
  key: string;
  edition: number;
  schema: LedgerSchema;
  times: Float64Array;
  count: number;
  records: PointRecords[];
  /** Storage levels at the start of each interval; the levels after one interval are the next one's start. */
  levels: Level[][];
}

/**
 * Largest difference, Wh or mg, between a stored entry and its unrounded value; one more is allowed per port. Older days were
 * rounded in another way, and the rounding of a day passes a remainder from interval to interval.
 */
const atMost = 3;

/** The step of the interval that contains a time; null where nothing is accounted, or its records are not kept. */
export function makePastSteps(db: Database.Database, park: Park): (time: number) => PastStep | null {
  const set = park.set ?? 'direct';
  const calendar = createCalendar(park);
  const tables = openTables(db);
  const parks = { direct: set === 'direct' ? park : null, lifecycle: set === 'lifecycle' ? park : null };
  const cache = makeCache({ tables, readEditions: () => readEditions(db), parks, calendar, software: '' });
  const block = db.prepare<[number, string, string], { bytes: Uint8Array }>(
    'SELECT bytes FROM block JOIN owner ON owner.id = block.owner WHERE edition = ? AND day = ? AND name = ?',
  );
  let opened: OpenedDay | null = null;

  const open = (day: string): OpenedDay | null => {
    cache.reload();
    const edition = cache.valid(set, day);
    const row = edition && tables.day(edition.id, day);
    if (!row) return null;
    const key = [edition.id, day, row.at, row.intervals].join(' ');
    if (opened?.key === key) return opened;
    // The day was accounted again since, and the days it was estimated from may have changed too.
    cache.forget();
    const schema = cache.schemaOf(edition);
    const records = cache.recordsFor(schema, day);
    if (records === undefined) return null;
    const levels = [levelsOf(schema, row.before)];
    opened = { key, edition: edition.id, schema, times: intervalsOfDay(calendar, day), count: row.intervals, records, levels };
    return opened;
  };

  return (time) => {
    const from = Math.floor(time / calendar.interval_ms) * calendar.interval_ms;
    const day = dayOf(calendar, from);
    const at = open(day);
    if (at === null) return null;
    const { schema, times, count, records, levels } = at;
    const i = times.indexOf(from);
    if (i < 0 || i >= count) return null;
    const earlier = cache.earlier(schema);
    const accounted = (k: number) => accountInterval(schema, times[k] as number, records, levels[k] as Level[], earlier);
    while (levels.length <= i) levels.push(accounted(levels.length - 1).levels);
    const { step, row, levels: after } = accounted(i);
    levels[i + 1] = after;
    return {
      schema,
      from,
      step,
      agrees: (asset) => {
        const owner = schema.owners.find(({ id }) => id === asset);
        const bytes = block.get(at.edition, day, asset)?.bytes;
        if (!owner || !bytes) return true;
        const { columns } = unpack.block(bytes);
        const { assetPorts, assetIndex } = schema.compiled;
        const rounding = atMost + (assetPorts[assetIndex.get(asset) as number]?.length ?? 0);
        return owner.columns.every((name, c) => {
          const [kept, exact] = [columns.get(name)?.[i] ?? Number.NaN, row[owner.first + c] as number];
          return Math.abs(kept - exact) <= rounding || (Number.isNaN(kept) && Number.isNaN(exact));
        });
      },
    };
  };
}
