import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MqttSource } from '../../../../models/park/sources/mqtt.ts';
import { isMqtt, type MqttPoint, messageReader } from '../../../../server/sources/mqtt/message.ts';
import { buildMqttPark, mqttYaml } from './mqtt-park.ts';

const arrived = Date.UTC(2025, 5, 2, 4);
const iso = '2025-06-02T12:00:00+08:00';

/** What a point bound so makes of a payload: its readings, or why the message is refused. */
function read(source: Partial<MqttSource>, payload: string | Uint8Array, retained = false, topic = 'a/b') {
  const point = { id: 'p', source: { type: 'mqtt', topic: 'a/b', pointer: '', ...source } } as MqttPoint;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  try {
    return messageReader([point])({ topic, payload: bytes, arrived, retained });
  } catch (error) {
    return (error as Error).message;
  }
}

const dated: Partial<MqttSource> = { pointer: '/v', time: { pointer: '/t', format: 'iso' } };
const rows: Partial<MqttSource> = { ...dated, array: '/rows' };

describe('a message', () => {
  it.each<[string, Partial<MqttSource>, string, { time: number; value: number | null; quality: string }[]]>([
    ['a bare number', {}, ' 412.5 ', [{ time: arrived, value: 412.5, quality: 'good' }]],
    ['−0, which is 0', {}, '-0', [{ time: arrived, value: 0, quality: 'good' }]],
    ['null, which is bad and never 0', {}, 'null', [{ time: arrived, value: null, quality: 'bad' }]],
    ['a value in an object', { pointer: '/a/0/b' }, '{"a":[{"b":7}]}', [{ time: arrived, value: 7, quality: 'good' }]],
    ['a time with offset', dated, `{"v":1,"t":"${iso}"}`, [{ time: arrived, value: 1, quality: 'good' }]],
    [
      'a leap second, uncertain',
      dated,
      '{"v":1,"t":"2016-12-31T23:59:60Z"}',
      [{ time: Date.UTC(2016, 11, 31, 23, 59, 59, 999), value: 1, quality: 'uncertain' }],
    ],
    [
      'seconds since 1970 with a fraction',
      { ...dated, time: { pointer: '/t', format: 'unixSeconds' } },
      '{"v":1,"t":1631186595.44}',
      [{ time: 1631186595440, value: 1, quality: 'good' }],
    ],
    [
      'milliseconds since 1970',
      { ...dated, time: { pointer: '/t', format: 'unixMillis' } },
      '{"v":1,"t":1631186595440}',
      [{ time: 1631186595440, value: 1, quality: 'good' }],
    ],
    [
      'local time of a zone',
      { ...dated, time: { pointer: '/t', format: 'local', timeZone: 'Asia/Shanghai' } },
      '{"v":1,"t":"2025-06-02T12:00:00"}',
      [{ time: arrived, value: 1, quality: 'good' }],
    ],
    [
      'rows with times of their own',
      rows,
      `{"rows":[{"v":1,"t":"${iso}"},{"v":2,"t":"2025-06-02T04:01:00Z"},{"other":1}]}`,
      [
        { time: arrived, value: 1, quality: 'good' },
        { time: arrived + 60_000, value: 2, quality: 'good' },
      ],
    ],
    [
      'an array that is the whole message',
      { ...dated, array: '' },
      `[{"v":1,"t":"${iso}"}]`,
      [{ time: arrived, value: 1, quality: 'good' }],
    ],
    [
      'the row that is meant, with the time of the message',
      { ...rows, where: { '/name': 'P2' } },
      `{"t":"${iso}","rows":[{"name":"P1","v":1},{"name":"P2","v":2}]}`,
      [{ time: arrived, value: 2, quality: 'good' }],
    ],
  ])('may hold %s', (_what, source, payload, expected) => {
    expect(read(source, payload)).toEqual(expected.map((reading) => ({ point: 'p', ...reading })));
  });

  it.each<[string, Partial<MqttSource>, string | Uint8Array, string]>([
    ['nothing', {}, '', 'empty'],
    ['NaN', {}, 'NaN', 'not a JSON number'],
    ['a number too large', {}, '1e400', 'too large'],
    ['an integer over 2^53', {}, '9007199254740993', '2^53'],
    ['a decimal comma', {}, '12,5', 'something follows'],
    ['a decimal comma in quotes', {}, '"12,5"', 'the text "12,5", not a number'],
    ['words', {}, 'ON', 'not a JSON number'],
    ['a boolean', {}, 'true', 'true, not a number'],
    ['an object where a number should be', { pointer: '/v' }, '{"v":{}}', 'an object, not a number'],
    ['own __proto__', { pointer: '/v' }, '{"v":1,"__proto__":{"x":1}}', '__proto__'],
    ['a key twice', { pointer: '/v' }, '{"v":1,"v":2}', 'twice'],
    ['30,000 levels', { pointer: '/v' }, `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'deeper than 16'],
    ['bytes that are not UTF-8', {}, Uint8Array.of(0xff, 0xfe), 'not UTF-8'],
    ['a megabyte', {}, `${' '.repeat(1_000_000)}1`, '1000000 bytes'],
    ['none of the values', { pointer: '/w' }, '{"v":1}', 'none of the values'],
    ['no time where one is due', dated, '{"v":1}', 'no time at "/t"'],
    ['a time without offset', dated, '{"v":1,"t":"2025-06-02T12:00:00"}', 'no offset'],
    ['a number where text is due', dated, '{"v":1,"t":1748836800}', '1748836800, not text'],
    [
      'text where a number is due',
      { ...dated, time: { pointer: '/t', format: 'unixSeconds' } },
      '{"v":1,"t":"1748836800"}',
      'not a number',
    ],
    [
      'a local time that does not exist',
      { ...dated, time: { pointer: '/t', format: 'local', timeZone: 'Europe/Berlin' } },
      '{"v":1,"t":"2025-03-30T02:30:00"}',
      'does not exist',
    ],
    [
      'a local time that exists twice',
      { ...dated, time: { pointer: '/t', format: 'local', timeZone: 'Europe/Berlin' } },
      '{"v":1,"t":"2025-10-26T02:30:00"}',
      'exists twice',
    ],
    ['no array where one should be', rows, '{"rows":{"v":1}}', 'no array'],
    ['one bad row among good ones', rows, `{"rows":[{"v":1,"t":"${iso}"},{"v":"x","t":"${iso}"}]}`, 'not a number'],
    ['60,000 rows', { ...dated, array: '/rows', pointer: '' }, `{"t":"${iso}","rows":[${'1,'.repeat(59_999)}1]}`, 'more than 50000'],
  ])('is refused with %s', (_what, source, payload, why) => {
    expect(read(source, payload)).toContain(why);
  });

  it('that the broker retained is as old as it says, and refused when it does not say', () => {
    expect(read(dated, `{"v":1,"t":"${iso}"}`, true)).toHaveLength(1);
    expect(read({}, '412.5', true)).toContain('nobody knows how old it is');
  });

  it('of another topic is refused, also 200 levels deep', () => {
    expect(read({}, '1', false, 'a/c')).toContain('no point is bound');
    expect(read({ topic: 'a/#' }, '1', false, `a${'/x'.repeat(200)}`)).toContain('no point is bound');
  });

  it('speaks for every point bound to its topic, and two in one millisecond are two moments', () => {
    const bind = (id: string, topic: string, pointer: string) => ({ id, source: { type: 'mqtt', topic, pointer } }) as MqttPoint;
    const reader = messageReader([bind('p', 'a/b', '/p'), bind('q', 'a/+', '/q'), bind('r', 'b/#', '/p')]);
    const say = () => reader({ topic: 'a/b', payload: Buffer.from('{"p":1,"q":2}'), arrived, retained: false });
    expect(say().map(({ point, value, time }) => [point, value, time - arrived])).toEqual([
      ['p', 1, 0],
      ['q', 2, 0],
    ]);
    expect(say().map(({ time }) => time - arrived)).toEqual([1, 1]);
  });
});

describe('messages of real devices', () => {
  const park = buildMqttPark(mqttYaml);
  const reader = messageReader(park.points.filter(isMqtt));
  const say = (topic: string, payload: string) =>
    Object.fromEntries(
      reader({ topic, payload: Buffer.from(payload), arrived, retained: false }).map(({ point, value, time }) => [
        point,
        [value, new Date(time).toISOString()],
      ]),
    );
  /** As published: the facts of public threads, inline; the whole files where they are at hand. */
  const fixture = (name: string) => new URL(`../../../../../shared/fixtures/device-payloads/${name}`, import.meta.url);

  const shelly = '{"em1:1":{"act_power":5080.3},"em1data:1":{"total_act_energy":6644.9},"sys":{"unixtime":1707930973}}';
  const shellySays = {
    'hall.power': [5080.3, '2024-02-14T17:16:13.000Z'],
    'hall.energy': [6644.9, '2024-02-14T17:16:13.000Z'],
  };
  const tasmota = '{"Time":"2018-01-17T18:59:50","ENERGY":{"Total":1.956,"Power":9}}';
  const tasmotaSays = {
    'office.power': [9, '2018-01-17T17:59:50.000Z'],
    'office.counter': [1.956, '2018-01-17T17:59:50.000Z'],
  };

  it('are bound without code: Shelly and Tasmota', () => {
    expect(say('shelly/hall/status', shelly)).toEqual(shellySays);
    expect(say('tele/office/SENSOR', tasmota)).toEqual(tasmotaSays);
  });

  it.skipIf(!existsSync(fixture('SOURCE.md')))('are bound as they were captured', () => {
    expect(say('shelly/hall/status', readFileSync(fixture('shelly_pro_em50_status.json'), 'utf8'))).toEqual(shellySays);
    expect(say('tele/office/SENSOR', readFileSync(fixture('tasmota_sensor.json'), 'utf8'))).toEqual(tasmotaSays);
  });
});
