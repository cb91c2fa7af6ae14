/**
 * Computes the full step of a past interval, for questions that the ledger's columns do not answer. The interval is
 * accounted again from its records, with the same function and the storage levels of that time, so the step is the same.
 */

import { basesOf } from '../../models/carbon/basis.ts';
import type { Level } from '../../models/carbon/step.ts';
import { type AccountedInterval, accountInterval } from '../../models/ledger/account-interval.ts';
import type { Earlier } from '../../models/ledger/estimates.ts';
import type { LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import { factorSetOf, type Park } from '../../models/park/park.ts';
import { createCalendar, dayOf, intervalsOfDay } from '../../models/time/calendar.ts';
import type { LedgerReading } from '../store/ledger-store.ts';
import { openCache } from './cache.ts';
import { levelsOf } from './day-draft.ts';
import { unpack } from './packed.ts';

export interface PastStep {
  schema: LedgerSchema;
  /** Its start, ms. */
  from: number;
  step: AccountedInterval['step'];
  /**
   * Whether the asset's entries agree with the ledger's, except for rounding. They do not where readings came after a period
   * was locked.
   */
  agrees(asset: string): Promise<boolean>;
}

/** The day of the latest question, accounted as far as the questions needed. */
interface OpenedDay {
  key: string;
  edition: number;
  schema: LedgerSchema;
  times: Float64Array;
  count: number;
  records: PointRecords[];
  earlier: Earlier;
  /** Storage levels at the start of each interval; the levels after one interval are the next one's start. */
  levels: Level[][];
}

/**
 * Largest difference, Wh or mg, between a stored entry and its unrounded value; one more is allowed per port. Older days were
 * rounded in another way, and the rounding of a day passes a remainder from interval to interval.
 */
const atMost = 3;

/** The step of the interval that contains a time; null where nothing is accounted, or its records are not kept. */
export async function openPastSteps(store: LedgerReading, park: Park): Promise<(time: number) => Promise<PastStep | null>> {
  const set = factorSetOf(park);
  const calendar = createCalendar(park);
  const cache = await openCache({ store, bases: basesOf(park), calendar, software: '' });
  let opened: OpenedDay | null = null;

  const open = async (day: string): Promise<OpenedDay | null> => {
    await cache.reload();
    const edition = cache.valid(set, day);
    const row = edition && (await cache.row(edition.id, day));
    if (!row) return null;
    const key = [edition.id, day, row.at, row.intervals].join(' ');
    if (opened?.key === key) return opened;
    // The day was accounted again since, and the days it was estimated from may have changed too.
    await cache.forget();
    const schema = await cache.schemaOf(edition);
    const told = await cache.recordsOn(day);
    if (told === null) return null;
    const records = cache.inOrder(schema, told);
    const earlier = await cache.earlier(schema, day, records);
    const levels = [levelsOf(schema, row.before)];
    opened = { key, edition: edition.id, schema, times: intervalsOfDay(calendar, day), count: row.intervals, records, earlier, levels };
    return opened;
  };

  return async (time) => {
    const from = Math.floor(time / calendar.interval_ms) * calendar.interval_ms;
    const day = dayOf(calendar, from);
    const at = await open(day);
    if (at === null) return null;
    const { schema, times, count, records, earlier, levels } = at;
    const i = times.indexOf(from);
    if (i < 0 || i >= count) return null;
    const accounted = (k: number) => accountInterval(schema, times[k] as number, records, levels[k] as Level[], earlier);
    while (levels.length <= i) levels.push(accounted(levels.length - 1).levels);
    const { step, row, levels: after } = accounted(i);
    levels[i + 1] = after;
    return {
      schema,
      from,
      step,
      agrees: async (asset) => {
        const owner = schema.owners.find(({ id }) => id === asset);
        const [entries] = await store.blocks(at.edition, asset, day, day);
        if (!owner || !entries) return true;
        const { columns } = unpack.block(entries.bytes);
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
