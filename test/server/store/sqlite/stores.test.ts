import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStores } from '../../../../server/store/sqlite/open-stores.ts';
import type { Stores } from '../../../../server/store/stores.ts';
import { documentsContract } from '../documents-contract.ts';
import { day, journalContract, reading } from '../journal-contract.ts';

let folder: string;
let file: string;
let stores: Stores;
// Starting two threads takes most of a second: the file is shared and emptied between tests.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'park.sqlite');
  stores = await openStores({ file });
});
afterAll(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

journalContract('SQLite', async () => stores.journal);
documentsContract('SQLite', async () => stores.documents);

describe('a SQLite file with journal and documents', () => {
  beforeEach(() => stores.journal.clear());

  it('opens at synchronous FULL and WAL every time, with strict tables', async () => {
    await stores.journal.append([reading('a', 0, 5)], []);
    await stores.close();
    stores = await openStores({ file });
    expect(await stores.journal.count()).toEqual({ readings: 1, quarantined: 0 });
    const db = new Database(file, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(
      db
        .prepare("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%STRICT%'")
        .get(),
    ).toEqual({ n: 0 });
    db.close();
  });

  it('says that the disk is full, stores nothing of that request, keeps what was acknowledged and goes on', async () => {
    const small = await openStores({ file: join(folder, 'small.sqlite'), maxPages: 40 });
    await small.journal.append([reading('a', 0, 1)], []);
    const flood = Array.from({ length: 20_000 }, (_, i) => reading('new', i, i));
    await expect(small.journal.append(flood, [])).rejects.toMatchObject({ code: 'full' });
    expect(await small.journal.count()).toEqual({ readings: 1, quarantined: 0 });
    // The point that came with the flood was rolled back with it and is made again.
    expect(await small.journal.append([reading('new', 0, 1)], [])).toMatchObject({ accepted: 1 });
    expect(await small.journal.series('new', 0, 2 * day, 9)).toHaveLength(1);
    await small.close();
  });

  it('commits what was handed over before it closes, and refuses afterwards', async () => {
    const pending = Array.from({ length: 20 }, (_, i) => stores.journal.append([reading('a', i, i)], []));
    const closed = stores.close();
    await Promise.all(pending);
    await closed;
    await expect(stores.journal.append([reading('a', 99, 1)], [])).rejects.toMatchObject({ code: 'closed' });
    expect(readdirSync(folder).filter((name) => name.startsWith('park.'))).toEqual(['park.sqlite']);
    stores = await openStores({ file });
    expect((await stores.journal.count()).readings).toBe(20);
  });
});
