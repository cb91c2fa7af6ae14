/**
 * Whatever arrives, every parser answers with a value of its kind or with its own fault, never with anything else.
 * 110,000 cases in all; `FUZZ=100000 npx vitest run test/server/api/fuzz` makes it so many for each. Queries: fuzz-queries.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { CsvFault } from '../../../models/park/csv-table.ts';
import type { MqttSource } from '../../../models/park/sources/mqtt.ts';
import { readTime, timeReader } from '../../../models/time/read-time.ts';
import { decodeUpdate, encodeUpdate } from '../../../models/wire/codec.ts';
import { describeError } from '../../../server/api/errors.ts';
import { readCsvColumns } from '../../../server/sources/csv/columns.ts';
import { MessageFault, type MqttPoint, messageReader } from '../../../server/sources/mqtt/message.ts';
import { readBody } from '../../../server/sources/push/body.ts';
import { JsonFault, parseStrictJson } from '../../../server/sources/strict-json.ts';
import { sampleGeoJson, sampleTexts, sampleYaml } from '../../sample-park.ts';
import { type Cut, cases, damage, damaged, jsonPieces, patience, texts, timePieces } from '../ledger/damage.ts';

const body =
  '{"readings":[{"point":"hall.power","time":"2025-06-02T04:00:00Z","value":1.5},{"point":"b","time":1748836800000,"value":null,"quality":"bad"}]}';
const bodyPieces = [...jsonPieces, 'NaN', '"quality":"good",', '"value":', '"time":', '"12,5"', '[[[[[[[[[[[[[[[[[', '\u2028', '01'];
const times = ['2025-06-02T04:00:00Z', '2024-02-29 23:59:60+08:00', '2025-03-30T02:30:00', '1999-12-31T23:59:59,999-0330'];
const bind = (id: string, topic: string, source: Partial<MqttSource>) =>
  ({ id, source: { type: 'mqtt', topic, pointer: '/v', ...source } }) as MqttPoint;
const bound = [
  bind('bare', 'a/b', { pointer: '' }),
  bind('dated', 'a/c', { time: { pointer: '/t', format: 'iso' } }),
  bind('local', 'a/c', { pointer: '/w/0', time: { pointer: '/t', format: 'local', timeZone: 'Europe/Berlin' } }),
  bind('rows', 'rows/#', { array: '/rows', where: { '/name': 'P2' }, time: { pointer: '/t', format: 'unixSeconds' } }),
  bind('any', '+/sensor/+', { time: { pointer: '/t', format: 'unixMillis' } }),
];
const payloads = [
  ' 412.5 ',
  '{"v":1,"t":"2025-06-02T04:00:00Z"}',
  '{"v":null,"w":[2],"t":"2025-06-02T04:00:00"}',
  '{"t":1631186595.44,"rows":[{"name":"P1","v":1},{"name":"P2","v":-2,"t":1631186595}]}',
  '{"v":3,"t":1748836800000}',
];
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

  it('an MQTT message: readings of the points bound to its topic, or a fault that says why', () => {
    const read = messageReader(bound);
    // What devices say with something odd in it is read farther than damaged text.
    const v = fc.oneof(
      { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
      { weight: 1, arbitrary: fc.jsonValue() },
    );
    const t = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('2025-06-02T04:00:00Z', '2025-10-26T02:30:00', 1631186595.44, 1748836800000) },
      { weight: 1, arbitrary: fc.jsonValue() },
    );
    const rows = fc.array(fc.record({ name: fc.constantFrom('P1', 'P2'), v, t }, { requiredKeys: ['name'] }), { maxLength: 4 });
    const said = fc.record({ v, t, w: fc.oneof(fc.tuple(v), v), rows }, { requiredKeys: [] });
    const payload = fc.oneof(
      { weight: 4, arbitrary: fc.oneof(v, said).map((value) => Buffer.from(JSON.stringify(value))) },
      {
        weight: 4,
        arbitrary: texts(payloads, [...bodyPieces, '"v":', '"t":', '"rows":[', '"name":"P2",']).map((text) => Buffer.from(text)),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((raw) => Buffer.from(raw)) },
    );
    const named = ['a/b', 'a/c', 'rows/of/b', 'x/sensor/y'];
    const topic = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...named) },
      { weight: 1, arbitrary: texts(named, ['a', 'b', '/', '+', '#', '$SYS', '\u0000', ' ']) },
    );
    let taken = 0;
    const arrived = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(fc.record({ topic, payload, arrived, retained: fc.boolean() }), (message) => {
        try {
          const readings = read(message);
          expect(readings).not.toHaveLength(0);
          taken++;
          for (const { point, time, value, quality } of readings) {
            expect(bound.map(({ id }) => id)).toContain(point);
            expect(Number.isSafeInteger(time)).toBe(true);
            expect(value === null ? quality === 'bad' : Number.isFinite(value)).toBe(true);
            expect(['good', 'uncertain', 'bad']).toContain(quality);
          }
        } catch (error) {
          if (!(error instanceof MessageFault) || error.message === '') throw error;
        }
      }),
      cases(10_000),
    );
    // Else it would be the refusals alone that are tested.
    expect(taken).toBeGreaterThan(0);
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
          const table = readCsvColumns(text, 'ts', ['a', 'b'], readTime);
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
