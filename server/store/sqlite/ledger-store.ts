/** A ledger in one SQLite file, on a connection of the thread that asks. Everything is committed with fsync. */
import type Database from 'better-sqlite3';
import type { Adjustment, Lock } from '../../../models/ledger/edition.ts';
import type { FactorSet } from '../../../models/park/park.ts';
import type {
  AccountedDay,
  DayRow,
  GoneDay,
  HeldLevels,
  KeptEdition,
  LedgerChange,
  LedgerHead,
  LedgerReading,
  LedgerStore,
  OwnedDay,
} from '../ledger-store.ts';
import { ledgerMigrations } from './ledger-migrations.ts';
import { bringUpToDate, openDatabase, type SqliteFile } from './open.ts';

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

/** Brings the file up to date first. */
export async function openLedgerStore(settings: SqliteFile): Promise<LedgerStore> {
  await bringUpToDate(settings, ledgerMigrations, 'the ledger');
  return ledgerStoreOn(openDatabase(settings));
}

/** On a connection to a file that is up to date. */
export function ledgerStoreOn(db: Database.Database): LedgerStore {
  return { ...prepareReading(db), ...prepareWriting(db) };
}

/** Reads only, beside the connection that writes. The file must be there and up to date. */
export async function openLedgerReading(settings: SqliteFile): Promise<LedgerReading> {
  return prepareReading(openDatabase(settings, true));
}

