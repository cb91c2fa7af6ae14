/** Writing and reading the tables of the ledger's file; one object per connection that writes. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import type { Level } from '../../models/carbon/step.ts';
import type { Block, SummedBlock } from '../../models/ledger/block.ts';
import type { Adjustment, Lock } from '../../models/ledger/edition.ts';
import { packBlock, packSums, unpackBlock, unpackSums } from '../../models/ledger/pack.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { type DayRecords, packDay, unpackDay } from './day-records.ts';
import type { KeptEdition } from './editions.ts';
import { packMonthColumns } from './month-columns.ts';

/** What storages hold, by asset. */
export type HeldLevels = Record<string, Level>;

export interface DayRow {
  edition: number;
  day: string;
  /** When it was accounted, ms, and by which software. */
  at: number;
  software: string;
  intervals: number;
  /** Number of flagged intervals, and of gaps: intervals that are unknown or estimated for more than a tenth. */
  flagged: number;
  gaps: number;
  before: HeldLevels;
  after: HeldLevels;
  /** Ids of points without a value in some interval: they were estimated there, or unknown for lack of earlier days. */
  missing: string[];
}

export interface DirtyDay {
  day: string;
  /** Readings of the day changed, so its records must be made again. */
  refold: boolean;
  /** The storage levels before the day, or the data that it was estimated from, changed. */
  account: boolean;
}

interface EditionRow {
  id: number;
  factor_set: FactorSet;
  from_time: number | null;
  to_time: number | null;
  factors: string;
  method: string;
  software: string;
  reason: string;
  who: string;
  at: number;
  visible: number;
  fingerprint: string;
}

interface DayTable extends Omit<DayRow, 'before' | 'after' | 'missing'> {
  levels_before: string;
  levels_after: string;
  missing: string;
}

export const pack = {
  /** The pieces are small and already packed tightly, so a low deflate level gains most of what is left. */
  block: (block: Block) => deflateRawSync(packBlock(block), { level: 3 }),
  sums: (sums: SummedBlock) => deflateRawSync(packSums(sums), { level: 3 }),
};
export const unpack = {
  block: (bytes: Uint8Array) => unpackBlock(inflateRawSync(bytes)),
  sums: (bytes: Uint8Array) => unpackSums(inflateRawSync(bytes)),
};

export function readEditions(db: Database.Database): KeptEdition[] {
  const rows = db
    .prepare<[], EditionRow>(
      `SELECT id, factor_set, from_time, to_time, factors, method, software, reason, who, at, visible, fingerprint
       FROM edition ORDER BY id`,
    )
    .all();
  return rows.map(({ factor_set, from_time, to_time, visible, ...row }) => ({
    ...row,
    set: factor_set,
    from: from_time,
    to: to_time,
    visible: visible === 1,
  }));
}

export function readLocks(db: Database.Database): Lock[] {
  return db.prepare<[], Lock>('SELECT first AS "from", last AS "to", who, at FROM locked ORDER BY first').all();
}

export function readAdjustments(db: Database.Database): Adjustment[] {
  const rows = db.prepare<[], { day: string; factor_set: FactorSet; at: number; difference: string }>(
    'SELECT day, factor_set, at, difference FROM adjustment ORDER BY day',
  );
  return rows.all().map(({ day, factor_set, at, difference }) => ({ day, set: factor_set, at, difference: JSON.parse(difference) }));
}

/** Days whose intervals were deleted, in order; `hours` is true where their hours were deleted too. */
export function readGone(db: Database.Database): { day: string; hours: boolean }[] {
  const rows = db.prepare<[], { day: string; hours: number }>('SELECT day, hours FROM gone ORDER BY day').all();
  return rows.map(({ day, hours }) => ({ day, hours: hours === 1 }));
}

export type Tables = ReturnType<typeof openTables>;

