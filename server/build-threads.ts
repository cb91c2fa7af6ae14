/** `npm run build`, second part: makes the code of every thread, for a server that may not write where it is installed. */
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { threadCode } from './process/thread-code.ts';

/** The threads of the server: every file whose name ends in `thread.ts`. */
export async function threadModules(): Promise<URL[]> {
  const server = new URL('.', import.meta.url);
  const names = await readdir(server, { recursive: true });
  return names.filter((name) => /(^|[/-])thread\.ts$/.test(name)).map((name) => new URL(name, server));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await Promise.all((await threadModules()).map(threadCode));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