function prepareReading(db: Database.Database): LedgerReading {
  const facts = db.prepare<[], { name: string; value: number }>('SELECT name, value FROM fact');
  const editions = db.prepare<[], EditionRow>(
    `SELECT id, factor_set, from_time, to_time, factors, method, software, reason, who, at, visible, fingerprint
     FROM edition ORDER BY id`,
  );
  const dirty = db.prepare<[], { day: string; refold: number; account: number }>('SELECT * FROM dirty_day ORDER BY day');
  const locks = db.prepare<[], Lock>('SELECT first AS "from", last AS "to", who, at FROM locked ORDER BY first');
  const adjustments = db.prepare<[], { day: string; factor_set: FactorSet; at: number; difference: string }>(
    'SELECT day, factor_set, at, difference FROM adjustment ORDER BY day',
  );
  const gone = db.prepare<[], { day: string; hours: number }>('SELECT day, hours FROM gone ORDER BY day');
  const park = db.prepare<[number], { park: Uint8Array }>('SELECT park FROM edition WHERE id = ?');
  const records = db.prepare<[string], { bytes: Uint8Array }>('SELECT bytes FROM record WHERE day = ?');
  const recordsBefore = db.prepare<[string], string>('SELECT day FROM record WHERE day < ? ORDER BY day').pluck();
  const daysBefore = db.prepare<[string], string>('SELECT DISTINCT day FROM day WHERE day < ? ORDER BY day').pluck();
  const rows = db.prepare<[string, string], DayTable>('SELECT * FROM day WHERE day >= ? AND day <= ? ORDER BY day, edition');
  const rowsOf = db.prepare<[number, string, string], DayTable>(
    'SELECT * FROM day WHERE edition = ? AND day >= ? AND day <= ? ORDER BY day',
  );
  const ends = 'SELECT min(day) AS first, max(day) AS last FROM day';
  const days = db.prepare<[], { first: string | null; last: string | null }>(ends);
  const daysOf = db.prepare<[number], { first: string | null; last: string | null }>(`${ends} WHERE edition = ?`);
  const owners = db.prepare<[], string>('SELECT name FROM owner ORDER BY id').pluck();
  const ownerId = db.prepare<[string], number>('SELECT id FROM owner WHERE name = ?').pluck();
  const between = (table: 'block' | 'hour') =>
    db.prepare<[number, string, string, number], OwnedDay>(
      `SELECT day, bytes FROM ${table} WHERE edition = ? AND day >= ? AND day <= ? AND owner = ? ORDER BY day`,
    );
  const blocks = between('block');
  const hours = between('hour');
  const blocksOn = db.prepare<[string], { edition: number; owner: string; bytes: Uint8Array }>(
    `SELECT edition, owner.name AS owner, bytes FROM block JOIN owner ON owner.id = block.owner
     WHERE edition IN (SELECT id FROM edition) AND day = ?`,
  );
  const months = db.prepare<[number, number, string, string], { month: string; bytes: Uint8Array }>(
    'SELECT month, bytes FROM month WHERE edition = ? AND owner = ? AND month >= ? AND month <= ? ORDER BY month',
  );
  // The list of owners leads to each row by the key; without it every month of the edition would be looked through.
  const month = db.prepare<[number, string], { owner: string; bytes: Uint8Array }>(
    `SELECT owner.name AS owner, bytes FROM owner CROSS JOIN month ON month.owner = owner.id
     WHERE edition = ? AND month = ? ORDER BY owner.id`,
  );
  const columns = db.prepare<[number, string], { name: string; bytes: Uint8Array }>(
    'SELECT name, bytes FROM sheet WHERE edition = ? AND month = ?',
  );
  const column = db.prepare<[number, string, string], { bytes: Uint8Array }>(
    'SELECT bytes FROM sheet WHERE edition = ? AND month = ? AND name = ?',
  );
  const snapshots = db.prepare<[number, string], { signature: string; bytes: Uint8Array }>(
    'SELECT signature, bytes FROM picture WHERE edition = ? AND day = ?',
  );
  const slots = db.prepare<[string], { slots: Uint8Array }>('SELECT slots FROM layout WHERE signature = ?');

  const head = db.transaction((): LedgerHead => {
    const of = new Map(facts.all().map(({ name, value }) => [name, value]));
    return {
      from: of.get('from') ?? null,
      until: of.get('until') ?? null,
      fillUntil: of.get('fillUntil') ?? null,
      editions: editions.all().map(editionOf),
      dirty: dirty.all().map(({ day, refold, account }) => ({ day, refold: refold === 1, account: account === 1 })),
      locks: locks.all(),
      adjustments: adjustments.all().map(({ day, factor_set, at, difference }): Adjustment => {
        return { day, set: factor_set, at, difference: JSON.parse(difference) };
      }),
      gone: gone.all().map((row): GoneDay => ({ day: row.day, hours: row.hours === 1 })),
    };
  });

  const idOf = (owner: string) => ownerId.get(owner) as number | undefined;

  return {
    head: async () => head(),
    editions: async () => editions.all().map(editionOf),
    park: async (edition) => {
      const found = park.get(edition);
      if (!found) throw new Error(`there is no edition ${edition}`);
      return found.park;
    },
    records: async (wanted) => {
      const found = new Map<string, Uint8Array>();
      for (const day of wanted) {
        const row = records.get(day);
        if (row) found.set(day, row.bytes);
      }
      return found;
    },
    daysBefore: async (day) => daysBefore.all(day) as string[],
    recordsBefore: async (day) => recordsBefore.all(day) as string[],
    rows: async (first, last, edition) => (edition === undefined ? rows.all(first, last) : rowsOf.all(edition, first, last)).map(rowOf),
    days: async (edition) => {
      const row = edition === undefined ? days.get() : daysOf.get(edition);
      return row?.first && row.last ? { first: row.first, last: row.last } : null;
    },
    owners: async () => owners.all() as string[],
    blocks: async (edition, owner, first, last) => {
      const id = idOf(owner);
      return id === undefined ? [] : blocks.all(edition, first, last, id);
    },
    blocksOn: async (day) => blocksOn.all(day),
    hours: async (edition, owner, first, last) => {
      const id = idOf(owner);
      return id === undefined ? [] : hours.all(edition, first, last, id);
    },
    months: async (edition, owner, first, last) => {
      const id = idOf(owner);
      return id === undefined ? [] : months.all(edition, id, first, last);
    },
    month: async (edition, name) => new Map(month.all(edition, name).map(({ owner, bytes }) => [owner, bytes])),
    monthColumns: async (edition, name, names) => {
      if (names === null) return new Map(columns.all(edition, name).map((row) => [row.name, row.bytes]));
      const found = new Map<string, Uint8Array>();
      for (const one of names) {
        const row = column.get(edition, name, one);
        if (row) found.set(one, row.bytes);
      }
      return found;
    },
    snapshots: async (edition, day) => snapshots.get(edition, day) ?? null,
    slots: async (signature) => slots.get(signature)?.slots ?? null,
    close: async () => void db.close(),
  };
}

