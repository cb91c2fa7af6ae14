/** The tables of a park's store. Each migration runs once, in its own transaction; a kill in between resumes there. */
import { type Kysely, sql } from 'kysely';

export interface StoreTables {
  migration: { name: string; applied: number };
  point: { id: number; name: string };
  reading: { time: number; point: number; value: number | null; quality: number; received: number };
  quarantine: {
    id: number;
    time: number;
    point: number;
    value: number | null;
    quality: number;
    received: number;
    reason: string;
    state: number;
    decided: number | null;
  };
  memory: { name: string; bytes: Uint8Array };
  /** Times, ms: `accounted` = the ledger has read everything up to here · `rawFrom` = older readings were deleted. */
  mark: { name: string; time: number };
  /** UTC hours since 1970 with readings that came after the ledger had read the hour. `turn` grows with each change. */
  dirty: { hour: number; turn: number };
}

interface Migration {
  name: string;
  statements: string[];
}

export const migrations: readonly Migration[] = [
  {
    name: '001-readings',
    statements: [
      'CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
      // Rows are in time order, as readings arrive, so pages are appended and not rewritten (465,000 rows/s against 26,000).
      `CREATE TABLE reading (
         time INTEGER NOT NULL, point INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL, received INTEGER NOT NULL,
         PRIMARY KEY (time, point)
       ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE quarantine (
         id INTEGER PRIMARY KEY, time INTEGER NOT NULL, point INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL,
         received INTEGER NOT NULL, reason TEXT NOT NULL
       ) STRICT`,
      // A redelivered reading is set aside once. NULLs are distinct to UNIQUE, hence the expression.
      "CREATE UNIQUE INDEX quarantine_once ON quarantine (point, time, reason, ifnull(value, 'none'))",
      'CREATE TABLE level (interval_end INTEGER PRIMARY KEY, levels TEXT NOT NULL) STRICT',
    ],
  },
  { name: '002-memory', statements: ['CREATE TABLE memory (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT'] },
  {
    name: '003-decisions',
    statements: [
      // AUTOINCREMENT: an id is never used again for another reading, even after everything is cleared.
      `CREATE TABLE decidable (
         id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, point INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL,
         received INTEGER NOT NULL, reason TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0, decided INTEGER
       ) STRICT`,
      `INSERT INTO decidable (id, time, point, value, quality, received, reason)
         SELECT id, time, point, value, quality, received, CASE
           WHEN reason = 'conflict' THEN 'conflict'
           WHEN reason LIKE 'value%' THEN 'outOfRange'
           WHEN reason LIKE 'time before%' THEN 'beforeYear2000'
           WHEN reason LIKE 'time more than 5%' THEN 'ahead'
           ELSE 'tooOld' END
         FROM quarantine`,
      'DROP TABLE quarantine',
      'ALTER TABLE decidable RENAME TO quarantine',
      // A redelivered reading is set aside once. NULLs are distinct to UNIQUE, hence the expression.
      "CREATE UNIQUE INDEX quarantine_once ON quarantine (point, time, reason, ifnull(value, 'none'))",
      'CREATE INDEX quarantine_state ON quarantine (state)',
      'CREATE INDEX quarantine_reason ON quarantine (state, reason)',
    ],
  },
  {
    name: '004-ledger',
    statements: [
      'CREATE TABLE mark (name TEXT PRIMARY KEY, time INTEGER NOT NULL) STRICT, WITHOUT ROWID',
      'CREATE TABLE dirty (hour INTEGER PRIMARY KEY, turn INTEGER NOT NULL) STRICT',
      // Storage levels are kept in the ledger.
      'DROP TABLE level',
    ],
  },
];

/** Brings a database up to date; returns the names of the migrations that ran. */
export async function migrate(db: Kysely<StoreTables>, steps: readonly Migration[] = migrations): Promise<string[]> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied INTEGER NOT NULL) STRICT`.execute(db);
  const applied = new Set((await db.selectFrom('migration').select('name').execute()).map((row) => row.name));
  const unknown = [...applied].filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new Error(`the store was written by a newer version (migration ${unknown.join(', ')})`);
  const ran: string[] = [];
  for (const step of steps) {
    if (applied.has(step.name)) continue;
    // Kysely's own migrator is not transactional on SQLite.
    await db.transaction().execute(async (transaction) => {
      for (const statement of step.statements) await sql.raw(statement).execute(transaction);
      await transaction.insertInto('migration').values({ name: step.name, applied: Date.now() }).execute();
    });
    ran.push(step.name);
  }
  return ran;
}
