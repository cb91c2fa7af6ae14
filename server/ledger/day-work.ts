/** Days that are over (or the part of one that is) into the ledger's file. */
import { parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import type { Adjustment } from '../../models/ledger/edition.ts';
import { sumByDay } from '../../models/ledger/sums.ts';
import { slotNames } from '../../models/snapshots/slots.ts';
import { monthOf } from '../../models/time/calendar.ts';
import type { Books } from './books.ts';
import { type DayRecords, missingPoints } from './day-records.ts';
import type { KeptEdition } from './editions.ts';
import { accountFrom, blocksOfSheet, openSheet, rowOf, type Sheet, snapshotsOf, withDay } from './sheet.ts';
import type { Shelf } from './shelf.ts';

export interface DayWork {
  /** Accounts a day whose records are known; null where there are none. */
  whole(edition: KeptEdition, day: string): Sheet | null;
  /** Writes what a sheet says; true when storages hold something else at its end than was written before. */
  write(sheet: Sheet, records: DayRecords): boolean;
  /** What a locked day would say differently by now; null when nothing. */
  difference(sheet: Sheet): Adjustment | null;
  forget(): void;
}

export function makeDayWork(books: Books, shelf: Shelf, software: string, clock: () => number): DayWork {
  /** Sums of the months that were written last: days come in order, and each month is written thirty times. */
  const months = new Map<string, SummedBlock>();
  const addToMonth = (edition: number, owner: string, sums: SummedBlock): SummedBlock => {
    const month = monthOf(sums.periods[0] as string);
    const key = `${edition} ${month} ${owner}`;
    const merged = withDay(months.get(key) ?? books.month(edition, owner, month), sums);
    books.setMonth(edition, owner, month, merged);
    months.set(key, merged);
    return merged;
  };

  return {
    whole: (edition, day) => {
      const plan = shelf.planOf(edition);
      const records = shelf.recordsFor(plan, day);
      if (records === undefined) return null;
      const sheet = openSheet(edition, plan, day, shelf.levelsBefore(edition, day), edition.set === shelf.primary);
      accountFrom(sheet, 0, records, shelf.earlier(plan));
      return sheet;
    },
    write: (sheet, records) => {
      const { edition, day, plan } = sheet;
      const blocks = blocksOfSheet(sheet);
      const most = 4 * blocks.size;
      if (months.size > most) months.clear();
      const together = new Map<string, SummedBlock>();
      for (const [owner, block] of blocks) {
        if (block.times.length === 0) continue;
        books.setBlock(edition.id, day, owner, block);
        together.set(owner, addToMonth(edition.id, owner, sumByDay(block, plan.calendar)));
      }
      books.setSheets(edition.id, monthOf(day), together);
      const snapshots = snapshotsOf(sheet);
      if (snapshots) {
        books.setLayout(snapshots.signature, slotNames(snapshots.layout));
        books.setSnapshots(edition.id, day, snapshots.signature, snapshots.bytes);
      }
      const before = books.day(edition.id, day);
      const row = rowOf(sheet, blocks, { at: clock(), software, missing: missingPoints(plan.park, records) });
      books.setDay(row);
      return JSON.stringify(before?.after) !== JSON.stringify(row.after);
    },
    difference: (sheet) => {
      const { edition, day, plan } = sheet;
      const block = blocksOfSheet(sheet).get(parkOwner);
      const month = books.month(edition.id, parkOwner, monthOf(day));
      if (!block || !month) return null;
      const now = sumByDay(block, plan.calendar);
      const at = month.periods.indexOf(day);
      const difference: Record<string, number> = {};
      for (const [name, [value]] of now.columns) {
        const then = month.columns.get(name)?.[at];
        // Unknown then and known now is a difference by all of it.
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
