/** Opens a database file in the same way for every connection, and brings it up to date. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type Migrated, type Migration, migrate } from '../migrate.ts';

export interface SqliteFile {
  file: string;
  /** Largest number of 4 kB pages; tests fill a small "disk" with it. */
  maxPages?: number;
}

export function openDatabase(settings: SqliteFile, readonly = false): Database.Database {
  const db = new Database(settings.file, { readonly });
  db.pragma('busy_timeout = 5000');
  if (readonly) return db;
  db.pragma('journal_mode = WAL');
  // Set on every open: this build reopens a WAL file at NORMAL, which may lose acknowledged rows when power fails.
  db.pragma('synchronous = FULL');
  if (settings.maxPages !== undefined) db.pragma(`max_page_count = ${settings.maxPages}`);
  return db;
}

/** Makes the file where there is none, and runs the migrations that it lacks. `what` names it in messages. */
export async function bringUpToDate(settings: SqliteFile, steps: readonly Migration[], what: string): Promise<void> {
  await mkdir(dirname(settings.file), { recursive: true });
  // A connection of its own, so that no other transaction is rolled back with it.
  const db = openDatabase(settings);
  try {
    await migrate(migratedIn(db), steps, what);
  } finally {
    db.close();
  }
}

export function migratedIn(db: Database.Database): Migrated {
  db.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied INTEGER NOT NULL) STRICT');
  return {
    applied: async () => db.prepare<[], string>('SELECT name FROM migration').pluck().all() as string[],
    run: async ({ name, statements }) =>
      db
        .transaction(() => {
          for (const statement of statements) db.exec(statement);
          db.prepare('INSERT INTO migration (name, applied) VALUES (?, ?)').run(name, Date.now());
        })
        .immediate(),
  };
}

/**
 * Quality as stored. `conflict`: a time with different values, which counts as bad; later values for it are set aside too.
 * `released`: an uncertain value that a person decided on; later values for its time do not change it.
 */
export const storedQuality = { good: 0, uncertain: 1, bad: 2, conflict: 3, released: 4 } as const;
export const qualityOfCode = ['good', 'uncertain', 'bad', 'bad', 'uncertain'] as const;
