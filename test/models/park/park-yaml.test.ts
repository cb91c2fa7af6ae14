/** Mistakes in park.yaml: each is named by entry and field, with how to mend it. */
import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { sampleTexts, sampleYaml } from '../../sample-park.ts';

const build = (yaml: string) => buildPark({ ...sampleTexts(), yaml });
const swap = (from: string | RegExp, to: string) => {
  const changed = sampleYaml.replace(from, to);
  expect(changed).not.toBe(sampleYaml);
  return changed;
};
const addTo = (list: 'points' | 'unmetered' | 'stories', entry: string) => swap(`${list}:\n`, `${list}:\n  - ${entry}\n`);
const point = (fields: string) => addTo('points', `{id: new, cadence_s: 60, range: [0, 100], ${fields}}`);

const refused: [what: string, yaml: () => string, feature: string | undefined, field: string, says: RegExp][] = [
  ['a missing field', () => swap('currency: CNY\n', ''), undefined, 'currency', /expected string/],
  ['an unknown field', () => swap('currency:', 'curency: CNY\ncurrency:'), undefined, 'curency', /unknown field "curency"/],
  ['text where a number belongs', () => swap('cadence_s: 15,', 'cadence_s: fast,'), 'hall.power', 'points[3].cadence_s', /expected number/],
  ['an unknown unit', () => point('asset: hall, port: electricity.in, unit: hp'), 'new', 'points[0].unit', /W, kW, MW/],
  ['an unknown time zone', () => swap('Asia/Shanghai', 'Asia/Nanjing'), undefined, 'timeZone', /Asia\/Nanjing.*Asia\/Shanghai/],
  ['an offset as time zone', () => swap('Asia/Shanghai', '"+08:00"'), undefined, 'timeZone', /IANA/],
  ['an interval that does not divide a day', () => `${sampleYaml}interval_s: 1000\n`, undefined, 'interval_s', /1000/],
  ['a park at the pole', () => swap('lat: 31.85', 'lat: 89'), undefined, 'place.lat', /pole/],
  [
    'an unknown factor',
    () => swap('factor: grid-test', 'factor: grid-tset'),
    'grid',
    'carbon.sources.grid.electricity.out',
    /no factor "grid-tset"/,
  ],
  [
    'a factor for a port that supplies nothing',
    () => swap('gas: {gas.out:', 'hall: {gas.out:'),
    'hall',
    'carbon.sources.hall.gas.out',
    /supplied by no port/,
  ],
  [
    'a factor for an unknown asset',
    () => swap('grid: {electricity.out', 'gird: {electricity.out'),
    'gird',
    'carbon.sources.gird',
    /no asset/,
  ],
  [
    'two points with one id',
    () => point('asset: hall, port: electricity.in, unit: kW').replace('id: new', 'id: hall.power'),
    'hall.power',
    'id',
    /two points/,
  ],
  ['a point of an unknown asset', () => point('asset: nowhere, port: electricity.in, unit: kW'), 'new', 'asset', /no asset "nowhere"/],
  ['a point without asset or line', () => point('unit: kW'), 'new', 'asset', /belongs to no asset/],
  ['a point without a port', () => point('asset: hall, unit: kW'), 'new', 'port', /electricity.in, heat.in/],
  ['a point of a port that is not there', () => point('asset: hall, port: gas.in, unit: kW'), 'new', 'port', /has no port gas.in/],
  ['a point of an unknown line', () => point('line: nowhere, unit: kW'), 'new', 'line', /no line "nowhere"/],
  ['a power counted as an amount', () => point('asset: hall, port: electricity.in, unit: kWh'), 'new', 'unit', /has a power/],
  ['a register in kW', () => point('asset: hall, port: electricity.in, unit: kW, measure: register'), 'new', 'unit', /counts an amount/],
  ['cubic metres without a heating value', () => point('asset: chp, port: gas.in, unit: m3/h'), 'new', 'kWhPerUnit', /heating value/],
  [
    'a range that holds nothing',
    () => point('asset: hall, port: electricity.in, unit: kW').replace('[0, 100]', '[100, 0]'),
    'new',
    'range',
    /nothing is plausible/,
  ],
  ['the state of charge of a hall', () => point('asset: hall, quantity: stateOfCharge, unit: "%"'), 'new', 'asset', /does not store/],
  [
    'files and other sources in one park',
    () => point('asset: hall, port: electricity.in, unit: kW, source: {type: csv, file: a.csv, time: t, column: c}'),
    'grid.power',
    'source',
    /no other source/,
  ],
  [
    'a rest at an unknown asset',
    () => addTo('unmetered', '{asset: nowhere, carrier: heat, name: Rest}'),
    'nowhere',
    'unmetered',
    /no asset/,
  ],
  [
    'two rests that no meter separates',
    () => addTo('unmetered', '{asset: office, carrier: electricity, name: Rest}'),
    'sub-1',
    'unmetered',
    /two unmetered rests/,
  ],
  ['a story about an unknown asset', () => addTo('stories', '{id: s, title: T, body: B, asset: nowhere}'), 's', 'asset', /no asset/],
  [
    'a virtual point of unknown points',
    () => `${sampleYaml}virtual:\n  - {id: v, asset: hall, port: electricity.in, sum: {nowhere: 1}}\n`,
    'v',
    'sum',
    /no point "nowhere"/,
  ],
  [
    'virtual points in a circle',
    () => `${sampleYaml}virtual:\n  - {id: v, sum: {w: 1}}\n  - {id: w, sum: {v: 1}}\n`,
    'v',
    'sum',
    /computed from themselves: v, w/,
  ],
  [
    'a spread of an unknown point',
    () =>
      `${sampleYaml}spread:\n  - {id: s, of: nowhere, port: electricity.in, among: {kinds: [building]}, exclude: [{metered: true, reason: metered}]}\n`,
    's',
    'of',
    /no point/,
  ],
  [
    'a spread over metered assets',
    () => `${sampleYaml}spread:\n  - {id: s, of: hall.power, port: electricity.in, among: {kinds: [building]}}\n`,
    's',
    'exclude',
    /twice/,
  ],
  [
    'an hourly shape whose mean is not 1',
    () =>
      `${sampleYaml}factors:\n  - {id: f, name: F, value: 1, unit: gCO2e/kWh, set: direct, hourly: [${'2, '.repeat(24)}], validFrom: "2020", source: s, verified: false}\n`,
    'f',
    'hourly',
    /mean of 2/,
  ],
  [
    'direct and life-cycle factors together',
    () =>
      `${swap('factor: grid-test', 'factor: life')}factors:\n  - {id: life, name: F, value: 1, unit: gCO2e/kWh, set: lifecycle, validFrom: "2020", source: s, verified: false}\n`,
    'carbon',
    'carbon.sources',
    /mixes/,
  ],
  ['a hub that is not there', () => `${sampleYaml}connect:\n  - {carrier: heat, hub: nowhere}\n`, 'connect[0]', 'hub', /no asset/],
  ['broken YAML', () => `${sampleYaml}\n  - x: [1\n`, undefined, '', /./],
  ['a list instead of fields', () => '- 1\n- 2\n', undefined, '', /mapping/],
  ['nothing', () => '', undefined, '', /mapping/],
];

