/** A server in a process of its own, to be killed: `server/main.ts` with the sample park, or a light one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleFactors, sampleGeoJson, sampleYaml } from '../sample-park.ts';
import { token } from './sample-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A park folder whose meters nobody simulates; `into`: written over one that is there. */
export async function writeSampleFolder(yaml = sampleYaml.replaceAll('{type: simulator}', '{type: push}'), into?: string): Promise<string> {
  const folder = into ?? (await mkdtemp(join(tmpdir(), 'park-')));
  // Those that data/factors has already are not given again.
  const own = JSON.parse(sampleFactors).filter(({ id }: { id: string }) => id.endsWith('-test'));
  await writeFile(join(folder, 'park.yaml'), `${yaml}\nfactors: ${JSON.stringify(own)}\n`);
  await writeFile(join(folder, 'park.geojson'), sampleGeoJson);
  return folder;
}

export interface Child {
  process: ChildProcess;
  /** What it said on standard error so far. */
  said(): string;
  /** Where it serves; rejects when it ends before. */
  url: Promise<string>;
  ended: Promise<number | null>;
}

export function startChild(args: string[], env: Record<string, string> = {}, file = 'server/main.ts'): Child {
  return startCommand(process.execPath, ['--import', 'tsx', file, ...args], env);
}

function startCommand(command: string, args: string[], env: Record<string, string>): Child {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, INGEST_TOKEN: token, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      const found = /http:\/\/(?:localhost|0\.0\.0\.0):(\d+)/.exec(said);
      if (found) resolve(`http://127.0.0.1:${found[1]}`);
    };
    child.stderr?.on('data', listen);
    child.stdout?.on('data', listen);
    ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  url.catch(() => {});
  return { process: child, said: () => said, url, ended };
}

/** With the smallest park, made in code. */
export function startLight(data: string, port: number, env: Record<string, string> = {}): Child {
  return startChild([], { DATA_DIR: data, PORT: String(port), ...env }, 'test/server/light-main.ts');
}

const mount = (kB: number, folder: string) => `mount -t tmpfs -o size=${kB}k tmpfs "${folder}"`;

/** Whether this machine lets a process have a small disk of its own (Linux, with namespaces for users). */
export function maySmallDisk(): boolean {
  return spawnSync('unshare', ['-rm', 'sh', '-c', mount(100, tmpdir())]).status === 0;
}

/** `server/main.ts` with its histories on a disk of `kB` that `ballast` fills by `ballast_kB`. */
export function startOnSmallDisk(park: string, data: string, kB: number, ballast_kB: number): Child & { seen(name: string): string } {
  const fill = `head -c ${ballast_kB * 1024} /dev/zero > "${join(data, 'ballast')}"`;
  const serve = `exec "${process.execPath}" --import tsx server/main.ts --park "${park}" --port 0`;
  const child = startCommand('unshare', ['-rm', 'sh', '-c', `${mount(kB, data)} && ${fill} && ${serve}`], { DATA_DIR: data });
  // Only the process sees its disk; others find it by its root.
  return { ...child, seen: (name) => join(`/proc/${child.process.pid}/root`, data, name) };
}
