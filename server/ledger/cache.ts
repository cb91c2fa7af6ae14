/** Data of the past that the accountant keeps in memory: the head, editions with their parks, records and months of earlier days. */

import type { Bases } from '../../models/carbon/basis.ts';
import type { SummedBlock } from '../../models/ledger/block.ts';
import { type Earlier, earlierIn, estimateDays } from '../../models/ledger/estimates.ts';
import { createLedgerSchema, type LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import { isMissing, type PointRecords } from '../../models/ledger/records.ts';
import { type FactorSet, factorSets } from '../../models/park/park.ts';
import { type Bounds, type Calendar, dayAfter, dayBounds, dayOf, monthOf } from '../../models/time/calendar.ts';
import type { DayRow, HeldLevels, KeptEdition, LedgerHead, LedgerReading } from '../store/ledger-store.ts';
import { changeOf, completeFingerprints, type Fingerprints, fingerprintsOf, packPark, unpackPark } from './accounted-park.ts';
import { type DayRecords, inOrderOf, unpackDay } from './day-records.ts';
import { covers, validOn } from './editions.ts';
import { unpack } from './packed.ts';

export interface CacheParts {
  store: LedgerReading;
  /** The park as it is now. */
  bases: Bases;
  calendar: Calendar;
  software: string;
}

export type Cache = Awaited<ReturnType<typeof openCache>>;

/** The cache keeps at least this many days, enough for the estimates of one day, and more up to this many records. */
const leastDays = 24;
const mostRecords = 4_000_000;
/** Months kept: of each set the one that is written, and one more where days of two months take turns. */
const mostMonths = 4;

export async function openCache({ store, bases, calendar, software }: CacheParts) {
  let head = await store.head();
  const schemas = new Map<number, LedgerSchema>();
  const complete = new Map<number, Fingerprints>();
  const days = new Map<string, DayRecords | null>();
  const ordered = new WeakMap<DayRecords, Map<LedgerSchema, PointRecords[]>>();
  const months = new Map<string, ReadonlyMap<string, SummedBlock>>();
  const present = new Map(bases.map((basis) => [basis.factors, { basis, fingerprints: fingerprintsOf(basis) }]));
  const [primary] = bases;
  const sets = factorSets.filter((set) => present.has(set));

  const boundsOf = (day: string): Bounds => dayBounds(calendar, day);
  const reload = async () => {
    head = await store.head();
  };
  const valid = (set: FactorSet, day: string) => validOn(head.editions, set, boundsOf(day));

  const fingerprintsOn = async (edition: KeptEdition): Promise<Fingerprints> => {
    const { id, factors, method, fingerprint } = edition;
    const found = complete.get(id) ?? (await completeFingerprints({ factors, method, fingerprint }, () => store.park(id)));
    complete.set(id, found);
    return found;
  };
  const schemaOf = async (edition: KeptEdition): Promise<LedgerSchema> => {
    let schema = schemas.get(edition.id);
    if (!schema) {
      const now = present.get(edition.set);
      const same = now !== undefined && changeOf(await fingerprintsOn(edition), now.fingerprints) === null;
      schema = createLedgerSchema(same ? now.basis.park : unpackPark(await store.park(edition.id)));
      schemas.set(edition.id, schema);
    }
    return schema;
  };

  const keepRecords = (day: string, records: DayRecords | null) => {
    days.delete(day);
    days.set(day, records);
    const each = Math.max(1, primary.park.points.length * 96);
    while (days.size > Math.max(leastDays, mostRecords / each)) days.delete(days.keys().next().value as string);
  };
  /** Records of each of the days; null for a day without any. */
  const recordsOf = async (wanted: readonly string[]): Promise<Map<string, DayRecords | null>> => {
    const unread = wanted.filter((day) => !days.has(day));
    const read = unread.length > 0 ? await store.records(unread) : new Map<string, Uint8Array>();
    const found = new Map<string, DayRecords | null>();
    for (const day of wanted) {
      const bytes = read.get(day);
      found.set(day, days.get(day) ?? (bytes ? unpackDay(bytes) : null));
    }
    for (const day of unread) keepRecords(day, found.get(day) ?? null);
    return found;
  };
  const inOrder = (schema: LedgerSchema, records: DayRecords): PointRecords[] => {
    const known = ordered.get(records) ?? new Map<LedgerSchema, PointRecords[]>();
    ordered.set(records, known);
    const found = known.get(schema) ?? inOrderOf(schema.park, records);
    known.set(schema, found);
    return found;
  };
  const row = async (edition: number, day: string): Promise<DayRow | null> => (await store.rows(day, day, edition))[0] ?? null;

  return {
    calendar,
    primary: primary.factors,
    boundsOf,
    reload,
    schemaOf,
    fingerprintsOn,
    inOrder,
    keepRecords,
    row,
    valid,
    /** The ledger's head when it was last read. */
    head: (): LedgerHead => head,
    sets,
    /** How an edition differs from the park as it is now, in words; null where it does not. */
    changeSince: async (edition: KeptEdition): Promise<string | null> => {
      const now = present.get(edition.set);
      return now ? changeOf(await fingerprintsOn(edition), now.fingerprints) : null;
    },
    recordsOn: async (day: string): Promise<DayRecords | null> => (await recordsOf([day])).get(day) ?? null,
    /** What estimates of a day with these records may look at: nothing where no point lacks a value. */
    earlier: async (schema: LedgerSchema, day: string, records: readonly PointRecords[]): Promise<Earlier> => {
      if (!records.some(({ code }) => code.some(isMissing))) return () => Number.NaN;
      const before = await recordsOf(estimateDays(day));
      return earlierIn((point, time) => {
        const of = before.get(dayOf(calendar, time));
        if (of === undefined) throw new Error(`an estimate of ${day} looked at ${dayOf(calendar, time)}, which was not loaded`);
        return of === null ? undefined : inOrder(schema, of)[point];
      });
    },
    /** Sums by day of the month that a day is in, by owner. */
    monthOf: async (edition: number, day: string): Promise<ReadonlyMap<string, SummedBlock>> => {
      const key = `${edition} ${monthOf(day)}`;
      const known = months.get(key);
      if (known) return known;
      const read = await store.month(edition, monthOf(day));
      return new Map([...read].map(([owner, bytes]) => [owner, unpack.sums(bytes)]));
    },
    keepMonth: (edition: number, day: string, sums: ReadonlyMap<string, SummedBlock>) => {
      const key = `${edition} ${monthOf(day)}`;
      months.delete(key);
      months.set(key, sums);
      while (months.size > mostMonths) months.delete(months.keys().next().value as string);
    },
    /** Empties the cache, after a failed transaction or when everything was cleared. */
    forget: async () => {
      days.clear();
      months.clear();
      schemas.clear();
      complete.clear();
      await reload();
    },
    /** Storage levels at the start of the day: from this edition or, on its first day, from the edition before it. */
    levelsBefore: async (edition: KeptEdition, day: string): Promise<HeldLevels | null> => {
      const yesterday = dayAfter(day, -1);
      const bounds = boundsOf(yesterday);
      const from = covers(edition, bounds) ? edition : validOn(head.editions, edition.set, bounds, edition.id - 1);
      return (from && (await row(from.id, yesterday))?.after) ?? null;
    },
    /** An edition of the park as it is now, the `n`th new one of a change. */
    edition: (
      set: FactorSet,
      range: Pick<KeptEdition, 'from' | 'to' | 'visible'>,
      { reason, who, at }: Pick<KeptEdition, 'reason' | 'who' | 'at'>,
      n = 1,
    ): { edition: KeptEdition; park: Uint8Array } => {
      const now = present.get(set);
      if (!now) throw new Error(`the park is not built with the set ${set}`);
      const id = Math.max(0, ...head.editions.map((edition) => edition.id)) + n;
      return { edition: { id, set, ...range, ...now.fingerprints, software, reason, who, at }, park: packPark(now.basis.park) };
    },
  };
}
