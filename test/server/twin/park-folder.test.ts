import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCommand } from '../../../server/commands/check.ts';
import { loadParkFolder } from '../../../server/twin/park-folder.ts';
import { sampleGeoJson, sampleYaml } from '../../sample-park.ts';

let root: string;
/** As park.yaml writes it. */
const dataFolder = '$' + '{PARK_DATA}';
const common = sampleYaml.replaceAll('grid-test', 'cn-east-2023-hourly').replaceAll('gas-test', 'natural-gas');

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'park-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function folder(name: string, yaml: string, geojson = sampleGeoJson): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'park.yaml'), yaml);
  writeFileSync(join(path, 'park.geojson'), geojson);
  return path;
}

test('a folder becomes a park, with the factors that come along', async () => {
  const path = folder('good', common);
  const { park, problems, folder: absolute, resolve } = await loadParkFolder(path, {});
  expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
  expect(park?.sources[0]?.factor).toMatchObject({ id: 'cn-east-2023-hourly', verified: false });
  expect(absolute).toBe(path);
  expect(resolve('meters/a.csv')).toBe(join(path, 'meters/a.csv'));
});

test('files may lie where PARK_DATA says', async () => {
  const data = join(root, 'data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'raw.geojson'), sampleGeoJson);
  const path = folder('data-park', `${common}layers: [{file: "${dataFolder}/raw.geojson"}]\n`);
  const { park, resolve } = await loadParkFolder(path, { PARK_DATA: data });
  expect(park?.assets).toHaveLength(10);
  expect(resolve(`${dataFolder}/raw.geojson`)).toBe(join(data, 'raw.geojson'));

  const without = await loadParkFolder(path, {});
  expect(without.park).toBeNull();
  expect(without.problems[0]).toMatchObject({ file: `${dataFolder}/raw.geojson`, message: expect.stringMatching(/PARK_DATA/) });
});

test('PARK_DATA does not lead out of its folder', async () => {
  const { resolve } = await loadParkFolder(folder('out', common), { PARK_DATA: '/srv/site' });
  expect(resolve(`${dataFolder}/../../etc/passwd`)).toBe('/srv/site/etc/passwd');
});

test.each([
  ['no folder', () => join(root, 'nowhere'), /park.yaml.*nowhere/],
  ['a file instead of a folder', () => join(folder('file', common), 'park.yaml'), /is not there/],
  ['a layer that is not there', () => folder('layer', `${common}layers: [{file: nowhere.geojson}]\n`), /is not there/],
  ['a layer that is a folder', () => folder('dir', `${common}layers: [{file: .}]\n`), /is a folder/],
  [
    'a table of readings that is not there',
    () => folder('table', common.replaceAll('{type: simulator}', '{type: csv, file: a.csv, time: t, column: c}')),
    /is not there.*a.csv/,
  ],
])('%s is said, with a mend', async (_, path, says) => {
  const { park, problems } = await loadParkFolder(path(), {});
  expect(park).toBeNull();
  const problem = problems.find((p) => p.severity === 'error');
  expect(problem?.message).toMatch(says);
  expect(problem?.mend).not.toBe('');
});

test('a layer beyond 64 MB is refused without being read', async () => {
  const path = folder('large', common);
  writeFileSync(join(path, 'park.geojson'), Buffer.alloc(65 * 1024 * 1024, ' '));
  const { park, problems } = await loadParkFolder(path, {});
  expect(park).toBeNull();
  expect(problems[0]?.message).toMatch(/more than 67/);
});

test('check tells a person and a program the same', async () => {
  const path = folder('told', common);
  const json = await checkCommand(path, {}, { json: true });
  expect(json.exit).toBe(0);
  expect(JSON.parse(json.output)).toMatchObject({
    ok: true,
    errors: [],
    summary: {
      assets: { total: 10, byKind: { building: 2 } },
      points: { total: 16, bound: 14 },
      networks: [{ carrier: 'electricity' }, {}, {}],
    },
  });
  const text = await checkCommand(path, {}, { json: false });
  expect(text.output).toMatch(/10 assets: 1 gridConnection/);
  expect(text.output).toMatch(/electricity: 6 nodes, 5 lines, 1 part, 2 loads, all reached by a source/);
  expect(text.output).toMatch(/The park can start: 0 errors/);
});

test('check exits 1 for a park with errors and names the place', async () => {
  const geojson = readFileSync(join(folder('x', common), 'park.geojson'), 'utf8').replace('"to": "hall"', '"to": "hal"');
  const { output, exit } = await checkCommand(folder('broken', common, geojson), {}, { json: false });
  expect(exit).toBe(1);
  expect(output).toMatch(/ERROR park.geojson › e-hall › to\n {2}there is no asset "hal"\n {2}→ Lines join two assets/);
});
