import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../server/settings.ts';
import { sampleYaml } from '../sample-park.ts';
import { startChild, writeSampleFolder } from './child-server.ts';

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
