/** Documents in a table of the journal's file. */
import type Database from 'better-sqlite3';
import type { DocumentChange, Documents, StoredDocument } from '../documents.ts';

export type DocumentReading = Pick<Documents, 'load' | 'names'>;

export function prepareDocumentReading(db: Database.Database): DocumentReading {
  const load = db.prepare<[string], StoredDocument>('SELECT version, saved, bytes FROM document WHERE name = ?');
  const names = db
    .prepare<[string, string], string>('SELECT name FROM document WHERE substr(name, 1, length(?)) = ? ORDER BY name')
    .pluck();
  return {
    load: async (name) => load.get(name) ?? null,
    names: async (prefix) => names.all(prefix, prefix) as string[],
  };
}

/** Inside the caller's transaction. See Documents.save. */
export function prepareDocumentWriting(db: Database.Database): (changes: readonly DocumentChange[], now: number) => boolean {
  const versionOf = db.prepare<[string], number>('SELECT version FROM document WHERE name = ?').pluck();
  const put = db.prepare(
    `INSERT INTO document (name, version, saved, bytes) VALUES (?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET version = version + 1, saved = excluded.saved, bytes = excluded.bytes`,
  );
  const remove = db.prepare('DELETE FROM document WHERE name = ?');
  return (changes, now) => {
    const isOther = ({ name, from }: DocumentChange) => from !== undefined && from !== (versionOf.get(name) ?? 0);
    if (changes.some(isOther)) return false;
    for (const { name, bytes } of changes) bytes === null ? remove.run(name) : put.run(name, now, bytes);
    return true;
  };
}
