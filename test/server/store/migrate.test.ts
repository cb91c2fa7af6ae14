import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { journalMigrations as migrations } from '../../../server/store/sqlite/journal-migrations.ts';
import { ledgerMigrations } from '../../../server/store/sqlite/ledger-migrations.ts';
import { migratedIn } from '../../../server/store/sqlite/open.ts';

function open() {
  const database = new Database(':memory:');
  return { database, db: migratedIn(database) };
}

describe('migrations', () => {
  it('run once each', async () => {
    const { db } = open();
    expect(await migrate(db, migrations, 'the store')).toEqual(migrations.map(({ name }) => name));
    expect(await migrate(db, migrations, 'the store')).toEqual([]);
  });

  it('leave nothing half done, and go on where they failed', async () => {
    const { db, database } = open();
    const broken = { name: '900-broken', statements: ['CREATE TABLE half (a INTEGER) STRICT', 'CREATE NONSENSE'] };
    await expect(migrate(db, [...migrations, broken], 'the store')).rejects.toThrow('NONSENSE');
    expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all()).toEqual([]);
    const mended = { ...broken, statements: broken.statements.slice(0, 1) };
    expect(await migrate(db, [...migrations, mended], 'the store')).toEqual(['900-broken']);
  });

  it('keep what an older version stored', async () => {
    const { db, database } = open();
    await migrate(db, migrations.slice(0, 1), 'the store');
    database.exec("INSERT INTO point VALUES (1, 'a'); INSERT INTO reading VALUES (5, 1, 2.5, 0, 6)");
    database.exec("INSERT INTO quarantine VALUES (3, 5, 1, 9e9, 0, 6, 'value outside the plausible range of the point')");
    expect(await migrate(db, migrations, 'the store')).toEqual(migrations.slice(1).map(({ name }) => name));
    expect(database.prepare('SELECT value FROM reading').all()).toEqual([{ value: 2.5 }]);
    expect(database.prepare('SELECT id, reason, state, decided FROM quarantine').all()).toEqual([
      { id: 3, reason: 'outOfRange', state: 0, decided: null },
    ]);
  });

  it('keep published reports and what was learnt as documents', async () => {
    const { db, database } = open();
    await migrate(db, migrations.slice(0, 4), 'the store');
    database.exec("INSERT INTO memory VALUES ('reports', x'5b5d'), ('typical', x'01')");
    await migrate(db, migrations, 'the store');
    expect(database.prepare('SELECT name, version, hex(bytes) AS bytes FROM document ORDER BY name').all()).toEqual([
      { name: 'reports', version: 1, bytes: '5B5D' },
      { name: 'typical', version: 1, bytes: '01' },
    ]);
  });

  it('bring a ledger up to date as well', async () => {
    const { db, database } = open();
    await migrate(db, ledgerMigrations.slice(0, 1), 'the ledger');
    database.exec("INSERT INTO record VALUES ('2026-03-30', x'01')");
    expect(await migrate(db, ledgerMigrations, 'the ledger')).toEqual(ledgerMigrations.slice(1).map(({ name }) => name));
    expect(database.prepare('SELECT day FROM record').all()).toEqual([{ day: '2026-03-30' }]);
    await migrate(db, [...ledgerMigrations, { name: '999-future', statements: [] }], 'the ledger');
    await expect(migrate(db, ledgerMigrations, 'the ledger')).rejects.toThrow('the ledger was written by a newer version');
  });

  it('refuse a store of a newer version instead of guessing', async () => {
    const { db } = open();
    await migrate(db, [...migrations, { name: '999-future', statements: [] }], 'the store');
    await expect(migrate(db, migrations, 'the store')).rejects.toThrow('newer version (migration 999-future)');
  });
});
