/** The feeds of all parks that have points bound to topics, when there is a broker. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.ts';
import { SettingsFault } from '../settings.ts';
import type { Twin } from '../twin.ts';
import { type MqttFeed, startMqtt } from './mqtt.ts';
import { isMqtt } from './mqtt-message.ts';
import { mqttMetrics } from './mqtt-metrics.ts';
import type { MqttSettings } from './mqtt-settings.ts';
import { refusedMessages } from './refused-messages.ts';

export interface FeedParts {
  twins: readonly Twin[];
  settings: MqttSettings | null;
  /** Folder for refused messages: `{park}-refused.jsonl`. */
  dataDir: string;
  metrics: Metrics;
  log: Logger;
}

/** Throws a SettingsFault when a file of the TLS settings cannot be read. */
export async function startMqttFeeds({ twins, settings, dataDir, metrics, log }: FeedParts): Promise<MqttFeed> {
  const listening = twins.filter((twin) => {
    const points = twin.park.points.filter(isMqtt).length;
    if (points === 0) return false;
    const { id } = twin.park;
    if (settings === null) log.warn({ park: id, points }, 'points are bound to MQTT topics, but MQTT_URL is not set');
    // Another clock than the wall's must not take away what the real twin is to hear.
    else if (twin.mode === 'replayed' || !twin.parts.clock.wall) log.warn({ park: id }, 'a run on a clock of its own takes no MQTT');
    else return true;
    return false;
  });
  if (settings === null || listening.length === 0) return { stop: async () => {} };
  const { url, username, password, clientId, files } = settings;
  const options = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, file]) => [name, await readPem(name, file)]))),
  };
  const counters = mqttMetrics(metrics.registry);
  const feeds = listening.map((twin) =>
    startMqtt({
      park: twin.park,
      url,
      clientId: `${clientId}-${twin.park.id}`,
      options,
      now: () => twin.parts.clock.now(),
      accept: (readings) => twin.accept(readings, 'mqtt'),
      keepRefused: refusedMessages(join(dataDir, `${twin.park.id}-refused.jsonl`)),
      metrics: counters,
      log,
    }),
  );
  return { stop: async () => void (await Promise.all(feeds.map((feed) => feed?.stop()))) };
}

async function readPem(name: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new SettingsFault(`MQTT_${name.toUpperCase()} cannot be read: ${(error as Error).message}`);
  }
}
