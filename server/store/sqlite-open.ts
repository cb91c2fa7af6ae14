/** One way to open a park's database, for every connection to it. */
import Database from 'better-sqlite3';

export interface SqliteSettings {
  file: string;
  /** Largest number of 4 kB pages; tests fill a small "disk" with it. */
  maxPages?: number;
}

export function openDatabase(settings: SqliteSettings, readonly = false): Database.Database {
  const db = new Database(settings.file, { readonly });
  db.pragma('busy_timeout = 5000');
  if (readonly) return db;
  db.pragma('journal_mode = WAL');
  // On every open: a WAL file reopens at NORMAL in this build, which may lose acknowledged rows when power fails.
  db.pragma('synchronous = FULL');
  // Pages are written back less often than the default 1,000: fewer rewrites of the same page.
  db.pragma('wal_autocheckpoint = 10000');
  if (settings.maxPages !== undefined) db.pragma(`max_page_count = ${settings.maxPages}`);
  return db;
}

/**
 * Quality as stored. A conflict is a bad time that is remembered as such: later values for it are set aside too. A
 * released value is an uncertain one that a person decided on: later values for its time do not change it.
 */
export const storedQuality = { good: 0, uncertain: 1, bad: 2, conflict: 3, released: 4 } as const;
export const qualityOfCode = ['good', 'uncertain', 'bad', 'bad', 'uncertain'] as const;
