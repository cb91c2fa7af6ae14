import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { threadModules } from '../../../server/build-threads.ts';
import { threadCode } from '../../../server/process/thread-code.ts';
import { startWorker } from '../../../server/process/worker.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
mkdirSync(dist, { recursive: true });
const folder = mkdtempSync(join(dist, 'thread-code-'));
const made = new Set<URL>();
afterAll(() => {
  for (const url of made) rmSync(url, { force: true });
  rmSync(folder, { recursive: true });
});

function put(name: string, text: string): URL {
  const path = join(folder, name);
  writeFileSync(path, text);
  return pathToFileURL(path);
}

/** A thread that answers what `result` is and ends. */
const answering = (result: string) => `
import { parentPort, workerData } from 'node:worker_threads';
import { number } from './number.ts';
parentPort?.on('message', ({ id }: { id: number }) => {
  parentPort?.postMessage({ id, result: ${result} });
  parentPort?.close();
});
`;

async function said<T>(module: URL): Promise<T> {
  made.add(await threadCode(module));
  const thread = await startWorker(module, { more: 40 });
  const answer = await thread.ask<T>({ kind: 'say' });
  await thread.ended;
  return answer;
}

describe('the code of a thread', () => {
  let module: URL;
  beforeEach(() => {
    put('number.ts', 'export const number: number = 2;\n');
    module = put('thread.ts', answering('number + workerData.more'));
  });

  test('is made when it is missing, and again when one of its files has changed', async () => {
    expect(await said(module)).toBe(42);
    const target = await threadCode(module);
    const { ino } = statSync(target);
    expect(await said(module)).toBe(42);
    expect(statSync(target).ino).toBe(ino);
    put('number.ts', 'export const number: number = 60;\n');
    expect(await said(module)).toBe(100);
  });

  test('is made again where what lies there is torn, empty or of something else', async () => {
    const target = await threadCode(module);
    const whole = readFileSync(target, 'utf8');
    for (const text of [whole.slice(0, 200), whole.slice(0, -20), '', 'hello(\n//# made of []\n', 'hello(\n//# made of {"a":1}\n']) {
      writeFileSync(target, text);
      expect(await said(module)).toBe(42);
    }
  });

  test('is up to date by what its files say, whatever times a copy gave them', async () => {
    const target = await threadCode(module);
    const { ino } = statSync(target);
    utimesSync(module, 2e9, 2e9);
    await threadCode(module);
    expect(statSync(target).ino).toBe(ino);
  });

  test('is one whole file, however many ask for it at once', async () => {
    rmSync(await threadCode(module));
    expect(await Promise.all(Array.from({ length: 5 }, () => said(module)))).toEqual([42, 42, 42, 42, 42]);
  });

  test('says in which file and line a fault is', async () => {
    const failing = put('failing.ts', answering('new Error(String(number)).stack'));
    expect(await said<string>(failing)).toContain('failing.ts:5:');
    const ending = put('ending.ts', "throw new Error('made fault');\n");
    made.add(await threadCode(ending));
    const thread = await startWorker(ending, {});
    const fault = (await thread.ask({ kind: 'say' }).catch((error) => error)) as Error;
    expect((fault.cause as Error).stack).toContain('ending.ts:1:');
    const broken = put('broken.ts', 'export const so: = 1;\n');
    await expect(startWorker(broken, {})).rejects.toThrow(/broken\.ts:1:/);
  });

  test('that cannot be written says where, and what to do', async () => {
    const target = fileURLToPath(await threadCode(module));
    rmSync(target);
    // A folder in its place: also the administrator cannot write over it.
    mkdirSync(join(target, 'in-the-way'), { recursive: true });
    await expect(threadCode(module)).rejects.toThrow(/\(it is not there\), and cannot be written: .*thread\.mjs.*npm run build/);
    rmSync(target, { recursive: true });
    expect(readdirSync(join(dist, 'threads')).filter((name) => name.includes('thread-code-') && !name.endsWith('.mjs'))).toEqual([]);
  });
});

test('a build makes every thread that the server starts', async () => {
  const server = new URL('../../../server/', import.meta.url);
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const started = files.flatMap((name) => {
    const file = new URL(name, server);
    const text = readFileSync(file, 'utf8');
    return text.includes('startWorker(')
      ? [...text.matchAll(/'(\.[^']*thread\.ts)'/g)].map(([, path]) => new URL(path as string, file).href)
      : [];
  });
  expect((await threadModules()).map(String).sort()).toEqual([...new Set(started)].sort());
});
