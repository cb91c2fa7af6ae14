/**
 * A server that is killed again and again at random moments while readings are posted, each until it is acknowledged.
 * After every kill the files are looked at as the dead process left them: what was acknowledged must be there, once.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Child } from './child-server.ts';
import { postReadings } from './park-server.ts';
import { freePort } from './sources/mqtt/broker.ts';

export interface KillLine {
  kills: number;
  start(data: string, port: number): Child;
  /** The points that readings are posted for: one sends batches, the others one reading at a time. */
  points: readonly string[];
  /** Longest time under load before a kill. */
  load_ms: number;
  killed?(report: KillReport): void;
}

export interface KillReport {
  kills: number;
  /** Kills while the server was still starting. */
  starting: number;
  /** Kills with postings on their way. */
  underLoad: number;
  acknowledged: number;
  /** Acknowledged readings that were not found, or not with their value; in words, none expected. */
  lost: string[];
  /** Kills after which the database was not sound; none expected. */
  unsound: string[];
  /** From starting the process to being ready for traffic. */
  ready_ms: number[];
}

interface Sent {
  point: string;
  time: number;
  value: number;
}

/** Sizes of the postings; several senders each. */
const sizes = [200, 20, 1, 1, 1, 1];
const day_ms = 86_400_000;

/** Rejects when the server ends by itself or does not come back. */
export async function killAgainAndAgain({ kills, start, points, load_ms, killed }: KillLine): Promise<KillReport> {
  const data = await mkdtemp(join(tmpdir(), 'killed-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const report: KillReport = { kills: 0, starting: 0, underLoad: 0, acknowledged: 0, lost: [], unsound: [], ready_ms: [] };
  const began = Date.now();
  let sent = 0;
  let onTheWay = 0;
  let running = true;
  let givenUp = false;
  let unchecked: Sent[] = [];

  /** Every reading has a time of its own: batches of yesterday, single ones of the last minutes. */
  const make = (size: number, sender: number): Sent[] =>
    Array.from({ length: size }, () => {
      const n = sent++;
      const point = points[size > 1 ? 0 : 1 + (sender % (points.length - 1))] as string;
      return { point, time: began - (size > 1 ? day_ms : 600_000) + n, value: n % 400 };
    });
  const publish = async (size: number, sender: number): Promise<void> => {
    while (running) {
      const readings = make(size, sender);
      for (let acknowledged = false; !acknowledged && !givenUp; ) {
        onTheWay++;
        const answer = await postReadings(url, { readings }).then(
          async (response) => (response.status === 200 ? response.json() : null),
          () => null,
        );
        onTheWay--;
        // An answer that was cut off is no answer.
        acknowledged = answer !== null;
        if (answer !== null && answer.accepted + answer.duplicates !== size) report.unsound.push(`answered ${JSON.stringify(answer)}`);
        if (!acknowledged) await pause(10);
      }
      report.acknowledged += size;
      unchecked.push(...readings);
    }
  };

  const launch = async () => {
    const before = performance.now();
    const child = start(data, port);
    const ready = child.url.then(() => void report.ready_ms.push(performance.now() - before));
    ready.catch(() => {});
    return { child, ready };
  };

  let { child, ready } = await launch();
  const publishers = sizes.map(publish);
  const oneKill = async () => {
    // One in five dies while it starts, others lean on its door.
    if (report.kills % 5 === 4) await pause(Math.random() * Math.min(...report.ready_ms));
    else {
      await ready;
      await pause(Math.random() * load_ms);
      while (onTheWay === 0 && child.process.exitCode === null) await pause(0);
    }
    if (child.process.exitCode !== null) throw new Error(`the server ended by itself: ${child.said()}`);
    const isUp = await Promise.race([ready.then(() => true), pause(0).then(() => false)]);
    const loaded = onTheWay > 0;
    child.process.kill('SIGKILL');
    await child.ended;
    report.kills++;
    if (!isUp) report.starting++;
    else if (loaded) report.underLoad++;
    const acknowledged = unchecked;
    unchecked = [];
    await look(data, acknowledged, report);
    killed?.(report);
    ({ child, ready } = await launch());
  };

  try {
    while (report.kills < kills) await oneKill();
    await ready;
    running = false;
    await Promise.all(publishers);
    child.process.kill('SIGTERM');
    if ((await child.ended) !== 0) report.unsound.push(`did not end cleanly: ${child.said()}`);
  } finally {
    running = false;
    givenUp = true;
    child.process.kill('SIGKILL');
  }
  const rows = await look(data, unchecked, report);
  // All were acknowledged in the end: as many rows as readings means each once, and none that nobody sent.
  if (rows !== sent) report.unsound.push(`${rows} rows of ${sent} readings`);
  await rm(data, { recursive: true });
  return report;
}

/** Opens a copy, so that it is this look that recovers it, and the next server does so too. Returns the rows. */
async function look(data: string, acknowledged: readonly Sent[], report: KillReport): Promise<number> {
  const copy = join(data, 'copy');
  await mkdir(copy);
  for (const name of ['sample.sqlite', 'sample.sqlite-wal']) await copyFile(join(data, name), join(copy, name)).catch(() => {});
  const db = new Database(join(copy, 'sample.sqlite'));
  try {
    const sound = db.pragma('integrity_check', { simple: true });
    if (sound !== 'ok') report.unsound.push(`kill ${report.kills}: ${sound}`);
    // Killed before its first table: nothing was acknowledged either.
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'quarantine'").get() === undefined) {
      report.lost.push(...acknowledged.map(({ point, time }) => `${point} ${time}`));
      return 0;
    }
    const find = db.prepare<[number, string], { value: number }>(
      'SELECT value FROM reading WHERE time = ? AND point = (SELECT id FROM point WHERE name = ?)',
    );
    for (const { point, time, value } of acknowledged) {
      const found = find.get(time, point);
      if (found?.value !== value) report.lost.push(`${point} ${time}: ${found?.value} instead of ${value}`);
    }
    // Nothing was sent with two values.
    const { aside } = db.prepare('SELECT count(*) AS aside FROM quarantine').get() as { aside: number };
    if (aside > 0) report.unsound.push(`kill ${report.kills}: ${aside} readings set aside`);
    return (db.prepare('SELECT count(*) AS rows FROM reading').get() as { rows: number }).rows;
  } finally {
    db.close();
    await rm(copy, { recursive: true });
  }
}

/** Quantile of times, in whole ms. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
}
