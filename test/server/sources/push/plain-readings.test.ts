import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStrictly } from '../../../../server/sources/push/body.ts';
import { readPlain } from '../../../../server/sources/push/plain-readings.ts';

const strictly = (text: string) => {
  try {
    return readStrictly(text);
  } catch {
    return 'refused';
  }
};

const spaced = (json: string, space: string) => json.replaceAll(/([{}[\],:])(?=["{[\d-]|null|$)/g, `$1${space}`);

const reading = fc.record(
  {
    point: fc.oneof(fc.constantFrom('hall.power', 'pv.power', 'hall'), fc.string({ maxLength: 130, unit: 'binary' })),
    time: fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('2025-06-01T08:00:00+08:00', '2025-06-01T08:00:60Z', '2025-06-01T08:00:00', '2025-02-30T00:00Z'),
    ),
    value: fc.oneof(fc.double(), fc.integer(), fc.constantFrom(null, -0, 0.1, 1e21, 123456789012345.6, 2 ** 53, -1.5e-7)),
    quality: fc.constantFrom('good', 'uncertain', 'bad', 'fine'),
  },
  { requiredKeys: ['point', 'time', 'value'] },
);
const body = fc.tuple(fc.array(reading, { maxLength: 6 }), fc.constantFrom('', ' ', '\n  ', '\t')).map(([readings, space]) => {
  return spaced(JSON.stringify({ readings }), space);
});

describe('readings read straight from text', () => {
  it('are what parsing and checking make of it, or are left to them', () => {
    fc.assert(
      fc.property(body, (text) => {
        const plain = readPlain(text);
        if (plain !== null) expect(plain).toEqual(strictly(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('are never taken from a text that something was done to, unless that reads the same', () => {
    const harm = fc.tuple(body, fc.nat(), fc.nat(3), fc.constantFrom(...'"\\{}[],:0-.e n\u0000\u2028é'));
    fc.assert(
      fc.property(harm, ([text, where, cut, into]) => {
        const at = where % (text.length + 1);
        const harmed = text.slice(0, at) + into + text.slice(at + cut);
        const plain = readPlain(harmed);
        if (plain !== null) expect(plain).toEqual(strictly(harmed));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['milliseconds', '{"readings":[{"point":"a","time":1750000000000,"value":1.25}]}'],
    [
      'another order, spaces, a quality',
      '{ "readings" : [ { "value" : -3 , "quality" : "bad" , "time" : "2025-06-01T00:00:00Z" , "point" : "a" } ] }\n',
    ],
    ['seventeen digits', '{"readings":[{"point":"a","time":1,"value":0.30000000000000004}]}'],
    ['null', '{"readings":[{"point":"é","time":1,"value":null}]}'],
  ])('are taken without another look: %s', (_, text) => {
    expect(readPlain(text)).not.toBeNull();
    expect(readPlain(text)).toEqual(readStrictly(text));
  });

  it.each([
    ['a key twice', '{"readings":[{"point":"a","point":"a","time":1,"value":1}]}'],
    ['a key too many', '{"readings":[{"point":"a","time":1,"value":1,"unit":"kW"}]}'],
    ['a key too few', '{"readings":[{"point":"a","time":1}]}'],
    ['no readings', '{"readings":[]}'],
    ['an escape', '{"readings":[{"point":"\\u0061","time":1,"value":1}]}'],
    ['an exponent', '{"readings":[{"point":"a","time":1,"value":1e400}]}'],
    ['a leading zero', '{"readings":[{"point":"a","time":1,"value":012}]}'],
    ['an integer beyond 2^53', '{"readings":[{"point":"a","time":1,"value":9007199254740993}]}'],
    ['a fraction of a millisecond', '{"readings":[{"point":"a","time":1.5,"value":1}]}'],
    ['a leap second', '{"readings":[{"point":"a","time":"2025-06-30T23:59:60Z","value":1}]}'],
    ['something after the end', '{"readings":[{"point":"a","time":1,"value":1}]} 1'],
    ['an end too early', '{"readings":[{"point":"a","time":1,"value":1}'],
    ['another thing altogether', '[1]'],
  ])('are left to the strict way: %s', (_, text) => {
    expect(readPlain(text)).toBeNull();
  });
});
