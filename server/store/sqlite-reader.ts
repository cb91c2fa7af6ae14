/** The thread that answers questions about a park's history. It is not the writer's, so that a long question delays no commit. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect, sql } from 'kysely';
import { type AsideReason, asideReasons, asideStates } from '../../models/telemetry/quarantine.ts';
import type { StoredReading } from '../../models/telemetry/reading.ts';
import { makeBuckets } from './aggregate.ts';
import type { StoreTables } from './migrations.ts';
import { asideOf } from './sqlite-decide.ts';
import { openDatabase, qualityOfCode, type SqliteSettings, storedQuality } from './sqlite-open.ts';
import type { AsideFilter, AsideReading, Bucket, Rollovers, SeriesRow } from './store.ts';

export type StoreQuestion =
  | { kind: 'hello' }
  | { kind: 'series'; point: string; from: number; to: number; limit: number }
  | { kind: 'aggregate'; points: string[]; from: number; to: number; step_ms: number; rollovers: Rollovers }
  | { kind: 'latest'; time: number; since: number; perPoint: number; oldest: number }
  | { kind: 'count' }
  | { kind: 'quarantine'; limit: number; filter: AsideFilter }
  | { kind: 'quarantineCounts' }
  | { kind: 'span' }
  | { kind: 'dirty' }
  | { kind: 'rawFrom' }
  | { kind: 'loadMemory'; name: string }
  | { kind: 'close' };

const settings = workerData.settings as SqliteSettings;
const port = parentPort as MessagePort;
let db: Database.Database;
let kysely: Kysely<StoreTables>;

function open(): void {
  db = openDatabase(settings, true);
  kysely = new Kysely<StoreTables>({ dialect: new SqliteDialect({ database: db }) });
}

/** How far back the value before the first step of a register is looked for. */
const lookBack_ms = 6 * 3_600_000;

const quality = (code: number) => qualityOfCode[code] ?? 'bad';
const rowsOf = <T>(query: { compile(): CompiledQuery<T> }) => {
  const { sql, parameters } = query.compile();
  return db.prepare<unknown[], T>(sql).iterate(...parameters);
};

async function idsOf(points: string[]): Promise<Map<number, string>> {
  const rows = await kysely.selectFrom('point').selectAll().where('name', 'in', points).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

async function series(q: { point: string; from: number; to: number; limit: number }): Promise<SeriesRow[]> {
  const rows = await kysely
    .selectFrom('reading')
    .innerJoin('point', 'point.id', 'reading.point')
    .select(['time', 'value', 'quality'])
    .where('point.name', '=', q.point)
    .where('time', '>=', q.from)
    .where('time', '<', q.to)
    .orderBy('time')
    .limit(q.limit)
    .execute();
  return rows.map((row) => ({ ...row, quality: quality(row.quality) }));
}

async function aggregate(q: { points: string[]; from: number; to: number; step_ms: number; rollovers: Rollovers }): Promise<Bucket[]> {
  const names = await idsOf(q.points);
  const ids = [...names.keys()];
  if (ids.length === 0) return [];
  const values = kysely
    .selectFrom('reading')
    .select(['time', 'point', 'value', 'quality'])
    .where('point', 'in', ids)
    .where('value', 'is not', null);
  const buckets = makeBuckets(q.from, q.step_ms, q.rollovers);
  if (ids.length <= 4) {
    // A register's first step grows from the last value before it; a few more values show whether the register fell.
    for (const [id, name] of names) {
      const before = values
        .where('point', '=', id)
        .where('time', '<', q.from)
        .where('time', '>=', q.from - lookBack_ms);
      const last = [...rowsOf(before.orderBy('time', 'desc').limit(4))].reverse();
      for (const row of last) buckets.before(name, row.time, row.value as number);
    }
  }
  for (const row of rowsOf(values.where('time', '>=', q.from).where('time', '<', q.to).orderBy('time').orderBy('point'))) {
    buckets.add(names.get(row.point) as string, row.time, row.value as number, quality(row.quality) === 'uncertain');
  }
  return buckets.finish();
}

async function latest(q: {
  time: number;
  since: number;
  perPoint: number;
  oldest: number;
}): Promise<(StoredReading & { conflict: boolean })[]> {
  const names = new Map((await kysely.selectFrom('point').selectAll().execute()).map((row) => [row.id, row.name]));
  const missing = new Map([...names.keys()].map((id) => [id, q.perPoint]));
  const found: (StoredReading & { conflict: boolean })[] = [];
  const newestFirst = kysely
    .selectFrom('reading')
    .selectAll()
    .where('time', '<=', q.time)
    .where('time', '>=', q.oldest)
    .orderBy('time', 'desc')
    .orderBy('point', 'desc');
  for (const row of rowsOf(newestFirst)) {
    if (row.time < q.since && missing.size === 0) break;
    const left = missing.get(row.point);
    if (row.time < q.since && left === undefined) continue;
    if (left !== undefined) {
      if (left > 1) missing.set(row.point, left - 1);
      else missing.delete(row.point);
    }
    const point = names.get(row.point) as string;
    const { time, value, received } = row;
    found.push({ point, time, value, quality: quality(row.quality), received, conflict: row.quality === storedQuality.conflict });
  }
  return found.reverse();
}

async function quarantine(limit: number, { state, point, reason, before }: AsideFilter): Promise<AsideReading[]> {
  let rows = kysely
    .selectFrom('quarantine')
    .innerJoin('point', 'point.id', 'quarantine.point')
    .select(['quarantine.id', 'point.name as point', 'time', 'value', 'quality', 'received', 'reason', 'state', 'decided']);
  if (state !== undefined) rows = rows.where('state', '=', asideStates.indexOf(state));
  if (point !== undefined) rows = rows.where('point.name', '=', point);
  if (reason === 'message') rows = rows.where('reason', 'not in', Object.keys(asideReasons));
  else if (reason !== undefined) rows = rows.where('reason', '=', reason);
  if (before !== undefined) rows = rows.where('quarantine.id', '<', before);
  return (await rows.orderBy('quarantine.id', 'desc').limit(limit).execute()).map(asideOf);
}

async function quarantineCounts(): Promise<Partial<Record<AsideReason, number>>> {
  const known = Object.keys(asideReasons);
  const code = sql<AsideReason>`CASE WHEN reason IN (${sql.join(known)}) THEN reason ELSE 'message' END`;
  const rows = await kysely
    .selectFrom('quarantine')
    .select((e) => [code.as('code'), e.fn.countAll<number>().as('n')])
    .where('state', '=', 0)
    .groupBy('code')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.code, Number(row.n)]));
}

