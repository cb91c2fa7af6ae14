/**
 * Receives a park's points over MQTT. Messages are acknowledged when committed. A refused message is acknowledged too, or
 * the broker would send it again for ever: it is counted, and kept in a file with its reason.
 */
import type { IClientOptions } from 'mqtt';
import type { Park } from '../../../models/park/park.ts';
import type { Feed } from '../source.ts';
import { type CommitParts, makeCommitter, type ReadMessage } from './commit.ts';
import { isMqtt, type MqttPoint, mostBytes } from './message.ts';
import { mostInFlight, openSession, type Session } from './session.ts';
import { statusTopic } from './status-topic.ts';

export interface MqttParts extends CommitParts {
  park: Park;
  url: string;
  clientId: string;
  /** Credentials and TLS. */
  options: IClientOptions;
}

interface Client {
  clientId: string;
  /** The broker keeps what is published while the twin is not connected. */
  kept: boolean;
  /** Topic where `online` and `offline` are published; null = nowhere. */
  statusTopic: string | null;
}

/** For this long the broker keeps what the twin missed. */
const session_s = 7 * 86_400;
const soonest_ms = 500;
const latest_ms = 30_000;
/** After a connection that lasted this long, the waiting times begin again with the shortest. */
const lasting_ms = 10_000;

/** Null when no point of the park is bound to a topic. */
export function startMqtt(parts: MqttParts): Feed | null {
  const { clientId, park } = parts;
  const points = park.points.filter(isMqtt);
  // A value without a time of its own is only useful at the moment it is published: the broker must not keep it.
  const dated = points.filter(({ source }) => source.time !== undefined);
  const undated = points.filter(({ source }) => source.time === undefined);
  const status = statusTopic(park.id);
  const feeds: Feed[] = [];
  if (dated.length > 0) feeds.push(startClient(parts, dated, { clientId, kept: true, statusTopic: status }));
  if (undated.length > 0) {
    const said = dated.length > 0 ? null : status;
    feeds.push(startClient(parts, undated, { clientId: `${clientId}-now`, kept: false, statusTopic: said }));
  }
  return feeds.length === 0 ? null : { stop: async () => void (await Promise.all(feeds.map((feed) => feed.stop()))) };
}

/** One client, which reconnects for as long as the twin runs. */
function startClient(parts: MqttParts, points: readonly MqttPoint[], { clientId, kept, statusTopic }: Client): Feed {
  const { park, log, metrics } = parts;
  const filters = [...new Set(points.map(({ source }) => source.topic))];
  const { read, commit } = makeCommitter(parts, points);
  let version: 4 | 5 = 5;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  const open = (): Session => {
    let since: number | null = null;
    return openSession<ReadMessage>({
      url: parts.url,
      options: { ...parts.options, clientId, clean: !kept, ...versionOptions(version, kept) },
      filters,
      statusTopic,
      read,
      commit,
      failed: (error) => log.error({ err: error, park: park.id }, 'MQTT messages wait: they could not be stored'),
      denied: (topics) => log.error({ park: park.id, topics }, 'the MQTT broker does not let the twin hear these topics'),
      online: () => {
        since = performance.now();
        metrics.connections(park.id, 1);
        log.info({ park: park.id, client: clientId, version }, 'connected to the MQTT broker');
      },
      ended: (error) => {
        if (since !== null) metrics.connections(park.id, -1);
        if (stopping) return;
        if (since !== null && performance.now() - since > lasting_ms) tries = 0;
        if (tries === 0) log.warn({ park: park.id, client: clientId, why: error?.message ?? 'closed' }, 'no connection to the MQTT broker');
        if (since === null && isOldBroker(error)) version = 4;
        const wait_ms = Math.min(latest_ms, soonest_ms * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2);
        tries++;
        timer = setTimeout(() => {
          metrics.reconnected(park.id);
          connection = open();
        }, wait_ms);
      },
    });
  };
  let connection = open();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await connection.end();
    },
  };
}

/** "Unacceptable protocol version": 1 in MQTT 3.1.1, 132 in MQTT 5. */
function isOldBroker(error: Error | null): boolean {
  return error !== null && 'code' in error && (error.code === 1 || error.code === 132);
}

function versionOptions(version: 4 | 5, kept: boolean): IClientOptions {
  if (version === 4) return { protocolVersion: 4 };
  const session = kept ? { sessionExpiryInterval: session_s } : {};
  return { protocolVersion: 5, properties: { receiveMaximum: mostInFlight, maximumPacketSize: 2 * mostBytes, ...session } };
}
