/** Questions about a park's readings, on a connection of the thread that asks. */
import type Database from 'better-sqlite3';
import type { CompiledQuery, Kysely } from 'kysely';
import { type AsideReason, asideReasons, asideStates } from '../../../models/telemetry/quarantine.ts';
import type { StoredReading } from '../../../models/telemetry/reading.ts';
import { isNoCount } from '../../../models/telemetry/register.ts';
import type { AsideFilter, AsideReading, Bucket, DirtyHour, JournalReading, Rollovers, Search, SeriesRow } from '../journal.ts';
import { makeBuckets } from './aggregate.ts';
import { makeColumns, type ReadingRow } from './columns.ts';
import { asideOf } from './decide.ts';
import type { JournalTables } from './journal-migrations.ts';
import { openDatabase, qualityOfCode, type SqliteFile, storedQuality } from './open.ts';

/** How far back the value before the first step of a register is looked for. */
const lookBack_ms = 6 * 3_600_000;

const quality = (code: number) => qualityOfCode[code] ?? 'bad';

export interface OpenedReading extends JournalReading {
  db: Database.Database;
  close(): void;
}

/** The file must be there and up to date. */
export function openJournalReading(settings: SqliteFile): OpenedReading {
  const db = openDatabase(settings, true);
  let opened: Promise<{ kysely: Kysely<JournalTables>; sql: typeof import('kysely')['sql'] }> | null = null;
  /** Loaded only when asked for: the accountant's thread starts without it. */
  const builder = () => {
    opened ??= import('kysely').then(({ Kysely, SqliteDialect, sql }) => {
      return { kysely: new Kysely<JournalTables>({ dialect: new SqliteDialect({ database: db }) }), sql };
    });
    return opened;
  };
  const rowsOf = <T>(query: { compile(): CompiledQuery<T> }) => {
    const { sql, parameters } = query.compile();
    return db.prepare<unknown[], T>(sql).iterate(...parameters);
  };

  async function idsOf(points: readonly string[]): Promise<Map<number, string>> {
    const { kysely } = await builder();
    const rows = await kysely.selectFrom('point').selectAll().where('name', 'in', points).execute();
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  async function series(q: { point: string; from: number; to: number; limit: number }): Promise<SeriesRow[]> {
    const { kysely } = await builder();
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

  async function aggregate(q: {
    points: readonly string[];
    from: number;
    to: number;
    step_ms: number;
    rollovers: Rollovers;
  }): Promise<Bucket[]> {
    const { kysely } = await builder();
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
    const { kysely } = await builder();
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
    const { kysely } = await builder();
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
    const { kysely, sql } = await builder();
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
    const { kysely } = await builder();
    const readings = await kysely
      .selectFrom('reading')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const aside = Object.values(await quarantineCounts());
    return { readings: Number(readings.n), quarantined: aside.reduce((sum, n) => sum + n, 0) };
  }

  async function span(): Promise<{ first: number; last: number } | null> {
    const [first, last] = [firstTime.get(), lastTime.get()];
    return first && last ? { first: first.time, last: last.time } : null;
  }

  const firstTime = db.prepare<[], { time: number }>('SELECT time FROM reading ORDER BY time LIMIT 1');
  const lastTime = db.prepare<[], { time: number }>('SELECT time FROM reading ORDER BY time DESC LIMIT 1');
  const dirty = db.prepare<[], DirtyHour>('SELECT hour, turn FROM dirty ORDER BY hour');
  const rawFrom = db.prepare<[], { time: number }>("SELECT time FROM mark WHERE name = 'rawFrom'");
  const columns = 'SELECT time, point, value, quality FROM reading';
  const scan = db.prepare<[number, number], ReadingRow>(`${columns} WHERE time > ? AND time <= ? ORDER BY time, point`).raw();
  const allPoints = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM point');
  const names = new Map<number, string>();
  const nameOf = (id: number): string => {
    if (!names.has(id)) for (const row of allPoints.all()) names.set(row.id, row.name);
    return names.get(id) as string;
  };

  async function between(after: number, until: number, limit = 200_000) {
    const page = makeColumns(nameOf);
    let last = Number.NEGATIVE_INFINITY;
    for (const row of scan.iterate(after, until)) {
      if (page.size() >= limit && row[0] !== last) return { ...page.finish(), reached: last };
      last = row[0];
      page.add(row);
    }
    return { ...page.finish(), reached: until };
  }

  async function nearest(searches: readonly Search[], from: number, to: number, way: 'back' | 'on') {
    const found: ReadingRow[] = [];
    const wanted = new Map(searches.map((search) => [search.point, { ...search }]));
    // So that points that were never heard of are known by now.
    for (const row of allPoints.all()) names.set(row.id, row.name);
    const ids = [...names].flatMap(([id, name]) => (wanted.has(name) ? [id] : []));
    if (ids.length > 0 && from <= to) {
      const order = way === 'back' ? 'ORDER BY time DESC, point DESC' : 'ORDER BY time, point';
      const query = db
        .prepare<number[], ReadingRow>(`${columns} WHERE time >= ? AND time <= ? AND point IN (${ids.join(',')}) ${order}`)
        .raw();
      for (const row of query.iterate(from, to)) {
        const name = nameOf(row[1]);
        const search = wanted.get(name);
        if (!search) continue;
        found.push(row);
        const [, , value] = row;
        if (way === 'on' || (value !== null && !isNoCount(value, search.rollover))) search.enough--;
        if (search.enough <= 0) wanted.delete(name);
        if (wanted.size === 0) break;
      }
    }
    const page = makeColumns(nameOf);
    for (const row of way === 'back' ? found.reverse() : found) page.add(row);
    return page.finish();
  }

  return {
    db,
    series: (point, from, to, limit) => series({ point, from, to, limit }),
    aggregate: (points, from, to, step_ms, rollovers = {}) => aggregate({ points, from, to, step_ms, rollovers }),
    latest: (time, since, perPoint, oldest) => latest({ time, since, perPoint, oldest }),
    between,
    nearest,
    count,
    quarantine: (limit, filter = {}) => quarantine(limit, filter),
    quarantineCounts,
    span,
    dirty: async () => dirty.all(),
    rawFrom: async () => rawFrom.get()?.time ?? null,
    close: () => void db.close(),
  };
}