function prepareWriting(db: Database.Database): Pick<LedgerStore, 'save' | 'clear'> {
  const setFact = db.prepare('INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const deleteFact = db.prepare('DELETE FROM fact WHERE name = ?');
  const findOwner = db.prepare<[string], { id: number }>('SELECT id FROM owner WHERE name = ?');
  const addOwner = db.prepare('INSERT INTO owner (name) VALUES (?)');
  const setRecords = db.prepare('INSERT INTO record (day, bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes');
  const deleteRecords = db.prepare('DELETE FROM record WHERE day = ?');
  const setDay = db.prepare(
    `INSERT INTO day (edition, day, at, software, intervals, flagged, gaps, levels_before, levels_after, missing)
     VALUES (@edition, @day, @at, @software, @intervals, @flagged, @gaps, @levels_before, @levels_after, @missing)
     ON CONFLICT DO UPDATE SET at = excluded.at, software = excluded.software, intervals = excluded.intervals, flagged = excluded.flagged,
       gaps = excluded.gaps, levels_before = excluded.levels_before, levels_after = excluded.levels_after, missing = excluded.missing`,
  );
  const setBlock = db.prepare(
    'INSERT INTO block (edition, day, owner, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
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
  const setDirty = db.prepare(
    `INSERT INTO dirty_day (day, refold, account) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET refold = max(refold, excluded.refold), account = max(account, excluded.account)`,
  );
  const clearDirty = db.prepare('DELETE FROM dirty_day WHERE day = ?');
  const addEdition = db.prepare(
    `INSERT INTO edition (id, factor_set, from_time, to_time, factors, method, software, reason, who, at, visible, park, fingerprint)
     VALUES (@id, @set, @from, @to, @factors, @method, @software, @reason, @who, @at, @visible, @park, @fingerprint)`,
  );
  const showEdition = db.prepare('UPDATE edition SET visible = 1 WHERE id = ?');
  const setAdjustment = db.prepare(
    `INSERT INTO adjustment (day, factor_set, at, difference) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, difference = excluded.difference`,
  );
  const clearAdjustment = db.prepare('DELETE FROM adjustment WHERE day = ? AND factor_set = ?');
  const addLock = db.prepare('INSERT INTO locked (first, last, who, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const removeLock = db.prepare('DELETE FROM locked WHERE first = ? AND last = ?');
  const setHours = db.prepare('INSERT INTO hour (edition, day, owner, bytes) VALUES (?, ?, ?, ?)');
  const setGone = db.prepare('INSERT INTO gone (day, hours) VALUES (?, ?) ON CONFLICT DO UPDATE SET hours = excluded.hours');
  const deletions = (table: 'block' | 'picture' | 'hour') =>
    db.prepare(`DELETE FROM ${table} WHERE edition IN (SELECT id FROM edition) AND day = ?`);
  const deleteBlocks = deletions('block');
  const deleteSnapshots = deletions('picture');
  const deleteHours = deletions('hour');

  const owners = new Map<string, number>();
  const ownerId = (name: string): number => {
    const id = owners.get(name) ?? findOwner.get(name)?.id ?? Number(addOwner.run(name).lastInsertRowid);
    owners.set(name, id);
    return id;
  };
  /** Ids found in a transaction that failed may not exist, so they are forgotten. */
  const together = (work: () => void) => {
    try {
      db.transaction(work).immediate();
    } catch (error) {
      owners.clear();
      throw error;
    }
  };

  const saveDay = ({ row, blocks, months, monthColumns, snapshots }: AccountedDay) => {
    const { edition, day, before, after, missing, ...counts } = row;
    for (const [owner, bytes] of blocks) setBlock.run(edition, day, ownerId(owner), bytes);
    const month = day.slice(0, 7);
    for (const [owner, bytes] of months) setMonth.run(edition, ownerId(owner), month, bytes);
    for (const [name, bytes] of monthColumns) setMonthColumn.run(edition, month, name, bytes);
    if (snapshots) {
      setLayout.run(snapshots.signature, snapshots.slots);
      setSnapshots.run(edition, day, snapshots.signature, snapshots.bytes);
    }
    setDay.run({
      ...counts,
      edition,
      day,
      levels_before: JSON.stringify(before),
      levels_after: JSON.stringify(after),
      missing: JSON.stringify(missing),
    });
  };

  const letGo = ({ day, hours }: NonNullable<LedgerChange['gone']>[number]) => {
    for (const { edition, owner, bytes } of hours ?? []) setHours.run(edition, day, ownerId(owner), bytes);
    deleteBlocks.run(day);
    deleteSnapshots.run(day);
    setGone.run(day, hours === null ? 1 : 0);
  };

  const save = (change: LedgerChange) => {
    for (const [name, time] of Object.entries(change.span ?? {})) time === null ? deleteFact.run(name) : setFact.run(name, time);
    for (const { edition, park } of change.editions ?? []) addEdition.run({ ...edition, visible: edition.visible ? 1 : 0, park });
    for (const id of change.shown ?? []) showEdition.run(id);
    for (const [day, bytes] of change.records ?? []) bytes === null ? deleteRecords.run(day) : setRecords.run(day, bytes);
    for (const day of change.days ?? []) saveDay(day);
    for (const day of change.settled ?? []) clearDirty.run(day);
    for (const { day, refold, account } of change.dirty ?? []) setDirty.run(day, refold ? 1 : 0, account ? 1 : 0);
    for (const { day, set } of change.noAdjustments ?? []) clearAdjustment.run(day, set);
    for (const { day, set, at, difference } of change.adjustments ?? []) setAdjustment.run(day, set, at, JSON.stringify(difference));
    for (const { from, to, who, at } of change.locks ?? []) addLock.run(from, to, who, at);
    for (const { from, to } of change.unlocked ?? []) removeLock.run(from, to);
    for (const one of change.gone ?? []) letGo(one);
    for (const day of change.goneHours ?? []) {
      deleteHours.run(day);
      setGone.run(day, 1);
    }
  };

  return {
    save: async (change) => together(() => save(change)),
    clear: async () => {
      together(() => {
        for (const table of tables) db.exec(`DELETE FROM ${table}`);
      });
      owners.clear();
    },
  };
}

/** All but `layout`: what stands under a signature never changes. */
const tables = 'fact owner edition record day block month sheet picture dirty_day locked adjustment hour gone'.split(' ');

function editionOf({ factor_set, from_time, to_time, visible, ...row }: EditionRow): KeptEdition {
  return { ...row, set: factor_set, from: from_time, to: to_time, visible: visible === 1 };
}

function rowOf({ levels_before, levels_after, missing, ...row }: DayTable): DayRow {
  return { ...row, before: heldFrom(levels_before), after: heldFrom(levels_after), missing: JSON.parse(missing) };
}

/** JSON has no NaN and writes null for it. Here NaN is an unknown intensity. */
function heldFrom(text: string): HeldLevels {
  return JSON.parse(text, (_, value) => (value === null ? Number.NaN : value));
}
