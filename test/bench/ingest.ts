/**
 * Durable readings a second through HTTP, each acknowledged after its fsync, by a server in a process of its own; against
 * bare better-sqlite3 in a loop with as many rows per commit, the same table and the same pragmas.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalMigrations as migrations } from '../../server/store/sqlite/journal-migrations.ts';
import { openDatabase } from '../../server/store/sqlite/open.ts';
import { startChild, writeSampleFolder } from '../server/child-server.ts';
import { token } from '../server/sample-server.ts';
import type { Row } from './table.ts';

/** Values that each of these points may have. */
const points = Object.entries({ 'hall.power': 700, 'pv.power': 100, 'battery.power': 50, 'chp.power': 400, 'gas.flow': 80 });
const duration_ms = 4000;
/** Readings of a posting, and postings under way at once. */
const loads = [
  { batch: 1, senders: 64 },
  { batch: 50, senders: 16 },
  { batch: 1000, senders: 6 },
];

/** Readings that no other batch has: a point and a millisecond of the last hours each. */
function makeBodies(start: number): (batch: number) => string {
  let n = 0;
  return (batch) => {
    const readings = Array.from({ length: batch }, () => {
      const [point, value] = points[n % points.length] as [string, number];
      const time = start + Math.floor(n++ / points.length);
      return { point, time, value: value + (n % 10) / 10 };
    });
    return JSON.stringify({ readings });
  };
}

function post(url: string, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(`${url}/api/v1/parks/sample/readings`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    asked.on('error', reject).end(body);
  });
}

/** Acknowledged readings a second, and the 99th percentile of the time to the acknowledgement. */
async function load(
  url: string,
  bodies: (batch: number) => string,
  batch: number,
  senders: number,
): Promise<{ rate: number; p99: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const times: number[] = [];
  const began = performance.now();
  const send = async () => {
    while (performance.now() - began < duration_ms) {
      const body = bodies(batch);
      const start = performance.now();
      const status = await post(url, agent, body);
      if (status !== 200) throw new Error(`the server answered ${status}`);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  const rate = (times.length * batch) / ((performance.now() - began) / 1000);
  agent.destroy();
  times.sort((a, b) => a - b);
  return { rate, p99: times[Math.floor(0.99 * times.length)] ?? Number.NaN };
}

/** Rows a second of a loop that does nothing else. */
function bare(file: string, batch: number): number {
  const db = openDatabase({ file });
  for (const statement of migrations[0]?.statements ?? []) db.exec(statement);
  const insert = db.prepare('INSERT INTO reading (time, point, value, quality, received) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING');
  const commit = db.transaction((first: number) => {
    for (let n = first; n < first + batch; n++) insert.run(1.7e12 + Math.floor(n / 5), n % 5, 700 + (n % 10) / 10, 1.7e12);
  });
  const began = performance.now();
  let n = 0;
  for (; performance.now() - began < duration_ms / 2; n += batch) commit.immediate(n);
  const rate = n / ((performance.now() - began) / 1000);
  db.close();
  return rate;
}

export async function benchIngest(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const park = await writeSampleFolder();
  const server = startChild(['--park', park, '--port', '0'], { DATA_DIR: folder, LOG_LEVEL: 'warn' });
  const count = (n: number) => Math.round(n).toLocaleString('en');
  try {
    const url = await server.url;
    const bodies = makeBodies(Date.now() - 3_600_000);
    const rows: Row[] = [];
    for (const { batch, senders } of loads) {
      const reference = bare(join(folder, `bare-${batch}.sqlite`), batch);
      const { rate, p99 } = await load(url, bodies, batch, senders);
      rows.push({
        what: `durable readings through HTTP, ${batch.toLocaleString('en')} a posting, ${senders} senders`,
        ours: `${count(rate)}/s, acknowledged within ${p99.toFixed(0)} ms (p99)`,
        reference: `${count(reference)}/s, bare better-sqlite3, ${batch.toLocaleString('en')} rows a commit`,
        ratio: `${(rate / reference).toFixed(2)} of it`,
      });
    }
    return rows;
  } finally {
    server.process.kill('SIGTERM');
    await server.ended;
    await Promise.all([folder, park].map((path) => rm(path, { recursive: true, force: true })));
  }
}
