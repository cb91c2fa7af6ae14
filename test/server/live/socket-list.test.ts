import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { handClock, noon, type Sample, startSample } from '../sample-server.ts';
import { type RawOptions, type RawViewer, rawViewer, until } from './raw-viewer.ts';

const clock = handClock(noon);
let sample: Sample;
let open: RawViewer[] = [];
beforeAll(async () => {
  sample = await startSample({ clock, liveTimes: { ping_ms: 1500 } });
});
afterEach(() => {
  for (const { socket } of open) socket.terminate();
  open = [];
});
afterAll(() => sample.close());

function view(options: RawOptions = {}): RawViewer {
  const viewer = rawViewer(sample.url, options);
  open.push(viewer);
  return viewer;
}

async function viewing(options: RawOptions = {}): Promise<RawViewer> {
  const viewer = view(options);
  await until(() => viewer.binaries === 1, 'a snapshot');
  return viewer;
}

async function tick(): Promise<void> {
  clock.advance(1000);
  await sample.twin.tick();
}

const unknownEvents = async () => {
  const text = await (await fetch(`${sample.url}/metrics`)).text();
  return Number(/ecopark_unknown_events_total\{park="sample"\} (\d+)/.exec(text)?.[1] ?? 0);
};

type Say = (viewer: RawViewer) => void;
const event = (text: string, times = 1): Say => {
  return ({ socket }) => {
    for (let i = 0; i < times; i++) socket.send(`42${text.startsWith('/') ? '' : '/parks/sample,'}${text}`);
  };
};
const frame = (data: string | Buffer): Say => {
  return ({ socket }) => socket.send(data);
};
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** What a viewer says, and what becomes of it: it stays (its word counted as unknown so often), or it is disconnected. */
const list: [what: string, say: Say, counted: number | 'disconnected'][] = [
  ['an event that wants an answer nobody gives', event('7["resync"]'), 0],
  ['an answer to a question nobody asked', frame('43/parks/sample,99["yes"]'), 0],
  ['an acknowledgement that is not a function', event('["resync",{"ack":"not a function"}]'), 0],
  ['an unknown event', event('["hello",{"i":1}]'), 1],
  ['an unknown event named as a property of every object', event('["__proto__",{"constructor":1}]'), 1],
  ['an event without a name', event('[7]'), 1],
  ['nineteen unknown events', event('["hello"]', 19), 19],
  ['twenty unknown events', event('["hello"]', 20), 'disconnected'],
  ["another park's room", event('["join","/parks/other"]'), 1],
  ["an event in another park's namespace", event('/parks/other,["resync"]'), 'disconnected'],
  ['the name of an event of its own', event('["disconnect"]'), 'disconnected'],
  ['a seq from the future', event('["seen",4000000000]'), 0],
  ['a seq that is none', event('["seen",-1]'), 1],
  ['a seq in words', event('["seen","1"]'), 1],
  ['a seq that is too large to be a number', event('["seen",1e400]'), 1],
  ['no seq', event('["seen"]'), 1],
  ['an array 30,000 deep, of 60 kB', event(`["hello",${deep(30_000)}]`), 1],
  ['the same as a seq', event(`["seen",${deep(30_000)}]`), 1],
  ['the same as who it is', frame(`40/parks/other,{"a":${deep(30_000)}}`), 0],
  ['JSON cut short', event('["hello",'), 'disconnected'],
  ['a packet type that does not exist', frame('49/parks/sample,["x"]'), 'disconnected'],
  ['an Engine.IO packet type that does not exist', frame('9'), 'disconnected'],
  ['bytes that belong to nothing', frame(Buffer.alloc(1000, 0x91)), 'disconnected'],
  ['11 attachments', frame('4511-/parks/sample,["hello"]'), 'disconnected'],
  ['attachments that never come', frame('451-/parks/sample,["hello",{"_placeholder":true,"num":0}]'), 0],
  [
    'a placeholder out of range',
    ({ socket }) => {
      socket.send('451-/parks/sample,["hello",{"_placeholder":true,"num":7}]');
      socket.send(Buffer.from('x'));
    },
    'disconnected',
  ],
  ['1 MB and a byte', frame(`42/parks/sample,["hello","${'x'.repeat(1_048_577)}"]`), 'disconnected'],
  ['10,000 events at once', event('["resync"]', 10_000), 'disconnected'],
  ['10,000 acknowledgements at once', event('["seen",0]', 10_000), 'disconnected'],
];

describe('what viewers may say', () => {
  it.each(list)('%s', async (_what, say, becomes) => {
    const other = await viewing({ acknowledges: true });
    const viewer = await viewing();
    const before = await unknownEvents();
    say(viewer);
    if (becomes === 'disconnected') await Promise.race([viewer.closed, pause(4000).then(() => expect.fail('still there'))]);
    else {
      await pause(60);
      await tick();
      await until(() => viewer.binaries > 1, 'an update');
      expect([viewer.isClosed(), (await unknownEvents()) - before]).toEqual([false, becomes]);
    }
    const { binaries } = other;
    await tick();
    await until(() => other.binaries > binaries, 'an update for the others');
    expect(other.events.snapshot).toBe(1);
  });

  it('logs each offender once, without what it said', () => {
    const warned = sample.log.filter((line) => line.includes('means nothing here'));
    expect(warned.length).toBeGreaterThan(0);
    expect(sample.log.filter((line) => /hello|__proto__|\[\[\[/.test(line))).toEqual([]);
    expect(sample.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('a seq from the future is answered with a snapshot', async () => {
    const viewer = await viewing();
    event('["seen",4000000000]')(viewer);
    await until(() => viewer.events.snapshot === 2, 'a snapshot');
  });
});

describe('who may listen', () => {
  it.each([
    ['a page from elsewhere', { headers: { origin: 'https://evil.example' } }, 'server response: 40'],
    ['a page from nowhere', { headers: { origin: 'null' } }, 'server response: 40'],
    ['a park that is not here', { namespace: '/parks/other' }, 'Invalid namespace'],
    ['no park', { namespace: '/' }, 'unknown park'],
    ['a path for a park', { namespace: '/parks/../parks/sample' }, 'Invalid namespace'],
  ])('not %s', async (_what, options, reason) => {
    const viewer = view(options);
    await until(() => viewer.refusal !== null, 'a refusal');
    expect(viewer.refusal).toContain(reason);
    expect(viewer.binaries).toBe(0);
  });

  it('whoever answers no ping is gone', async () => {
    const silent = await viewing({ pongs: false });
    const began = performance.now();
    await silent.closed;
    expect(performance.now() - began).toBeLessThan(45_000);
  });
});
