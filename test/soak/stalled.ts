/** 500 viewers that do not read, beside 2,000 that do: what it costs the server, and the others. */
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../server/kill-line.ts';
import { ask, hear, kernelTcp_MB, needFiles, rss_MB, startProcess } from './process.ts';
import { progress, type Section, table } from './section.ts';

const readers = 2000;
const stalled = 500;
const rounds = 5;
const mostMemory_MB = 50;
/** Latencies of a machine that others use differ this much from one minute to the next. */
const sameLatency = 1.25;

interface Watched {
  /** Latencies of each tick, ms. */
  ticks: number[][];
  closed: number;
}

interface Phase extends Watched {
  memory_MB: number;
  kernel_MB: number;
}

export async function soakStalled(seconds = 20): Promise<Section> {
  needFiles(readers + stalled);
  const server = startProcess('live-server.ts');
  const { port } = await hear<{ port: number }>(server);
  const pid = server.pid as number;
  const url = `http://127.0.0.1:${port}`;
  const viewers = startProcess('live-viewers.ts', [url, readers]);
  await hear(viewers);

  /** The largest memory, and what the readers saw, over some seconds. */
  const watch = async (what: string): Promise<Phase> => {
    await ask(viewers, 'forget');
    let [memory_MB, kernel_MB] = [0, 0];
    progress(what);
    for (let i = 0; i < seconds * 4; i++) {
      memory_MB = Math.max(memory_MB, rss_MB(pid));
      kernel_MB = Math.max(kernel_MB, kernelTcp_MB());
      await pause(250);
    }
    return { memory_MB, kernel_MB, ...(await ask<Watched>(viewers, 'report')) };
  };

  await watch('to warm up');
  const without: Phase[] = [];
  const withStalled: Phase[] = [];
  let letGo = 0;
  for (let round = 0; round < rounds; round++) {
    without.push(await watch(`without stalled viewers, ${round + 1} of ${rounds}`));
    const viewers = startProcess('stalled-viewers.ts', [url, stalled]);
    await hear(viewers);
    withStalled.push(await watch(`with stalled viewers, ${round + 1} of ${rounds}`));
    letGo += (await ask<{ letGo: number }>(viewers, 'end')).letGo;
    await pause(3000);
  }
  const { closed } = await ask<Watched>(viewers, 'report');
  viewers.kill('SIGKILL');
  server.kill('SIGKILL');

  const [a, b] = [sum(without), sum(withStalled)];
  const grown_MB = b.memory_MB - a.memory_MB;
  const passed =
    grown_MB <= mostMemory_MB && b.usual_ms <= a.usual_ms * sameLatency && closed === 0 && letGo >= stalled && b.missed + a.missed === 0;
  const row = (what: string, of: Sum) => ({
    viewers: what,
    ticks: of.ticks,
    'updates missed': of.missed,
    'p99 of the median tick, ms': of.usual_ms,
    'p99 of all, ms': of.p99_ms,
    'memory of the server at most, MB': Math.round(of.memory_MB),
    'TCP in the kernel at most, MB': Math.round(of.kernel_MB),
  });
  return {
    title: 'stalled viewers',
    passed,
    text: `The live line at one tick a second of 20 kB; ${rounds} times ${seconds} s without and ${seconds} s with viewers that read nothing after their snapshot (half of them had acknowledged it, half are stock clients) and come back when they are let go. Viewers are processes of their own. The median tick says what is usual; all of them together also what else the machine had to do. Memory grew by ${Math.round(grown_MB)} MB (promised: at most ${mostMemory_MB}); the usual p99 is ${(b.usual_ms / a.usual_ms).toFixed(2)} of that without; stalled viewers were let go ${letGo.toLocaleString('en')} times, readers ${closed} times.

${table([row(`${readers.toLocaleString('en')} reading`, a), row(`${readers.toLocaleString('en')} reading, ${stalled} stalled`, b)])}`,
  };
}

interface Sum {
  ticks: number;
  missed: number;
  usual_ms: number;
  p99_ms: number;
  memory_MB: number;
  kernel_MB: number;
}

function sum(phases: readonly Phase[]): Sum {
  const ticks = phases.flatMap((phase) => phase.ticks);
  const latencies = ticks.flat();
  const byTick = ticks.map((those) => quantile(those, 0.99));
  return {
    ticks: ticks.length,
    missed: ticks.length * readers - latencies.length,
    usual_ms: quantile(byTick, 0.5),
    p99_ms: quantile(latencies, 0.99),
    memory_MB: Math.max(...phases.map(({ memory_MB }) => memory_MB)),
    kernel_MB: Math.max(...phases.map(({ kernel_MB }) => kernel_MB)),
  };
}
