/** Changes of a ledger in SQLite, each in one transaction that is committed with fsync. */
import type Database from 'better-sqlite3';
import type { AccountedDay, LedgerChange, LedgerStore } from '../ledger-store.ts';

export function prepareLedgerWriting(db: Database.Database): Pick<LedgerStore, 'save' | 'clear'> {
  const setFact = db.prepare('INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const deleteFact = db.prepare('DELETE FROM fact WHERE name = ?');
  const findOwner = db.prepare<[string], { id: number }>('SELECT id FROM owner WHERE name = ?');
  const addOwner = db.prepare('INSERT INTO owner (name) VALUES (?)');
  const setRecords = db.prepare('INSERT INTO record (day, bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes');
  const deleteRecords = db.prepare('DELETE FROM record WHERE day = ?');
  const setDay = db.prepare(
    `INSERT INTO day (edition, day, at, software, intervals, flagged, gaps, levels_before, levels_after, missing)
     VALUES (@edition, @day, @at, @software, @intervals, @flagged, @gaps, @levels_before, @levels_after, @missing)
     ON CONFLICT DO UPDATE SET at = excluded.at, software = excluded.software, intervals = excluded.intervals, flagged = excluded.flagged,
       gaps = excluded.gaps, levels_before = excluded.levels_before, levels_after = excluded.levels_after, missing = excluded.missing`,
  );
  const setBlock = db.prepare(
    'INSERT INTO block (edition, day, owner, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
  );
  const setMonth = db.prepare(
    'INSERT INTO month (edition, owner, month, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
  );
  const setMonthColumn = db.prepare(
    'INSERT INTO sheet (edition, month, name, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes',
  );
  const setSnapshots = db.prepare(
    `INSERT INTO picture (edition, day, signature, bytes) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET signature = excluded.signature, bytes = excluded.bytes`,
  );
  const setLayout = db.prepare('INSERT INTO layout (signature, slots) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const setDirty = db.prepare(
    `INSERT INTO dirty_day (day, refold, account) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET refold = max(refold, excluded.refold), account = max(account, excluded.account)`,
  );
  const clearDirty = db.prepare('DELETE FROM dirty_day WHERE day = ?');
  const addEdition = db.prepare(
    `INSERT INTO edition (id, factor_set, from_time, to_time, factors, method, software, reason, who, at, visible, park, fingerprint)
     VALUES (@id, @set, @from, @to, @factors, @method, @software, @reason, @who, @at, @visible, @park, @fingerprint)`,
  );
  const showEdition = db.prepare('UPDATE edition SET visible = 1 WHERE id = ?');
  const setAdjustment = db.prepare(
    `INSERT INTO adjustment (day, factor_set, at, difference) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, difference = excluded.difference`,
  );
  const clearAdjustment = db.prepare('DELETE FROM adjustment WHERE day = ? AND factor_set = ?');
  const addLock = db.prepare('INSERT INTO locked (first, last, who, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const removeLock = db.prepare('DELETE FROM locked WHERE first = ? AND last = ?');
  const setHours = db.prepare('INSERT INTO hour (edition, day, owner, bytes) VALUES (?, ?, ?, ?)');
  const setGone = db.prepare('INSERT INTO gone (day, hours) VALUES (?, ?) ON CONFLICT DO UPDATE SET hours = excluded.hours');
  const deletions = (table: 'block' | 'picture' | 'hour') =>
    db.prepare(`DELETE FROM ${table} WHERE edition IN (SELECT id FROM edition) AND day = ?`);
  const deleteBlocks = deletions('block');
  const deleteSnapshots = deletions('picture');
  const deleteHours = deletions('hour');

  const owners = new Map<string, number>();
  const ownerId = (name: string): number => {
    const id = owners.get(name) ?? findOwner.get(name)?.id ?? Number(addOwner.run(name).lastInsertRowid);
    owners.set(name, id);
    return id;
  };
  /** Ids found in a transaction that failed may not exist, so they are forgotten. */
  const together = (work: () => void) => {
    try {
      db.transaction(work).immediate();
    } catch (error) {
      owners.clear();
      throw error;
    }
  };

  const saveDay = ({ row, blocks, months, monthColumns, snapshots }: AccountedDay) => {
    const { edition, day, before, after, missing, ...counts } = row;
    for (const [owner, bytes] of blocks) setBlock.run(edition, day, ownerId(owner), bytes);
    const month = day.slice(0, 7);
    for (const [owner, bytes] of months) setMonth.run(edition, ownerId(owner), month, bytes);
    for (const [name, bytes] of monthColumns) setMonthColumn.run(edition, month, name, bytes);
    if (snapshots) {
      setLayout.run(snapshots.signature, snapshots.slots);
      setSnapshots.run(edition, day, snapshots.signature, snapshots.bytes);
    }
    setDay.run({
      ...counts,
      edition,
      day,
      levels_before: JSON.stringify(before),
      levels_after: JSON.stringify(after),
      missing: JSON.stringify(missing),
    });
  };

  const letGo = ({ day, hours }: NonNullable<LedgerChange['gone']>[number]) => {
    for (const { edition, owner, bytes } of hours ?? []) setHours.run(edition, day, ownerId(owner), bytes);
    deleteBlocks.run(day);
    deleteSnapshots.run(day);
    setGone.run(day, hours === null ? 1 : 0);
  };

  const save = (change: LedgerChange) => {
    for (const [name, time] of Object.entries(change.span ?? {})) time === null ? deleteFact.run(name) : setFact.run(name, time);
    for (const { edition, park } of change.editions ?? []) addEdition.run({ ...edition, visible: edition.visible ? 1 : 0, park });
    for (const id of change.shown ?? []) showEdition.run(id);
    for (const [day, bytes] of change.records ?? []) bytes === null ? deleteRecords.run(day) : setRecords.run(day, bytes);
    for (const day of change.days ?? []) saveDay(day);
    for (const day of change.settled ?? []) clearDirty.run(day);
    for (const { day, refold, account } of change.dirty ?? []) setDirty.run(day, refold ? 1 : 0, account ? 1 : 0);
    for (const { day, set } of change.noAdjustments ?? []) clearAdjustment.run(day, set);
    for (const { day, set, at, difference } of change.adjustments ?? []) setAdjustment.run(day, set, at, JSON.stringify(difference));
    for (const { from, to, who, at } of change.locks ?? []) addLock.run(from, to, who, at);
    for (const { from, to } of change.unlocked ?? []) removeLock.run(from, to);
    for (const one of change.gone ?? []) letGo(one);
    for (const day of change.goneHours ?? []) {
      deleteHours.run(day);
      setGone.run(day, 1);
    }
  };

  return {
    save: async (change) => together(() => save(change)),
    clear: async () => {
      together(() => {
        for (const table of tables) db.exec(`DELETE FROM ${table}`);
      });
      owners.clear();
    },
  };
}

/** All but `layout`: what stands under a signature never changes. */
const tables = 'fact owner edition record day block month sheet picture dirty_day locked adjustment hour gone'.split(' ');
