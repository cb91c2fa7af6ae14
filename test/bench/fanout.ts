/** Fan-out: one tick a second of 2 kB to viewers in another process, against bare `ws` broadcasting the same bytes. */
import { setTimeout as pause } from 'node:timers/promises';
import { answer, ask, type Memory, start } from './processes.ts';
import type { Row } from './table.ts';

/** The live line, bare `ws`; and with readings coming in: the whole twin, or as little as would do the same. */
export type FanoutKind = 'ours' | 'ws' | 'twin' | 'plain';

interface Measured {
  received: number;
  snapshots: number;
  p50: number;
  p99: number;
  /** Heap and buffers, and all memory of the process (noisy: what it was before it had viewers counts), by viewer. */
  heap_kB: number;
  rss_kB: number;
  /** Share of one core that the server took. */
  busy: number;
}

const ticks = 8;
/** With the ticks before the first and after the last that are measured. */
const waited_ms = (ticks + 3) * 1000;

/** The first viewers bring code and room for it, which is not what a viewer costs. */
async function warmUp(kind: FanoutKind, port: number): Promise<void> {
  const viewers = start('fanout-viewers.ts', [kind, `http://127.0.0.1:${port}`, '100', '1']);
  await answer(viewers);
  viewers.kill('SIGKILL');
  await pause(1000);
}

async function measure(kind: FanoutKind, count: number): Promise<Measured> {
  const server = start('fanout-server.ts', [kind]);
  const { port } = await answer<{ port: number }>(server);
  await warmUp(kind, port);
  const before = await ask<Memory>(server, 'memory');
  const viewers = start('fanout-viewers.ts', [kind, `http://127.0.0.1:${port}`, String(count), String(ticks)]);
  try {
    await answer(viewers);
    server.send('start');
    await pause(2500);
    viewers.send('begin');
    const began = await ask<{ cpu_ms: number }>(server, 'cpu');
    await pause(waited_ms);
    const measured = await ask<Omit<Measured, 'heap_kB' | 'rss_kB' | 'busy'>>(viewers, 'report');
    const ended = await ask<{ cpu_ms: number }>(server, 'cpu');
    const after = await ask<Memory>(server, 'memory');
    const share = (key: keyof Memory) => (after[key] - before[key]) / 1024 / count;
    return { ...measured, busy: (ended.cpu_ms - began.cpu_ms) / waited_ms, heap_kB: share('heap'), rss_kB: share('rss') };
  } finally {
    viewers.kill('SIGKILL');
    server.kill('SIGKILL');
  }
}

export async function benchFanout(counts: readonly number[] = [1000, 5000]): Promise<Row[]> {
  const rows: Row[] = [];
  const memory: { count: number; ours: Measured; reference: Measured }[] = [];
  for (const count of counts) {
    const reference = await measure('ws', count);
    const ours = await measure('ours', count);
    memory.push({ count, ours, reference });
    const said = ({ p50, p99, heap_kB, rss_kB, busy, received }: Measured) =>
      `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${heap_kB.toFixed(1)} kB of heap (${rss_kB.toFixed(0)} kB in all) a viewer, ${Math.round(busy * 100)} % of a core, ${Math.round((100 * received) / (ticks * count))} % delivered`;
    rows.push({
      what: `fan-out, 2 kB a second to ${count.toLocaleString('en')} viewers in another process`,
      ours: said(ours),
      reference: `${said(reference)}; bare ws`,
      ratio: `p99 ${(ours.p99 / reference.p99).toFixed(1)}×`,
    });
  }
  const [few, many] = memory;
  if (few && many) {
    // Between two everyone, so that what the process takes for itself is in neither.
    const further = (kind: 'ours' | 'reference') =>
      `${((many[kind].rss_kB * many.count - few[kind].rss_kB * few.count) / (many.count - few.count)).toFixed(1)} kB`;
    rows.push({
      what: `memory of each further viewer, ${few.count.toLocaleString('en')} to ${many.count.toLocaleString('en')}, resident`,
      ours: further('ours'),
      reference: `${further('reference')}, bare ws`,
      ratio: '',
    });
  }
  return rows;
}
