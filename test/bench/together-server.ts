/**
 * Readings come in over HTTP and are committed while viewers are told once a second what changed: by a twin, or by as
 * little as would do it (node:http, JSON.parse, better-sqlite3 in the same thread, bare `ws`), which checks nothing.
 */
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { Park } from '../../models/park/park.ts';
import { encodeUpdate } from '../../models/wire/codec.ts';
import { journalMigrations as migrations } from '../../server/store/sqlite/journal-migrations.ts';
import { openDatabase } from '../../server/store/sqlite/open.ts';
import { point } from '../models/tiny-park.ts';
import { startServer } from '../server/park-server.ts';
import type { FanoutKind } from './fanout.ts';
import { tellUsage } from './processes.ts';
import { randomPark } from './random-park.ts';

const kind = process.argv[2] as FanoutKind;
/** So many that an update is about 2 kB. */
const assets = 55;

/** Every building and array metered. */
function benchPark(): Park {
  const park = randomPark(assets);
  const points = park.assets.flatMap(({ id, kind: of }) => {
    if (of === 'building') return [point(`${id}.power`, id, 'electricity.in', { cadence_s: 1 })];
    return of === 'pv' ? [point(`${id}.power`, id, 'electricity.out', { cadence_s: 1 })] : [];
  });
  return { ...park, id: 'sample', points };
}

const park = benchPark();
const names = park.points.map(({ id }) => id);
const folder = await mkdtemp(join(tmpdir(), 'bench-both-'));

async function twin(): Promise<{ port: number; bytes(): number }> {
  const server = await startServer(park, { folder });
  return { port: server.port, bytes: () => server.twin.update('full')?.byteLength ?? 0 };
}

async function plain(): Promise<{ port: number; bytes(): number }> {
  const db = openDatabase({ file: join(folder, 'plain.sqlite') });
  for (const statement of migrations[0]?.statements ?? []) db.exec(statement);
  const insert = db.prepare('INSERT INTO reading (time, point, value, quality, received) VALUES (?, ?, ?, 0, ?) ON CONFLICT DO NOTHING');
  const commit = db.transaction((readings: { point: string; time: number; value: number }[]) => {
    for (const reading of readings) insert.run(reading.time, names.indexOf(reading.point), reading.value, Date.now());
  });
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      commit.immediate(JSON.parse(Buffer.concat(chunks).toString()).readings);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  const changed = Math.round((Number(process.argv[3]) - 24) / 8);
  let seq = 0;
  setInterval(() => {
    const values = new Float32Array(changed).fill(++seq);
    const bytes = encodeUpdate({ epoch: 1, seq, time: Date.now(), slots: Uint32Array.from(values, (_, i) => i), values });
    for (const client of sockets.clients) client.send(bytes);
  }, 1000);
  await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 5000 }, resolve));
  return { port: (http.address() as AddressInfo).port, bytes: () => 24 + 8 * changed };
}

const { port, bytes } = await (kind === 'twin' ? twin() : plain());
tellUsage((message) => {
  if (message === 'bytes') process.send?.({ bytes: bytes() });
});
process.send?.({ port, names, folder });
