/** A park folder that is edited while the server runs, taken over HTTP. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../../models/telemetry/reading.ts';
import type { Snapshot } from '../../../models/wire/codec.ts';
import { protocols } from '../../../server/all-sources.ts';
import { StartFault } from '../../../server/process/start-fault.ts';
import type { Protocol } from '../../../server/sources/source.ts';
import { sampleGeoJson } from '../../sample-park.ts';
import { type FolderOptions, type FolderServer, quietYaml, slowYaml, startFolder } from '../folder-server.ts';

let open: FolderServer[] = [];
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.close();
  for (const server of open) await server.close();
  sockets = [];
  open = [];
});
async function start(options: FolderOptions = {}): Promise<FolderServer> {
  const server = await startFolder(options);
  open.push(server);
  return server;
}

const minute = 60_000;
const meter = '  - {id: boiler.gas, asset: boiler, port: gas.in, unit: kW, cadence_s: 60, range: [0, 5000], source: {type: push}}\n';
const withMeter = (yaml = quietYaml) => yaml.replace('tenants:', `${meter}tenants:`);
const renamed = (name: string, yaml = quietYaml) => yaml.replace('Sample park', name);
const none = { added: 0, removed: 0, changed: 0 };
const reading = (point: string, value: number, time: number): Reading => ({ point, time, value, quality: 'good' });
const posted = (point: string, value: number, time: number) => ({
  readings: [{ point, value, time: new Date(time).toISOString() }],
});

describe('a folder that is not taken', () => {
  // One server for all: it goes on as it was.
  let server: FolderServer;
  beforeAll(async () => {
    server = await startFolder();
  });
  beforeEach(() => server.edit(quietYaml));
  afterAll(() => server.close());

  it('that describes the park that runs changes nothing', async () => {
    const { epoch, park } = server.twin;
    const { status, body } = await server.post('/reload');
    expect([status, body]).toMatchObject([200, { changed: false, epoch, assets: none, lines: none, points: none, accounting: [] }]);
    expect([server.twin.epoch, server.twin.park]).toEqual([epoch, park]);
  });

  it('with errors is not taken: the problems are named, and the park goes on', async () => {
    const { epoch } = server.twin;
    await server.edit(quietYaml.replace('asset: hall,', 'asset: nowhere,').replace('unit: GJ/h', 'unit: furlong'));
    const { status, body } = await server.post('/reload');
    expect([status, body]).toMatchObject([422, { error: 'badPark', message: expect.stringContaining('goes on as it was') }]);
    const problems = body['problems'] as { severity: string; file: string; field: string; mend: string }[];
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatchObject({ severity: 'error', file: 'park.yaml', mend: expect.any(String) });
    expect(server.twin.epoch).toBe(epoch);
    expect((await server.post('/readings', posted('hall.power', 500, Date.now()))).body).toMatchObject({ accepted: 1 });
    await server.edit(quietYaml);
    expect((await server.post('/reload')).status).toBe(200);
  });

  it('without park.yaml is not taken', async () => {
    await server.edit('- no park -');
    expect((await server.post('/reload')).status).toBe(422);
  });

  it.each([
    ['another id', quietYaml.replace('id: sample', 'id: other'), 'id is "other"'],
    ['another time zone', quietYaml.replace('Asia/Shanghai', 'Asia/Tokyo'), 'time zone'],
    ['another interval', `${quietYaml}interval_s: 1800\n`, 'intervals'],
    ['simulated meters', quietYaml.replace('{type: push}', '{type: simulator}'), 'simulated'],
  ])('with %s needs a restart, and the answer says why', async (_, yaml, why) => {
    const { epoch } = server.twin;
    await server.edit(yaml);
    const { status, body } = await server.post('/reload');
    expect([status, body]).toMatchObject([409, { error: 'needsRestart', message: expect.stringContaining(why) }]);
    expect(body['message']).toContain('start it again');
    expect(server.twin.epoch).toBe(epoch);
  });
});

describe('a changed folder', () => {
  it('is taken as another epoch, and the answer says what is different', async () => {
    const server = await start();
    const { twin } = server;
    const { epoch } = twin;
    expect((await server.post('/readings', posted('boiler.gas', 90, Date.now()))).status).toBe(400);
    const features = JSON.parse(sampleGeoJson);
    const shed = { kind: 'building', name: 'Shed', use: 'warehouse', at: 'hall' };
    const hall = features.features.find(({ id }: { id: string }) => id === 'hall');
    features.features.push({ type: 'Feature', id: 'shed', properties: shed, geometry: hall.geometry });
    await server.edit(withMeter(renamed('Renamed')).replace('Sun on the roof', 'Sun up there'), JSON.stringify(features));
    const { status, body } = await server.post('/reload');
    expect([status, body]).toEqual([
      200,
      {
        park: 'sample',
        changed: true,
        epoch: twin.epoch,
        time: new Date(twin.time).toISOString(),
        warnings: twin.parts.warnings.length,
        assets: { ...none, added: 1 },
        lines: none,
        points: { ...none, added: 1 },
        accounting: [
          { set: 'direct', reason: 'the assets, lines or points changed' },
          ...twin.parts.bases.slice(1).map(() => ({ set: 'lifecycle', reason: 'the assets, lines or points changed' })),
        ],
      },
    ]);
    expect(twin.epoch).toBeGreaterThan(epoch);
    expect((await server.post('/readings', posted('boiler.gas', 90, Date.now()))).body).toMatchObject({ accepted: 1 });
    const document = (await server.get('')) as { metadata: { name: unknown; stories: { title: { en: string } }[] } };
    expect(document.metadata.name).toMatchObject({ en: 'Renamed' });
    expect(document.metadata.stories[0]?.title.en).toBe('Sun up there');
    const state = (await server.get('/state')) as { epoch: number; assets: object };
    expect(state.epoch).toBe(twin.epoch);
    expect(Object.keys(state.assets)).toContain('shed');
  });

  it('whose source cannot start is not taken, and what had started is let go', async () => {
    let [running, broken] = [0, false];
    const made: Protocol = {
      ...(protocols.find(({ type }) => type === 'simulator') as Protocol),
      start: async () => {
        running++;
        const close = async () => void running--;
        return { source: { name: 'made', readings: () => [], history_ms: 0, slice_ms: minute, close } };
      },
    };
    const failing: Protocol = {
      ...(protocols.find(({ type }) => type === 'csv') as Protocol),
      start: async () => {
        if (broken) throw new StartFault('record.csv has no column "power"');
        return null;
      },
    };
    const server = await start({ protocols: [made, failing] });
    broken = true;
    await server.edit(renamed('Broken'));
    const { status, body } = await server.post('/reload');
    expect([status, body]).toMatchObject([422, { problems: [{ message: 'record.csv has no column "power"' }] }]);
    expect([running, server.twin.park.name.en]).toEqual([1, 'Sample park']);
    broken = false;
    expect((await server.post('/reload')).body).toMatchObject({ changed: true });
    expect([running, server.twin.park.name.en]).toEqual([1, 'Broken']);
  });

  it('is taken once when two ask at the same time: the second finds nothing changed', async () => {
    const server = await start();
    await server.edit(withMeter());
    const [first, second] = await Promise.all([server.post('/reload'), server.post('/reload')]);
    expect([first.body['changed'], second.body['changed']].sort()).toEqual([false, true]);
    expect(first.body['epoch']).toBe(second.body['epoch']);
  });

  it('is not taken while the server starts or stops', async () => {
    const server = await start();
    server.twin.ready = false;
    const { status, body } = await server.post('/reload');
    expect([status, body]).toMatchObject([503, { error: 'busy', message: expect.stringContaining('starting') }]);
    server.twin.ready = true;
    open = [];
    await server.edit(renamed('Late'));
    const closing = server.close();
    await expect(server.reload()).rejects.toMatchObject({ name: 'Busy' });
    await closing;
  });

  it('loses and doubles no reading that is posted meanwhile', async () => {
    const server = await start();
    let pouring = true;
    const [kept, statuses] = [{ accepted: 0, duplicates: 0 }, new Set<number>()];
    const began = Date.now() - 30 * minute;
    const pour = async (point: string) => {
      for (let i = 0; pouring; i++) {
        const { status, body } = await server.post('/readings', posted(point, 50 + (i % 40), began + i));
        statuses.add(status);
        kept.accepted += Number(body['accepted'] ?? 0);
        kept.duplicates += Number(body['duplicates'] ?? 0);
      }
    };
    const lanes = ['hall.power', 'pv.power'].map(pour);
    for (let i = 0; i < 3; i++) {
      await server.edit(withMeter(renamed(`Version ${i}`)));
      expect((await server.post('/reload')).body).toMatchObject({ changed: true });
      const { body } = await server.post('/readings', posted('boiler.gas', 90, began + i));
      expect(body).toMatchObject({ accepted: 1 });
      kept.accepted++;
    }
    pouring = false;
    await Promise.all(lanes);
    expect([...statuses]).toEqual([200]);
    expect(kept.duplicates).toBe(0);
    expect(await server.twin.parts.stores.journal.count()).toEqual({ readings: kept.accepted, quarantined: 0 });
  });

  it('leaves every viewer connected, with a snapshot of the new epoch', async () => {
    const server = await start();
    const socket = io(`${server.url}/parks/sample`, { transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    const snapshots: Snapshot[] = [];
    let [left, updates] = [0, 0];
    socket.on('snapshot', (snapshot: Snapshot) => snapshots.push(snapshot));
    socket.on('update', () => updates++);
    socket.on('disconnect', () => left++);
    await expect.poll(() => snapshots.length).toBe(1);
    await server.edit(withMeter().replace(/ {2}- \{id: battery.soc,.*\n/, ''));
    await server.post('/reload');
    await expect.poll(() => snapshots.length).toBe(2);
    const [before, after] = snapshots as [Snapshot, Snapshot];
    expect([after.epoch, after.seq]).toEqual([server.twin.epoch, 0]);
    expect(after.epoch).toBeGreaterThan(before.epoch);
    await server.twin.tick();
    await expect.poll(() => updates).toBe(1);
    expect([left, snapshots.length]).toEqual([0, 2]);
  });

  it('is the park of the next start: the same state after a restart', async () => {
    const server = await start();
    await server.edit(withMeter());
    await server.post('/reload');
    await server.twin.accept([reading('hall.power', 640, Date.now()), reading('boiler.gas', 70, Date.now())], 'test');
    await server.twin.tick();
    const { totals, assets } = server.twin.document('full');
    open = [];
    await server.close(false);
    const again = await start({ folder: server.folder, dataDir: server.dataDir });
    const restarted = again.twin.document('full');
    const ports = (all: typeof assets) => Object.fromEntries(Object.entries(all).map(([id, asset]) => [id, asset.ports]));
    expect(ports(restarted.assets)).toEqual(ports(assets));
    expect(restarted.totals).toEqual(totals);
    expect((await again.post('/reload')).body).toMatchObject({ changed: false });
  });
});

describe('a simulated park', () => {
  // A day of history, so that it is filled soon.
  const yaml = slowYaml;

  it('goes on as the same simulated park, with a new meter known at once', async () => {
    const server = await start({ yaml, historyDays: 1 });
    const { twin } = server;
    await twin.idle();
    await twin.tick();
    const before = twin.document('full');
    await server.edit(
      withMeter(yaml).replace(
        'kW, cadence_s: 60, range: [0, 5000], source: {type: push}',
        'kW, cadence_s: 900, range: [0, 5000], source: {type: simulator}',
      ),
    );
    expect((await server.post('/reload')).body).toMatchObject({ changed: true, points: { added: 1 } });
    const after = twin.document('full');
    expect(after.totals).toEqual(before.totals);
    expect(after.assets['hall']).toEqual(before.assets['hall']);
    await twin.tick();
    expect(twin.document('full').assets['boiler']?.ports?.['gas.in']).not.toBeNull();
    expect(server.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('whose simulation cannot be started goes on as it was', async () => {
    const server = await start({ yaml, historyDays: 1 });
    await server.twin.idle();
    await server.edit(yaml.replace('{seed: 7}', '{seed: 7, holidays: [never]}'));
    expect((await server.post('/reload')).body).toMatchObject({
      error: 'badPark',
      problems: [{ message: expect.stringContaining('simulator') }],
    });
    await server.twin.tick();
    expect(server.log.filter((line) => line.includes('were lost'))).toEqual([]);
  });
});

describe('a replayed park', () => {
  it('goes on at its time with the record as it is now', async () => {
    const bound = (point: string) => `{type: csv, file: record.csv, time: at, column: ${point}}`;
    const yaml = `${slowYaml.replace(/- \{id: (\S+),(.*)\{type: simulator\}/g, (_, id, rest) => `- {id: ${id},${rest}${bound(id)}`)}`;
    const ids = [...yaml.matchAll(/- \{id: (\S+),.*type: csv/g)].map(([, id]) => id as string);
    const first = Date.UTC(2025, 5, 2, 4);
    const record = (columns: string[]) =>
      [
        `at,${columns.join(',')}`,
        ...Array.from({ length: 200 }, (_, i) => `${new Date(first + i * minute).toISOString()},${columns.map(() => 5).join(',')}`),
      ].join('\n');
    const { writeSampleFolder } = await import('../child-server.ts');
    const folder = await writeSampleFolder(yaml);
    await writeFile(join(folder, 'record.csv'), record(ids));
    const server = await start({ folder, at: first + 100 * minute });
    const { twin } = server;
    await twin.idle();
    const { time } = twin;
    await writeFile(join(folder, 'record.csv'), record([...ids, 'boiler.gas']));
    await server.edit(yaml.replace('tenants:', `${meter.replace('{type: push}', bound('boiler.gas'))}tenants:`));
    expect((await server.post('/reload')).body).toMatchObject({ changed: true, points: { added: 1 } });
    expect([twin.mode, twin.time - time]).toEqual(['replayed', 0]);
    await twin.tick();
    expect(twin.document('full').assets['boiler']?.ports?.['gas.in']).toBe(5);
    const rows = await twin.parts.stores.journal.series('hall.power', first, twin.time + 1, 1000);
    expect(rows.length).toBe(101);
  });
});

describe('many changes in a row', () => {
  it('leave no more threads, timers, process listeners and metrics than one', async () => {
    const server = await start({ yaml: slowYaml, historyDays: 1 });
    const { twin } = server;
    await twin.idle();
    const socket = io(`${server.url}/parks/sample`, { transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.once('snapshot', () => resolve()));
    const counted = async () => {
      const held = process.getActiveResourcesInfo();
      const of = (name: string) => held.filter((one) => one === name).length;
      const text = await twin.parts.metrics.registry.metrics();
      return {
        threads: of('MessagePort'),
        timers: of('Timeout'),
        ...{
          exit: process.listenerCount('exit'),
          hangup: process.listenerCount('SIGHUP'),
          uncaught: process.listenerCount('uncaughtException'),
        },
        metrics: text.split('\n').filter((line) => line.startsWith('# TYPE')).length,
      };
    };
    const change = async (i: number) => {
      await server.edit(renamed(`Version ${i}`, slowYaml));
      expect(await server.reload()).toMatchObject({ changed: true });
      await twin.idle();
    };
    await change(0);
    /** The least of a second: what is counted while something is just under way goes again, what is left behind stays. */
    const atRest = async () => {
      const least = await counted();
      for (let i = 0; i < 20; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        for (const [name, n] of Object.entries(await counted()) as [keyof typeof least, number][]) least[name] = Math.min(least[name], n);
      }
      return least;
    };
    const one = await atRest();
    for (let i = 1; i <= 5; i++) await change(i);
    expect(await atRest()).toEqual(one);
    expect(one.threads).toBeGreaterThan(0);
    expect(socket.connected).toBe(true);
  }, 120_000);
});
