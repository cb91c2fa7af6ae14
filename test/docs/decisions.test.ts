import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const folder = new URL('docs/decisions/', root);
const pages = readdirSync(folder).filter((name) => name !== 'README.md');
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

test('every decision stands in the list, and the list names no other', () => {
  const listed = [...read('README.md').matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name as string);
  expect(listed.sort()).toEqual(pages.sort());
});

test.each(pages)('%s says what was decided, why one asks, what was measured, what it costs and when to look again', (name) => {
  const said = [...read(name).matchAll(/^\*\*(Decision\.|Why one asks\.|Measured\.|What it costs\.|Look again\*\*)/gm)].map(
    ([, title]) => title,
  );
  expect(said).toEqual(['Decision.', 'Why one asks.', 'Measured.', 'What it costs.', 'Look again**']);
});

test.each(['README.md', ...pages])('every file that %s names is there', (name) => {
  const text = read(name);
  const named = [...text.matchAll(/`((?:models|server|client|test|docs|data)\/[\w./-]*)`/g)].map(
    ([, path]) => new URL(path as string, root),
  );
  const linked = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => new URL(path as string, folder));
  expect([...named, ...linked].filter((path) => !existsSync(path)).map(String)).toEqual([]);
});
