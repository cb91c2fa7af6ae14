import { expect, test } from 'vitest';
import { labelWords } from '../../../client/scene/labels/follow-label-words.ts';
import type { Site } from '../../../client/scene/shape/site.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';

const sites = new Map(
  ['hall', 'grid', 'sun', 'tiny'].map((id) => [id, { asset: { id, name: { en: id, zh: `${id}号` } } } as unknown as Site]),
);
const end = (asset: string, share: number, power_kW: number, port = 'p') => ({
  asset,
  share,
  power_kW,
  port,
  carbon_kgPerH: null,
  intensity_gPerKwh: null,
  path: [],
  part: 1,
});
const answer = {
  asset: 'hall',
  total: { power_kW: 1500, intensity_gPerKwh: 412.4, carbon_kgPerH: 600 },
  sources: [end('sun', 0.1, 150), end('grid', 0.5, 900), end('grid', 0.399, 700, 'q'), end('tiny', 0.001, 2)],
  uses: [],
  lost: 0,
} as unknown as FollowAnswer;

test('the total stands first, then the largest ends, each asset once with all that it gives; what is tiny is left to the panel', () => {
  expect(labelWords(sites, answer, 'en')).toEqual([
    { key: 'hall', id: 'hall', name: 'hall', value: '1.50 MW · 412 gCO₂e/kWh', subject: true },
    { key: 'grid', id: 'grid', name: 'grid', value: '90% · 1.60 MW', subject: false },
    { key: 'sun', id: 'sun', name: 'sun', value: '10% · 150 kW', subject: false },
  ]);
  expect(labelWords(sites, answer, 'zh')[0]?.name).toBe('hall号');
});

test('an unmetered source is nobody’s: it is not added to the asset that it stands at', () => {
  const two = { ...answer, sources: [end('grid', 0.9, 90), { ...end('grid', 0.1, 10), port: null }] } as unknown as FollowAnswer;
  expect(labelWords(sites, two, 'en').map(({ id, name, value }) => [id, name, value])).toEqual([
    ['hall', 'hall', '1.50 MW · 412 gCO₂e/kWh'],
    ['grid', 'grid', '90% · 90.0 kW'],
    ['grid', 'Unmetered · grid', '10% · 10.0 kW'],
  ]);
});

test('an intensity that nobody knows is not written, and nothing is written where nothing is known', () => {
  const unknown = { ...answer, total: { power_kW: 20, intensity_gPerKwh: null, carbon_kgPerH: null } };
  expect(labelWords(sites, unknown, 'en')[0]?.value).toBe('20.0 kW');
  expect(labelWords(sites, { ...answer, total: null, sources: [] }, 'en')).toEqual([]);
});
