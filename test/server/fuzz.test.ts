/**
 * Whatever arrives, every parser answers with a value of its kind or with its own fault, never with anything else.
 * 100,000 cases in all; `FUZZ=100000 npx vitest run test/server/fuzz.test.ts` makes it so many for each.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPark } from '../../models/park/build.ts';
import { CsvFault } from '../../models/park/csv-table.ts';
import { decodeUpdate, encodeUpdate } from '../../models/protocol.ts';
import { describeError } from '../../server/api/errors.ts';
import { readTime, timeReader } from '../../server/read-time.ts';
import { readColumns } from '../../server/sources/csv-columns.ts';
import { readBody } from '../../server/sources/http.ts';
import { JsonFault, parseStrictJson } from '../../server/strict-json.ts';
import { sampleGeoJson, sampleTexts, sampleYaml } from '../sample-park.ts';

const asked = process.env['FUZZ'];
const cases = (usual: number) => ({ numRuns: asked === undefined ? usual : Number(asked) });
/** Hours, when so many are asked for. */
const patience = asked === undefined ? 60_000 : 24 * 3_600_000;

type Cut = [at: number, length: number, put: string];
/** Changes a good text here and there. */
function damaged(text: string, cuts: readonly Cut[]): string {
  return cuts.reduce((t, [at, length, put]) => {
    const from = at % (t.length + 1);
    return t.slice(0, from) + put + t.slice(from + length);
  }, text);
}
const damage = (pieces: readonly string[]) =>
  fc.array(fc.tuple(fc.nat(65_535), fc.nat(6), fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 }))), {
    minLength: 1,
    maxLength: 4,
  });
/** A good text with damage, pieces in any order, or anything. */
const texts = (good: readonly string[], pieces: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...good), damage(pieces)).map(([text, cuts]) => damaged(text, cuts as Cut[])) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
  );

