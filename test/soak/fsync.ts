/** Acknowledged means on disk: a real server under strace, with readings over HTTP and MQTT, and a look at what it did when. */
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeSampleFolder } from '../server/child-server.ts';
import { postReadings, token } from '../server/park-server.ts';
import { brokerName, device, freePort, startBroker } from '../server/sources/mqtt/broker.ts';
import { meterTopic, mqttYaml } from '../server/sources/mqtt/mqtt-park.ts';
import { httpAcknowledgements, mqttAcknowledgements, type Proof, prove } from './fsync-proof.ts';
import { progress, type Section, table } from './section.ts';
import { type TraceEvent, tracedCalls, traceReader } from './trace-events.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const howToInstall =
  'strace is not here: install it (Debian, Ubuntu: apt-get install strace; Fedora: dnf install strace) and run this again.';

export async function soakFsync(messages = 500): Promise<Section> {
  if (process.platform !== 'linux' || spawnSync('strace', ['-V']).error) throw new Error(howToInstall);
  const folder = await mkdtemp(join(tmpdir(), 'traced-'));
  const park = await writeSampleFolder(mqttYaml);
  const broker = await startBroker();
  const port = await freePort();
  const trace = join(folder, 'trace');
  spawnSync('mkfifo', [trace]);
  const events: TraceEvent[] = [];
  const lines = createInterface({ input: createReadStream(trace) });
  lines.on(
    'line',
    traceReader((event) => void events.push(event)),
  );
  const traced = new Promise((resolve) => lines.once('close', resolve));

  progress('starting a server under strace');
  const flags = ['-f', '-qq', '-yy', '-xx', '-s', '70000', '-e', `trace=${tracedCalls.join(',')}`, '-e', 'signal=none', '-o', trace];
  const server = spawn(
    'strace',
    [...flags, process.execPath, '--import', 'tsx', 'server/main.ts', '--park', park, '--port', String(port)],
    {
      cwd: root,
      env: { ...process.env, DATA_DIR: folder, MQTT_URL: broker.url, INGEST_TOKEN: token, LOG_LEVEL: 'warn', UV_USE_IO_URING: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  server.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; (await fetch(`${url}/readyz`).catch(() => null))?.status !== 200; i++) {
    if (server.exitCode !== null || i > 600) throw new Error(`the server did not start under strace: ${said}`);
    await pause(100);
  }
  const client = await device(broker);
  const base = Date.now() - 86_400_000;
  const send = async (kind: string, first: number, size: number) => {
    const readings = Array.from({ length: size }, (_, i) => ({ point: 'chp.power', time: base + first + i, value: i }));
    if (kind === 'mqtt') await client.publishAsync(meterTopic, JSON.stringify({ kW: 5, at: base + first }), { qos: 1 });
    else if ((await postReadings(url, { readings })).status !== 200) throw new Error('a posting was refused');
  };
  const rows: { kind: string; senders: number; size: number; proof: Proof }[] = [];
  let next = 0;
  for (const [kind, senders, size] of [
    ['http', 1, 1],
    ['http', 16, 1],
    ['http', 8, 50],
    ['mqtt', 1, 1],
    ['mqtt', 100, 1],
  ] as const) {
    events.length = 0;
    let left = messages;
    progress(`${messages} messages over ${kind} from ${senders} senders`);
    const work = async () => {
      while (left-- > 0) {
        const first = next;
        next += size;
        await send(kind, first, size);
      }
    };
    await Promise.all(Array.from({ length: senders }, work));
    // The broker has taken them; the twin acknowledges them to the broker a moment later. The trace lags behind as well.
    const acknowledgements = () => (kind === 'http' ? httpAcknowledgements(events, port) : mqttAcknowledgements(events, broker.port));
    for (let i = 0; acknowledgements().length < messages && i < 100; i++) await pause(100);
    rows.push({ kind, senders, size, proof: prove(events, acknowledgements()) });
  }
  await client.endAsync();
  // The server, not its tracer: that ends with it, and would leave it running.
  const [pid] = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').split(' ');
  process.kill(Number(pid), 'SIGTERM');
  const late = setTimeout(() => process.kill(Number(pid), 'SIGKILL'), 20_000);
  await ended;
  clearTimeout(late);
  await traced;
  await broker.stop();
  await rm(folder, { recursive: true });
  await rm(park, { recursive: true });

  const passed = rows.every(({ proof }) => proof.acknowledged === messages && proof.proved === messages);
  return {
    title: 'fsync before acknowledgement',
    passed,
    text: `\`server/main.ts\` under ${spawnSync('strace', ['-V'], { encoding: 'utf8' }).stdout.split('\n')[0]}. Every reading has a time of its own, and so bytes of its own in the database's log. An acknowledgement is shown when, in this order, its message was read from the connection, the pages with each of its rows were written to the log, a sync of the log began that follows the end of a transaction, the sync returned, and the answer (200, PUBACK) began to be written. MQTT by ${brokerName}.

${table(
  rows.map(({ kind, senders, size, proof }) => ({
    'sent over': kind === 'http' ? 'HTTP' : 'MQTT, QoS 1',
    'at once': senders,
    'readings each': size,
    acknowledged: proof.acknowledged,
    'shown to be synced before': proof.proved,
    'readings in them': proof.readings,
    'syncs of the log': proof.syncs,
  })),
)}`,
  };
}
