/** From the start of a process to its first answer: the demo park with an empty history and with one, against a bare server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type Child, startChild } from '../server/child-server.ts';
import type { Row } from './table.ts';

const times = 3;
/** How long the demo park fills its history before it is started again. */
const fill_ms = 30_000;

/** ms from the start to a 200 with a whole state. */
async function untilAnswer(begin: () => Child, ready: string, path: string): Promise<{ ms: number; child: Child }> {
  const began = performance.now();
  const child = begin();
  const url = await child.url;
  for (;;) {
    const open = await fetch(url + ready).then(
      ({ ok }) => ok,
      () => false,
    );
    if (open) break;
    await pause(5);
  }
  const { ok } = await fetch(url + path);
  if (!ok) throw new Error(`${path} was refused`);
  return { ms: performance.now() - began, child };
}

async function end({ process: child, ended }: Child): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}

const middle = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1] as number;

export async function benchCold(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-cold-'));
  const demo = (data: string) => () =>
    startChild(['--park', 'data/parks/demo', '--port', '0'], { DATA_DIR: join(folder, data), LOG_LEVEL: 'warn' });
  const bare = () => startChild([join(folder, 'bare.sqlite')], {}, 'test/bench/bare-start.ts');
  const state = '/api/v1/parks/demo/state';
  try {
    const reference: number[] = [];
    const fresh: number[] = [];
    for (let i = 0; i < times; i++) {
      const hello = await untilAnswer(bare, '/', '/');
      reference.push(hello.ms);
      await end(hello.child);
      const first = await untilAnswer(demo(`fresh-${i}`), '/readyz', state);
      fresh.push(first.ms);
      if (i === times - 1) await pause(fill_ms);
      await end(first.child);
    }
    const filled = `fresh-${times - 1}`;
    const db = new Database(join(folder, filled, 'demo.sqlite'), { readonly: true });
    const { n } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM reading').get() as { n: number };
    db.close();
    const again: number[] = [];
    for (let i = 0; i < times; i++) {
      const restart = await untilAnswer(demo(filled), '/readyz', state);
      again.push(restart.ms);
      await end(restart.child);
    }
    const bareMs = middle(reference);
    const row = (what: string, ms: number): Row => ({
      what,
      ours: `${(ms / 1000).toFixed(2)} s`,
      reference: `${(bareMs / 1000).toFixed(2)} s, express and better-sqlite3 saying hello; both by tsx`,
      ratio: `${(ms / bareMs).toFixed(1)}×`,
    });
    return [
      row('cold start to the first state, demo park, empty history', middle(fresh)),
      row(`cold start to the first state, demo park, ${(n / 1e6).toFixed(1)} M readings stored`, middle(again)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
