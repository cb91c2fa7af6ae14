/** The tables of a ledger. Days are local dates, `2026-10-01`; times are ms since 1970. */
import type { Migration } from '../migrate.ts';

export const ledgerMigrations: readonly Migration[] = [
  {
    name: '001-ledger',
    statements: [
      'CREATE TABLE fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID',
      'CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
      `CREATE TABLE edition (
         id INTEGER PRIMARY KEY, factor_set TEXT NOT NULL, from_time INTEGER, to_time INTEGER, factors TEXT NOT NULL, method TEXT NOT NULL,
         software TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL,
         -- 0 while its days are still being accounted: nobody reads them yet
         visible INTEGER NOT NULL,
         -- the park as it was accounted with, and its fingerprint
         park BLOB NOT NULL, fingerprint TEXT NOT NULL
       ) STRICT`,
      // What the points said of each interval of the day, before anything is estimated.
      'CREATE TABLE record (day TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT',
      `CREATE TABLE day (
         edition INTEGER NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL, software TEXT NOT NULL,
         intervals INTEGER NOT NULL, flagged INTEGER NOT NULL, gaps INTEGER NOT NULL,
         -- what storages held at its beginning and its end, and the points that said nothing in some interval (JSON)
         levels_before TEXT NOT NULL, levels_after TEXT NOT NULL, missing TEXT NOT NULL,
         PRIMARY KEY (edition, day)
       ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE block (edition INTEGER NOT NULL, day TEXT NOT NULL, owner INTEGER NOT NULL, bytes BLOB NOT NULL,
         PRIMARY KEY (edition, day, owner)) STRICT`,
      // Sums by day of a month.
      `CREATE TABLE month (edition INTEGER NOT NULL, owner INTEGER NOT NULL, month TEXT NOT NULL, bytes BLOB NOT NULL,
         PRIMARY KEY (edition, owner, month)) STRICT`,
      `CREATE TABLE picture (edition INTEGER NOT NULL, day TEXT NOT NULL, signature TEXT NOT NULL, bytes BLOB NOT NULL,
         PRIMARY KEY (edition, day)) STRICT`,
      // Names of the slots that snapshots of a signature have.
      'CREATE TABLE layout (signature TEXT PRIMARY KEY, slots BLOB NOT NULL) STRICT',
      // Days whose readings changed; days to account again because something that they rest on changed.
      'CREATE TABLE dirty_day (day TEXT PRIMARY KEY, refold INTEGER NOT NULL, account INTEGER NOT NULL) STRICT, WITHOUT ROWID',
      'CREATE TABLE locked (first TEXT NOT NULL, last TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (first, last)) STRICT',
      `CREATE TABLE adjustment (day TEXT NOT NULL, factor_set TEXT NOT NULL, at INTEGER NOT NULL, difference TEXT NOT NULL,
         PRIMARY KEY (day, factor_set)) STRICT`,
    ],
  },
  {
    name: '002-sheets',
    statements: [
      // The same sums by day of a month, for all owners together: one row a column.
      `CREATE TABLE sheet (edition INTEGER NOT NULL, month TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL,
         PRIMARY KEY (edition, month, name)) STRICT`,
    ],
  },
  {
    name: '003-retention',
    statements: [
      // Sums by hour of days whose intervals were let go.
      `CREATE TABLE hour (edition INTEGER NOT NULL, day TEXT NOT NULL, owner INTEGER NOT NULL, bytes BLOB NOT NULL,
         PRIMARY KEY (edition, day, owner)) STRICT`,
      // Those days; 0 where their hours are still kept.
      'CREATE TABLE gone (day TEXT PRIMARY KEY, hours INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    ],
  },
];
