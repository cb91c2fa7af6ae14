/** Handles messages: they are read when they arrive, then accepted by the twin or kept in a file with the reason. */
import type { IPublishPacket } from 'mqtt';
import type { Logger } from 'pino';
import { Refusal } from '../../../models/telemetry/admission.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { MessageFault, type MqttPoint, messageReader } from './message.ts';
import type { MqttMetrics } from './metrics.ts';
import type { KeepRefused, RefusedMessage } from './refused-messages.ts';

export interface CommitParts {
  park: { id: string };
  /** Park time. */
  now(): number;
  /** Passes readings to the twin's `accept`; resolves when committed. */
  accept(readings: readonly Reading[]): Promise<unknown>;
  keepRefused: KeepRefused;
  metrics: MqttMetrics;
  log: Logger;
}

/** A message with its readings, or a refused one with the reason. */
export type ReadMessage = { packet: IPublishPacket; readings: Reading[] } | RefusedMessage;

export interface Committer {
  read(packet: IPublishPacket): ReadMessage;
  /** Resolves when all is on disk. May be called again with the same messages. */
  commit(messages: readonly ReadMessage[]): Promise<void>;
}

/** The twin would accept more at once, but a larger batch would make other senders wait. */
const readingsAtOnce = 5000;
/** At most this many different reasons are logged; messages of a device with ever new reasons are then only counted. */
const mostSaid = 1000;

export function makeCommitter({ park, now, accept, keepRefused, metrics, log }: CommitParts, points: readonly MqttPoint[]): Committer {
  const read = messageReader(points);
  const said = new Set<string>();

  const refuse = (packet: IPublishPacket, reason: string): RefusedMessage => {
    metrics.refused(park.id);
    const topic = packet.topic.slice(0, 200);
    const key = `${topic}|${reason}`;
    if (!said.has(key) && said.size < mostSaid) {
      said.add(key);
      log.warn({ park: park.id, topic, reason }, 'MQTT message refused; more of the same are only counted');
    }
    return { received: Date.now(), topic: packet.topic, reason, payload: bytesOf(packet) };
  };

  const acceptGroup = async (group: readonly Exclude<ReadMessage, RefusedMessage>[]): Promise<void> => {
    try {
      await accept(group.flatMap(({ readings }) => readings));
      metrics.accepted(park.id, group.length);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Each message alone, so that one wrong message does not keep the others out.
      if (group.length > 1) for (const one of group) await acceptGroup([one]);
      else for (const { packet } of group) await keepRefused([refuse(packet, error.reason)]);
    }
  };

  return {
    read: (packet) => {
      metrics.received(park.id);
      try {
        return { packet, readings: read({ topic: packet.topic, payload: bytesOf(packet), arrived: now(), retained: packet.retain }) };
      } catch (error) {
        return refuse(packet, error instanceof MessageFault ? error.message : `cannot be read: ${(error as Error).message}`);
      }
    },
    commit: async (messages) => {
      const refused: RefusedMessage[] = [];
      let group: Exclude<ReadMessage, RefusedMessage>[] = [];
      let size = 0;
      for (const message of messages) {
        if ('reason' in message) {
          refused.push(message);
          continue;
        }
        group.push(message);
        size += message.readings.length;
        if (size < readingsAtOnce) continue;
        await acceptGroup(group);
        group = [];
        size = 0;
      }
      if (group.length > 0) await acceptGroup(group);
      if (refused.length > 0) await keepRefused(refused);
    },
  };
}

function bytesOf({ payload }: IPublishPacket): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload) : payload;
}
