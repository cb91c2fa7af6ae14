import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleYaml } from '../../sample-park.ts';
import { startChild, writeSampleFolder } from '../child-server.ts';
import { contentsOf } from './hand-ledger.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Filled {
  contents: Record<string, string>;
  /** Local days that were made up, before there are readings. */
  days: number;
}

/** Runs a server until its past is filled; kills it at some moments before. */
async function fill(park: string, kills: readonly number[]): Promise<Filled> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fill-'));
  folders.push(dataDir);
  const file = join(dataDir, 'sample.ledger.sqlite');
  const startOne = () => startChild(['--park', park], { DATA_DIR: dataDir, PORT: '0', HISTORY_DAYS: '30', LOG_LEVEL: 'error' });
  const madeUp = (): number => {
    try {
      const db = new Database(file, { readonly: true });
      const fact = db.prepare<[string], { value: number }>('SELECT value FROM fact WHERE name = ?');
      const [from, until, end] = ['from', 'until', 'fillUntil'].map((name) => fact.get(name)?.value);
      db.close();
      if (from === undefined || until === undefined || end === undefined) return 0;
      return until >= end ? 1 : (until - from) / (end - from);
    } catch {
      return 0;
    }
  };
  for (const share of kills) {
    const child = startOne();
    while (madeUp() < share) await pause(5);
    child.process.kill('SIGKILL');
    await child.ended;
    child.url.catch(() => {});
  }
  const child = startOne();
  while (madeUp() < 1) await pause(50);
  child.process.kill('SIGKILL');
  await child.ended;
  const db = new Database(file);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const { value: end } = db.prepare("SELECT value FROM fact WHERE name = 'fillUntil'").get() as { value: number };
  const before = new Date(end + 8 * 3_600_000).toISOString().slice(0, 10);
  const days = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM day WHERE day < ?').get(before) as { n: number };
  const contents = Object.fromEntries(
    Object.entries(contentsOf(db)).filter(([key]) => !key.startsWith('month') && (/\d{4}-\d\d-\d\d/.exec(key)?.[0] ?? '') < before),
  );
  db.close();
  return { contents, days: days.n };
}

describe('a past that is made up at the first start', () => {
  it('is filled in the background, and goes on after a kill where it was', async () => {
    const park = await writeSampleFolder(sampleYaml);
    folders.push(park);
    const [plain, killed] = [await fill(park, []), await fill(park, [0.1, 0.3, 0.7])];
    expect(plain.days).toBe(22);
    // Midnight may come in between: then one of them begins and ends a day later.
    const both = Object.keys(plain.contents).filter((key) => key in killed.contents);
    expect(both.length).toBeGreaterThan(20 * 12);
    const levelled = both.filter((key) => key.startsWith('record'));
    const compared = killed.days === plain.days && both.length === Object.keys(plain.contents).length ? both : levelled;
    for (const key of compared) expect([key, killed.contents[key]]).toEqual([key, plain.contents[key]]);
  }, 120_000);
});
