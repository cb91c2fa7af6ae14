import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { decodeUpdate, type Snapshot, snapshotValues } from '../../../models/wire/codec.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import { samplePark } from '../../sample-park.ts';
import { type HandClock, handClock, noon, quietPark, type Sample, startSample } from '../sample-server.ts';

const layout = layoutOf(samplePark(), 'full');

/** A viewer as a browser is one: takes what comes, asks when something is missing. `lossy` decides what is lost on the way. */
function viewer(url: string, lossy: () => boolean = () => false, acknowledges = true) {
  const socket: Socket = io(`${url}/parks/sample`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 50,
  });
  const state = { socket, values: new Float32Array(0) as Float32Array, epoch: 0, seq: -1, snapshots: 0, updates: 0, asked: 0 };
  socket.on('snapshot', (snapshot: Snapshot) => {
    if (lossy()) return;
    state.values = snapshotValues(snapshot, layoutOf(samplePark(), snapshot.audience));
    state.epoch = snapshot.epoch;
    state.seq = snapshot.seq;
    state.snapshots++;
    if (acknowledges) socket.emit('seen', snapshot.seq);
  });
  socket.on('update', (bytes: Uint8Array) => {
    if (lossy()) return;
    const update = decodeUpdate(bytes);
    if (update.epoch !== state.epoch || update.seq !== state.seq + 1) {
      state.asked++;
      socket.emit('resync');
      return;
    }
    for (const [i, slot] of update.slots.entries()) state.values[slot] = update.values[i] as number;
    state.seq = update.seq;
    state.updates++;
    if (acknowledges) socket.emit('seen', update.seq);
  });
  return state;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    if (condition()) return;
    await pause(10);
  }
  throw new Error(`never: ${what}`);
}

let sample: Sample;
let clock: HandClock;
let sockets: Socket[] = [];
beforeAll(async () => {
  clock = handClock(noon);
  sample = await startSample({ clock });
});
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
});
afterAll(() => sample.close());

function view(lossy?: () => boolean, url = sample.url, acknowledges = true) {
  const state = viewer(url, lossy, acknowledges);
  sockets.push(state.socket);
  return state;
}

const truth = (of = sample) => snapshotValues(of.twin.snapshot('full'), layout);
const hallPower = layout.assets.get('hall')?.ports['electricity.in']?.power as number;
async function happen(kW: number, of = sample, wall = clock): Promise<void> {
  wall.advance(1000);
  const at = wall.now();
  const readings: Reading[] = [
    { point: 'hall.power', time: at, value: kW, quality: 'good' },
    { point: 'grid.power', time: at, value: kW / 500, quality: 'good' },
  ];
  await of.twin.accept(readings, 'test');
  await of.twin.tick();
}

interface Act {
  what: string;
  kW: number;
  lose: number;
}
const act = (...what: string[]) =>
  fc.record({
    what: fc.constantFrom(...what),
    kW: fc.integer({ min: 100, max: 2000 }),
    lose: fc.double({ min: 0, max: 0.9, noNaN: true }),
  });
const dice = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

/** A life of one viewer, at the end of which it has the server's state. A restart puts another server in the place of the one given. */
async function liveThrough(acts: Act[], chance: Iterator<number>, acknowledges: boolean, at: { server: Sample; wall: HandClock }) {
  let lose = 0;
  let asleep = false;
  const a = view(() => asleep || (chance.next().value as number) < lose, at.server.url, acknowledges);
  for (const { what, kW, lose: next } of acts) {
    lose = next;
    if (what === 'cut' && a.socket.connected) a.socket.io.engine.close();
    if (what === 'sleep') asleep = !asleep;
    if (what === 'restart') {
      await at.server.close(false);
      at.server = await startSample({ clock: at.wall, folder: at.server.folder, port: at.server.port });
    }
    await happen(kW, at.server, at.wall);
  }
  lose = 0;
  asleep = false;
  await until(() => a.socket.connected, 'connected again');
  // What was lost shows at the next update; ticks never end.
  const same = () => a.seq === at.server.twin.snapshot('full').seq && a.epoch === at.server.twin.epoch;
  let ticks = 0;
  do {
    await happen(777 + ticks, at.server, at.wall);
    await pause(20);
  } while (!same() && ++ticks < 20);
  expect(a.values).toEqual(truth(at.server));
  a.socket.close();
}

