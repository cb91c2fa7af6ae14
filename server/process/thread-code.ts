/**
 * The code of a thread as one JavaScript file, so that it starts at once: a thread that reads TypeScript file by file takes
 * some eight times the processor time (docs/decisions/threads-from-one-file.md).
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { StartFault } from './start-fault.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Below the root, so that packages are found from there. */
const folder = join(root, 'dist/threads');
/** The last line of the file says what it was made of. */
const mark = '//# made of ';

const underWay = new Map<string, Promise<URL>>();

/**
 * Where the code of the thread `module` (a TypeScript file) lies as JavaScript; made when it is missing or a file that it was
 * made of is another one now. Throws when it cannot be made, and a StartFault when it cannot be written.
 */
export function threadCode(module: URL): Promise<URL> {
  const file = relative(root, fileURLToPath(module));
  const known = underWay.get(file) ?? upToDate(file).finally(() => underWay.delete(file));
  underWay.set(file, known);
  return known;
}

async function upToDate(file: string): Promise<URL> {
  const target = join(folder, `${file.replace(/\.ts$/, '').replaceAll(/[\\/]/g, '.')}.mjs`);
  if (!(await isFresh(target))) await make(file, target);
  return pathToFileURL(target);
}

async function isFresh(target: string): Promise<boolean> {
  const code = await readFile(target, 'utf8').catch(() => null);
  const at = code?.lastIndexOf(mark) ?? -1;
  if (code === null || at < 0) return false;
  const made: string[] = JSON.parse(code.slice(at + mark.length));
  const same = await Promise.all(made.map(async (input) => (await inputOf(input.slice(0, input.lastIndexOf(' ')))) === input));
  return same.every(Boolean);
}

/** A file with its size and time: another text as soon as it is another file. */
async function inputOf(path: string): Promise<string> {
  const found = await stat(resolve(root, path)).catch(() => null);
  return `${path} ${found ? `${found.size}:${found.mtimeMs}` : 'gone'}`;
}

async function make(file: string, target: string): Promise<void> {
  const started = Date.now();
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    absWorkingDir: root,
    outfile: target,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const inputs = [...Object.keys(metafile.inputs), relative(root, fileURLToPath(import.meta.url))];
  const made = await Promise.all(inputs.map(inputOf));
  // A file that was saved meanwhile may have been read before: what it was made of is then not said, so it is made again.
  const settled = (await Promise.all(inputs.map((input) => stat(resolve(root, input))))).every(({ mtimeMs }) => mtimeMs < started);
  // Several processes may make it at once: each writes its own, and the last to be renamed is as good as the first.
  const own = `${target}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(own, `${outputFiles[0]?.text}${settled ? `${mark}${JSON.stringify(made)}\n` : ''}`);
    await rename(own, target);
  } catch (error) {
    await rm(own, { force: true }).catch(() => {});
    throw new StartFault(
      `The code of the server's threads cannot be written: ${(error as Error).message}. ` +
        'Run "npm run build" once as somebody who may write there; a server that finds it made only reads it.',
    );
  }
}
