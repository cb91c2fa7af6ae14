import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../../../server/process/worker.ts';
import { mqtt } from '../../../../server/sources/mqtt/mqtt.ts';
import { type MqttSettings, readMqttSettings } from '../../../../server/sources/mqtt/settings.ts';
import type { Feed } from '../../../../server/sources/source.ts';
import { type Sample, startSample } from '../../sample-server.ts';
import { type Broker, brokerName, device, freePort, startBroker } from './broker.ts';
import { buildMqttPark, meterTopic, mqttYaml } from './mqtt-park.ts';
import { entranceOf, startPartsOf } from './start.ts';

let ends: (() => Promise<unknown>)[] = [];
const endAll = async () => {
  const last = ends.reverse();
  ends = [];
  for (const end of last) await end();
};

async function broker(port?: number, more?: string[]): Promise<Broker> {
  const started = await startBroker(port, more);
  ends.push(() => started.stop());
  return started;
}

async function publisher(to: Broker, options: object = {}): Promise<MqttClient> {
  const client = await device(to, options);
  ends.push(() => client.endAsync(true));
  return client;
}

interface Running extends Sample {
  feed: Feed;
  refused(): Promise<{ topic: string; reason: string; payload: string }[]>;
  metric(name: string): Promise<number>;
  count(): Promise<{ readings: number; quarantined: number }>;
}

/** As main starts it. */
async function listen({ twin, folder }: Sample, settings: MqttSettings | null): Promise<Feed> {
  const started = await mqtt.start(twin.park, settings, startPartsOf(twin, folder));
  return started?.listen?.(entranceOf(twin)) ?? { stop: async () => {} };
}

/** The server with the MQTT park, hearing this broker. Ticks only when told. */
async function twin(settings: Partial<MqttSettings>, folder?: string): Promise<Running> {
  const park = { ...buildMqttPark(mqttYaml), tick_s: 3600 };
  const sample = await startSample({ park, ...(folder === undefined ? {} : { folder }) });
  const feed = await listen(sample, { url: '', clientId: 'test', files: {}, ...settings });
  const close = async (forget = true) => {
    await feed.stop();
    await sample.close(forget);
  };
  ends.push(() => close());
  const metric = async (name: string) => {
    const text = await sample.twin.parts.metrics.registry.metrics();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(name))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  };
  const refused = async () => {
    const text = await readFile(join(sample.folder, 'sample-refused.jsonl'), 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  };
  return { ...sample, close, feed, refused, metric, count: () => sample.twin.parts.stores.journal.count() };
}

const connected = (running: Running) =>
  vi.waitFor(async () => expect(await running.metric('ecopark_mqtt_connections{')).toBe(2), { timeout: 15_000 });
const reading = (kW: unknown, at: number) => JSON.stringify({ kW, at });
const qos1 = { qos: 1 } as const;

