/** Counters of messages, apart from readings: one message may hold many, or none that can be read. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface MqttMetrics {
  received(park: string): void;
  accepted(park: string, messages: number): void;
  refused(park: string): void;
  reconnected(park: string): void;
  connections(park: string, change: 1 | -1): void;
}

const known = new WeakMap<Registry, MqttMetrics>();

/** One set for all parks of a server. */
export function mqttMetrics(registry: Registry): MqttMetrics {
  const made = known.get(registry) ?? createMetrics(registry);
  known.set(registry, made);
  return made;
}

function createMetrics(registry: Registry): MqttMetrics {
  const registers = [registry];
  const messages = new Counter({
    name: 'ecopark_mqtt_messages_total',
    help: 'MQTT messages: received, accepted (committed and acknowledged), refused (acknowledged and kept aside)',
    labelNames: ['park', 'result'],
    registers,
  });
  const reconnects = new Counter({
    name: 'ecopark_mqtt_reconnects_total',
    help: 'Attempts to connect to the broker again',
    labelNames: ['park'],
    registers,
  });
  const connected = new Gauge({ name: 'ecopark_mqtt_connections', help: 'Connections to the broker', labelNames: ['park'], registers });
  return {
    received: (park) => messages.inc({ park, result: 'received' }),
    accepted: (park, n) => messages.inc({ park, result: 'accepted' }, n),
    refused: (park) => messages.inc({ park, result: 'refused' }),
    reconnected: (park) => reconnects.inc({ park }),
    connections: (park, change) => connected.inc({ park }, change),
  };
}
