/** 5,000 viewers that come back together: after the server was started again, and to one that stays up when their line is cut. */
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild, writeSampleFolder } from '../server/child-server.ts';
import { freePort } from '../server/sources/mqtt/broker.ts';
import { collected_MB, hear, machineTime_ms, needFiles, rss_MB, startProcess } from './process.ts';
import { progress, type Section, table } from './section.ts';

const restarts = 6;
const cuts = 10;
/** Memory is flat when what is in use after the last rounds is no more than this above the first ones. */
const flat = 1.1;

type Row = Record<string, string | number> & { 'heap, MB': number };

export async function soakReconnect(count = 5000): Promise<Section> {
  needFiles(count);
  const park = await writeSampleFolder();
  const data = await mkdtemp(join(tmpdir(), 'viewers-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // The inspector, to collect garbage before looking.
  const env = { DATA_DIR: data, LOG_LEVEL: 'warn', NODE_OPTIONS: '--inspect=127.0.0.1:0' };
  const start = () => startChild(['--park', park, '--port', String(port)], env);
  let child: Child = start();
  await child.url;
  const empty_MB = rss_MB(child.process.pid as number);
  const emptyHeap_MB = await collected_MB(child.said());
  const viewers: ChildProcess = startProcess('reconnecting-viewers.ts', [url, count]);
  await hear(viewers);

  const settle = async (what: string, began: number, all: Promise<{ at: number; tries: number }>): Promise<Row> => {
    const { at, tries } = await all;
    await pause(3000);
    const { pid } = child.process;
    return {
      what,
      'all back after, s': ((at - began) / 1000).toFixed(1),
      'tries a viewer': (tries / count).toFixed(1),
      'heap, MB': Number((await collected_MB(child.said())).toFixed(1)),
      'memory, MB': Math.round(rss_MB(pid as number)),
    };
  };

  const rows: { restart: Row[]; cut: Row[] } = { restart: [], cut: [] };
  for (let i = 0; i < restarts; i++) {
    const signal = i % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
    progress(`restart ${i + 1} of ${restarts}`);
    child.process.kill(signal);
    await child.ended;
    const all = hear<{ at: number; tries: number }>(viewers);
    viewers.send('count');
    child = start();
    await child.url;
    const began = machineTime_ms();
    rows.restart.push(await settle(`restart after ${signal}`, began, all));
  }
  for (let i = 0; i < cuts; i++) {
    progress(`cut ${i + 1} of ${cuts}`);
    const all = hear<{ at: number; tries: number }>(viewers);
    const began = machineTime_ms();
    viewers.send('cut');
    rows.cut.push(await settle(`line cut, ${i + 1}`, began, all));
  }
  viewers.kill('SIGKILL');
  child.process.kill('SIGTERM');
  await child.ended;
  await rm(data, { recursive: true });
  await rm(park, { recursive: true });

  const memory = (list: readonly Row[]) => list.map((row) => row['heap, MB']);
  const passed =
    Math.max(...memory(rows.restart)) <= Math.min(...memory(rows.restart)) * flat &&
    Math.max(...memory(rows.cut.slice(-3))) <= Math.max(...memory(rows.cut.slice(0, 3))) * flat;
  return {
    title: 'viewers that come back',
    passed,
    text: `${count.toLocaleString('en')} viewers in a process of their own at \`server/main.ts\` (without any: heap ${emptyHeap_MB.toFixed(1)} MB, memory ${Math.round(empty_MB)} MB), each back within a second of being cut off, again and again until it has a snapshot. Times count from when the server is up, or from the cut. Heap is what is in use when garbage was collected; memory of the process is with the room that V8 keeps for itself, which comes and goes.

${table([...rows.restart, ...rows.cut])}`,
  };
}
