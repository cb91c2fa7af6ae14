import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { piecesOf, placeholdersIn } from '../../../models/park/stories.ts';
import { sampleTexts, sampleYaml } from '../../sample-park.ts';

/** The sample park with one story. */
function checked(body: string, figures: string) {
  const yaml = sampleYaml.replace(
    /stories:\n.*\n/,
    `stories:\n  - {id: tale, title: {en: A tale}, body: {en: '${body}'}, figures: {${figures}}}\n`,
  );
  const { problems } = buildPark({ ...sampleTexts(), yaml });
  return problems.filter((p) => p.feature === 'tale' || p.field?.startsWith('stories'));
}

describe('figures of stories', () => {
  test('are asked for by name in the text', () => {
    expect(placeholdersIn('It gives {power.now} of {all}.')).toEqual(['power.now', 'all']);
    expect(piecesOf('It gives {power} now')).toEqual(['It gives ', 'power', ' now']);
    expect(placeholdersIn('A set {} or { x }')).toEqual([]);
  });

  test.each([
    ['{power: electricity.out, asset: hall-pv}'],
    ['{capacity: pv}'],
    ['{share: hall, of: electricity}'],
    ['{ratio: [electricity.in, electricity.out], asset: hall, to: hall-pv}'],
    ['{ratio: [electricity.out, gas.in], asset: chp}'],
    ['{source: solar, asset: hall}'],
    ['{intensity: battery}'],
  ])('%s is one', (figure) => {
    expect(checked('It is {x}.', `x: ${figure}`)).toEqual([]);
  });

  test.each([
    ['a placeholder without a figure', 'It is {y}.', 'x: {capacity: pv}', 'body.en', 'there is no figure "y"', 'error'],
    [
      'an asset that is not there',
      'It is {x}.',
      'x: {power: electricity.in, asset: castle}',
      'figures.x',
      'there is no asset "castle"',
      'error',
    ],
    ['a port that is not there', 'It is {x}.', 'x: {power: gas.in, asset: hall}', 'figures.x', '"hall" has no port gas.in', 'error'],
    [
      'the second port of a ratio',
      'It is {x}.',
      'x: {ratio: [electricity.in, heat.out], asset: hall}',
      'figures.x',
      '"hall" has no port heat.out',
      'error',
    ],
    ['a kind that is not there', 'It is {x}.', 'x: {capacity: wind}', 'figures.x', 'no wind with a capacity_kW is in the park', 'error'],
    [
      'a share of what is no end use',
      'It is {x}.',
      'x: {share: battery, of: electricity}',
      'figures.x',
      '"battery" is no end use: what it takes goes on to others',
      'error',
    ],
    [
      'a kind that does not exist, by its own name',
      'It is {x}.',
      'x: {capacity: pvv}',
      'stories[0].figures.x.capacity',
      'not one of the known values',
      'error',
    ],
    ['a figure that nobody asks for', 'It is.', 'x: {capacity: pv}', 'figures.x', 'no text of the story asks for this figure', 'warning'],
  ] as const)('%s is told with file, feature, field and mend', (_what, body, figures, field, message, severity) => {
    const found = checked(body, figures).find((p) => p.field === field);
    expect(found).toMatchObject({ file: 'park.yaml', severity, message });
    expect(found?.mend).toMatch(/\w/);
  });

  test('of a word that there is not are refused', () => {
    const yaml = sampleYaml.replace('{roof: {power: electricity.out, asset: hall-pv}}', '{roof: {weather: sunny}}');
    const { park, problems } = buildPark({ ...sampleTexts(), yaml });
    expect(park).toBeNull();
    expect(problems.some((p) => p.severity === 'error' && JSON.stringify(p).includes('figures'))).toBe(true);
  });
});
