/** 500 viewers that do not read, beside 2,000 that do: what it costs the server, and the others. */
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../server/kill-line.ts';
import { ask, hear, kernelTcp_MB, needFiles, rss_MB, startProcess } from './process.ts';
import { progress, type Section, table } from './section.ts';

const readers = 2000;
const stalled = 500;
const rounds = 3;
const mostMemory_MB = 50;
/** Latencies of a busy machine differ this much from one minute to the next. */
const sameLatency = 1.25;

interface Watched {
  latencies: number[];
  ticks: number;
  snapshots: number;
  closed: number;
}

interface Phase extends Watched {
  memory_MB: number;
  kernel_MB: number;
}

export async function soakStalled(seconds = 40): Promise<Section> {
  needFiles(readers + stalled);
  const server = startProcess('live-server.ts');
  const { port } = await hear<{ port: number }>(server);
  const pid = server.pid as number;
  const url = `http://127.0.0.1:${port}`;
  const viewers = startProcess('live-viewers.ts', [url, readers]);
  await hear(viewers);
  await pause(5000);
  await ask(viewers, 'forget');

  /** The largest memory, and what the readers saw, over some seconds. */
  const watch = async (what: string): Promise<Phase> => {
    let [memory_MB, kernel_MB] = [0, 0];
    for (let i = 0; i < seconds * 4; i++) {
      memory_MB = Math.max(memory_MB, rss_MB(pid));
      kernel_MB = Math.max(kernel_MB, kernelTcp_MB());
      if (i % 40 === 0) progress(`${what}: ${i / 4} of ${seconds} s`);
      await pause(250);
    }
    return { memory_MB, kernel_MB, ...(await ask<Watched>(viewers, 'report')) };
  };
  const phase = (from: string, watches: readonly Phase[], letGo: string | number) => {
    const latencies = watches.flatMap((one) => one.latencies);
    const most = Math.max(...watches.map(({ memory_MB }) => memory_MB));
    const ticks = watches.reduce((sum, one) => sum + one.ticks, 0);
    return {
      most,
      p99: quantile(latencies, 0.99),
      // At the edges of a phase a tick may be seen by some in this one and by some in the next.
      delivered: latencies.length / (readers * ticks),
      row: {
        viewers: from,
        ticks,
        'p50, ms': quantile(latencies, 0.5),
        'p99, ms': quantile(latencies, 0.99),
        'memory of the server at most, MB': Math.round(most),
        'TCP in the kernel at most, MB': Math.round(Math.max(...watches.map(({ kernel_MB }) => kernel_MB))),
        'let go': letGo,
      },
    };
  };

  await watch('without stalled viewers, to warm up');
  const without: Phase[] = [];
  const withStalled: Phase[] = [];
  let letGo = 0;
  for (let round = 0; round < rounds; round++) {
    without.push(await watch(`without stalled viewers, ${round + 1} of ${rounds}`));
    const crowd = startProcess('stalled-viewers.ts', [url, stalled]);
    await hear(crowd);
    withStalled.push(await watch(`with stalled viewers, ${round + 1} of ${rounds}`));
    letGo += (await ask<{ letGo: number }>(crowd, 'end')).letGo;
    await pause(3000);
    await ask(viewers, 'forget');
  }
  const last = await ask<Watched>(viewers, 'report');
  viewers.kill('SIGKILL');
  server.kill('SIGKILL');

  const [a, b] = [
    phase(`${readers.toLocaleString('en')} reading`, without, ''),
    phase(`${readers.toLocaleString('en')} reading, ${stalled} stalled`, withStalled, letGo),
  ];
  const grown = b.most - a.most;
  const closed = last.closed;
  const passed = grown <= mostMemory_MB && b.p99 <= Math.max(a.p99 * sameLatency, a.p99 + 10) && closed === 0 && letGo >= stalled;
  return {
    title: 'stalled viewers',
    passed,
    text: `The live line at one tick a second of 20 kB; ${rounds} times ${seconds} s without and ${seconds} s with viewers that read nothing after their snapshot (half of them had acknowledged it, half are stock clients) and come back as soon as they are let go. Viewers are processes of their own. Memory grew by ${Math.round(grown)} MB (promised: at most ${mostMemory_MB}); p99 is ${(b.p99 / a.p99).toFixed(2)} of that without; readers let go by mistake: ${closed}.

${table([a.row, b.row])}`,
  };
}
