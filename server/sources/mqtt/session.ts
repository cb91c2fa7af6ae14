/** One connection to the broker, from connecting to its end. QoS 1 is acknowledged when it is on disk (in-flight.ts), not by MQTT.js. */
import { connect, type IClientOptions, type IPublishPacket } from 'mqtt';
import { makeInFlight } from './in-flight.ts';

export interface SessionParts<M> {
  url: string;
  options: IClientOptions;
  filters: readonly string[];
  /** Topic where `online` and `offline` are published; null = nowhere. */
  statusTopic: string | null;
  /** Called once for each message, as it arrives. */
  read(packet: IPublishPacket): M;
  /** Resolves when these are on disk. */
  commit(messages: readonly M[]): Promise<void>;
  /** Messages could not be kept, and are tried again. */
  failed(error: unknown): void;
  online(): void;
  /** The broker refused the subscription to these. */
  denied(filters: readonly string[]): void;
  /** Called once, however the connection ended. */
  ended(error: Error | null): void;
}

export interface Session {
  /** Acknowledges what was taken, publishes `offline`, and disconnects. */
  end(): Promise<void>;
}

/** At most so many messages wait for the disk. MQTT 5 sends the limit to the broker; at the limit no further one is read. */
export const mostInFlight = 500;
/** At the end, messages have this long to be stored. */
const patience_ms = 5000;
const pause_ms = 1000;

export function openSession<M>(parts: SessionParts<M>): Session {
  const { url, options, filters, statusTopic } = parts;
  // Every connection has its own client: messages that a lost connection held are dropped, and the broker sends them again.
  const client = connect(url, {
    ...options,
    reconnectPeriod: 0,
    connectTimeout: 10_000,
    keepalive: 30,
    ...(statusTopic === null ? {} : { will: { topic: statusTopic, payload: Buffer.from('offline'), qos: 1, retain: true } }),
  });
  const inFlight = makeInFlight<{ packet: IPublishPacket; message: M }>({
    most: mostInFlight,
    commit: (batch) => parts.commit(batch.map(({ message }) => message)),
    acknowledge: (batch) => {
      const bytes = batch.flatMap(({ packet: { qos, messageId = 0 } }) => (qos === 1 ? [0x40, 2, messageId >> 8, messageId & 0xff] : []));
      // PUBACK without properties is the same in MQTT 3.1.1 and 5.
      if (bytes.length > 0 && client.stream.writable) client.stream.write(Buffer.from(bytes));
    },
    failed: parts.failed,
    pause_ms,
  });
  // With an error, MQTT.js goes on to the next packet without acknowledging this one.
  const withoutAck = new Error('acknowledged after the commit');
  client.handleMessage = (packet, done) => inFlight.take({ packet, message: parts.read(packet) }, () => done(withoutAck));

  let fault: Error | null = null;
  client.on('error', (error) => {
    fault = error;
  });
  client.once('connect', () => {
    parts.online();
    client.subscribe([...filters], { qos: 1 }, (error, granted) => {
      const denied = granted?.filter(({ qos }) => qos >= 128).map(({ topic }) => topic) ?? [];
      if (denied.length > 0) parts.denied(denied);
      else if (error && client.connected) parts.denied(filters);
      if (statusTopic !== null && client.connected) client.publish(statusTopic, 'online', { qos: 1, retain: true });
    });
  });
  client.once('close', () => {
    inFlight.close();
    parts.ended(fault);
    client.end(true);
  });

  return {
    end: async () => {
      const late = setTimeout(inFlight.close, patience_ms);
      await inFlight.finish();
      clearTimeout(late);
      if (client.connected && statusTopic !== null) {
        // A broker that no longer answers publishes the last will instead.
        const said = client.publishAsync(statusTopic, 'offline', { qos: 1, retain: true }).catch(() => {});
        await Promise.race([said, pause(1000)]);
      }
      await Promise.race([new Promise<void>((resolve) => client.end(false, {}, () => resolve())), pause(1000)]);
      client.end(true);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
