/** The tables of a park's journal and documents, which share one file. */
import type { Migration } from '../migrate.ts';

export interface JournalTables {
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
  document: { name: string; version: number; saved: number; bytes: Uint8Array };
  /** Times, ms: `accounted` = the ledger has read everything up to here · `rawFrom` = older readings were deleted. */
  mark: { name: string; time: number };
  /** UTC hours since 1970 with readings that came after the ledger had read the hour. `turn` grows with each change. */
  dirty: { hour: number; turn: number };
}

export const journalMigrations: readonly Migration[] = [
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
  {
    name: '005-documents',
    statements: [
      'CREATE TABLE document (name TEXT PRIMARY KEY, version INTEGER NOT NULL, saved INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT',
      'INSERT INTO document (name, version, saved, bytes) SELECT name, 1, 0, bytes FROM memory',
      'DROP TABLE memory',
    ],
  },
];
