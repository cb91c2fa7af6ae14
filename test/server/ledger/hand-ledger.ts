/** A ledger and the journal that it reads, worked by hand in this thread: what the two threads do, step by step. */
import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { basesOf } from '../../../models/carbon/basis.ts';
import type { Park } from '../../../models/park/park.ts';
import { qualities } from '../../../models/quality.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { createCalendar, dayAfter } from '../../../models/time/calendar.ts';
import { type Accountant, type AccountantParts, createAccountant } from '../../../server/ledger/accountant.ts';
import { unpack } from '../../../server/ledger/packed.ts';
import type { JournalReading } from '../../../server/store/journal.ts';
import type { LedgerStore } from '../../../server/store/ledger-store.ts';
import { prepareAppend } from '../../../server/store/sqlite/append.ts';
import { prepareDecide } from '../../../server/store/sqlite/decide.ts';
import { prepareDirty } from '../../../server/store/sqlite/dirty.ts';
import { journalMigrations } from '../../../server/store/sqlite/journal-migrations.ts';
import { openJournalReading } from '../../../server/store/sqlite/journal-reading.ts';
import { ledgerMigrations } from '../../../server/store/sqlite/ledger-migrations.ts';
import { ledgerStoreOn } from '../../../server/store/sqlite/ledger-store.ts';
import { bringUpToDate, openDatabase } from '../../../server/store/sqlite/open.ts';
import { storeFiles } from '../../../server/store/sqlite/open-stores.ts';

export interface HandLedger {
  accountant: Accountant;
  append(readings: readonly Reading[]): void;
  /** A person releases the first value that was set aside at this time. */
  release(point: string, time: number): void;
  /** Accounts up to here and hands over what came late; works until nothing is left, or only so many pieces. */
  settle(until: number, pieces?: number): Promise<void>;
  forget(before: number): number;
  dirtyHours(): number;
  journal: JournalReading;
  /** The ledger's store, and its file as anybody may look into it. */
  store: LedgerStore;
  db: Database.Database;
  close(): void;
}

export async function handLedger(folder: string, park: Park, more: Partial<AccountantParts> = {}): Promise<HandLedger> {
  const files = storeFiles(folder, 'park');
  await bringUpToDate(files.journal, journalMigrations, 'the store');
  const readings = openDatabase(files.journal);
  // Nobody pulls the plug here.
  readings.pragma('synchronous = OFF');
  const dirty = prepareDirty(readings);
  const append = prepareAppend(readings, dirty);
  const decide = prepareDecide(readings, dirty);
  await bringUpToDate(files.ledger, ledgerMigrations, 'the ledger');
  const db = openDatabase(files.ledger);
  db.pragma('synchronous = OFF');
  const store = more.store ?? ledgerStoreOn(db);
  const journal = openJournalReading(files.journal);
  const accountant = await createAccountant({
    store,
    journal,
    bases: basesOf(park),
    software: 'test',
    fill: null,
    now: Date.now(),
    clock: () => 0,
    ...more,
  });
  const dirtyRows = () => readings.prepare<[], { hour: number; turn: number }>('SELECT hour, turn FROM dirty').all();
  let names = 0;
  return {
    accountant,
    journal,
    store,
    db,
    append: (told) => {
      const n = told.length;
      const ids = [...new Set(told.map(({ point }) => point))];
      const first = names;
      names += ids.length;
      readings.transaction(() =>
        append.run({
          newPoints: ids,
          point: Uint32Array.from(told, ({ point }) => first + ids.indexOf(point)),
          time: Float64Array.from(told, ({ time }) => time),
          value: Float64Array.from(told, ({ value }) => value ?? Number.NaN),
          quality: Uint8Array.from(told, ({ quality }) => qualities.indexOf(quality)),
          received: new Float64Array(n),
          quarantined: [],
        }),
      )();
    },
    release: (point, time) => {
      const row = readings
        .prepare<[string, number], { id: number }>(
          'SELECT quarantine.id FROM quarantine JOIN point ON point.id = quarantine.point WHERE name = ? AND time = ? ORDER BY value',
        )
        .get(point, time);
      readings.transaction(() => decide(row?.id as number, 'released', 1))();
    },
    settle: async (until, pieces = Number.POSITIVE_INFINITY) => {
      readings.transaction(() => dirty.setAccounted(until))();
      accountant.want(until);
      for (let left = pieces; left > 0; ) {
        const late = dirtyRows();
        await accountant.late(late.map(({ hour }) => hour));
        readings.transaction(() => dirty.clear(late))();
        while (left > 0 && (await accountant.work())) left--;
        if (dirtyRows().length === 0) break;
      }
    },
    forget: (before) => readings.transaction(() => dirty.forget(before, 1_000_000))(),
    dirtyHours: () => dirtyRows().length,
    close: () => {
      journal.close();
      db.close();
      readings.close();
    },
  };
}

/** All that a ledger says, but when it said so: comparable between two. */
export function contentsOf(db: Database.Database): Record<string, string> {
  const contents: Record<string, string> = {};
  const put = (key: string, value: Uint8Array | string) => {
    contents[key] = createHash('sha256').update(value).digest('hex').slice(0, 16);
  };
  const all = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all();
  for (const row of all('SELECT edition, day, name, bytes FROM block JOIN owner ON owner.id = block.owner'))
    put(`block ${row['edition']} ${row['day']} ${row['name']}`, row['bytes'] as Uint8Array);
  for (const row of all('SELECT edition, month, name, bytes FROM month JOIN owner ON owner.id = month.owner'))
    put(`month ${row['edition']} ${row['month']} ${row['name']}`, row['bytes'] as Uint8Array);
  for (const row of all('SELECT day, bytes FROM record')) put(`record ${row['day']}`, row['bytes'] as Uint8Array);
  for (const row of all('SELECT edition, day, bytes FROM picture'))
    put(`picture ${row['edition']} ${row['day']}`, row['bytes'] as Uint8Array);
  for (const { at: _, ...row } of all('SELECT * FROM day')) put(`day ${row['edition']} ${row['day']}`, JSON.stringify(row));
  return contents;
}

/** A park column's entries of a day, as written. */
export function parkColumn(db: Database.Database, day: string, column: string, edition = 1): Float64Array {
  const row = db
    .prepare<[number, string], { bytes: Uint8Array }>(
      "SELECT bytes FROM block JOIN owner ON owner.id = block.owner WHERE edition = ? AND day = ? AND name = ''",
    )
    .get(edition, day);
  const found = row && unpack.block(row.bytes).columns.get(column);
  if (!found) throw new Error(`no ${column} on ${day}`);
  return found;
}

/** A sum of a park column over a local day, as it stands in its month. */
export function daySum(db: Database.Database, day: string, column: string, edition = 1): number {
  const row = db
    .prepare<[number, string], { bytes: Uint8Array }>(
      "SELECT bytes FROM month JOIN owner ON owner.id = month.owner WHERE edition = ? AND month = ? AND name = ''",
    )
    .get(edition, day.slice(0, 7));
  const sums = row && unpack.sums(row.bytes);
  return sums?.columns.get(column)?.[sums.periods.indexOf(day)] ?? Number.NaN;
}

export { createCalendar, dayAfter };