async function count(): Promise<{ readings: number; quarantined: number }> {
  const readings = await kysely
    .selectFrom('reading')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const aside = Object.values(await quarantineCounts());
  return { readings: Number(readings.n), quarantined: aside.reduce((sum, n) => sum + n, 0) };
}

async function span(): Promise<{ first: number; last: number } | null> {
  const ends = kysely.selectFrom('reading').select('time').limit(1);
  const first = await ends.orderBy('time').executeTakeFirst();
  const last = await ends.orderBy('time', 'desc').executeTakeFirst();
  return first && last ? { first: first.time, last: last.time } : null;
}

async function answer(question: StoreQuestion): Promise<unknown> {
  if (question.kind === 'hello') open();
  if (question.kind === 'series') return series(question);
  if (question.kind === 'aggregate') return aggregate(question);
  if (question.kind === 'latest') return latest(question);
  if (question.kind === 'count') return count();
  if (question.kind === 'quarantine') return quarantine(question.limit, question.filter);
  if (question.kind === 'quarantineCounts') return quarantineCounts();
  if (question.kind === 'span') return span();
  if (question.kind === 'dirty') return kysely.selectFrom('dirty').selectAll().orderBy('hour').execute();
  if (question.kind === 'rawFrom') {
    const row = await kysely.selectFrom('mark').select('time').where('name', '=', 'rawFrom').executeTakeFirst();
    return row?.time ?? null;
  }
  if (question.kind === 'loadMemory') {
    const row = await kysely.selectFrom('memory').select('bytes').where('name', '=', question.name).executeTakeFirst();
    return row?.bytes ?? null;
  }
  return undefined;
}

// Questions are answered one at a time and in order, because the scans iterate synchronously on the one connection.
let line: Promise<void> = Promise.resolve();
port.on('message', (question: StoreQuestion & { id: number }) => {
  line = line.then(async () => {
    // Close before answering: the last connection to close cleans up the write-ahead log, and only the writer's can do that.
    if (question.kind === 'close') db.close();
    try {
      port.postMessage({ id: question.id, result: await answer(question) });
    } catch (error) {
      port.postMessage({ id: question.id, error: { code: 'failed', message: `the store failed: ${(error as Error).message}` } });
    }
    if (question.kind === 'close') port.close();
  });
});
