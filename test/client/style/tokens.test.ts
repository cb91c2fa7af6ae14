import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const client = fileURLToPath(new URL('../../../client/', import.meta.url));
const tokens = readFileSync(`${client}tokens.css`, 'utf8');
const sheets = readdirSync(client, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css') && path !== 'tokens.css')
  .map((path) => ({ path, lines: readFileSync(client + path, 'utf8').split('\n') }));

/** Declarations outside the tokens that match, with their place. */
const found = (pattern: RegExp, allowed = /$^/) =>
  sheets.flatMap(({ path, lines }) =>
    lines.flatMap((line, i) => (pattern.test(line) && !allowed.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );

describe('the design tokens', () => {
  test('are the only place of a colour', () => {
    expect(found(/(#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|lab)\()/i, /^\s*(#[\w-]+\s*[{,]|@)/)).toEqual([]);
    expect(found(/:\s[^;]*(?<!-)\b(white|black|gr[ae]y|red|blue|green|orange)\b/)).toEqual([]);
  });

  test('are the only place of a size of type, of a corner, of a duration, of an order of depth', () => {
    expect(found(/font-size:/, /var\(--(text|print)-\w+\)|inherit/)).toEqual([]);
    expect(found(/border(-\w+)*-radius:/, /var\(--radius-\w+\)|:\s*(0|inherit);/)).toEqual([]);
    expect(found(/(transition|animation)[^;]*\b[\d.]+m?s\b/)).toEqual([]);
    expect(found(/^\s*[^-]*\b[\d.]+m?s\b[,;]/)).toEqual([]);
    expect(found(/z-index:/, /var\(--z-\w+\)/)).toEqual([]);
  });

  test('are each used, and each that is used is there', () => {
    const code = readdirSync(client, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(css|tsx?)$/.test(path))
      .map((path) => readFileSync(client + path, 'utf8'))
      .join('\n');
    const defined = [...new Set([...tokens.matchAll(/^\s+(--[\w-]+):/gm)].map((match) => match[1] ?? ''))];
    // Charts, scene and plan ask for some by a name that they put together.
    const asked = (name: string) =>
      code.includes(`var(${name})`) ||
      code.includes(`var(${name},`) ||
      /^--(source|carrier|chart|plan)-/.test(name) ||
      code.includes(`'${name}'`);
    expect(defined.filter((name) => !asked(name))).toEqual([]);
    const used = [...code.matchAll(/var\((--[\w-]+)\)/g)].map((match) => match[1] ?? '');
    const made = new Set([...code.matchAll(/(--[\w-]+)['"]?[:,]/g)].map((match) => match[1] ?? ''));
    expect([...new Set(used)].filter((name) => !made.has(name))).toEqual([]);
  });

  test('have the same colours in the dark, where light ones would not do', () => {
    const [light = '', dark = ''] = tokens.split(':root[data-theme="dark"]');
    const names = (text: string) => [...text.matchAll(/^\s+(--[\w-]+):/gm)].map((match) => match[1] ?? '');
    expect(names(dark).filter((name) => !names(light).includes(name))).toEqual([]);
    for (const name of ['--sheet', '--text', '--muted', '--accent', '--on-accent', '--warn', '--past', '--on-past'])
      expect(names(dark)).toContain(name);
  });
});

test('no style sheet is longer than a person reads in one go', () => {
  expect(sheets.filter(({ lines }) => lines.length > 251).map(({ path, lines }) => `${path}: ${lines.length}`)).toEqual([]);
});
