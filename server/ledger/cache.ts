/** Data of the past that the accountant keeps in memory: editions with their parks, records of earlier days, start levels. */

import { type Earlier, earlierIn } from '../../models/ledger/estimates.ts';
import { createLedgerSchema, type LedgerSchema } from '../../models/ledger/ledger-schema.ts';
import type { PointRecords } from '../../models/ledger/records.ts';
import type { Park } from '../../models/park/park.ts';
import { type FactorSet, factorSets } from '../../models/park/park.ts';
import { type Bounds, type Calendar, dayAfter, dayBounds, dayOf } from '../../models/time/calendar.ts';
import { type Basis, basisOf, changeOf, completeBasis, packPark, unpackPark } from './accounted-park.ts';
import { type DayRecords, inOrderOf } from './day-records.ts';
import { covers, type KeptEdition, validOn } from './editions.ts';
import type { HeldLevels, Tables } from './tables.ts';

/** The park as it is now, built with each factor set; null for a set in which a source has no factor. At least one is there. */
export type ParkSets = Record<FactorSet, Park | null>;

/** The park with the primary set: the one of snapshots and live steps. */
export function primaryOf({ direct, lifecycle }: ParkSets): Park {
  const park = direct ?? lifecycle;
  if (park === null) throw new Error('a park has at least one factor set');
  return park;
}

export interface CacheParts {
  tables: Tables;
  readEditions: () => KeptEdition[];
  parks: ParkSets;
  calendar: Calendar;
  software: string;
}

export type Cache = ReturnType<typeof makeCache>;

/** The cache keeps at least this many days, enough for the estimates of one day, and more up to this many records. */
const leastDays = 24;
const mostRecords = 4_000_000;

export function makeCache({ tables, readEditions, parks, calendar, software }: CacheParts) {
  let editions = readEditions();
  const schemas = new Map<number, LedgerSchema>();
  const complete = new Map<number, Basis>();
  const days = new Map<string, DayRecords | null>();
  const ordered = new WeakMap<DayRecords, Map<LedgerSchema, PointRecords[]>>();
  const bases = { direct: parks.direct && basisOf(parks.direct), lifecycle: parks.lifecycle && basisOf(parks.lifecycle) };
  const primary = primaryOf(parks);

  const boundsOf = (day: string): Bounds => dayBounds(calendar, day);
  const reload = () => {
    editions = readEditions();
  };

  const basisOn = (edition: KeptEdition): Basis => {
    const { id, factors, method, fingerprint } = edition;
    const found = complete.get(id) ?? completeBasis({ factors, method, fingerprint }, () => tables.parkOf(id));
    complete.set(id, found);
    return found;
  };
  const schemaOf = (edition: KeptEdition): LedgerSchema => {
    let schema = schemas.get(edition.id);
    if (!schema) {
      const now = bases[edition.set];
      const same = now !== null && changeOf(basisOn(edition), now) === null;
      schema = createLedgerSchema(same ? (parks[edition.set] as Park) : unpackPark(tables.parkOf(edition.id)));
      schemas.set(edition.id, schema);
    }
    return schema;
  };

  const recordsOn = (day: string): DayRecords | null => {
    let found = days.get(day);
    if (found === undefined) {
      found = tables.records(day);
      keep(day, found);
    }
    return found;
  };
  const keep = (day: string, records: DayRecords | null) => {
    days.delete(day);
    days.set(day, records);
    const each = Math.max(1, primary.points.length * 96);
    while (days.size > Math.max(leastDays, mostRecords / each)) days.delete(days.keys().next().value as string);
  };
  const recordsFor = (schema: LedgerSchema, day: string): PointRecords[] | undefined => {
    const of = recordsOn(day);
    if (of === null) return undefined;
    const known = ordered.get(of) ?? new Map<LedgerSchema, PointRecords[]>();
    ordered.set(of, known);
    const found = known.get(schema) ?? inOrderOf(schema.park, of);
    known.set(schema, found);
    return found;
  };

  return {
    calendar,
    bases,
    primary: primary.set ?? ('direct' as FactorSet),
    boundsOf,
    reload,
    schemaOf,
    basisOn,
    recordsOn,
    recordsFor,
    editions: () => editions,
    sets: (): FactorSet[] => factorSets.filter((set) => parks[set] !== null),
    putRecords: (day: string, records: DayRecords) => {
      tables.setRecords(day, records);
      keep(day, records);
    },
    /** Empties the cache, after a failed transaction or when everything was cleared. */
    forget: () => {
      days.clear();
      schemas.clear();
      complete.clear();
      reload();
    },
    earlier: (schema: LedgerSchema): Earlier => earlierIn((point, time) => recordsFor(schema, dayOf(calendar, time))?.[point]),
    valid: (set: FactorSet, day: string) => validOn(editions, set, boundsOf(day)),
    /** Storage levels at the start of the day: from this edition or, on its first day, from the edition before it. */
    levelsBefore: (edition: KeptEdition, day: string): HeldLevels | null => {
      const yesterday = dayAfter(day, -1);
      const bounds = boundsOf(yesterday);
      const from = covers(edition, bounds) ? edition : validOn(editions, edition.set, bounds, edition.id - 1);
      return (from && tables.day(from.id, yesterday)?.after) ?? null;
    },
    /** Makes an edition of the park as it is now. Inside the caller's transaction; call `reload` after it. */
    begin: (set: FactorSet, range: Pick<KeptEdition, 'from' | 'to' | 'visible'>, reason: string, who: string, at: number): number => {
      const park = parks[set] as Park;
      return tables.addEdition({ set, ...range, ...basisOf(park), software, reason, who, at }, packPark(park));
    },
  };
}
