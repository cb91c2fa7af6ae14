import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('docs/promises.md', root), 'utf8');
const named = [...text.matchAll(/`([^`]+?) › ([^`]+)`/g)].map(([, file, title]) => ({ file: file as string, title: title as string }));

/** A title as it stands in the source: quoted, alone or before what a template adds. */
function holds(source: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => [quote, ' (${'].some((end) => source.includes(`${quote}${title}${end}`)));
}

test('every test that docs/promises.md names exists by that title', () => {
  const tests = named.filter(({ file }) => file.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(80);
  const missing = tests.filter(({ file, title }) => {
    const path = new URL(file, root);
    return !existsSync(path) || !holds(readFileSync(path, 'utf8'), title);
  });
  expect(missing).toEqual([]);
});

test('every result that docs/promises.md names is there, and of a soak it is that the promise holds', () => {
  const results = named.filter(({ file }) => file.endsWith('RESULTS.md'));
  const missing = results.filter(({ file, title }) => {
    const found = readFileSync(new URL(file, root), 'utf8');
    return file.startsWith('test/soak/') ? !found.includes(`## ${title}: the promise holds`) : !found.includes(`| ${title} |`);
  });
  expect(missing).toEqual([]);
});

test('docs/promises.md names nothing but tests and results', () => {
  expect(named.filter(({ file }) => !/^test\/[\w/.-]+(\.test\.ts|RESULTS\.md)$/.test(file))).toEqual([]);
});
