/**
 * An interval of the past with all that was worked out of it, for questions that the ledger's columns do not answer:
 * accounted again from its records, through the same function and with what storages held then, so it is the same step.
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
   * Whether an asset's entries come out as the ledger has them, but for rounding: not where a period was locked before late
   * readings came.
   */
  agrees(asset: string): boolean;
}

/** The day that was asked about last, as far as it was worked through. */
interface OpenedDay {
  key: string;
  edition: number;
  schema: LedgerSchema;
  times: Float64Array;
  count: number;
  records: PointRecords[];
  /** At the beginning of each interval: storages hand on from one to the next. */
  levels: Level[][];
}

/**
 * Wh and mg that an entry may differ from what it was before rounding, and one for each port: days were rounded otherwise
 * once, and what the day's rounding left to an interval depends on those before it.
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
    // Accounted again since: so may be the days that it was estimated from.
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
