import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { en } from '../../../client/locales/en.ts';
import { chooseLanguage, textIn } from '../../../client/locales/language.ts';
import { zh } from '../../../client/locales/zh.ts';

function flatten(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  );
}
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the catalogues', () => {
  const chinese = new Map(flatten(zh));

  test('have the same keys, and no text is empty', () => {
    expect([...chinese.keys()].sort()).toEqual(
      flatten(en)
        .map(([key]) => key)
        .sort(),
    );
    for (const [key, text] of [...flatten(en), ...chinese]) expect(text, key).not.toBe('');
  });

  test('fill in the same values in both languages', () => {
    for (const [key, text] of flatten(en)) expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text));
  });

  test('are translated: what is the same in both is a name, a sign or a unit', () => {
    const same = flatten(en).filter(([key, text]) => chinese.get(key) === text);
    expect(same.map(([key]) => key).filter((key) => !/unit|Unit|speed$/.test(key))).toEqual([]);
  });

  test('are chosen by the link, then by the last choice, then by the device', () => {
    expect(chooseLanguage('zh', 'en', ['en'])).toBe('zh');
    expect(chooseLanguage(null, 'zh', ['en'])).toBe('zh');
    expect(chooseLanguage(null, null, ['fr', 'zh-TW'])).toBe('zh');
    expect(chooseLanguage('xx', null, ['fr'])).toBe('en');
  });

  test('a park’s text falls back to English', () => {
    expect(textIn('zh', { en: 'Hall' })).toBe('Hall');
    expect(textIn('zh', { en: 'Hall', zh: '厂房' })).toBe('厂房');
  });
});

const client = fileURLToPath(new URL('../../../client', import.meta.url));
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.tsx') ? [path] : [];
  });
const read = new Set(['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'closeLabel', 'eyebrow']);
const hasLetters = (text: unknown) => typeof text === 'string' && /\p{L}/u.test(text);

/** Literal text that a person would read, in the JSX of one file. */
function literals(path: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, ...rest } = node as { type?: string } & Record<string, unknown>;
    if (type === 'JSXText' && hasLetters(rest['value'])) found.push(String(rest['value']).trim());
    if (type === 'JSXAttribute') {
      const name = (rest['name'] as { name?: string }).name ?? '';
      const value = rest['value'] as { type?: string; value?: unknown } | null;
      if (read.has(name) && value?.type === 'Literal' && hasLetters(value.value)) found.push(`${name}=${String(value.value)}`);
      // Class names and the like are not read by people.
      if (!read.has(name)) return;
    }
    if (type === 'JSXExpressionContainer') {
      const inner = rest['expression'] as { type?: string; value?: unknown };
      if (inner.type === 'Literal' && hasLetters(inner.value)) found.push(String(inner.value));
    }
    for (const value of Object.values(rest)) visit(value);
  };
  visit(parseSync(path, readFileSync(path, 'utf8')).program);
  return found;
}

test('no component holds text of its own: every string a person reads is in a catalogue', () => {
  const all = files(client).flatMap((path) => literals(path).map((text) => `${path.slice(client.length + 1)}: ${text}`));
  expect(all).toEqual([]);
});
