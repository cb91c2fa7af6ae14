/** A ledger in one SQLite file. */
import type Database from 'better-sqlite3';
import type { LedgerReading, LedgerStore } from '../ledger-store.ts';
import { ledgerMigrations } from './ledger-migrations.ts';
import { prepareLedgerReading } from './ledger-reading.ts';
import { prepareLedgerWriting } from './ledger-writing.ts';
import { bringUpToDate, openDatabase, type SqliteFile } from './open.ts';

/** Brings the file up to date first. */
export async function openLedgerStore(settings: SqliteFile): Promise<LedgerStore> {
  await bringUpToDate(settings, ledgerMigrations, 'the ledger');
  return ledgerStoreOn(openDatabase(settings));
}

/** On a connection to a file that is up to date. */
export function ledgerStoreOn(db: Database.Database): LedgerStore {
  return { ...prepareLedgerReading(db), ...prepareLedgerWriting(db) };
}

/** Reads only, beside the connection that writes. The file must be there and up to date. */
export async function openLedgerReading(settings: SqliteFile): Promise<LedgerReading> {
  return prepareLedgerReading(openDatabase(settings, true));
}
