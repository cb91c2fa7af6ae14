/** The reference of everything that is stored: better-sqlite3 in a loop, with the same table, pragmas and rows per commit. */
import { journalMigrations as migrations } from '../../server/store/sqlite/journal-migrations.ts';
import { openDatabase } from '../../server/store/sqlite/open.ts';

export interface BareInsert {
  /** A commit of its own. */
  one(time: number, value: number): void;
  /** `batch` rows in one commit. */
  many(first: number, batch: number): void;
  close(): void;
}

export function bareInsert(file: string): BareInsert {
  const db = openDatabase({ file });
  for (const statement of migrations[0]?.statements ?? []) db.exec(statement);
  const insert = db.prepare('INSERT INTO reading (time, point, value, quality, received) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING');
  const commit = db.transaction((first: number, batch: number) => {
    for (let n = first; n < first + batch; n++) insert.run(1.7e12 + n, 1, n % 500, 1.7e12);
  });
  return {
    one: (time, value) => void insert.run(time, 1, value, 1.7e12),
    many: (first, batch) => commit.immediate(first, batch),
    close: () => void db.close(),
  };
}

/** Rows a second. */
export function bareInserts(file: string, batch: number, duration_ms: number): number {
  const insert = bareInsert(file);
  const began = performance.now();
  let n = 0;
  for (; performance.now() - began < duration_ms; n += batch) insert.many(n, batch);
  const rate = n / ((performance.now() - began) / 1000);
  insert.close();
  return rate;
}
