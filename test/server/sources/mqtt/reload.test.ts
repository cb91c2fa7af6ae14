/** A park over MQTT whose folder changes while devices speak. */
import type { MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type FolderServer, startFolder } from '../../folder-server.ts';
import { type Broker, brokerName, device, startBroker } from './broker.ts';
import { meterTopic, mqttYaml } from './mqtt-park.ts';

let broker: Broker;
let client: MqttClient;
let server: FolderServer;
afterEach(async () => {
  await server.close();
  await client.endAsync(true);
  await broker.stop();
});

const yaml = `${mqttYaml}clock: {tick_s: 60}\n`;
const qos1 = { qos: 1 } as const;
const reading = (kW: number, at: number) => JSON.stringify({ kW, at });
const boiler = `  - {id: boiler.gas, asset: boiler, port: gas.in, unit: kW, cadence_s: 60, range: [0, 5000], source: {type: mqtt, topic: boiler, pointer: /kW, time: {pointer: /at, format: unixMillis}}}\n`;

const metric = async (name: string) => {
  const text = await server.twin.parts.metrics.registry.metrics();
  const line = text.split('\n').find((one) => one.startsWith(name));
  return Number(line?.split(' ').at(-1) ?? 0);
};
const readings = async () => (await server.twin.parts.stores.journal.count()).readings;
const wait = { timeout: 15_000 };

describe(`a changed park over MQTT (${brokerName})`, () => {
  it('hears its old and its new devices, loses no message and takes none twice, over one pair of connections', async () => {
    broker = await startBroker();
    client = await device(broker);
    const said: string[] = [];
    client.on('message', (_topic, payload) => said.push(payload.toString()));
    await client.subscribeAsync('ecopark/sample/status', qos1);
    server = await startFolder({ yaml, sources: { mqtt: { url: broker.url, clientId: 'test', files: {} } } });
    await expect.poll(() => metric('ecopark_mqtt_connections{'), wait).toBe(2);

    let publishing = true;
    let published = 0;
    const began = Date.now() - 3_600_000;
    const speaking = (async () => {
      while (publishing) await client.publishAsync(meterTopic, reading(published % 500, began + published++), qos1);
    })();
    for (let i = 0; i < 3; i++) {
      await server.edit(yaml.replace('tenants:', `${boiler}tenants:`).replace('Sample park', `Version ${i}`));
      expect((await server.post('/reload')).body).toMatchObject({ changed: true });
    }
    publishing = false;
    await speaking;
    expect(published).toBeGreaterThan(20);
    await expect.poll(readings, wait).toBe(published);

    await expect.poll(() => metric('ecopark_mqtt_connections{'), wait).toBe(2);
    await client.publishAsync('boiler', reading(80, Date.now()), qos1);
    await expect.poll(readings, wait).toBe(published + 1);
    await client.publishAsync('sensors/pv', '120.5', qos1);
    await expect.poll(readings, wait).toBe(published + 2);
    expect(await metric('ecopark_mqtt_messages_total{park="sample",result="refused"}')).toBe(0);
    expect(await metric('ecopark_readings_total{park="sample",source="mqtt",result="duplicates"}')).toBe(0);
    await expect.poll(() => said.at(-1), wait).toBe('online');
  });
});
