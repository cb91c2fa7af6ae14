import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { type Child, startLight } from '../../child-server.ts';
import { brokerName, device, startBroker } from './broker.ts';
import { meterTopic } from './mqtt-park.ts';

/** Times at which the server is killed under load. */
const kills = 5;

it(`what the broker took is in the store once, however often the server is killed (${brokerName})`, { timeout: 600_000 }, async () => {
  const broker = await startBroker();
  const data = await mkdtemp(join(tmpdir(), 'data-'));
  const start = () => startLight(data, 0, { MQTT_URL: broker.url });
  const client = await device(broker);
  let online = 0;
  client.on('message', (_topic, payload) => {
    if (payload.toString() === 'online') online++;
  });
  await client.subscribeAsync('ecopark/sample/status', { qos: 1 });

  const file = join(data, 'sample.sqlite');
  const stored = () => {
    const db = new Database(file, { readonly: true });
    const row = db.prepare<[], { n: number; low: number; high: number }>(
      'SELECT count(*) AS n, min(time) AS low, max(time) AS high FROM reading',
    );
    const { n, low, high } = row.get() ?? { n: 0, low: 0, high: 0 };
    const ok = db.pragma('integrity_check', { simple: true });
    db.close();
    return { n, span: high - low + 1, ok };
  };

  const base = Date.now() - 86_400_000;
  let sent = 0;
  let taken = 0;
  let child: Child = start();
  await expect.poll(() => online, { timeout: 60_000 }).toBe(1);
  for (let round = 0; round < kills; round++) {
    let running = true;
    const publish = async () => {
      while (running) {
        const n = sent++;
        await client.publishAsync(meterTopic, JSON.stringify({ kW: n % 400, at: base + n }), { qos: 1 });
        taken++;
      }
    };
    const publishers = Array.from({ length: 50 }, publish);
    const before = stored().n;
    await expect.poll(() => stored().n, { timeout: 60_000 }).toBeGreaterThan(before + 100);
    await pause(200 * Math.random());
    child.process.kill('SIGKILL');
    await child.ended;
    await pause(50);
    running = false;
    await Promise.all(publishers);
    child = start();
    await expect.poll(() => online, { timeout: 60_000 }).toBe(round + 2);
  }
  expect(taken).toBeGreaterThan(300);
  // Every number from 0 on, each once: times are the primary key, and a second value would be a conflict.
  await expect.poll(stored, { timeout: 10_000 }).toEqual({ n: taken, span: taken, ok: 'ok' });
  child.process.kill('SIGTERM');
  expect(await child.ended).toBe(0);
  await client.endAsync();
  await broker.stop();
  await rm(data, { recursive: true });
});