export function openTables(db: Database.Database) {
  const getFact = db.prepare<[string], { value: number | string }>('SELECT value FROM fact WHERE name = ?');
  const setFact = db.prepare('INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const findOwner = db.prepare<[string], { id: number }>('SELECT id FROM owner WHERE name = ?');
  const addOwner = db.prepare('INSERT INTO owner (name) VALUES (?)');
  const getRecords = db.prepare<[string], { bytes: Uint8Array }>('SELECT bytes FROM record WHERE day = ?');
  const setRecords = db.prepare('INSERT INTO record (day, bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes');
  const getDay = db.prepare<[number, string], DayTable>('SELECT * FROM day WHERE edition = ? AND day = ?');
  const getDays = db.prepare<[string, string], DayTable>('SELECT * FROM day WHERE day >= ? AND day <= ? ORDER BY day, edition');
  const lastDay = db.prepare<[number], { day: string | null }>('SELECT max(day) AS day FROM day WHERE edition = ?');
  const setDay = db.prepare(
    `INSERT INTO day (edition, day, at, software, intervals, flagged, gaps, levels_before, levels_after, missing)
     VALUES (@edition, @day, @at, @software, @intervals, @flagged, @gaps, @levels_before, @levels_after, @missing)
     ON CONFLICT DO UPDATE SET at = excluded.at, software = excluded.software, intervals = excluded.intervals, flagged = excluded.flagged,
       gaps = excluded.gaps, levels_before = excluded.levels_before, levels_after = excluded.levels_after, missing = excluded.missing`,
  );
  const setBlock = db.prepare(
    'INSERT INTO block (edition, day, owner, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
  );
  const getMonth = db.prepare<[number, number, string], { bytes: Uint8Array }>(
    'SELECT bytes FROM month WHERE edition = ? AND owner = ? AND month = ?',
  );
  const setMonth = db.prepare(
    'INSERT INTO month (edition, owner, month, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
  );
  const setMonthColumn = db.prepare(
    'INSERT INTO sheet (edition, month, name, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
  );
  const setSnapshots = db.prepare(
    `INSERT INTO picture (edition, day, signature, bytes) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET signature = excluded.signature, bytes = excluded.bytes`,
  );
  const setLayout = db.prepare('INSERT INTO layout (signature, slots) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const getDirty = db.prepare<[], { day: string; refold: number; account: number }>('SELECT * FROM dirty_day ORDER BY day');
  const setDirty = db.prepare(
    `INSERT INTO dirty_day (day, refold, account) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET refold = max(refold, excluded.refold), account = max(account, excluded.account)`,
  );
  const clearDirty = db.prepare('DELETE FROM dirty_day WHERE day = ?');
  const addEdition = db.prepare(
    `INSERT INTO edition (factor_set, from_time, to_time, factors, method, software, reason, who, at, visible, park, fingerprint)
     VALUES (@set, @from, @to, @factors, @method, @software, @reason, @who, @at, @visible, @park, @fingerprint)`,
  );
  const showEdition = db.prepare('UPDATE edition SET visible = 1 WHERE id = ?');
  const parkOf = db.prepare<[number], { park: Uint8Array }>('SELECT park FROM edition WHERE id = ?');
  const setAdjustment = db.prepare(
    `INSERT INTO adjustment (day, factor_set, at, difference) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, difference = excluded.difference`,
  );
  const clearAdjustment = db.prepare('DELETE FROM adjustment WHERE day = ? AND factor_set = ?');
  const daysBefore = db.prepare<[string], string>('SELECT DISTINCT day FROM day WHERE day < ? ORDER BY day').pluck();
  const recordsBefore = db.prepare<[string], string>('SELECT day FROM record WHERE day < ? ORDER BY day').pluck();
  const blocksOn = db.prepare<[string], { edition: number; owner: number; bytes: Uint8Array }>(
    'SELECT edition, owner, bytes FROM block WHERE edition IN (SELECT id FROM edition) AND day = ?',
  );
  const setHours = db.prepare('INSERT INTO hour (edition, day, owner, bytes) VALUES (?, ?, ?, ?)');
  const setGone = db.prepare('INSERT INTO gone (day, hours) VALUES (?, ?) ON CONFLICT DO UPDATE SET hours = excluded.hours');
  const deletions = (table: 'block' | 'picture' | 'hour') =>
    db.prepare(`DELETE FROM ${table} WHERE edition IN (SELECT id FROM edition) AND day = ?`);
  const deleteBlocks = deletions('block');
  const deleteSnapshots = deletions('picture');
  const deleteHours = deletions('hour');
  const deleteRecords = db.prepare('DELETE FROM record WHERE day = ?');
  const addLock = db.prepare('INSERT INTO locked (first, last, who, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const removeLock = db.prepare('DELETE FROM locked WHERE first = ? AND last = ?');

  const owners = new Map<string, number>();
  const ownerId = (name: string): number => {
    let id = owners.get(name) ?? findOwner.get(name)?.id;
    id ??= Number(addOwner.run(name).lastInsertRowid);
    owners.set(name, id);
    return id;
  };
  const dayRow = ({ levels_before, levels_after, missing, ...row }: DayTable): DayRow => ({
    ...row,
    before: heldFrom(levels_before),
    after: heldFrom(levels_after),
    missing: JSON.parse(missing),
  });
  const found = (row: DayTable | undefined) => (row === undefined ? null : dayRow(row));

  return {
    /** Runs the work in one transaction. Owner ids found in a failed transaction may not exist, so they are forgotten. */
    together: <T>(work: () => T): T => {
      try {
        return db.transaction(work).immediate();
      } catch (error) {
        owners.clear();
        throw error;
      }
    },
    fact: (name: string): number | null => (getFact.get(name)?.value as number | undefined) ?? null,
    setFact: (name: string, value: number) => void setFact.run(name, value),
    records: (day: string): DayRecords | null => {
      const row = getRecords.get(day);
      return row ? unpackDay(row.bytes) : null;
    },
    setRecords: (day: string, records: DayRecords) => void setRecords.run(day, packDay(records)),
    day: (edition: number, day: string) => found(getDay.get(edition, day)),
    /** Rows of all editions. */
    days: (first: string, last: string): DayRow[] => getDays.all(first, last).map(dayRow),
    lastDay: (edition: number): string | null => lastDay.get(edition)?.day ?? null,
    setDay: ({ before, after, missing, ...row }: DayRow) =>
      void setDay.run({
        ...row,
        levels_before: JSON.stringify(before),
        levels_after: JSON.stringify(after),
        missing: JSON.stringify(missing),
      }),
    setBlock: (edition: number, day: string, owner: string, block: Block) =>
      void setBlock.run(edition, day, ownerId(owner), pack.block(block)),
    month: (edition: number, owner: string, month: string): SummedBlock | null => {
      const row = getMonth.get(edition, ownerId(owner), month);
      return row ? unpack.sums(row.bytes) : null;
    },
    setMonth: (edition: number, owner: string, month: string, sums: SummedBlock) =>
      void setMonth.run(edition, ownerId(owner), month, pack.sums(sums)),
    /** Writes the months of all owners column by column; each owner's month is also written by itself. */
    setMonthColumns: (edition: number, month: string, months: ReadonlyMap<string, SummedBlock>) => {
      for (const [name, bytes] of packMonthColumns(months)) setMonthColumn.run(edition, month, name, bytes);
    },
    setSnapshots: (edition: number, day: string, signature: string, bytes: Uint8Array) =>
      void setSnapshots.run(edition, day, signature, bytes),
    setLayout: (signature: string, names: readonly string[]) =>
      void setLayout.run(signature, deflateRawSync(Buffer.from(names.join('\n')))),
    dirty: (): DirtyDay[] => getDirty.all().map(({ day, refold, account }) => ({ day, refold: refold === 1, account: account === 1 })),
    setDirty: (day: string, why: 'refold' | 'account') => void setDirty.run(day, why === 'refold' ? 1 : 0, why === 'account' ? 1 : 0),
    clearDirty: (day: string) => void clearDirty.run(day),
    addEdition: (edition: Omit<KeptEdition, 'id'>, park: Uint8Array): number =>
      Number(addEdition.run({ ...edition, visible: edition.visible ? 1 : 0, park }).lastInsertRowid),
    showEdition: (id: number) => void showEdition.run(id),
    parkOf: (id: number): Uint8Array => (parkOf.get(id) as { park: Uint8Array }).park,
    setAdjustment: ({ day, set, at, difference }: Adjustment) => void setAdjustment.run(day, set, at, JSON.stringify(difference)),
    clearAdjustment: (day: string, set: FactorSet) => void clearAdjustment.run(day, set),
    daysBefore: (day: string): string[] => daysBefore.all(day),
    recordsBefore: (day: string): string[] => recordsBefore.all(day),
    /** Deletes a day's intervals and snapshots in all editions. `hoursOf` makes the hours that stay; null: no hours stay. */
    dropIntervals: (day: string, hoursOf: ((block: Block) => SummedBlock) | null) => {
      if (hoursOf !== null)
        for (const { edition, owner, bytes } of blocksOn.all(day))
          setHours.run(edition, day, owner, pack.sums(hoursOf(unpack.block(bytes))));
      deleteBlocks.run(day);
      deleteSnapshots.run(day);
      setGone.run(day, hoursOf === null ? 1 : 0);
    },
    dropHours: (day: string) => {
      deleteHours.run(day);
      setGone.run(day, 1);
    },
    dropRecords: (day: string) => void deleteRecords.run(day),
    addLock: ({ from, to, who, at }: Lock) => void addLock.run(from, to, who, at),
    removeLock: (from: string, to: string) => removeLock.run(from, to).changes > 0,
    clear: () => {
      const tables = [
        'fact',
        'owner',
        'edition',
        'record',
        'day',
        'block',
        'month',
        'sheet',
        'picture',
        'dirty_day',
        'locked',
        'adjustment',
        'hour',
        'gone',
      ];
      for (const table of tables) db.exec(`DELETE FROM ${table}`);
      owners.clear();
    },
  };
}

/** JSON has no NaN and writes null for it. Here NaN is an unknown intensity. */
function heldFrom(text: string): HeldLevels {
  return JSON.parse(text, (_, value) => (value === null ? Number.NaN : value));
}
