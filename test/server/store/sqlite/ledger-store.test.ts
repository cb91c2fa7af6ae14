import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openLedgerStore } from '../../../../server/store/sqlite/ledger-store.ts';
import { ledgerStoreContract } from '../ledger-store-contract.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-store-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

ledgerStoreContract('SQLite', () => openLedgerStore({ file: join(folder, 'ledger.sqlite') }));
