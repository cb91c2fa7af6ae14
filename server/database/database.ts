/** Which database the stores are kept in. Another one is chosen here; nobody else knows of any. */
export { openJournalReading } from '../store/sqlite/journal-reading.ts';
export { openLedgerReading, openLedgerStore } from '../store/sqlite/ledger-store.ts';
export type { SqliteFile as StoreFile } from '../store/sqlite/open.ts';
export { isThere, openStores, type StoreFiles, storeFiles } from '../store/sqlite/open-stores.ts';