const jsonPieces = [
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
const body =
  '{"readings":[{"point":"hall.power","time":"2025-06-02T04:00:00Z","value":1.5},{"point":"b","time":1748836800000,"value":null,"quality":"bad"}]}';
const bodyPieces = [...jsonPieces, 'NaN', '"quality":"good",', '"value":', '"time":', '"12,5"', '[[[[[[[[[[[[[[[[[', '\u2028', '01'];
const timePieces = [
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
const times = ['2025-06-02T04:00:00Z', '2024-02-29 23:59:60+08:00', '2025-03-30T02:30:00', '1999-12-31T23:59:59,999-0330'];
const tables = [
  'ts,a,b\n2025-06-02T04:00:00Z,1,2\n2025-06-02T04:15:00Z,,NaN\n',
  '\ufeffts;a;b\r\n2025-06-02 04:15+08:00;"1,702.85";2\r\n2025-06-02 04:00+08:00;1;2\r\n',
];
const tablePieces = [
  'ts',
  'a',
  'b',
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '"',
  '""',
  '1,702.85',
  'NaN',
  '-',
  '1e9',
  '0x1F',
  '\u0000',
  '2025-06-02T04:00:00Z',
  '=HYPERLINK(',
];

describe('fuzzing', { timeout: patience }, () => {
  it('strict JSON: what JSON.parse gives, or a fault of its own', () => {
    fc.assert(
      fc.property(texts([body, '[1,-2.5e3,"\\u00e9\\n",{"a":[]}]', '{"a":{"b":{"c":[true,false,null]}}}'], jsonPieces), (text) => {
        let value: unknown;
        try {
          value = parseStrictJson(text);
        } catch (error) {
          if (!(error instanceof JsonFault)) throw error;
          return;
        }
        expect(value).toEqual(JSON.parse(text));
      }),
      cases(25_000),
    );
  });

  it('a posted body: readings fit for the entrance, or an answer of 4xx that says why', () => {
    const bytes = fc.oneof(
      { weight: 9, arbitrary: texts([body], bodyPieces).map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((raw) => Buffer.from(raw)) },
    );
    fc.assert(
      fc.property(bytes, (raw) => {
        try {
          for (const { point, time, value, quality } of readBody(raw)) {
            expect(typeof point).toBe('string');
            expect(Number.isSafeInteger(time)).toBe(true);
            expect(value === null || Number.isFinite(value)).toBe(true);
            expect(['good', 'uncertain', 'bad']).toContain(quality);
          }
        } catch (error) {
          const { status, body: answer } = describeError(error);
          if (status !== 400 || answer.message === '') throw error;
        }
      }),
      cases(20_000),
    );
  });

  it('a time: whole milliseconds, the same as Date reads, or words', () => {
    const inBerlin = timeReader('Europe/Berlin');
    fc.assert(
      fc.property(texts(times, timePieces), (text) => {
        for (const read of [readTime(text), inBerlin(text)]) {
          if (typeof read === 'string') expect(read).not.toBe('');
          else expect(Number.isSafeInteger(read.time)).toBe(true);
        }
        const read = readTime(text);
        const plain = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(Z|[+-]\d\d:\d\d)$/.test(text);
        if (plain && typeof read !== 'string' && !Number.isNaN(Date.parse(text))) expect(read.time).toBe(Date.parse(text));
      }),
      cases(25_000),
    );
  });

  it('a CSV table: columns of one length in order of time, or a fault with its mend', () => {
    fc.assert(
      fc.property(texts(tables, tablePieces), (text) => {
        try {
          const table = readColumns(text, 'ts', ['a', 'b'], readTime);
          for (const column of table.values.values()) expect(column).toHaveLength(table.times.length);
          expect(table.times.every((time, i) => i === 0 || time >= (table.times[i - 1] as number))).toBe(true);
          for (const column of table.values.values()) expect(column.includes(Number.POSITIVE_INFINITY)).toBe(false);
        } catch (error) {
          if (!(error instanceof CsvFault) || error.mend === '') throw error;
        }
      }),
      cases(14_600),
    );
  });

  it('an update: what was encoded, or that it is none', () => {
    const good = fc.tuple(fc.array(fc.tuple(fc.nat(9999), fc.float()), { maxLength: 6 }), fc.nat(), fc.nat()).map(([changes, epoch, seq]) =>
      encodeUpdate({
        epoch,
        seq,
        time: 5,
        slots: Uint32Array.from(changes, ([s]) => s),
        values: Float32Array.from(changes, ([, v]) => v),
      }),
    );
    const broken = fc.tuple(good, fc.array(fc.tuple(fc.nat(99), fc.nat(255)), { maxLength: 4 }), fc.integer({ min: -20, max: 20 }));
    const bytes = fc.oneof(
      broken.map(([update, changes, longer]) => {
        const raw = new Uint8Array(Math.max(0, update.length + longer));
        raw.set(update.subarray(0, raw.length));
        for (const [at, byte] of changes) if (at < raw.length) raw[at] = byte;
        return raw;
      }),
      fc.uint8Array({ maxLength: 60 }),
    );
    fc.assert(
      fc.property(bytes, (raw) => {
        try {
          const { slots, values } = decodeUpdate(raw);
          expect(slots).toHaveLength(values.length);
        } catch (error) {
          if (!(error instanceof Error) || !error.message.startsWith('not an update')) throw error;
        }
      }),
      cases(15_200),
    );
  });

  it('a park folder: a park or problems, each with its mend', () => {
    const odd = [
      '"',
      ':',
      '{',
      '}',
      '[',
      ']',
      '\n',
      '- ',
      '&a ',
      '*a',
      '!!js ',
      'null',
      '-1',
      '1e308',
      'electricity.in',
      '"hall"',
      '<img onerror=x>',
      '\t',
    ];
    const change = damage(odd);
    fc.assert(
      fc.property(fc.boolean(), change, (inYaml, cuts) => {
        const yaml = inYaml ? damaged(sampleYaml, cuts as Cut[]) : sampleYaml;
        const geojson = inYaml ? sampleGeoJson : damaged(sampleGeoJson, cuts as Cut[]);
        const { park, problems } = buildPark({ ...sampleTexts(), yaml, files: new Map([['park.geojson', geojson]]) });
        expect(park === null).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const { message, mend } of problems) expect([message, mend]).not.toContain('');
      }),
      cases(200),
    );
  });
});
