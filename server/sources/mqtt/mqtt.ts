/** Points that are bound to topics of a broker. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mqttSchema } from '../../../models/park/sources/mqtt.ts';
import { StartFault } from '../../process/start-fault.ts';
import type { Feed, Protocol } from '../source.ts';
import { startMqtt } from './feed.ts';
import { isMqtt } from './message.ts';
import { mqttMetrics } from './metrics.ts';
import { refusedMessages } from './refused-messages.ts';
import { type MqttSettings, readMqttSettings } from './settings.ts';

const nothing: Feed = { stop: async () => {} };

export const mqtt: Protocol<MqttSettings | null> = {
  type: 'mqtt',
  schema: mqttSchema,
  settings: readMqttSettings,
  start: async (park, settings, { dataDir, wall, registry, log }) => {
    const points = park.points.filter(isMqtt).length;
    if (points === 0) return null;
    if (settings === null) {
      log.warn({ park: park.id, points }, 'points are bound to MQTT topics, but MQTT_URL is not set');
      return null;
    }
    // A run on another clock than the wall clock must not take the messages that the real twin needs.
    if (!wall) {
      log.warn({ park: park.id }, 'a run on a clock of its own takes no MQTT');
      return null;
    }
    const { url, username, password, clientId, files } = settings;
    const options = {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, file]) => [name, await readPem(name, file)]))),
    };
    return {
      listen: ({ now, accept }) => {
        const feed = startMqtt({
          park,
          url,
          clientId: `${clientId}-${park.id}`,
          options,
          now,
          accept: (readings) => accept(readings, 'mqtt'),
          keepRefused: refusedMessages(join(dataDir, `${park.id}-refused.jsonl`)),
          metrics: mqttMetrics(registry),
          log,
        });
        return feed ?? nothing;
      },
    };
  },
};

async function readPem(name: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new StartFault(`MQTT_${name.toUpperCase()} cannot be read: ${(error as Error).message}`);
  }
}
