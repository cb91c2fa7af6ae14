/**
 * Marks the hours that the ledger has to read again, in the same transaction as the readings, so that no kill can separate
 * the two. Also deletes readings that the ledger no longer needs.
 */
import type Database from 'better-sqlite3';
import type { DirtyHour } from '../journal.ts';

const hour_ms = 3_600_000;

export interface Dirty {
  /** Notes that a reading of this time changed. */
  touch(time: number): void;
  /** Marks the hours that were touched; true when there were any. Inside the caller's transaction. */
  write(): boolean;
  setAccounted(until: number): void;
  clear(hours: readonly DirtyHour[]): void;
  forget(before: number, limit: number): number;
  /** Reads the state again, after a rollback or when everything was cleared. */
  reload(): void;
}

export function prepareDirty(db: Database.Database): Dirty {
  const find = db.prepare<[string], { time: number }>('SELECT time FROM mark WHERE name = ?');
  const set = db.prepare('INSERT INTO mark (name, time) VALUES (?, ?) ON CONFLICT DO UPDATE SET time = max(time, excluded.time)');
  const add = db.prepare('INSERT INTO dirty (hour, turn) VALUES (?, ?) ON CONFLICT DO UPDATE SET turn = excluded.turn');
  const remove = db.prepare('DELETE FROM dirty WHERE hour = ? AND turn = ?');
  const newest = db.prepare<[], { turn: number | null }>('SELECT max(turn) AS turn FROM dirty');
  const oldest = db.prepare<[number, number], { time: number; point: number }>(
    'SELECT time, point FROM reading WHERE time < ? ORDER BY time, point LIMIT ?',
  );
  const isDirty = db.prepare<[number], { turn: number }>('SELECT turn FROM dirty WHERE hour = ?');
  const removeUntil = db.prepare('DELETE FROM reading WHERE (time, point) <= (?, ?)');

  let accounted = Number.NEGATIVE_INFINITY;
  let turn = 0;
  const touched = new Set<number>();
  const reload = () => {
    accounted = find.get('accounted')?.time ?? Number.NEGATIVE_INFINITY;
    turn = Math.max(turn, newest.get()?.turn ?? 0);
    touched.clear();
  };
  reload();

  return {
    touch: (time) => {
      if (time <= accounted) touched.add(Math.floor(time / hour_ms));
    },
    write: () => {
      if (touched.size === 0) return false;
      turn++;
      for (const hour of touched) add.run(hour, turn);
      touched.clear();
      return true;
    },
    setAccounted: (until) => {
      set.run('accounted', until);
      accounted = Math.max(accounted, until);
    },
    clear: (hours) => {
      for (const hour of hours) remove.run(hour.hour, hour.turn);
    },
    forget: (before, limit) => {
      const rows = oldest.all(before, limit);
      const kept = rows.findIndex(({ time }) => isDirty.get(Math.floor(time / hour_ms)) !== undefined);
      const end = kept === -1 ? rows.length : kept;
      const last = rows[end - 1];
      if (last === undefined) return 0;
      // Set in the same transaction as the deletion: a day is made again from readings only while it has all of them.
      set.run('rawFrom', rows.length < limit ? before : last.time + 1);
      return removeUntil.run(last.time, last.point).changes;
    },
    reload,
  };
}
