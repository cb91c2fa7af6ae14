/** Puts readings into the tables: each time of a point is stored once, however often and in whatever order readings arrive. */
import type Database from 'better-sqlite3';
import { qualities } from '../../../models/quality.ts';
import type { QuarantinedReading } from '../../../models/telemetry/quarantine.ts';
import type { AppendResult } from '../journal.ts';
import type { Dirty } from './dirty.ts';
import { storedQuality } from './open.ts';

/** Readings as columns: cheaper to hand to another thread than objects. */
export interface AppendRequest {
  /** Names of points not sent before; a point's number is its place among all names ever sent. */
  newPoints: string[];
  point: Uint32Array;
  /** ms since 1970. */
  time: Float64Array;
  /** NaN = no value. */
  value: Float64Array;
  /** Index into qualities. */
  quality: Uint8Array;
  received: Float64Array;
  quarantined: QuarantinedReading[];
}

interface Row {
  value: number | null;
  quality: number;
  received: number;
}

export interface Append {
  /** Inside the caller's transaction. */
  run(request: AppendRequest): AppendResult;
  /** Called after a rollback, because ids that were looked up may not exist. */
  forget(): void;
}

function measured({ value }: AppendRequest, i: number): number | null {
  const raw = value[i] as number;
  return Number.isNaN(raw) ? null : raw;
}

/** Rows per statement: one statement with this many rows costs half of what this many statements cost. */
const together = 32;

export function prepareAppend(db: Database.Database, dirty: Dirty): Append {
  const insertTogether = db.prepare(
    `INSERT INTO reading (time, point, value, quality, received) VALUES ${Array(together).fill('(?, ?, ?, ?, ?)').join(', ')}`,
  );
  const bound: (number | null)[] = Array(5 * together).fill(null);
  const insert = db.prepare('INSERT INTO reading (time, point, value, quality, received) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const find = db.prepare<[number, number], Row>('SELECT value, quality, received FROM reading WHERE time = ? AND point = ?');
  const mark = db.prepare('UPDATE reading SET value = ?, quality = ? WHERE time = ? AND point = ?');
  const addPoint = db.prepare('INSERT INTO point (name) VALUES (?) ON CONFLICT DO NOTHING');
  const findPoint = db.prepare<[string], { id: number }>('SELECT id FROM point WHERE name = ?');
  const isAside = db.prepare<[number, number, string, number | null], { id: number }>(
    'SELECT id FROM quarantine WHERE time = ? AND point = ? AND reason = ? AND value IS ?',
  );
  const setAside = db.prepare(
    `INSERT INTO quarantine (time, point, value, quality, received, reason) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET quality = max(quality, excluded.quality)`,
  );

  const names: string[] = [];
  let ids: number[] = [];

  const idOf = (name: string): number => {
    const found = findPoint.get(name);
    if (found) return found.id;
    addPoint.run(name);
    return (findPoint.get(name) as { id: number }).id;
  };

  const pointOf = (request: AppendRequest, i: number): number => {
    const local = request.point[i] as number;
    ids[local] ??= idOf(names[local] as string);
    return ids[local] as number;
  };

  /** Inserts the rows from `first` on together; false, with nothing inserted, when the time of one of them is stored already. */
  const putTogether = (request: AppendRequest, first: number): boolean => {
    for (let k = 0; k < together; k++) {
      const i = first + k;
      bound[5 * k] = request.time[i] as number;
      bound[5 * k + 1] = pointOf(request, i);
      bound[5 * k + 2] = measured(request, i);
      bound[5 * k + 3] = request.quality[i] as number;
      bound[5 * k + 4] = request.received[i] as number;
    }
    try {
      insertTogether.run(bound);
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return false;
      throw error;
    }
    for (let k = 0; k < together; k++) dirty.touch(request.time[first + k] as number);
    return true;
  };

  const put = (request: AppendRequest, i: number, result: AppendResult): void => {
    const point = pointOf(request, i);
    const name = names[request.point[i] as number] as string;
    const time = request.time[i] as number;
    const value = measured(request, i);
    const quality = request.quality[i] as number;
    const received = request.received[i] as number;
    if (insert.run(time, point, value, quality, received).changes === 1) {
      result.accepted++;
      dirty.touch(time);
      return;
    }
    const before = find.get(time, point) as Row;
    if (before.quality === storedQuality.released) {
      // A person has decided on this time, so another value is only set aside.
      if (before.value === value || isAside.get(time, point, 'conflict', value)) result.duplicates++;
      else {
        result.conflicting++;
        setAside.run(time, point, value, quality, received, 'conflict');
      }
      if (before.value !== value) result.decided.push({ point: name, time, value: before.value as number });
      return;
    }
    const known = before.quality === storedQuality.conflict;
    if (!known && before.value === value) {
      // The worse quality is kept, so that the order of arrival does not matter.
      if (quality > before.quality) {
        mark.run(value, quality, time, point);
        dirty.touch(time);
      }
      result.duplicates++;
      return;
    }
    if (!known) {
      setAside.run(time, point, before.value, before.quality, before.received, 'conflict');
      mark.run(null, storedQuality.conflict, time, point);
      dirty.touch(time);
    }
    if (isAside.get(time, point, 'conflict', value)) result.duplicates++;
    else result.conflicting++;
    setAside.run(time, point, value, quality, received, 'conflict');
    result.conflicts.push({ point: name, time });
  };

  const run = (request: AppendRequest): AppendResult => {
    for (const name of request.newPoints) names.push(name);
    const result: AppendResult = { accepted: 0, duplicates: 0, conflicting: 0, conflicts: [], decided: [], late: false };
    const n = request.point.length;
    for (let i = 0; i < n; ) {
      const end = Math.min(n, i + together);
      if (end - i === together && putTogether(request, i)) {
        result.accepted += together;
        i = end;
      }
      for (; i < end; i++) put(request, i, result);
    }
    for (const { time, point, value, quality, received, reason } of request.quarantined) {
      setAside.run(time, idOf(point), value, qualities.indexOf(quality), received, reason);
    }
    result.late = dirty.write();
    return result;
  };

  return {
    run,
    forget: () => {
      ids = [];
    },
  };
}
