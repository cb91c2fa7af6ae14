import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, type StoreTables } from '../../../server/store/migrations.ts';

function open() {
  const database = new Database(':memory:');
  return { database, db: new Kysely<StoreTables>({ dialect: new SqliteDialect({ database }) }) };
}

describe('migrations', () => {
  it('run once each', async () => {
    const { db } = open();
    expect(await migrate(db)).toEqual(migrations.map(({ name }) => name));
    expect(await migrate(db)).toEqual([]);
  });

  it('leave nothing half done, and go on where they failed', async () => {
    const { db, database } = open();
    const broken = { name: '900-broken', statements: ['CREATE TABLE half (a INTEGER) STRICT', 'CREATE NONSENSE'] };
    await expect(migrate(db, [...migrations, broken])).rejects.toThrow('NONSENSE');
    expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all()).toEqual([]);
    const mended = { ...broken, statements: broken.statements.slice(0, 1) };
    expect(await migrate(db, [...migrations, mended])).toEqual(['900-broken']);
  });

  it('keep what an older version stored', async () => {
    const { db, database } = open();
    await migrate(db, migrations.slice(0, 1));
    database.exec("INSERT INTO point VALUES (1, 'a'); INSERT INTO reading VALUES (5, 1, 2.5, 0, 6)");
    database.exec("INSERT INTO quarantine VALUES (3, 5, 1, 9e9, 0, 6, 'value outside the plausible range of the point')");
    expect(await migrate(db)).toEqual(migrations.slice(1).map(({ name }) => name));
    expect(database.prepare('SELECT value FROM reading').all()).toEqual([{ value: 2.5 }]);
    expect(database.prepare('SELECT id, reason, state, decided FROM quarantine').all()).toEqual([
      { id: 3, reason: 'outOfRange', state: 0, decided: null },
    ]);
  });

  it('refuse a store of a newer version instead of guessing', async () => {
    const { db } = open();
    await migrate(db, [...migrations, { name: '999-future', statements: [] }]);
    await expect(migrate(db)).rejects.toThrow('newer version (migration 999-future)');
  });
});
