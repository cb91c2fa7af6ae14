/**
 * The real server in a process of its own, with the smallest park: up in half the time that a park from a folder takes,
 * so that it can be killed often. DATA_DIR, PORT and, for a park over MQTT, MQTT_URL.
 */
import { readMqttSettings } from '../../server/sources/mqtt/settings.ts';
import { point, tinyPark } from '../models/tiny-park.ts';
import { startServer } from './park-server.ts';
import { entranceOf, startPartsOf } from './sources/mqtt/start.ts';

const park = { ...tinyPark(), id: 'sample', tick_s: 0.2 };
const settings = readMqttSettings(process.env);
const overMqtt = { type: 'mqtt', topic: 'meters/+', pointer: '/kW', time: { pointer: '/at', format: 'unixMillis' } } as const;
const points = park.points.map((p) =>
  settings !== null && p.id === 'hall_kw' ? point(p.id, p.asset as string, 'electricity.in', { source: overMqtt }) : p,
);

const dataDir = process.env['DATA_DIR'] as string;
const server = await startServer({ ...park, points }, { folder: dataDir, port: Number(process.env['PORT']) });
// Not loaded where there is no broker.
const loaded = settings && (await import('../../server/sources/mqtt/mqtt.ts'));
const started = await loaded?.mqtt.start(server.twin.park, settings, startPartsOf(server.twin, dataDir));
const feed = started?.listen?.(entranceOf(server.twin));
console.log(`http://localhost:${server.port}`);
process.on('SIGTERM', async () => {
  await feed?.stop();
  await server.close(false);
  process.exit(0);
});
