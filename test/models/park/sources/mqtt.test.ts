import { expect, test } from 'vitest';
import { buildPark } from '../../../../models/park/build.ts';
import { sampleTexts, sampleYaml } from '../../../sample-park.ts';

/** The sample park with one point bound so; its errors, or what became of the binding. */
function bind(point: 'hall.power' | 'office.energy', source: string) {
  const yaml = sampleYaml.replace(new RegExp(`(id: ${point},.*)source: \\{type: simulator\\}`), `$1source: ${source}`);
  const { park, problems } = buildPark({ ...sampleTexts(), yaml });
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ field, message }) => `${field}: ${message}`);
  return errors.length > 0 ? errors.join('\n') : park?.points.find(({ id }) => id === point)?.source;
}

test('local times without a zone are of the park, and the whole message is the value', () => {
  expect(bind('hall.power', '{type: mqtt, topic: a, time: {pointer: /t, format: local}}')).toEqual({
    type: 'mqtt',
    topic: 'a',
    pointer: '',
    time: { pointer: '/t', format: 'local', timeZone: 'Asia/Shanghai' },
  });
});

test.each([
  ['hall.power', '{type: mqtt, topic: "#"}', 'every message of the broker'],
  ['hall.power', '{type: mqtt, topic: a, pointer: power}', 'a JSON pointer begins with /'],
  ['hall.power', '{type: mqtt, topic: a, time: {pointer: /t, format: local, timeZone: Asia/Nowhere}}', 'not an IANA time zone'],
  ['hall.power', '{type: mqtt, topic: a, array: /rows, pointer: /v}', 'all be of the moment they arrive'],
  ['office.energy', '{type: mqtt, topic: a}', 'has to say when'],
] as const)('%s bound as %s is refused: %s', (point, source, why) => {
  expect(bind(point, source)).toContain(why);
});
