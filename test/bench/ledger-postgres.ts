/** The reference of the ledger: the same rows, one for each asset and interval, in a plain indexed PostgreSQL table. */
import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface Postgres {
  client: pg.Client;
  version: string;
  stop(): Promise<void>;
}

/** Where initdb and postgres are; null when there is no PostgreSQL on this machine. */
async function binaries(): Promise<string | null> {
  const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
  const installed = await list('/usr/lib/postgresql');
  const folders = [
    ...installed
      .sort()
      .reverse()
      .map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  for (const folder of folders) {
    const names = await list(folder);
    if (names.includes('initdb') && names.includes('postgres')) return folder;
  }
  return null;
}

/** PostgreSQL refuses to run as root: as its own user then. */
async function otherUser(): Promise<{ uid: number; gid: number } | Record<string, never>> {
  if (process.getuid?.() !== 0) return {};
  const of = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await of('-u'), gid: await of('-g') };
}

/** A cluster of its own in a temporary folder; null without PostgreSQL. */
export async function startPostgres(): Promise<Postgres | null> {
  const bin = await binaries();
  if (bin === null) return null;
  const user = await otherUser();
  const folder = await mkdtemp(join(tmpdir(), 'bench-postgres-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '--no-sync'], { ...user, cwd: folder });
  const port = await freePort();
  // As much memory as an operator would give it; loading without a log of what is loaded, which is not measured.
  const settings = {
    shared_buffers: '1GB',
    maintenance_work_mem: '512MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '8GB',
    fsync: 'off',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, ...options];
  const server = spawn(join(bin, 'postgres'), args, { ...user, cwd: folder, stdio: 'ignore' });
  const client = await connect(port);
  const { rows } = await client.query('SHOW server_version');
  return {
    client,
    version: String(rows[0].server_version).split(' ')[0] as string,
    stop: async () => {
      await client.end();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connect(port: number): Promise<pg.Client> {
  for (let tries = 100; ; tries--) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'bench', database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const columns = (count: number) => Array.from({ length: count }, (_, c) => `c${c}`);

/** `assets` rows of `width` whole numbers for each interval, in the order in which they would come; then the indexes. */
export async function fillTable(client: pg.Client, assets: number, width: number, from: number, to: number): Promise<void> {
  const numbers = columns(width).map(() => '(25000 * (0.5 + random()))::bigint');
  await client.query('BEGIN');
  await client.query(
    `CREATE TABLE entry (asset int NOT NULL, time timestamptz NOT NULL, ${columns(width)
      .map((c) => `${c} bigint`)
      .join(', ')})`,
  );
  await client.query(
    `INSERT INTO entry SELECT a, t, ${numbers.join(', ')}
     FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 s', interval '15 min') t, generate_series(1, ${assets}) a`,
    [new Date(from), new Date(to)],
  );
  await client.query('COMMIT');
  await client.query('ALTER TABLE entry ADD PRIMARY KEY (asset, time)');
  await client.query('CREATE INDEX ON entry (time)');
  await client.query('VACUUM ANALYZE entry');
}

const sums = (width: number) =>
  columns(width)
    .map((c) => `sum(${c}) AS ${c}`)
    .join(', ');

/** Rows between two times, all assets. */
export function readRows(client: pg.Client, from: number, to: number): Promise<unknown> {
  return client.query('SELECT * FROM entry WHERE time >= $1 AND time < $2 ORDER BY time, asset', [new Date(from), new Date(to)]);
}

/** Sums by day of one asset, or (null) of all. */
export function readDays(client: pg.Client, width: number, asset: number | null, from: number, to: number): Promise<unknown> {
  const where = `time >= $1 AND time < $2${asset === null ? '' : ` AND asset = ${asset}`}`;
  const text = `SELECT asset, date_trunc('day', time, 'UTC') AS day, ${sums(width)} FROM entry WHERE ${where} GROUP BY 1, 2 ORDER BY 1, 2`;
  return client.query(text, [new Date(from), new Date(to)]);
}

/** Another factor for a part of the rows: one column from another. */
export function changeFactor(client: pg.Client, from: number, to: number): Promise<unknown> {
  return client.query('UPDATE entry SET c1 = c0 * 2 WHERE time >= $1 AND time < $2', [new Date(from), new Date(to)]);
}

export async function tableBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query("SELECT pg_total_relation_size('entry') AS bytes");
  return Number(rows[0].bytes);
}