describe('park.yaml is refused, naming entry and field', () => {
  test.each(refused)('%s', (_, yaml, feature, field, says) => {
    const { park, problems } = build(yaml());
    expect(park).toBeNull();
    const problem = problems.find((p) => p.severity === 'error' && p.feature === feature && (field === '' || p.field === field));
    expect(problem, JSON.stringify(problems, null, 1)).toBeDefined();
    expect(`${problem?.message} ${problem?.mend}`).toMatch(says);
    expect(problem?.file).toBe('park.yaml');
  });
});

test('an alias bomb is refused, not expanded', () => {
  const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
  const { park, problems } = build(`a0: &a0 [x]\n${levels.join('\n')}\n`);
  expect(park).toBeNull();
  expect(problems[0]?.message).toMatch(/alias/i);
});

test('a supply without a factor is flagged: what it feeds stays unknown', () => {
  const yaml = swap('    gas: {gas.out: {factor: gas-test}}\n', '').replace(', gas: gas-test', '');
  const { park, problems } = build(yaml);
  expect(park?.sources.find((s) => s.asset === 'gas')).toMatchObject({ factor: null, estimated: true });
  expect(problems.some((p) => p.severity === 'warning' && /no emission factor for gas gas.out/.test(p.message))).toBe(true);
});

test('a meter on the line between them lets two rests be told apart', () => {
  const yaml = addTo('unmetered', '{asset: office, carrier: electricity, name: Rest}').replace(
    'points:\n',
    'points:\n  - {id: e-office, line: e-office, unit: kW, cadence_s: 60, range: [0, 999], source: {type: simulator}}\n',
  );
  expect(build(yaml).park).not.toBeNull();
});
