import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Child, startChild, writeSampleFolder } from './child-server.ts';
import { postReadings } from './sample-server.ts';

/** Times at which the server is killed under load. */
const kills = 3;

describe('a server killed under load', () => {
  it('has every reading that it acknowledged, once', { timeout: 120_000 }, async () => {
    const park = await writeSampleFolder();
    const data = await mkdtemp(join(tmpdir(), 'data-'));
    const start = () => startChild(['--park', park, '--port', '0'], { DATA_DIR: data });
    const base = Date.now() - 86_400_000;
    const acknowledged = new Set<number>();
    let next = 0;
    let child: Child = start();
    for (let round = 0; round < kills; round++) {
      const url = await child.url;
      let running = true;
      const publish = async () => {
        while (running) {
          const from = next;
          next += 200;
          const readings = Array.from({ length: 200 }, (_, i) => ({
            point: 'hall.power',
            time: base + from + i,
            value: from + i < 3000 ? from + i : 1,
          }));
          // Sent until it is acknowledged: at least once.
          for (let tries = 0; running && tries < 3; tries++) {
            const status = await postReadings(url, { readings }).then(
              (response) => response.status,
              () => 0,
            );
            if (status !== 200) continue;
            for (let i = 0; i < 200; i++) acknowledged.add(from + i);
            break;
          }
        }
      };
      const publishers = [publish(), publish(), publish(), publish()];
      await pause(400 + 300 * round);
      child.process.kill('SIGKILL');
      await child.ended;
      running = false;
      await Promise.all(publishers);
      child = start();
    }
    await child.url;
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);

    const db = new Database(join(data, 'sample.sqlite'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const times = db.prepare<[], { time: number }>('SELECT time FROM reading ORDER BY time').all();
    db.close();
    const kept = new Set(times.map(({ time }) => time - base));
    expect(kept.size).toBe(times.length);
    expect(acknowledged.size).toBeGreaterThan(1000);
    expect([...acknowledged].filter((n) => !kept.has(n))).toEqual([]);
    await rm(data, { recursive: true });
    await rm(park, { recursive: true });
  });
});
