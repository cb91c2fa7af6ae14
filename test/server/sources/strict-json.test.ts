import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, parseStrictJson } from '../../../server/sources/strict-json.ts';

describe('strict JSON', () => {
  it('reads whatever JSON.stringify writes', () => {
    const tame = (value: unknown) => !/__proto__|\d{16}/.test(JSON.stringify(value));
    const json = fc.jsonValue({ maxDepth: 6 }).filter(tame);
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('never takes what JSON.parse refuses, and fails with its own error only', () => {
    const almost = fc.array(fc.constantFrom('{', '}', '[', ']', '"', 'a', '\\', ',', ':', '1', '-', '.', 'e', 'null', ' ', '\n', '\u0000'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          almost.map((parts) => parts.join('')),
        ),
        (text) => {
          let value: unknown;
          try {
            value = parseStrictJson(text);
          } catch (error) {
            expect(error).toBeInstanceOf(JsonFault);
            return;
          }
          expect(value).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a key twice', '{"a":1,"a":1}', 'there twice'],
    ['an own __proto__', '{"a":{"__proto__":{"x":1}}}', '__proto__'],
    ['an own __proto__ in disguise', '{"\\u005f_proto__":1}', '__proto__'],
    ['1e400', '[1e400]', 'too large'],
    ['an integer beyond 2^53', '[9007199254740993]', '2^53'],
    ['depth over 16', '['.repeat(17) + ']'.repeat(17), 'deeper than 16'],
    ['depth of a million', '['.repeat(1_000_000), 'deeper than 16'],
    ['NaN', '[NaN]', 'number'],
    ['a comma too many', '[1,]', 'number'],
    ['a leading zero', '[01]', 'expected'],
    ['text after the end', '{} {}', 'follows'],
    ['an empty text', '', 'too early'],
    ['a newline in a string', '["a\nb"]', 'control character'],
  ])('refuses %s', (_, text, why) => {
    expect(() => parseStrictJson(text)).toThrow(why);
  });

  it('names the place', () => {
    expect(() => parseStrictJson('{"readings":[{"value":1},{"value":1e999}]}')).toThrow('readings[1].value');
  });

  it('takes depth 16 and long strings with escapes', () => {
    expect(parseStrictJson('['.repeat(16) + ']'.repeat(16))).toBeTruthy();
    const long = `"${'ab\\n\\"'.repeat(200_000)}"`;
    expect(parseStrictJson(long)).toBe(JSON.parse(long));
  });
});