describe('the live line', () => {
  it('sends a snapshot on connecting and one update per tick with what changed', async () => {
    const a = view();
    await until(() => a.snapshots === 1, 'snapshot');
    await happen(500);
    await until(() => a.updates === 1, 'update');
    await happen(600);
    await until(() => a.updates === 2, 'update');
    expect(a.values[hallPower]).toBe(600);
    expect(a.values).toEqual(truth());
    expect(a.asked).toBe(0);
  });

  it('sends at most eight bytes per changed value', async () => {
    const a = view();
    await until(() => a.snapshots === 1, 'snapshot');
    const before = truth();
    let bytes = 0;
    a.socket.on('update', (update: Uint8Array) => {
      bytes = update.byteLength;
    });
    await happen(700);
    await until(() => bytes > 0, 'update');
    const after = truth();
    const changed = after.filter((value, i) => !Object.is(value, before[i])).length;
    expect(bytes).toBeLessThanOrEqual(8 * changed + 24);
  });

  it('leaves every viewer with the same state, whatever is lost, cut or slept through', async () => {
    const acts = fc.array(act('tick', 'tick', 'tick', 'cut', 'sleep'), { minLength: 3, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(acts, dice, fc.boolean(), (life, chance, acknowledges) =>
        liveThrough(life, chance, acknowledges, { server: sample, wall: clock }),
      ),
      { numRuns: 50 },
    );
  });

  it('leaves a viewer with the same state when restarts of the server come between what is lost, cut and slept through', async () => {
    const wall = handClock(noon, true);
    const at = { server: await startSample({ clock: wall }), wall };
    const acts = fc.array(act('tick', 'tick', 'cut', 'cut', 'sleep', 'sleep', 'restart'), { minLength: 1, maxLength: 4 });
    const restart: Act = { what: 'restart', kW: 500, lose: 0.5 };
    // A start takes a second or two: few lives, each with one restart at least.
    await fc.assert(
      fc.asyncProperty(acts, acts, dice, fc.boolean(), (before, after, chance, acknowledges) =>
        liveThrough([...before, restart, ...after], chance, acknowledges, at),
      ),
      { numRuns: 3, endOnFailure: true },
    );
    await at.server.close();
  }, 60_000);

  it('brings viewers back with the same state after the server restarts', async () => {
    const wall = handClock(noon, true);
    const first = await startSample({ clock: wall });
    const a = view(undefined, first.url);
    await until(() => a.snapshots === 1, 'snapshot');
    const { epoch } = a;
    await first.close(false);
    await until(() => !a.socket.connected, 'cut');
    const second = await startSample({ clock: wall, folder: first.folder, port: first.port });
    // Who is back before the twin has started is given one more snapshot when it has.
    await until(() => a.epoch === second.twin.epoch, 'snapshot of the new server');
    expect(a.epoch).not.toBe(epoch);
    await happen(900, second);
    await until(() => a.seq === second.twin.snapshot('full').seq, 'update of the new server');
    expect(a.updates).toBe(1);
    expect(a.values).toEqual(truth(second));
    await second.close();
  });

  it('answers many questions for a snapshot together', async () => {
    const a = view();
    await until(() => a.snapshots === 1, 'snapshot');
    for (let i = 0; i < 50; i++) a.socket.emit('resync');
    await pause(200);
    expect(a.snapshots).toBeLessThan(6);
    expect(a.snapshots).toBeGreaterThan(1);
    expect(a.socket.connected).toBe(true);
  });

  it('counts events it does not know and disconnects at twenty; the others are not harmed', async () => {
    const [bad, good] = [view(), view()];
    bad.socket.io.reconnection(false);
    await until(() => bad.snapshots === 1 && good.snapshots === 1, 'snapshots');
    for (let i = 0; i < 19; i++) bad.socket.emit('hello', { i });
    bad.socket.emit('resync', 'not', 'a function');
    await pause(100);
    expect(bad.socket.connected).toBe(true);
    bad.socket.emit('subscribe', ['/parks/other']);
    await until(() => !bad.socket.connected, 'disconnected');
    await happen(300);
    await until(() => good.updates === 1, 'update');
    expect(await sample.app.ready()).toBe(true);
  });

  it('disconnects floods, large and deep messages', async () => {
    const attacks: ((socket: Socket) => void)[] = [
      (socket) => {
        for (let i = 0; i < 1000; i++) socket.emit('resync');
      },
      (socket) => socket.emit('resync', 'x'.repeat(1_000_001)),
      // An array 60,000 deep, in msgpack; and one small enough to be read, 4,000 deep.
      (socket) => socket.io.engine.write(Buffer.alloc(60_000, 0x91) as never),
      (socket) => socket.io.engine.write(Buffer.alloc(4000, 0x91) as never),
    ];
    for (const attack of attacks) {
      const a = view();
      a.socket.io.reconnection(false);
      await until(() => a.snapshots === 1, 'snapshot');
      attack(a.socket);
      await until(() => !a.socket.connected, 'disconnected');
    }
  });

  it('knows no other namespace, and refuses pages from elsewhere', async () => {
    const why = (socket: Socket) => new Promise<string>((resolve) => socket.on('connect_error', (error) => resolve(error.message)));
    for (const path of ['/parks/other', '/']) {
      const socket = io(sample.url + path, { transports: ['websocket'], forceNew: true, reconnection: false });
      sockets.push(socket);
      expect(await why(socket)).toMatch(/unknown park|Invalid namespace/);
    }
    const foreign = io(`${sample.url}/parks/sample`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: 'https://evil.example' },
    });
    sockets.push(foreign);
    expect(await why(foreign)).toBeTruthy();
    expect(foreign.connected).toBe(false);
  });

  it('sends the public only what is public', async () => {
    const open = await startSample({ clock: handClock(noon), host: '0.0.0.0', park: quietPark() });
    const socket = io(`${open.url}/parks/sample`, { transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    const snapshot = await new Promise<Snapshot>((resolve) => socket.on('snapshot', resolve));
    expect(snapshot.audience).toBe('public');
    expect(snapshotValues(snapshot, layoutOf(samplePark(), 'public')).length).toBeLessThan(layout.size);
    await open.close();
  });
});
