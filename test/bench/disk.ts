/** Bytes a reading takes on disk, as the store keeps it, against the same rows in a plain table. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { StoredReading } from '../../models/telemetry/reading.ts';
import { openStores } from '../../server/store/sqlite/open-stores.ts';
import type { Row } from './table.ts';

const points = 200;
const minutes = 2500;
const rows = points * minutes;
const start = Date.UTC(2025, 5, 1);

/** Each point once a minute, in order of time, half a second later received. */
function* readings(): Generator<{ point: number; time: number; value: number; received: number }> {
  for (let minute = 0; minute < minutes; minute++) {
    for (let point = 0; point < points; point++) {
      const time = start + minute * 60_000;
      yield { point, time, value: Math.round(1000 * (100 + 50 * Math.sin(minute / 200 + point))) / 1000, received: time + 500 };
    }
  }
}

async function ours(file: string): Promise<{ plain: number; vacuumed: number }> {
  const stores = await openStores({ file });
  let batch: StoredReading[] = [];
  for (const { point, ...rest } of readings()) {
    batch.push({ point: `point-${point}`, ...rest, quality: 'good' });
    if (batch.length < 5000) continue;
    await stores.journal.append(batch, []);
    batch = [];
  }
  await stores.journal.append(batch, []);
  await stores.close();
  return sizes(file);
}

async function bare(file: string, key: string): Promise<{ plain: number; vacuumed: number }> {
  const db = new Database(file);
  db.exec(`CREATE TABLE reading (point INTEGER, time INTEGER, value REAL, quality INTEGER, received INTEGER${key})`);
  const insert = db.prepare('INSERT INTO reading VALUES (?, ?, ?, 0, ?)');
  db.transaction(() => {
    for (const { point, time, value, received } of readings()) insert.run(point, time, value, received);
  })();
  db.close();
  return sizes(file);
}

async function sizes(file: string): Promise<{ plain: number; vacuumed: number }> {
  const fold = new Database(file);
  fold.pragma('wal_checkpoint(TRUNCATE)');
  fold.close();
  const plain = (await stat(file)).size;
  const db = new Database(file);
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { plain: plain / rows, vacuumed: (await stat(file)).size / rows };
}

export async function benchDisk(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-disk-'));
  try {
    const kept = await ours(join(folder, 'ours.sqlite'));
    const keyed = await bare(join(folder, 'keyed.sqlite'), ', PRIMARY KEY (point, time)');
    const keyless = await bare(join(folder, 'keyless.sqlite'), '');
    const said = ({ plain, vacuumed }: { plain: number; vacuumed: number }) =>
      `${plain.toFixed(1)} B (${vacuumed.toFixed(1)} after VACUUM)`;
    return [
      {
        what: `disk a reading, ${rows.toLocaleString('en')} of ${points} points`,
        ours: said(kept),
        reference: `${said(keyed)}, a plain table with the primary key that keeps a reading once; ${said(keyless)} without any key`,
        ratio: `${(kept.plain / keyed.plain).toFixed(2)} of it`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
