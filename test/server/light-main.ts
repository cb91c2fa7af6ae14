/**
 * The real server in a process of its own, with the smallest park: up in half the time that a park from a folder takes,
 * so that it can be killed often. DATA_DIR, PORT and, for a park over MQTT, MQTT_URL.
 */
import { createMetrics } from '../../server/metrics.ts';
import { readMqttSettings } from '../../server/sources/mqtt-settings.ts';
import { point, tinyPark } from '../models/tiny-park.ts';
import { startServer } from './park-server.ts';

const park = { ...tinyPark(), id: 'sample', tick_s: 0.2 };
const settings = readMqttSettings(process.env);
if (typeof settings === 'string') throw new Error(settings);
const overMqtt = { type: 'mqtt', topic: 'meters/+', pointer: '/kW', time: { pointer: '/at', format: 'unixMillis' } } as const;
const points = park.points.map((p) =>
  settings !== null && p.id === 'hall_kw' ? point(p.id, p.asset as string, 'electricity.in', { source: overMqtt }) : p,
);

const dataDir = process.env['DATA_DIR'] as string;
const server = await startServer({ ...park, points }, { folder: dataDir, port: Number(process.env['PORT']) });
// Not loaded where there is no broker.
const feeds = settings && (await import('../../server/sources/mqtt-feeds.ts'));
const { log } = server.twin.parts;
const feed = await feeds?.startMqttFeeds({ twins: [server.twin], settings, dataDir, metrics: createMetrics({ process: false }), log });
console.log(`http://localhost:${server.port}`);
process.on('SIGTERM', async () => {
  await feed?.stop();
  await server.close(false);
  process.exit(0);
});
