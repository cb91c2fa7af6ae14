/** Processes of a soak: started, asked, and looked at from outside. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

export function startProcess(file: string, args: readonly (string | number)[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args.map(String), { execArgv: ['--expose-gc', '--import', 'tsx'] });
}

/** The next thing that a process says. */
export function hear<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the soak ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

export function ask<T>(child: ChildProcess, question: string): Promise<T> {
  const heard = hear<T>(child);
  child.send(question);
  return heard;
}

/** Memory of a process that is in RAM, in MB. */
export function rss_MB(pid: number): number {
  const kB = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kB) / 1024;
}

/** What the kernel holds for all TCP connections of this machine, in MB. */
export function kernelTcp_MB(): number {
  const pages = /TCP:.* mem (\d+)/.exec(readFileSync('/proc/net/sockstat', 'utf8'))?.[1];
  return (Number(pages) * 4) / 1024;
}

/** A viewer is an open file in its process and one in the server. Node has raised its limit as far as it may. */
export function needFiles(viewers: number): void {
  if (process.platform !== 'linux') throw new Error('this soak reads /proc and so needs Linux');
  const most = Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
  const needed = viewers + 500;
  if (most < needed)
    throw new Error(`${viewers} viewers need ${needed} open files in a process, and only ${most} are allowed: ulimit -n ${needed}`);
}

/** Monotonic, and the same in every process of this machine. */
export function machineTime_ms(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Heap in use of a process that was started with --inspect, after collecting garbage, in MB. `said` is its standard error. */
export async function collected_MB(said: string): Promise<number> {
  const address = /Debugger listening on (ws:\S+)/.exec(said)?.[1];
  if (address === undefined) throw new Error('the process has no inspector');
  const inspector = new WebSocket(address);
  await new Promise((resolve) => inspector.once('open', resolve));
  let id = 0;
  const call = (method: string) =>
    new Promise<{ usedSize?: number }>((resolve) => {
      id++;
      inspector.send(JSON.stringify({ id, method }));
      inspector.once('message', (answer) => resolve(JSON.parse(String(answer)).result));
    });
  await call('HeapProfiler.collectGarbage');
  await call('HeapProfiler.collectGarbage');
  const { usedSize } = await call('Runtime.getHeapUsage');
  inspector.terminate();
  return Number(usedSize) / 2 ** 20;
}
