/** Carries out a person's decisions about readings that were set aside. */
import type Database from 'better-sqlite3';
import { asideStates } from '../../../models/telemetry/quarantine.ts';
import type { AsideReading } from '../journal.ts';
import type { Dirty } from './dirty.ts';
import type { JournalTables } from './journal-migrations.ts';
import { qualityOfCode, storedQuality } from './open.ts';

export type Decision = 'released' | 'discarded';

/** A row of the quarantine with the name of its point. */
type Row = Omit<JournalTables['quarantine'], 'point'> & { point: string };

export function asideOf(row: Row): AsideReading {
  return {
    ...row,
    quality: qualityOfCode[row.quality] ?? 'bad',
    state: asideStates[row.state] ?? 'aside',
  };
}

const released = asideStates.indexOf('released');
const discarded = asideStates.indexOf('discarded');

/** Inside the caller's transaction. See Journal.decide. */
export function prepareDecide(
  db: Database.Database,
  dirty: Dirty,
): (id: number, decision: Decision, decided: number) => AsideReading | null {
  const find = db.prepare<[number], Row>(
    `SELECT quarantine.id, point.name AS point, time, value, quality, received, reason, state, decided
     FROM quarantine JOIN point ON point.id = quarantine.point WHERE quarantine.id = ?`,
  );
  const decide = db.prepare('UPDATE quarantine SET state = ?, decided = ? WHERE id = ?');
  const pointOf = db.prepare<[number], { point: number }>('SELECT point FROM quarantine WHERE id = ?');
  const replaced = db.prepare<[number, number], { value: number | null; quality: number; received: number }>(
    'SELECT value, quality, received FROM reading WHERE time = ? AND point = ?',
  );
  const keepReplaced = db.prepare(
    `INSERT INTO quarantine (time, point, value, quality, received, reason, state, decided) VALUES (?, ?, ?, ?, ?, 'conflict', ${discarded}, ?)
     ON CONFLICT DO NOTHING`,
  );
  const discardOthers = db.prepare(
    `UPDATE quarantine SET state = ${discarded}, decided = ?
     WHERE point = ? AND time = ? AND id <> ? AND (state = ${released} OR (state = 0 AND reason = 'conflict'))`,
  );
  const set = db.prepare(
    `INSERT INTO reading (time, point, value, quality, received) VALUES (?, ?, ?, ${storedQuality.released}, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value, quality = excluded.quality, received = excluded.received`,
  );

  const release = ({ id, time, value, received }: Row, decided: number) => {
    const { point } = pointOf.get(id) as { point: number };
    const before = replaced.get(time, point);
    // The replaced value is kept in quarantine; the values of a conflict and released values are there already.
    const ordinary = before !== undefined && before.quality < storedQuality.conflict && before.value !== value;
    if (ordinary) keepReplaced.run(time, point, before.value, before.quality, before.received, decided);
    discardOthers.run(decided, point, time, id);
    set.run(time, point, value, received);
    dirty.touch(time);
    dirty.write();
  };

  return (id, decision, decided) => {
    const row = find.get(id);
    if (row === undefined) return null;
    // The same decision is not taken twice, and a released reading is in history already and stays there.
    if (row.state === released || asideStates[row.state] === decision) return asideOf(row);
    if (decision === 'released') release(row, decided);
    decide.run(asideStates.indexOf(decision), decided, id);
    return asideOf(find.get(id) as Row);
  };
}
