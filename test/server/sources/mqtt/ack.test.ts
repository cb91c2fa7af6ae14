import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../../models/telemetry/admission.ts';
import type { Reading } from '../../../../models/telemetry/reading.ts';
import { startMqtt } from '../../../../server/sources/mqtt/feed.ts';
import { mqttMetrics } from '../../../../server/sources/mqtt/metrics.ts';
import type { RefusedMessage } from '../../../../server/sources/mqtt/refused-messages.ts';
import { buildMqttPark, meterTopic, mqttYaml } from './mqtt-park.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A broker that tells which messages were acknowledged, and a twin whose disk is in the test's hands. */
async function start() {
  const acknowledged: string[] = [];
  const aedes = await Aedes.createBroker();
  aedes.on('ack', (packet) => {
    if (packet && 'payload' in packet && packet.topic === meterTopic) acknowledged.push(String(packet.payload));
  });
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`;
  const park = buildMqttPark(mqttYaml);
  const commits: { readings: readonly Reading[]; done(): void; fail(error: Error): void }[] = [];
  const refused: RefusedMessage[] = [];
  let online = false;
  aedes.on('subscribe', (subscriptions) => {
    if (subscriptions.some(({ topic }) => topic === 'meters/+')) online = true;
  });
  const feed = startMqtt({
    park: { ...park, points: park.points.filter(({ id }) => id === 'battery.power') },
    url,
    clientId: 'twin',
    options: {},
    now: Date.now,
    accept: (readings) => new Promise<void>((done, fail) => commits.push({ readings, done, fail })),
    keepRefused: async (messages) => void refused.push(...messages),
    metrics: mqttMetrics(new Registry()),
    log: pino({ level: 'silent' }),
  });
  await expect.poll(() => online, { timeout: 15_000 }).toBe(true);
  const client = await connectAsync(url, { protocolVersion: 4 });
  ends.push(async () => {
    for (const { done } of commits) done();
    await feed?.stop();
    await client.endAsync(true);
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    server.close();
  });
  const say = (kW: unknown) => client.publishAsync(meterTopic, JSON.stringify({ kW, at: 1_748_836_800_000 }), { qos: 1 });
  const values = () => acknowledged.map((payload) => JSON.parse(payload).kW);
  return { commits, refused, say, values };
}

describe('a message', () => {
  it('is acknowledged when it is committed and not before, in the order of arrival', async () => {
    const { commits, say, values } = await start();
    for (const kW of [1, 2, 3, 4]) await say(kW);
    await expect.poll(() => commits.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(values()).toEqual([]);
    commits[0]?.done();
    await expect.poll(values).toEqual([1]);
    await expect.poll(() => commits.length).toBe(2);
    expect(commits[1]?.readings.map(({ value }) => value)).toEqual([2, 3, 4]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(values()).toEqual([1]);
    commits[1]?.done();
    await expect.poll(values).toEqual([1, 2, 3, 4]);
  });

  it('that the twin refuses is kept aside alone; those committed with it are not harmed', async () => {
    const { commits, refused, say, values } = await start();
    for (const kW of [1, 2, 3]) await say(kW);
    await expect.poll(() => commits.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    commits[0]?.done();
    await expect.poll(() => commits.length).toBe(2);
    commits[1]?.fail(new Refusal(0, 'not this one'));
    await expect.poll(() => commits.length).toBe(3);
    commits[2]?.fail(new Refusal(0, 'not this one'));
    await expect.poll(() => commits.length).toBe(4);
    commits[3]?.done();
    await expect.poll(values).toEqual([1, 2, 3]);
    expect(refused.map(({ reason, payload }) => [reason, JSON.parse(String(payload)).kW])).toEqual([['not this one', 2]]);
  });
});
