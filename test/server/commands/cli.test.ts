import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carriers } from '../../../models/carriers.ts';
import { assetKinds } from '../../../models/kinds/kinds.ts';
import { sampleGeoJson, sampleYaml } from '../../sample-park.ts';
import { twinCommand } from './twin-command.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twin-'));
  writeFileSync(join(folder, 'park.yaml'), sampleYaml.replaceAll('grid-test', 'cn-east-2023').replaceAll('gas-test', 'natural-gas'));
  writeFileSync(join(folder, 'park.geojson'), sampleGeoJson);
  writeFileSync(
    join(folder, 'network.json'),
    JSON.stringify({
      losses: 'toLoad',
      nodes: ['a'],
      sources: [{ id: 's', node: 'a', power_kW: 2, intensity_gPerKwh: 100 }],
      lines: [],
      loads: [{ id: 'l', node: 'a', power_kW: 2 }],
    }),
  );
  writeFileSync(join(folder, 'bad.json'), '{');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('check --json prints one JSON document and exits 0', async () => {
  const { status, stdout, stderr } = await twinCommand(['check', folder, '--json']);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, errors: [] });
  expect(status).toBe(0);
});

test('check of a folder that is none exits 1', async () => {
  expect(await twinCommand(['check', join(folder, 'nowhere')])).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/ERROR park.yaml/),
  });
});

test('trace prints intensities', async () => {
  const { status, stdout } = await twinCommand(['trace', join(folder, 'network.json')]);
  expect(JSON.parse(stdout).nodes.a.intensity_gPerKwh).toBe(100);
  expect(status).toBe(0);
});

test.each([
  ['bad.json', 1],
  ['nowhere.json', 1],
])('trace of %s exits %d with the reason on standard error only', async (file, exit) => {
  const { status, stdout, stderr } = await twinCommand(['trace', join(folder, file)]);
  expect(status).toBe(exit);
  expect(stdout).toBe('');
  expect(stderr).not.toBe('');
});

test.each([[[]], [['fly']], [['check']], [['check', 'a', 'b', '--fast']]])(
  'wrong usage %j exits 2 and prints nothing on standard output',
  async (args) => {
    const { status, stdout, stderr } = await twinCommand(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Usage: twin/);
  },
);

test('kinds lists what an asset can be and what its networks can carry, for people and for programs', async () => {
  const plain = await twinCommand(['kinds']);
  expect(plain.status).toBe(0);
  for (const word of [...assetKinds, ...carriers]) expect(plain.stdout).toMatch(new RegExp(`^${word}\\b`, 'm'));
  const { kinds, carriers: told } = JSON.parse((await twinCommand(['kinds', '--json'])).stdout);
  expect(kinds.map(({ id }: { id: string }) => id)).toEqual(assetKinds);
  expect(told.map(({ id }: { id: string }) => id)).toEqual(carriers);
});
