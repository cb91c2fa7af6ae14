import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccess } from '../../../server/access/access.ts';
import { type Live, type LiveTimes, startLive } from '../../../server/live/live.ts';
import { createMetrics } from '../../../server/process/metrics.ts';
import { type MadeUpPark, madeUpPark } from '../made-up-park.ts';
import { type RawOptions, type RawViewer, rawViewer, until } from './raw-viewer.ts';

let http: Server;
let live: Live;
let park: MadeUpPark;
let url: string;
let metrics: ReturnType<typeof createMetrics>;
let viewers: RawViewer[];

async function start(times: Partial<LiveTimes>, slots = 2500): Promise<void> {
  http = createServer();
  park = madeUpPark(slots);
  metrics = createMetrics({ process: false });
  live = startLive(http, {
    parks: [park],
    access: createAccess({ host: '127.0.0.1', ingestToken: undefined }),
    log: pino({ level: 'silent' }),
    metrics,
    times,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function open(count: number, options: RawOptions = {}): Promise<RawViewer[]> {
  const opened = Array.from({ length: count }, () => rawViewer(url, options));
  viewers.push(...opened);
  await Promise.all(opened.map(({ joined }) => joined));
  await until(() => opened.every(({ binaries }) => binaries === 1), 'snapshots');
  return opened;
}

/** Reads nothing any more, so that pings stay unanswered too. */
const stall = (viewer: RawViewer) => viewer.tcp().pause();
const evicted = async () => (await metrics.registry.getSingleMetric('ecopark_viewers_evicted_total')?.get())?.values[0]?.value ?? 0;
const connected = () => new Promise<number>((resolve) => http.getConnections((_error, count) => resolve(count)));

async function ticks(count: number, every_ms: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    park.tick(performance.now());
    await pause(every_ms);
  }
}

beforeEach(() => {
  viewers = [];
});
afterEach(async () => {
  for (const { socket } of viewers) socket.terminate();
  await live.close();
});

describe('viewers that do not keep up', () => {
  it('are left out with little on its way, let go, and harm nobody', async () => {
    await start({ late_ms: 500, ping_ms: 60_000 });
    const healthy = await open(10, { acknowledges: true });
    const stock = await open(5);
    const stalled = await open(40, { acknowledges: true });
    for (const viewer of stalled) stall(viewer);
    const before = process.memoryUsage().rss;
    // 150 updates of 20 kB: 3 MB for each that did not say it reads.
    await ticks(150, 10);
    const grown_MB = (process.memoryUsage().rss - before) / 2 ** 20;
    await until(() => healthy.concat(stock).every(({ events }) => events.update === 150), 'all updates');
    expect(healthy.concat(stock).every(({ events, isClosed }) => events.snapshot === 1 && !isClosed())).toBe(true);
    expect(await evicted()).toBe(40);
    expect(await connected()).toBe(15);
    for (const viewer of stalled) viewer.tcp().resume();
    await Promise.all(stalled.map(({ closed }) => closed));
    expect(Math.max(...stalled.map(({ events }) => events.update ?? 0))).toBeLessThanOrEqual(12);
    expect(grown_MB).toBeLessThan(50);
  });

  it('get a snapshot, not the old updates, when they have caught up in time', async () => {
    await start({ late_ms: 5000, ping_ms: 60_000 });
    const [slow] = (await open(1, { acknowledges: true })) as [RawViewer];
    park.tick(0);
    await until(() => slow.events.update === 1, 'update');
    stall(slow);
    await ticks(60, 2);
    slow.tcp().resume();
    await until(() => (slow.events.update ?? 0) > 8, 'what was on its way');
    await pause(100);
    await ticks(1, 50);
    await until(() => slow.events.snapshot === 2, 'snapshot');
    expect(slow.events.update).toBeLessThan(20);
    await ticks(3, 20);
    await until(() => (slow.events.update ?? 0) >= 12, 'updates again');
    expect([slow.isClosed(), slow.events.snapshot, await evicted()]).toEqual([false, 2, 0]);
  });

  it('that ask for a snapshot are not held to what they were sent before', async () => {
    await start({ late_ms: 1500, ping_ms: 60_000, resync_ms: 10 });
    const [again] = (await open(1)) as [RawViewer];
    again.socket.send('42/parks/sample,["seen",0]');
    await pause(50);
    await ticks(14, 2);
    again.socket.send('42/parks/sample,["resync"]');
    await until(() => again.events.snapshot === 2, 'another snapshot');
    await pause(1600);
    expect(again.isClosed()).toBe(false);
  });

  it('are gone after two pings when they are silent, with nothing left of them', async () => {
    await start({ ping_ms: 1000 });
    const stalled = await open(20);
    const healthy = await open(3);
    for (const viewer of stalled) stall(viewer);
    const silent = await open(5, { pongs: false });
    await ticks(40, 25);
    await Promise.all(silent.map(({ closed }) => closed));
    let left = await connected();
    for (let i = 0; i < 50 && left > 3; i++) {
      await pause(50);
      left = await connected();
    }
    expect(left).toBe(3);
    await until(() => healthy.every(({ events }) => events.update === 40), 'all updates');
  });

  it('that acknowledge nothing any more but answer pings are let go as well', async () => {
    await start({ late_ms: 300, ping_ms: 1000 }, 10);
    const [odd] = (await open(1)) as [RawViewer];
    odd.socket.send('42/parks/sample,["seen",0]');
    await pause(50);
    await ticks(60, 10);
    await odd.closed;
    expect(await evicted()).toBe(1);
  });
});

describe('stock Socket.IO clients', () => {
  it.each(['websocket', 'polling'])('follow over %s without acknowledging, and stay', async (transport) => {
    await start({ late_ms: 500, ping_ms: 2000 });
    const socket = io(`${url}/parks/sample`, { transports: [transport], forceNew: true });
    const seen = { snapshot: 0, update: 0, last: 0 };
    socket.on('snapshot', ({ values }: { values: Buffer }) => {
      seen.snapshot++;
      expect(values.byteLength).toBe(10_000);
    });
    socket.on('update', (bytes: Buffer) => {
      seen.update++;
      seen.last = bytes.readUInt32LE(16);
    });
    await until(() => seen.snapshot === 1, 'snapshot');
    await ticks(60, 10);
    await until(() => seen.last === 60, 'the last update');
    expect([socket.connected, seen.snapshot, seen.update]).toEqual([true, 1, 60]);
    socket.close();
  });
});

describe('many viewers', () => {
  it('are given a tick in slices, each everything once and in order', async () => {
    await start({});
    let wrong = 0;
    const last = new Map<number, number>();
    const opened = Array.from({ length: 200 }, (_, i) =>
      rawViewer(url, {
        acknowledges: true,
        onBinary: (bytes, event) => {
          if (event !== 'update') return;
          const seq = bytes.readUInt32LE(16);
          if (seq !== (last.get(i) ?? 0) + 1) wrong++;
          last.set(i, seq);
        },
      }),
    );
    viewers.push(...opened);
    await until(() => opened.every(({ binaries }) => binaries === 1), 'snapshots');
    const given = (updates: number) => until(() => opened.every(({ events }) => events.update === updates), `update ${updates}`);
    for (let i = 0; i < 3; i++) park.tick(0);
    await given(3);
    // More than four rounds may not wait for one another: who misses one is given a snapshot, which is another test's matter.
    for (let i = 4; i <= 8; i++) {
      park.tick(0);
      await given(i);
    }
    expect([wrong, opened.filter(({ events }) => events.snapshot !== 1).length]).toEqual([0, 0]);
  });
});
