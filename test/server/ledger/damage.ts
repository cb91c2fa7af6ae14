/** Good texts with damage here and there: what the fuzz tests give to parsers. */
import fc from 'fast-check';

const asked = process.env['FUZZ'];
export const cases = (usual: number) => ({ numRuns: asked === undefined ? usual : Number(asked) });
/** Hours, when so many are asked for. */
export const patience = asked === undefined ? 60_000 : 24 * 3_600_000;

export type Cut = [at: number, length: number, put: string];
/** Changes a good text here and there. */
export function damaged(text: string, cuts: readonly Cut[]): string {
  return cuts.reduce((t, [at, length, put]) => {
    const from = at % (t.length + 1);
    return t.slice(0, from) + put + t.slice(from + length);
  }, text);
}
export const damage = (pieces: readonly string[]) =>
  fc.array(fc.tuple(fc.nat(65_535), fc.nat(6), fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 }))), {
    minLength: 1,
    maxLength: 4,
  });
/** A good text with damage, pieces in any order, or anything. */
export const texts = (good: readonly string[], pieces: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...good), damage(pieces)).map(([text, cuts]) => damaged(text, cuts as Cut[])) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
  );

export const jsonPieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '\\',
  '\\u',
  '-',
  '.',
  'e',
  '1e400',
  '9007199254740993',
  '0',
  'null',
  'true',
  '"__proto__":',
  ' ',
  '\n',
  '\u0000',
  '\ud800',
];

export const timePieces = [
  '2025',
  '-',
  '02',
  '29',
  'T',
  ' ',
  ':',
  '60',
  '24',
  '.',
  ',5',
  'Z',
  '+08:00',
  '-00:00',
  '+19:00',
  '0000',
  '-1',
  '12',
  '30',
];
