/** Accounts days that are over (or the part of one that is over) and writes them to the ledger's file. */
import { parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import type { Adjustment } from '../../models/ledger/edition.ts';
import { sumByDay } from '../../models/ledger/period-sums.ts';
import { slotNames } from '../../models/snapshots/slots.ts';
import { monthOf } from '../../models/time/calendar.ts';
import type { Cache } from './cache.ts';
import { accountFrom, blocksOfDraft, type DayDraft, openDraft, rowOf, snapshotsOf, withDay } from './day-draft.ts';
import { type DayRecords, missingPoints } from './day-records.ts';
import type { KeptEdition } from './editions.ts';
import type { Tables } from './tables.ts';

export interface DayWork {
  /** Accounts a day whose records are known; null where there are none. */
  whole(edition: KeptEdition, day: string): DayDraft | null;
  /** Writes a draft; true when the storage levels at its end differ from those written before. */
  write(draft: DayDraft, records: DayRecords): boolean;
  /** How a locked day's sums would differ if it were accounted now; null when they would not. */
  difference(draft: DayDraft): Adjustment | null;
  forget(): void;
}

export function makeDayWork(tables: Tables, cache: Cache, software: string, clock: () => number): DayWork {
  /** Sums of the months written last, kept in memory: days come in order, and each month is written thirty times. */
  const months = new Map<string, SummedBlock>();
  const addToMonth = (edition: number, owner: string, sums: SummedBlock): SummedBlock => {
    const month = monthOf(sums.periods[0] as string);
    const key = `${edition} ${month} ${owner}`;
    const merged = withDay(months.get(key) ?? tables.month(edition, owner, month), sums);
    tables.setMonth(edition, owner, month, merged);
    months.set(key, merged);
    return merged;
  };

  return {
    whole: (edition, day) => {
      const schema = cache.schemaOf(edition);
      const records = cache.recordsFor(schema, day);
      if (records === undefined) return null;
      const draft = openDraft(edition, schema, day, cache.levelsBefore(edition, day), edition.set === cache.primary);
      accountFrom(draft, 0, records, cache.earlier(schema));
      return draft;
    },
    write: (draft, records) => {
      const { edition, day, schema } = draft;
      const blocks = blocksOfDraft(draft);
      const most = 4 * blocks.size;
      if (months.size > most) months.clear();
      const together = new Map<string, SummedBlock>();
      for (const [owner, block] of blocks) {
        if (block.times.length === 0) continue;
        tables.setBlock(edition.id, day, owner, block);
        together.set(owner, addToMonth(edition.id, owner, sumByDay(block, schema.calendar)));
      }
      tables.setMonthColumns(edition.id, monthOf(day), together);
      const snapshots = snapshotsOf(draft);
      if (snapshots) {
        tables.setLayout(snapshots.signature, slotNames(snapshots.layout));
        tables.setSnapshots(edition.id, day, snapshots.signature, snapshots.bytes);
      }
      const before = tables.day(edition.id, day);
      const row = rowOf(draft, blocks, { at: clock(), software, missing: missingPoints(schema.park, records) });
      tables.setDay(row);
      return JSON.stringify(before?.after) !== JSON.stringify(row.after);
    },
    difference: (draft) => {
      const { edition, day, schema } = draft;
      const block = blocksOfDraft(draft).get(parkOwner);
      const month = tables.month(edition.id, parkOwner, monthOf(day));
      if (!block || !month) return null;
      const now = sumByDay(block, schema.calendar);
      const at = month.periods.indexOf(day);
      const difference: Record<string, number> = {};
      for (const [name, [value]] of now.columns) {
        const then = month.columns.get(name)?.[at];
        // A value that was unknown then and is known now counts in full as a difference.
        const by = orNothing(value) - orNothing(then);
        if (by !== 0) difference[name] = by;
      }
      return Object.keys(difference).length > 0 ? { day, set: edition.set, at: clock(), difference } : null;
    },
    forget: () => months.clear(),
  };
}

function orNothing(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
