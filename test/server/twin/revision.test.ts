import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import type { Park } from '../../../models/park/park.ts';
import type { Problem } from '../../../models/park/problems.ts';
import { revisionOf } from '../../../server/twin/revision.ts';
import { samplePark, sampleTexts } from '../../sample-park.ts';
import { type Sample, startSample } from '../sample-server.ts';

const hidden: Problem = { severity: 'warning', file: 'park.yaml', message: 'a meter is missing', mend: 'add it' };

function parkWith(change: { yaml?: (text: string) => string; geojson?: (text: string) => string }): Park {
  const texts = sampleTexts();
  const yaml = change.yaml?.(texts.yaml) ?? texts.yaml;
  const features = texts.files.get('park.geojson') ?? '';
  const { park, problems } = buildPark({ ...texts, yaml, files: new Map([['park.geojson', change.geojson?.(features) ?? features]]) });
  if (!park) throw new Error(problems.map(({ message }) => message).join('\n'));
  return park;
}

const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
};

describe('the revision of a park', () => {
  const first = revisionOf(samplePark());

  test('is short, and the same for the same folder read again', () => {
    expect(first).toMatch(/^[\w-]{16}$/);
    expect(revisionOf(samplePark())).toBe(first);
    expect(revisionOf(parkWith({}))).toBe(first);
  });

  test.each<[string, Parameters<typeof parkWith>[0]]>([
    ['a name', { geojson: swap('Hall', 'Great hall') }],
    ['what lies around', { geojson: swap('"kind": "water"', '"kind": "green"') }],
    ['a height', { geojson: swap('"height_m": 11', '"height_m": 12') }],
    ['a story', { yaml: swap('Sun on the roof', 'Sun above') }],
    ['the factor of a source', { yaml: swap('gas: {gas.out: {factor: gas-test}}', 'gas: {gas.out: {factor: grid-test}}') }],
    ['a point', { yaml: swap('hall.power, asset: hall', 'hall.electricity, asset: hall') }],
    ['the currency', { yaml: swap('currency: CNY', 'currency: EUR') }],
    ['a tenant', { yaml: swap('Example Works', 'Other Works') }],
  ])('is another one when %s changes', (_, change) => {
    expect(revisionOf(parkWith(change))).not.toBe(first);
  });

  test('is another one when the warnings change, and is made once for each park', () => {
    const park = samplePark();
    const warnings = [hidden];
    expect(revisionOf(park, warnings)).not.toBe(first);
    expect(revisionOf(park, warnings)).toBe(revisionOf(park, warnings));
    expect(revisionOf(park)).toBe(first);
  });
});

describe('the server', () => {
  let sample: Sample;
  beforeAll(async () => {
    sample = await startSample({ host: '0.0.0.0' });
  });
  afterAll(() => sample.close());

  test('says the same revision in every document and every snapshot', async () => {
    const document = (await (await fetch(`${sample.url}/api/v1/parks/sample`)).json()) as {
      metadata: { audience: string; revision: string };
    };
    expect(document.metadata).toMatchObject({ audience: 'public', revision: sample.twin.revision });
    for (const audience of ['public', 'full'] as const) expect(sample.twin.snapshot(audience).revision).toBe(sample.twin.revision);
    expect(sample.twin.revision).toBe(revisionOf(sample.twin.park));
  });
});
