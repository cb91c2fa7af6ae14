/** The kept pictures that tests compare the scene with, and how they are taken anew. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { type Server, serveAt, take } from './take.ts';
import { type Reference, referenceDay, referenceSize, references } from './view.ts';

const folder = new URL('references/', import.meta.url);

/** The demo park with a day of its past, accounted: what happened then is the same on every run. */
export function serveReferences(): Promise<Server> {
  return serveAt('demo', ['--at', referenceDay.start], 1);
}

export function takeReference(browser: Browser, url: string, { path, tier }: Pick<Reference, 'path' | 'tier'>): Promise<Buffer> {
  return take(browser, { url: `${url}/parks/demo${path}`, ...referenceSize, tier, bare: true }, 86);
}

export function keptReference(name: string): Promise<Buffer> {
  return readFile(new URL(`${name}.jpg`, folder));
}

/** Takes all of them anew; those that are no longer asked for go. */
export async function acceptReferences(browser: Browser, say: (line: string) => void): Promise<void> {
  await mkdir(folder, { recursive: true });
  const server = await serveReferences();
  for (const reference of references) {
    await writeFile(new URL(`${reference.name}.jpg`, folder), await takeReference(browser, server.url, reference));
    say(`${reference.name}: kept`);
  }
  await server.stop();
  const wanted = new Set(references.map(({ name }) => `${name}.jpg`));
  for (const name of await readdir(folder)) if (!wanted.has(name)) await rm(new URL(name, folder));
}
