import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { carriers } from '../../../models/carriers.ts';
import { buildPark } from '../../../models/park/build.ts';
import { contextKinds, targetIndicators } from '../../../models/park/park.ts';
import {
  assetPropertiesSchema,
  factorSchema,
  figureSchemas,
  layerSchema,
  linePropertiesSchema,
  parkFileSchema,
  pointSchema,
  productionSchema,
  reportingSchema,
  spreadSchema,
  storageSchema,
  storySchema,
  targetSchema,
  terrainSchema,
  virtualPointSchema,
} from '../../../models/park/schema.ts';
import { messageTimes } from '../../../models/park/sources/mqtt.ts';
import { sourceSchema } from '../../../models/park/sources/sources.ts';
import { sampleFactors } from '../../sample-park.ts';

const text = readFileSync(fileURLToPath(new URL('../../../docs/park-folder.md', import.meta.url)), 'utf8');

test('docs/park-folder.md names every field and carrier, and the command that lists all kinds', () => {
  const schemas = [
    parkFileSchema,
    layerSchema,
    pointSchema,
    productionSchema,
    reportingSchema,
    virtualPointSchema,
    spreadSchema,
    factorSchema,
    assetPropertiesSchema,
    linePropertiesSchema,
    storageSchema,
    storySchema,
    ...figureSchemas,
    targetSchema,
    terrainSchema,
    ...sourceSchema.options,
  ];
  const words = [
    ...schemas.flatMap((schema) => Object.keys(schema.shape)),
    ...contextKinds,
    ...carriers,
    ...messageTimes,
    ...targetIndicators,
  ];
  expect(text).toContain('npm run twin -- kinds');
  expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(text))).toEqual([]);
});

test('its smallest park is one', () => {
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';
  const { park, problems } = buildPark({
    yaml: block('yaml').replace('cn-east-2023', 'grid-test'),
    files: new Map([['park.geojson', block('json')]]),
    factorFiles: new Map([['factors.json', sampleFactors]]),
  });
  expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
  expect(park?.assets.map((a) => a.id)).toEqual(['grid', 'hall']);
});
