/** Opens a park's database, in the same way for every connection. */
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
  // Set on every open: this build reopens a WAL file at NORMAL, which may lose acknowledged rows when power fails.
  db.pragma('synchronous = FULL');
  // Pages are written back after 10,000 instead of the default 1,000, so that the same page is rewritten less often.
  db.pragma('wal_autocheckpoint = 10000');
  if (settings.maxPages !== undefined) db.pragma(`max_page_count = ${settings.maxPages}`);
  return db;
}

/**
 * Quality as stored. `conflict`: a time with different values, which counts as bad; later values for it are set aside too.
 * `released`: an uncertain value that a person decided on; later values for its time do not change it.
 */
export const storedQuality = { good: 0, uncertain: 1, bad: 2, conflict: 3, released: 4 } as const;
export const qualityOfCode = ['good', 'uncertain', 'bad', 'bad', 'uncertain'] as const;
