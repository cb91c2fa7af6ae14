import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateDocument } from '../../models/api/state.ts';
import { readSettings } from '../../server/settings.ts';
import { sampleYaml } from '../sample-park.ts';
import { startChild, writeSampleFolder } from './child-server.ts';
import { token } from './sample-server.ts';

describe('settings', () => {
  const read = (args: string[], env: NodeJS.ProcessEnv = {}) => readSettings(['node', 'main.ts', ...args], env);

  it('has the demo on port 3000 of this computer by default', () => {
    expect(read([])).toMatchObject({ parks: ['data/parks/demo'], host: '127.0.0.1', port: 3000, at: null, speed: 1, dataDir: 'var' });
  });

  it('takes the environment, and flags before it', () => {
    const env = { PORT: '4000', HOST: '0.0.0.0', PARKS: 'a, b', DATA_DIR: 'd', PARK_DATA: 'p' };
    expect(read([], env)).toMatchObject({ parks: ['a', 'b'], host: '0.0.0.0', port: 4000, dataDir: 'd', parkData: 'p' });
    expect(read(['--park', 'c', '--park', 'e', '--port', '5000', '--host', '::1'], env)).toMatchObject({
      parks: ['c', 'e'],
      port: 5000,
      host: '::1',
    });
    expect(read(['--at', '2019-11-03T00:00-07:00', '--speed', '900'])).toMatchObject({ at: Date.UTC(2019, 10, 3, 7), speed: 900 });
  });

  it('says what cannot be meant', () => {
    expect(() => read([], { PORT: 'http' })).toThrow('PORT');
    expect(() => read([], { LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL');
  });
});

describe('starting', () => {
  it('says how to mend a park and ends with 1', async () => {
    const folder = await writeSampleFolder(sampleYaml.replace('Asia/Shanghai', 'Asia/Shangri-La'));
    const child = startChild(['--park', folder, '--port', '0']);
    expect(await child.ended).toBe(1);
    expect(child.said()).toContain('timeZone');
    expect(child.said()).not.toContain('    at ');
  });

  it('says that a port is in use and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const data = await mkdtemp(join(tmpdir(), 'data-'));
    const child = startChild(['--park', await writeSampleFolder(), '--port', String(port)], { DATA_DIR: data });
    expect(await child.ended).toBe(1);
    expect(child.said()).toContain(`Port ${port} is in use`);
    other.close();
  });

  it('says which column a record lacks, ends with 1, and leaves no files', async () => {
    const bound = '{type: csv, file: record.csv, time: at, column: power}';
    const folder = await writeSampleFolder(sampleYaml.replaceAll('{type: simulator}', bound));
    await writeFile(join(folder, 'record.csv'), 'at,other\n2026-05-01T00:00Z,1\n');
    const data = await mkdtemp(join(tmpdir(), 'data-'));
    const child = startChild(['--park', folder, '--port', '0'], { DATA_DIR: data });
    expect(await child.ended).toBe(1);
    expect(child.said()).toContain('has no column "power"');
    expect(child.said()).not.toContain('    at ');
    expect(await readdir(data)).toEqual([]);
  });

  it('ends with 2 for a flag it does not have', async () => {
    const child = startChild(['--prot', '1']);
    expect(await child.ended).toBe(2);
  });
});

describe('a changed folder', () => {
  const yaml = sampleYaml.replaceAll('{type: simulator}', '{type: push}');
  const meter = '  - {id: boiler.gas, asset: boiler, port: gas.in, unit: kW, cadence_s: 60, range: [0, 5000], source: {type: push}}\n';
  const withMeter = yaml.replace('tenants:', `${meter}tenants:`);
  const post = async (url: string, park: string, point: string, value: number) => {
    const response = await fetch(`${url}/api/v1/parks/${park}/readings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ readings: [{ point, value, time: new Date().toISOString() }] }),
    });
    return response.status;
  };
  const nameOf = async (url: string, park: string) => {
    const { metadata } = (await (await fetch(`${url}/api/v1/parks/${park}`)).json()) as { metadata: { name: { en: string } } };
    return metadata.name.en;
  };
  const gasOf = async (url: string) => {
    const { assets } = (await (await fetch(`${url}/api/v1/parks/sample/state`)).json()) as StateDocument;
    return assets['boiler']?.ports?.['gas.in'];
  };

  it('is taken at SIGHUP, of every park; one with errors hinders no other, and a kill right after it loses nothing', async () => {
    const data = await mkdtemp(join(tmpdir(), 'data-'));
    const [folder, other] = [await writeSampleFolder(yaml), await writeSampleFolder(yaml.replace('id: sample', 'id: other'))];
    const start = () => startChild(['--park', folder, '--park', other, '--port', '0'], { DATA_DIR: data });
    const child = start();
    const url = await child.url;
    await writeSampleFolder(withMeter.replace('Sample park', 'Changed'), folder);
    await writeSampleFolder(yaml.replace('id: sample', 'id: other').replace('asset: hall,', 'asset: nowhere,'), other);
    child.process.kill('SIGHUP');
    await expect.poll(() => child.said(), { timeout: 20_000 }).toContain('the changed park is taken');
    await expect.poll(() => child.said(), { timeout: 20_000 }).toContain('the park was not reloaded');
    expect(child.said()).toContain('nowhere');
    expect([await nameOf(url, 'sample'), await nameOf(url, 'other')]).toEqual(['Changed', 'Sample park']);
    expect(await post(url, 'sample', 'boiler.gas', 90)).toBe(200);
    expect(await post(url, 'other', 'hall.power', 500)).toBe(200);
    await expect.poll(() => gasOf(url), { timeout: 10_000 }).toBe(90);
    child.process.kill('SIGHUP');
    await expect.poll(() => child.said(), { timeout: 20_000 }).toContain('the park is as it was');

    await writeSampleFolder(withMeter.replace('Sample park', 'Changed again'), folder);
    await writeSampleFolder(yaml.replace('id: sample', 'id: other'), other);
    const before = child.said().length;
    child.process.kill('SIGHUP');
    await expect.poll(() => child.said().slice(before), { timeout: 20_000 }).toContain('the changed park is taken');
    child.process.kill('SIGKILL');
    await child.ended;
    const again = start();
    expect(await nameOf(await again.url, 'sample')).toBe('Changed again');
    expect(await gasOf(await again.url)).toBe(90);
    again.process.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  }, 90_000);
});
