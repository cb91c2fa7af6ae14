import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Connection, clearMirror, connect } from '../../../client/live/connection.ts';
import { mirror } from '../../../client/live/mirror.ts';
import { encodeUpdate } from '../../../models/wire/codec.ts';
import { sampleLayout, sampleView, snapshotOf } from '../sample-view.ts';

const view = sampleView();
// A quick tick, so that "three ticks of silence" does not take seconds.
view.metadata = { ...view.metadata, tick_s: 0.1 };
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
  await vi.waitFor(() => expect(mirror.connection).toBe('live'));
  tick();
  await vi.waitFor(() => expect(mirror.values[0]).toBe(1));
  await vi.waitFor(() => expect(mirror.connection).toBe('delayed'), { timeout: 2000 });
  // It asked, and the answer held nothing new: still delayed.
  await vi.waitFor(() => expect(resyncs).toBeGreaterThan(0));
  expect(mirror.connection).toBe('delayed');
  tick();
  await vi.waitFor(() => expect(mirror.connection).toBe('live'));
  expect(others).not.toHaveBeenCalled();
});

test('a missed update makes it ask for a snapshot, once', async () => {
  line = connect(view, { url: await listen(), onOtherPark: others });
  await vi.waitFor(() => expect(mirror.connection).toBe('live'));
  seq = 4;
  tick();
  tick();
  await vi.waitFor(() => expect(mirror.seq).toBeGreaterThanOrEqual(5));
  expect(mirror.values[layout.size - 1]).toBeGreaterThanOrEqual(5);
  expect(resyncs).toBe(1);
});

test('a server that goes is offline, and when it comes back the line is live by itself', async () => {
  const url = await listen();
  line = connect(view, { url, onOtherPark: others });
  await vi.waitFor(() => expect(mirror.connection).toBe('live'));
  await io.close();
  await vi.waitFor(() => expect(mirror.connection).toBe('offline'));
  seq = 7;
  await listen(Number(new URL(url).port));
  await vi.waitFor(() => expect(mirror.connection).toBe('live'), { timeout: 8000 });
  expect(mirror.seq).toBe(7);
});

test('a park of another version asks for its document', async () => {
  const other = { ...view, lines: view.lines.slice(1) };
  line = connect(other, { url: await listen(), onOtherPark: others });
  await vi.waitFor(() => expect(others).toHaveBeenCalled());
});
