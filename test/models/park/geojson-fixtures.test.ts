/**
 * The good and bad files of mapbox/geojsonhint (ISC), if they lie beside the project: every bad one is refused, none crashes,
 * every good one can be a layer.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { sampleGeoJson, sampleTexts, sampleYaml } from '../../sample-park.ts';

const folder = fileURLToPath(new URL('../../../../shared/fixtures/geojson-fixtures', import.meta.url));
const there = existsSync(folder);
if (!there) console.warn(`skipped: ${folder} is not here`);
const names = (kind: string) => (there ? readdirSync(`${folder}/${kind}`).filter((name) => name.endsWith('.geojson')) : []);
const read = (kind: string, name: string) => readFileSync(`${folder}/${kind}/${name}`, 'utf8');

/** As the park's own file, which has to say what each feature is… */
const asPark = (text: string) => buildPark({ ...sampleTexts(), files: new Map([['park.geojson', text]]) });
/** …and as a raw layer of green, where only structure and geometry can be wrong. */
const asLayer = (text: string) =>
  buildPark({
    ...sampleTexts(),
    yaml: `${sampleYaml}layers: [{file: park.geojson}, {file: raw.geojson, as: context, kind: green}]\n`,
    files: new Map([
      ['park.geojson', sampleGeoJson],
      ['raw.geojson', text],
    ]),
  });

describe.runIf(there)('geojsonhint', () => {
  test.each(names('bad'))('%s is refused', (name) => {
    for (const { park, problems } of [asPark(read('bad', name)), asLayer(read('bad', name))]) {
      expect(park).toBeNull();
      expect(problems.some((p) => p.severity === 'error' && p.message !== '' && p.mend !== '')).toBe(true);
    }
  });

  test.each(names('good'))('%s can be a layer', (name) => {
    const text = read('good', name);
    const { type } = JSON.parse(text) as { type: string };
    // Bare geometry is GeoJSON, but a layer is made of features.
    const features = type.startsWith('Feature') ? text : `{"type":"Feature","properties":null,"geometry":${text}}`;
    const { park, problems } = asLayer(features);
    if (name === 'issue82.geojson') {
      // Longitudes beyond 180: well-formed, but no place a park can be drawn at.
      expect(problems.find((p) => p.severity === 'error')?.message).toMatch(/outside longitude/);
    } else {
      expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
      expect(park).not.toBeNull();
    }
  });
});
