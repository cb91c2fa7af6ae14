/** Both at once: a viewers of viewers at 1 Hz, and durable readings at a steady rate, each from processes of their own. */
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { answer, ask, type Memory, start } from './processes.ts';
import type { Row } from './table.ts';

const rate = 10_000;

interface Load {
  viewers: number;
  ticks: number;
}

interface Measured {
  received: number;
  p50: number;
  p99: number;
  bytes: number;
  ingest: { rate: number; failed: number; p99: number };
  /** By viewer. */
  heap_kB: number;
  /** All the process has, readings on their way and all. */
  rss_MB: number;
  busy: number;
}

async function measure(kind: 'twin' | 'plain', { viewers: count, ticks }: Load, updateBytes = 0): Promise<Measured> {
  const server = start('together-server.ts', [kind, String(updateBytes)]);
  const { port, names, folder } = await answer<{ port: number; names: string[]; folder: string }>(server);
  const url = `http://127.0.0.1:${port}`;
  const feeder = start('feeder.ts', [url, String(rate), ...names]);
  await answer(feeder);
  await pause(5000);
  const viewers = start('fanout-viewers.ts', [kind, url, String(count), String(ticks)]);
  try {
    await answer(viewers);
    await pause(3000);
    viewers.send('begin');
    feeder.send('begin');
    const began = await ask<{ cpu_ms: number }>(server, 'cpu');
    await pause((ticks + 4) * 1000);
    const seen = await ask<Pick<Measured, 'received' | 'p50' | 'p99'>>(viewers, 'report');
    const ingest = await ask<Measured['ingest']>(feeder, 'report');
    const ended = await ask<{ cpu_ms: number }>(server, 'cpu');
    const { bytes } = await ask<{ bytes: number }>(server, 'bytes');
    const crowded = await ask<Memory>(server, 'memory');
    // Readings take memory too, and more of it as time goes on: what the viewers take is what goes with them.
    viewers.kill('SIGKILL');
    await pause(4000);
    const alone = await ask<Memory>(server, 'memory');
    return {
      ...seen,
      ingest,
      bytes,
      heap_kB: (crowded.heap - alone.heap) / 1024 / count,
      rss_MB: crowded.rss / 2 ** 20,
      busy: (ended.cpu_ms - began.cpu_ms) / ((ticks + 4) * 1000),
    };
  } finally {
    for (const child of [viewers, feeder, server]) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

export async function benchTogether(load: Load = { viewers: 5000, ticks: 60 }): Promise<Row[]> {
  const { viewers: count, ticks } = load;
  const ours = await measure('twin', load);
  const reference = await measure('plain', load, ours.bytes);
  const said = ({ received, p50, p99, bytes, ingest, heap_kB, rss_MB, busy }: Measured) =>
    `${((100 * received) / (ticks * count)).toFixed(2)} % delivered (${(bytes / 1000).toFixed(1)} kB each), p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; ${Math.round(ingest.rate).toLocaleString('en')} readings/s durable${ingest.failed > 0 ? `, ${ingest.failed} refused` : ''}, acknowledged within ${ingest.p99.toFixed(0)} ms (p99); ${heap_kB.toFixed(1)} kB of heap a viewer, ${rss_MB.toFixed(0)} MB resident in all, ${Math.round(100 * busy)} % of a core`;
  return [
    {
      what: `both at once for ${ticks} s: ${count.toLocaleString('en')} viewers at 1 Hz, ${rate.toLocaleString('en')} readings/s by HTTP, 250 a posting`,
      ours: said(ours),
      reference: `${said(reference)}; node:http, JSON.parse, better-sqlite3 and bare ws in one thread, nothing checked or accounted`,
      ratio: `p99 ${(ours.p99 / reference.p99).toFixed(1)}×`,
    },
  ];
}
