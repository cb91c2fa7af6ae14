import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Connection, clearMirror, connect } from '../../../client/live/connection.ts';
import { mirror } from '../../../client/live/mirror.ts';
import { encodeUpdate } from '../../../models/wire/codec.ts';
import { sampleLayout, sampleView, snapshotOf } from '../sample-view.ts';

const view = sampleView();
// A quick tick, so that "three ticks of silence" is soon; a busy machine may stand still for half a second.
view.metadata = { ...view.metadata, tick_s: 0.3 };
const layout = sampleLayout(view);

let http: HttpServer;
let io: Server;
let line: Connection | undefined;
let seq = 0;
let resyncs = 0;
const others = vi.fn();

async function listen(port = 0): Promise<string> {
  http = createServer();
  io = new Server(http);
  io.of('/parks/sample').on('connection', (socket) => {
    socket.emit('snapshot', snapshot());
    socket.on('resync', () => {
      resyncs++;
      socket.emit('snapshot', snapshot());
    });
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

function snapshot() {
  return snapshotOf(view, new Float32Array(layout.size).fill(seq), { seq });
}

/** One tick of the pretended twin: slot 0 holds the sequence number. */
function tick(): void {
  seq++;
  const bytes = encodeUpdate({ epoch: 1, seq, time: seq, slots: Uint32Array.of(0), values: Float32Array.of(seq) });
  io.of('/parks/sample').emit('update', bytes);
}

beforeEach(() => {
  seq = 0;
  resyncs = 0;
  others.mockClear();
  clearMirror();
});
afterEach(async () => {
  line?.close();
  await io.close();
});

test('a line is live while it hears, delayed after three silent ticks, live again with the next update', async () => {
  line = connect(view, { url: await listen(), onOtherPark: others });
  await expect.poll(() => mirror.connection).toBe('live');
  tick();
  await expect.poll(() => mirror.values[0]).toBe(1);
  await expect.poll(() => mirror.connection).toBe('delayed');
  // It asked, and the answer held nothing new: still delayed.
  await expect.poll(() => resyncs).toBeGreaterThan(0);
  expect(mirror.connection).toBe('delayed');
  tick();
  await expect.poll(() => mirror.connection).toBe('live');
  expect(others).not.toHaveBeenCalled();
});

test('another revision of the park is told once and not asked about again; its updates mean nothing, and the line says it lags', async () => {
  const url = await listen();
  line = connect(view, { url, onOtherPark: others });
  await expect.poll(() => mirror.connection).toBe('live');
  io.of('/parks/sample').emit('snapshot', { ...snapshot(), revision: 'second', epoch: 2 });
  await expect.poll(() => others).toHaveBeenCalledTimes(1);
  const bytes = encodeUpdate({ epoch: 2, seq: 1, time: 1, slots: Uint32Array.of(0), values: Float32Array.of(99) });
  for (let i = 0; i < 3; i++) io.of('/parks/sample').emit('update', bytes);
  await expect.poll(() => mirror.connection).toBe('delayed');
  expect([mirror.values[0], mirror.epoch, resyncs]).toEqual([0, 1, 0]);
  expect(others).toHaveBeenCalledTimes(1);
});

test('a line for the next version leaves the values of the one before until its snapshot is here', async () => {
  line = connect(view, { url: await listen(), onOtherPark: others });
  await expect.poll(() => mirror.connection).toBe('live');
  line.close();
  const next = { ...view, metadata: { ...view.metadata, revision: 'second' } };
  expect(mirror.layoutPark).toBe(view);
  line = connect(next, { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, onOtherPark: others });
  // The pretended twin still has the first revision.
  await expect.poll(() => others).toHaveBeenCalled();
  tick();
  expect([mirror.layoutPark, mirror.values[0]]).toEqual([view, 0]);
  io.of('/parks/sample').emit('snapshot', { ...snapshot(), revision: 'second', epoch: 2 });
  await expect.poll(() => mirror.layoutPark).toBe(next);
  expect([mirror.epoch, mirror.connection]).toEqual([2, 'live']);
});

test('a missed update makes it ask for a snapshot, once', async () => {
  line = connect(view, { url: await listen(), onOtherPark: others });
  await expect.poll(() => mirror.connection).toBe('live');
  seq = 4;
  tick();
  tick();
  await expect.poll(() => mirror.seq).toBeGreaterThanOrEqual(5);
  expect(mirror.values[layout.size - 1]).toBeGreaterThanOrEqual(5);
  expect(resyncs).toBe(1);
});

test('a server that goes is offline, and when it comes back the line is live by itself', async () => {
  const url = await listen();
  line = connect(view, { url, onOtherPark: others });
  await expect.poll(() => mirror.connection).toBe('live');
  await io.close();
  await expect.poll(() => mirror.connection).toBe('offline');
  seq = 7;
  await listen(Number(new URL(url).port));
  await expect.poll(() => mirror.connection).toBe('live');
  expect(mirror.seq).toBe(7);
});

test('a park of another version asks for its document', async () => {
  const other = { ...view, lines: view.lines.slice(1) };
  line = connect(other, { url: await listen(), onOtherPark: others });
  await expect.poll(() => others).toHaveBeenCalled();
});
