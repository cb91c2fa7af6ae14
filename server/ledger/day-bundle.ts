/**
 * The bundle of a day of one edition: everything that its figures rest on. Accounting is pure: a bundle in, an accounted day out, so
 * the same bundle always gives the same bytes, whoever loaded it and wherever it is saved.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Block, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import type { Adjustment } from '../../models/ledger/edition.ts';
import type { Earlier } from '../../models/ledger/estimates.ts';
import type { LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import { sumByDay } from '../../models/ledger/period-sums.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import { slotNames } from '../../models/snapshots/slots.ts';
import type { AccountedDay, DayRow, HeldLevels, KeptEdition } from '../store/ledger-store.ts';
import type { Cache } from './cache.ts';
import { accountFrom, blocksOfDraft, type DayDraft, openDraft, rowOf, snapshotsOf, withDay } from './day-draft.ts';
import { type DayRecords, missingPoints } from './day-records.ts';
import { packMonthColumns } from './month-columns.ts';
import { pack } from './packed.ts';

export interface DayBundle {
  edition: KeptEdition;
  /** The park of the edition. */
  schema: LedgerSchema;
  day: string;
  /** What the points said of the day, as kept, and in the order of the edition's park. */
  told: DayRecords;
  records: PointRecords[];
  /** What estimates may look at. */
  earlier: Earlier;
  /** What storages held at the beginning of the day; null: what the park declares. */
  before: HeldLevels | null;
  /** Whether snapshots are made of it. */
  drawn: boolean;
  /** As the day was accounted before; null: it was not. */
  row: DayRow | null;
  /** Sums by day of its month as kept, by owner. */
  month: ReadonlyMap<string, SummedBlock>;
}

/** When and by which software it was accounted. */
export type Made = Pick<DayRow, 'at' | 'software'>;

export interface AccountedBundle {
  saved: AccountedDay;
  /** The month with this day in it. */
  month: ReadonlyMap<string, SummedBlock>;
  /** The storages hold something else at the end of the day than before: the next day rests on it. */
  levelsChanged: boolean;
}

export async function loadBundle(cache: Cache, edition: KeptEdition, day: string, told: DayRecords): Promise<DayBundle> {
  const schema = await cache.schemaOf(edition);
  const records = cache.inOrder(schema, told);
  return {
    edition,
    schema,
    day,
    told,
    records,
    earlier: await cache.earlier(schema, day, records),
    before: await cache.levelsBefore(edition, day),
    drawn: edition.set === cache.primary,
    row: await cache.row(edition.id, day),
    month: await cache.monthOf(edition.id, day),
  };
}

/** Accounts the whole day, as far as its records reach. */
export function accountBundle(bundle: DayBundle): DayDraft {
  const draft = openDraft(bundle);
  accountFrom(draft, 0, bundle.records, bundle.earlier);
  return draft;
}

/** What is saved of an accounted day. */
export function bundleOf(draft: DayDraft, { edition, schema, day, told, row, month }: DayBundle, made: Made): AccountedBundle {
  const blocks = new Map([...blocksOfDraft(draft)].filter(([, block]) => block.times.length > 0));
  const months = new Map<string, SummedBlock>();
  for (const [owner, block] of blocks) months.set(owner, withDay(month.get(owner) ?? null, sumByDay(block, schema.calendar)));
  const snapshots = snapshotsOf(draft);
  const now = rowOf(draft, blocks, { ...made, missing: missingPoints(schema.park, told) });
  return {
    saved: {
      row: { ...now, edition: edition.id, day },
      blocks: packed(blocks, pack.block),
      months: packed(months, pack.sums),
      monthColumns: packMonthColumns(months),
      snapshots: snapshots && {
        signature: snapshots.signature,
        slots: pack.slots(slotNames(snapshots.layout)),
        bytes: snapshots.bytes,
      },
    },
    month: new Map([...month, ...months]),
    levelsChanged: !isDeepStrictEqual(row?.after, now.after),
  };
}

/** How a locked day's sums would differ if it were accounted now; null when they would not. */
export function differenceOf(draft: DayDraft, { edition, schema, day, month }: DayBundle, at: number): Adjustment | null {
  const block: Block | undefined = blocksOfDraft(draft).get(parkOwner);
  const kept = month.get(parkOwner);
  if (!block || !kept) return null;
  const now = sumByDay(block, schema.calendar);
  const place = kept.periods.indexOf(day);
  const difference: Record<string, number> = {};
  for (const [name, [value]] of now.columns) {
    const then = kept.columns.get(name)?.[place];
    // A value that was unknown then and is known now counts in full as a difference.
    const by = orNothing(value) - orNothing(then);
    if (by !== 0) difference[name] = by;
  }
  return Object.keys(difference).length > 0 ? { day, set: edition.set, at, difference } : null;
}

function packed<T>(of: ReadonlyMap<string, T>, bytesOf: (one: T) => Uint8Array): Map<string, Uint8Array> {
  return new Map([...of].map(([owner, one]) => [owner, bytesOf(one)]));
}

function orNothing(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
