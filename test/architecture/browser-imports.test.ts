/** What travels to the browser. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const imported =
  /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)|new URL\('([^']+\.ts)', import\.meta\.url\)/gm;

/** Files and libraries that a file needs when it runs, and all that those need. */
function reached(entry: string): Map<string, string> {
  const from = new Map<string, string>([[entry, '']]);
  for (const file of from.keys()) {
    if (!/\.tsx?$/.test(file) || !existsSync(file)) continue;
    for (const [, a, b, c] of readFileSync(file, 'utf8').matchAll(imported)) {
      const name = (a ?? b ?? c) as string;
      const target = name.startsWith('.') ? join(dirname(file), name) : name;
      if (!from.has(target)) from.set(target, file);
    }
  }
  return from;
}

it('the browser gets the types of the contract, not its schemas', () => {
  const from = reached(join(root, 'client/main.tsx'));
  expect(from.size).toBeGreaterThan(200);
  expect([...from.keys()].some((file) => file.endsWith('client/scene/Scene.tsx'))).toBe(true);
  const way: string[] = [];
  for (let at = from.has('zod') ? 'zod' : ''; at !== ''; at = from.get(at) ?? '') way.push(relative(root, at));
  expect(way).toEqual([]);
});
