/** Processes of a benchmark, so that what measures does not share a thread with what is measured. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function start(file: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--expose-gc', '--import', 'tsx'] });
}

export function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
    child.once('exit', ended);
  });
}

export function ask<T>(child: ChildProcess, question: string): Promise<T> {
  const answered = answer<T>(child);
  child.send(question);
  return answered;
}

export interface Memory {
  rss: number;
  heap: number;
}

/** Answers `memory` and `cpu` in a process that is measured; hands everything else on. */
export function tellUsage(other: (message: string) => void): void {
  process.on('message', async (message: string) => {
    if (message === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpu_ms: (user + system) / 1000 });
    } else if (message === 'memory') {
      // What has just been let go is not what a viewer costs.
      for (let i = 0; i < 3; i++) {
        globalThis.gc?.();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const { rss, heapUsed, external } = process.memoryUsage();
      process.send?.({ rss, heap: heapUsed + external } satisfies Memory);
    } else other(message);
  });
}

/** Of sorted values. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
