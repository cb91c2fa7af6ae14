import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { maySmallDisk, startOnSmallDisk, writeSampleFolder } from '../child-server.ts';
import { postReadings } from '../park-server.ts';

interface Row {
  point: string;
  time: number;
  value: number;
}

const day_ms = 86_400_000;

/** Rows of a running server's history, from a copy; throws when that is not sound. */
async function rowsOf(file: (name: string) => string): Promise<Map<number, number>> {
  const copy = await mkdtemp(join(tmpdir(), 'copy-'));
  for (const name of ['sample.sqlite', 'sample.sqlite-wal']) await copyFile(file(name), join(copy, name));
  const db = new Database(join(copy, 'sample.sqlite'));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = db.prepare<[], { time: number; value: number }>('SELECT time, value FROM reading').all();
  db.close();
  await rm(copy, { recursive: true });
  return new Map(rows.map(({ time, value }) => [time, value]));
}

it.skipIf(!maySmallDisk())(
  'a server whose disk is full answers 503, loses nothing that it acknowledged, and resumes when there is room',
  { timeout: 120_000 },
  async () => {
    const park = await writeSampleFolder();
    const data = await mkdtemp(join(tmpdir(), 'small-'));
    const child = startOnSmallDisk(park, data, 16_000, 12_000);
    const url = await child.url;
    const base = Date.now() - day_ms;
    let next = 0;
    const make = (size: number): Row[] =>
      Array.from({ length: size }, () => ({ point: 'hall.power', time: base + next, value: next++ % 400 }));
    const acknowledged: Row[] = [];
    const refused: Row[][] = [];
    const answers = new Set<string>();
    const post = async (readings: Row[]) => {
      const response = await postReadings(url, { readings });
      const answer = await response.json();
      if (response.status === 200) acknowledged.push(...readings);
      else {
        answers.add(`${response.status} ${answer.error}`);
        refused.push(readings);
      }
      return response.status;
    };

    // Senders of several sizes, each going on for a while after the first refusal.
    const sender = async (size: number) => {
      for (let refusals = 0; refusals < 5; ) if ((await post(make(size))) !== 200) refusals++;
    };
    await Promise.all([sender(2000), sender(500), sender(500)]);
    expect([...answers]).toEqual(['503 diskFull']);
    expect(acknowledged.length).toBeGreaterThan(2000);
    const full = await rowsOf(child.seen);
    expect(acknowledged.filter(({ time, value }) => full.get(time) !== value)).toEqual([]);
    // All or nothing of each posting.
    expect(full.size).toBe(acknowledged.length);
    // It goes on serving what it has.
    for (const path of ['/healthz', '/readyz', '/api/v1/parks/sample/state']) expect((await fetch(url + path)).status).toBe(200);

    await rm(child.seen('ballast'));
    for (const readings of refused.splice(0)) expect(await post(readings)).toBe(200);
    const after = await rowsOf(child.seen);
    expect([after.size, acknowledged.length]).toEqual([next, next]);
    expect(acknowledged.filter(({ time, value }) => after.get(time) !== value)).toEqual([]);
    expect(child.process.exitCode).toBeNull();
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    await rm(data, { recursive: true });
    await rm(park, { recursive: true });
  },
);
