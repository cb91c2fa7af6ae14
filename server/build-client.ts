/** Builds the client into dist/client when its sources are newer than the last build; prints a line, since it takes seconds. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['client', 'models', 'vite.config.ts', 'package-lock.json'];

async function newest(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(found.mtimeMs, ...inside);
}

/** True when dist/client is missing or older than what it is made of. */
export async function isStale(): Promise<boolean> {
  const built = await stat(join(root, 'dist/client/index.html')).catch(() => null);
  if (!built) return true;
  const times = await Promise.all(sources.map((source) => newest(join(root, source))));
  return Math.max(...times) > built.mtimeMs;
}

export async function buildClient(): Promise<void> {
  if (!(await isStale())) return;
  process.stderr.write('Building the pages (once, about ten seconds) …\n');
  await build({ root: join(root, 'client'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildClient();
