/**
 * Durable MQTT messages a second, one reading each, through a real broker, published by another process: from the first
 * that arrives to the last that is committed and acknowledged.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { basesOf } from '../../models/carbon/basis.ts';
import { createMetrics } from '../../server/process/metrics.ts';
import { startMqtt } from '../../server/sources/mqtt/feed.ts';
import { mqttMetrics } from '../../server/sources/mqtt/metrics.ts';
import { openStores } from '../../server/store/sqlite/open-stores.ts';
import { wallClock } from '../../server/twin/clock.ts';
import { Twin } from '../../server/twin/twin.ts';
import { type Broker, brokerName, device, startBroker } from '../server/sources/mqtt/broker.ts';
import { buildMqttPark, meterTopic, mqttYaml } from '../server/sources/mqtt/mqtt-park.ts';
import { bareInsert, bareInserts } from './bare-inserts.ts';
import type { Row } from './table.ts';

const messages = 40_000;
const plainMessages = 8000;

export async function benchMqtt(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-mqtt-'));
  const broker = await startBroker();
  const metrics = createMetrics({ process: false });
  const log = pino({ level: 'silent' });
  const stores = await openStores({ file: join(folder, 'park.sqlite') });
  const twin = new Twin({
    bases: basesOf(buildMqttPark(mqttYaml)),
    warnings: [],
    stores,
    clock: wallClock(),
    sources: [],
    log,
    metrics,
  });
  await twin.start();
  let commits = 0;
  let stored = 0;
  let began = Number.NaN;
  let ended = Number.NaN;
  const feed = startMqtt({
    park: twin.park,
    url: broker.url,
    clientId: 'bench',
    options: {},
    now: () => Date.now(),
    accept: async (readings) => {
      if (commits++ === 0) began = performance.now();
      const { accepted } = await twin.accept(readings, 'mqtt');
      stored += accepted;
      ended = performance.now();
    },
    keepRefused: async () => {},
    metrics: mqttMetrics(metrics.registry),
    log,
  });
  try {
    await subscribed(broker);
    const published = publish(broker, messages);
    for (let i = 0; stored < messages && i < 600; i++) await pause(100);
    await published;
    if (stored !== messages) throw new Error(`${stored} of ${messages} messages were stored`);
    const rate = messages / ((ended - began) / 1000);
    const batch = Math.max(1, Math.round(messages / commits));
    const reference = bareInserts(join(folder, 'bare.sqlite'), batch, 2000);
    await feed?.stop();
    const plain = await plainClient(broker, join(folder, 'plain.sqlite'));
    const count = (n: number) => Math.round(n).toLocaleString('en');
    const what = `durable MQTT messages of one reading, QoS 1, ${brokerName}`;
    return [
      {
        what,
        ours: `${count(rate)}/s`,
        reference: `${count(plain)}/s, MQTT.js's handleMessage with a commit in it`,
        ratio: `${(rate / plain).toFixed(1)}× faster`,
      },
      {
        what,
        ours: `${count(rate)}/s`,
        reference: `${count(reference)}/s, bare better-sqlite3, ${batch} rows a commit as came about here; no network, no broker`,
        ratio: `${(rate / reference).toFixed(2)} of it`,
      },
    ];
  } finally {
    await feed?.stop();
    await twin.stop();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Another process publishes. Resolves when the broker has taken all. */
function publish(broker: Broker, count: number): Promise<number | null> {
  const publisher = fileURLToPath(new URL('mqtt-publisher.ts', import.meta.url));
  const args = ['--import', 'tsx', publisher, broker.url, meterTopic, String(count), String(Date.now() - 86_400_000)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', resolve));
}

/** The way of the manual: each message is committed before the next is looked at. Messages a second. */
async function plainClient(broker: Broker, file: string): Promise<number> {
  const insert = bareInsert(file);
  const client = await device(broker, { protocolVersion: 5, properties: { receiveMaximum: 500 } });
  let began = Number.NaN;
  let n = 0;
  const done = new Promise<number>((resolve) => {
    client.handleMessage = (packet, next) => {
      if (n === 0) began = performance.now();
      const { kW, at } = JSON.parse(packet.payload.toString()) as { kW: number; at: number };
      insert.one(at, kW);
      next();
      if (++n === plainMessages) resolve(plainMessages / ((performance.now() - began) / 1000));
    };
  });
  await client.subscribeAsync(meterTopic, { qos: 1 });
  await publish(broker, plainMessages);
  const rate = await done;
  await client.endAsync(true);
  insert.close();
  return rate;
}

/** Until the twin has said that it listens. */
async function subscribed(broker: Broker): Promise<void> {
  const client = await device(broker);
  const online = new Promise<void>((resolve) => client.once('message', () => resolve()));
  await client.subscribeAsync('ecopark/sample/status', { qos: 1 });
  await online;
  await client.endAsync();
}