describe(`a park over MQTT (${brokerName})`, () => {
  let there: Broker;
  let running: Running;
  let client: MqttClient;
  beforeAll(async () => {
    there = await broker();
    running = await twin({ url: there.url });
    client = await publisher(there);
    await connected(running);
  });
  afterAll(endAll);

  it('hears bare values, and values in objects', async () => {
    const now = Date.now();
    await client.publishAsync(meterTopic, reading(-400, now), qos1);
    await client.publishAsync('sensors/pv', '120.5', qos1);
    await client.publishAsync(
      'shelly/hall/status',
      JSON.stringify({ 'em1:1': { act_power: 5080.3 }, sys: { unixtime: now / 1000 } }),
      qos1,
    );
    await expect.poll(async () => (await running.count()).readings, { timeout: 15_000 }).toBe(3);
    await running.twin.tick();
    const { assets } = running.twin.document('full');
    expect(assets['battery']?.ports?.['electricity.in']).toBe(400);
    expect(assets['hall-pv']?.ports?.['electricity.out']).toBe(120.5);
    expect(assets['hall']?.ports?.['electricity.in']).toBeCloseTo(5.0803);
    expect(await running.metric('ecopark_mqtt_messages_total{park="sample",result="accepted"}')).toBe(3);
  });

  it('keeps the same message once, and of two values at one time neither', async () => {
    const at = Date.now();
    for (const kW of [1, 1, 1, 2]) await client.publishAsync(meterTopic, reading(kW, at), qos1);
    await expect.poll(async () => (await running.count()).quarantined, { timeout: 15_000 }).toBe(2);
    const rows = await running.twin.parts.stores.journal.series('battery.power', at, at + 1, 10);
    expect(rows).toEqual([{ time: at, value: null, quality: 'bad' }]);
  });

  it('acknowledges a refused message, counts it, keeps it aside, says so once, and goes on', async () => {
    for (const payload of ['', '12,5', '{"kW":"x","at":1}', reading(1, 0.5), '12,5']) await client.publishAsync(meterTopic, payload, qos1);
    await client.publishAsync(meterTopic, reading(9_999_999, Date.now()), qos1);
    await client.publishAsync(meterTopic, reading(5, Date.now()), qos1);
    await expect.poll(() => running.count(), { timeout: 15_000 }).toMatchObject({ readings: 5, quarantined: 4 });
    expect((await running.refused()).map(({ reason, payload }) => [reason, payload])).toEqual([
      ['the message is empty', ''],
      [expect.stringContaining('something follows'), '12,5'],
      [expect.stringContaining('not a number'), '{"kW":"x","at":1}'],
      [expect.stringContaining('something follows'), '12,5'],
    ]);
    expect(await running.metric('ecopark_mqtt_messages_total{park="sample",result="refused"}')).toBe(4);
    expect(running.log.filter((line) => line.includes('something follows'))).toHaveLength(1);
  });

  it('acknowledges nothing while the disk refuses, and everything after', async () => {
    const { journal } = running.twin.parts.stores;
    const append = journal.append.bind(journal);
    journal.append = () => Promise.reject(new StoreError('full', 'the disk is full'));
    const received = () => running.metric('ecopark_mqtt_messages_total{park="sample",result="received"}');
    const before = await received();
    const at = Date.now() - 3_600_000;
    for (let i = 0; i < 1500; i++) client.publish(meterTopic, reading(i % 500, at - i), qos1);
    await expect.poll(() => running.log.some((line) => line.includes('could not be stored')), { timeout: 15_000 }).toBe(true);
    await pause(200);
    expect((await received()) - before).toBeLessThanOrEqual(501);
    journal.append = append;
    await expect.poll(async () => (await running.count()).readings, { timeout: 15_000 }).toBe(1505);
  });

  it('tells whether it is there', async () => {
    const said: string[] = [];
    client.on('message', (_topic, payload) => said.push(payload.toString()));
    await client.subscribeAsync('ecopark/sample/status', qos1);
    await expect.poll(() => said, { timeout: 15_000 }).toEqual(['online']);
    await running.feed.stop();
    await expect.poll(() => said, { timeout: 15_000 }).toEqual(['online', 'offline']);
  });
});

