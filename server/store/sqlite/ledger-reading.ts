/** Questions to a ledger in SQLite, on a connection of the thread that asks. */
import type Database from 'better-sqlite3';
import type { Adjustment, Lock } from '../../../models/ledger/edition.ts';
import type { FactorSet } from '../../../models/park/park.ts';
import type { DayRow, GoneDay, HeldLevels, KeptEdition, LedgerHead, LedgerReading, OwnedDay } from '../ledger-store.ts';

interface EditionRow extends Omit<KeptEdition, 'set' | 'from' | 'to' | 'visible'> {
  factor_set: FactorSet;
  from_time: number | null;
  to_time: number | null;
  visible: number;
}

interface DayTable extends Omit<DayRow, 'before' | 'after' | 'missing'> {
  levels_before: string;
  levels_after: string;
  missing: string;
}

export function prepareLedgerReading(db: Database.Database): LedgerReading {
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
