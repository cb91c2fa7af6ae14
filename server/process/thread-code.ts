/**
 * The code of a thread as one JavaScript file, so that it starts at once: a thread that reads TypeScript file by file takes
 * some six times the processor time (docs/decisions/threads-from-one-file.md).
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildFailure } from 'esbuild';
import { StartFault } from './start-fault.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Below the root, so that packages are found from there. */
const folder = join(root, 'dist/threads');
const self = relative(root, fileURLToPath(import.meta.url));
/** The last line of the file says what it was made of: each file by its content, since times do not survive copying. */
const mark = '//# made of ';

const underWay = new Map<string, Promise<URL>>();

/**
 * Where the code of the thread `module` (a TypeScript file) lies as JavaScript; made when it is missing or a file that it was
 * made of is another one now. Throws a StartFault when it cannot be made or written.
 */
export function threadCode(module: URL): Promise<URL> {
  const file = relative(root, fileURLToPath(module));
  const known = underWay.get(file) ?? upToDate(file).finally(() => underWay.delete(file));
  underWay.set(file, known);
  return known;
}

async function upToDate(file: string): Promise<URL> {
  const target = join(folder, `${file.replace(/\.ts$/, '').replaceAll('/', '.')}.mjs`);
  const stale = await whyStale(file, target);
  if (stale) await make(file, target, stale);
  return pathToFileURL(target);
}

/** Why the code has to be made, or null when it is there and up to date. */
async function whyStale(file: string, target: string): Promise<string | null> {
  const code = await readFile(target, 'utf8').catch(() => '');
  if (code === '') return 'it is not there';
  let made: Record<string, string>;
  try {
    made = JSON.parse(code.slice(code.lastIndexOf(mark) + mark.length));
  } catch {
    return 'what is there is not whole';
  }
  if (made[file] === undefined) return 'what is there is of something else';
  const changed = await Promise.all(
    Object.entries(made).map(async ([path, hash]) => {
      const now = await readFile(resolve(root, path)).catch(() => null);
      return now !== null && hashOf(now) === hash ? null : path;
    }),
  );
  const first = changed.find((path) => path !== null);
  return first === undefined ? null : `${first} has changed`;
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}

async function make(file: string, target: string, why: string): Promise<void> {
  const { build } = await import('esbuild');
  const made: Record<string, string> = { [self]: hashOf(await readFile(join(root, self))) };
  const built = await build({
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
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'what it is made of',
        // Each file is read once, so that what is noted is what was built, also when somebody saves meanwhile.
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const contents = await readFile(path);
            made[relative(root, path)] = hashOf(contents);
            return { contents, loader: 'ts' };
          }),
      },
    ],
  }).catch(({ message }: BuildFailure) => {
    throw new StartFault(`The code of a thread cannot be made: ${message}`);
  });
  // Several processes may make it at once: each writes its own, and the last to be renamed is as good as the first.
  const own = `${target}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(own, `${built.outputFiles[0]?.text}${mark}${JSON.stringify(made)}\n`);
    await rename(own, target);
  } catch (error) {
    await rm(own, { force: true }).catch(() => {});
    throw new StartFault(
      `The code of the server's threads has to be made (${why}), and cannot be written: ${(error as Error).message}. ` +
        'Run "npm run build" once as somebody who may write there; a server that finds it made only reads it.',
    );
  }
}