describe(`a park and its broker (${brokerName})`, () => {
  afterEach(endAll);

  it('takes a retained value for as old as it says, and refuses one that does not say', async () => {
    const there = await broker();
    const client = await publisher(there);
    const old = Date.now() - 3 * 3_600_000;
    await client.publishAsync(meterTopic, reading(-300, old), { qos: 1, retain: true });
    await client.publishAsync('sensors/pv', '77', { qos: 1, retain: true });
    const running = await twin({ url: there.url });
    await expect.poll(async () => (await running.refused()).map(({ topic }) => topic), { timeout: 15_000 }).toEqual(['sensors/pv']);
    await expect.poll(async () => (await running.count()).readings, { timeout: 15_000 }).toBe(1);
    await running.twin.tick();
    const { assets } = running.twin.document('full');
    expect(assets['battery']?.freshness).toBe('missing');
    expect(assets['hall-pv']?.ports?.['electricity.out'] ?? null).not.toBe(77);
  });

  it('hears again after the broker was gone', async () => {
    const first = await startBroker();
    const running = await twin({ url: first.url });
    await connected(running);
    await first.kill();
    await expect.poll(() => running.metric('ecopark_mqtt_connections{'), { timeout: 15_000 }).toBe(0);
    await pause(300);
    const second = await broker(first.port);
    await connected(running);
    expect(await running.metric('ecopark_mqtt_reconnects_total{')).toBeGreaterThanOrEqual(2);
    const client = await publisher(second);
    await client.publishAsync(meterTopic, reading(1, Date.now()), qos1);
    await expect.poll(async () => (await running.count()).readings, { timeout: 15_000 }).toBe(1);
  });

  it('is sent what was published while it was away', async () => {
    const there = await broker();
    const first = await twin({ url: there.url });
    await connected(first);
    await first.close(false);
    const client = await publisher(there);
    const at = Date.now();
    for (let i = 0; i < 50; i++) await client.publishAsync(meterTopic, reading(i, at + i), qos1);
    await client.publishAsync('sensors/pv', '5', qos1);
    const second = await twin({ url: there.url }, first.folder);
    await expect.poll(async () => (await second.count()).readings, { timeout: 15_000 }).toBe(50);
    await pause(100);
    expect((await second.count()).readings).toBe(50);
  });

  it('does not listen when it replays, runs on a clock of its own, or has no broker', async () => {
    const sample = await startSample({ park: { ...buildMqttPark(mqttYaml), replay: { loop: true } } });
    ends.push(() => sample.close());
    // Nor are its certificates read.
    const settings: MqttSettings = { url: 'mqtt://127.0.0.1:1', clientId: 'x', files: { ca: '/is/not/there.pem' } };
    await (await listen(sample, settings)).stop();
    await (await listen(sample, null)).stop();
    expect(sample.log.filter((line) => line.includes('MQTT')).length).toBe(2);
  });
});

describe.skipIf(brokerName !== 'mosquitto')('a broker with TLS and passwords', () => {
  afterEach(endAll);

  it('is trusted by its authority, and lets in who knows the password', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tls-'));
    ends.push(() => rm(folder, { recursive: true }));
    const at = (name: string) => join(folder, name);
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-keyout', at('key.pem'), '-out', at('ca.pem'), '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ]);
    expect(made.status, String(made.stderr)).toBe(0);
    expect(spawnSync('mosquitto_passwd', ['-b', '-c', at('passwords'), 'twin', 'p:ss@word']).status).toBe(0);
    const secure = await freePort();
    await broker(undefined, [
      'allow_anonymous false',
      `password_file ${at('passwords')}`,
      `listener ${secure} 127.0.0.1`,
      `certfile ${at('ca.pem')}`,
      `keyfile ${at('key.pem')}`,
    ]);
    const settings = (env: NodeJS.ProcessEnv) =>
      readMqttSettings({ MQTT_URL: `mqtts://twin:p%3Ass%40word@localhost:${secure}`, ...env }) as MqttSettings;
    const trusting = await twin(settings({ MQTT_CA: at('ca.pem') }));
    await connected(trusting);
    expect(trusting.log.join('')).not.toContain('p:ss');
    const wary = await twin(settings({ MQTT_CLIENT_ID: 'wary' }));
    await expect.poll(() => wary.log.some((line) => line.includes('self-signed')), { timeout: 15_000 }).toBe(true);
  });
});

describe('the settings of MQTT', () => {
  it('keep credentials out of the address', () => {
    expect(readMqttSettings({ MQTT_URL: 'mqtts://a:b%40c@host:8883', MQTT_CLIENT_ID: 'two' })).toEqual({
      url: 'mqtts://host:8883',
      username: 'a',
      password: 'b@c',
      clientId: 'two',
      files: {},
    });
    expect(readMqttSettings({})).toBeNull();
  });

  it.each(['host:1883', 'http://host', 'mqtt://', 'mqtt://a%ZZ@host', 'nonsense'])('say what is wrong with %s', (url) => {
    expect(() => readMqttSettings({ MQTT_URL: url })).toThrow('MQTT_URL');
  });
});
