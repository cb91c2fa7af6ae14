/** MQTT for programs: the topics that a park's points are bound to, and where the values are in their messages. */
import { isDeepStrictEqual } from 'node:util';
import type { Park, Point } from '../../models/park/park.ts';
import { pointerSteps } from '../../models/park/sources/json-pointer.ts';
import type { MqttSource } from '../../models/park/sources/mqtt.ts';
import { isMqtt, type MqttPoint } from '../sources/mqtt/message.ts';
import { statusTopic } from '../sources/mqtt/status-topic.ts';
import type { AsyncChannel, AsyncOperation } from './asyncapi-parts.ts';
import type { JsonSchema } from './openapi.ts';

interface Described {
  channels: Record<string, AsyncChannel>;
  operations: Record<string, AsyncOperation>;
}

const broker = { $ref: '#/servers/broker' };
const qos1 = (retain: boolean) => ({ mqtt: { qos: 1, retain, bindingVersion: '0.2.0' } });

/** Empty for a park without MQTT points. */
export function mqttOf(park: Park): Described {
  const channels: Described['channels'] = {};
  const operations: Described['operations'] = {};
  const byTopic = new Map<string, MqttPoint[]>();
  for (const point of park.points.filter(isMqtt)) {
    byTopic.set(point.source.topic, [...(byTopic.get(point.source.topic) ?? []), point]);
  }
  let n = 0;
  for (const [topic, points] of byTopic) {
    const id = `${park.id}-mqtt-${++n}`;
    channels[id] = topicChannel(park, topic, points);
    operations[`${id}-receive`] = {
      action: 'receive',
      channel: { $ref: `#/channels/${id}` },
      summary: 'Acknowledged when committed to disk; a message that cannot be taken is acknowledged too, counted and kept aside',
      bindings: qos1(false),
    };
  }
  if (n === 0) return { channels, operations };
  const id = `${park.id}-mqtt-status`;
  channels[id] = {
    address: statusTopic(park.id),
    title: 'Whether the twin listens',
    servers: [broker],
    messages: {
      status: { name: 'status', title: 'Retained, and the last will', contentType: 'text/plain', payload: { enum: ['online', 'offline'] } },
    },
  };
  operations[`${id}-send`] = { action: 'send', channel: { $ref: `#/channels/${id}` }, bindings: qos1(true) };
  return { channels, operations };
}

function topicChannel(park: Park, topic: string, points: readonly MqttPoint[]): AsyncChannel {
  const wild = /[+#]/.test(topic) ? ' An MQTT filter: + is one level, # all that follow.' : '';
  return {
    address: topic,
    title: `${park.name.en}: ${points.map(({ id }) => id).join(', ')}`,
    description: `What devices publish here, as they publish it.${wild}`,
    servers: [broker],
    messages: {
      message: {
        name: 'message',
        contentType: 'application/json',
        description: 'Strict JSON in UTF-8, at most 1 MB. null is no value, never 0. Other members are not looked at.',
        payload: merged(points.map((point) => payloadOf(point))),
      },
    },
    'x-points': points.map(({ id, unit, source: { type: _, topic: __, ...where } }) => ({ point: id, unit, ...where })),
  };
}

/** Schema of the part of a message that one point reads. */
function payloadOf({ source, ...point }: MqttPoint): JsonSchema {
  const row = merged([
    within(pointerSteps(source.pointer), valueSchema(point)),
    ...Object.entries(source.where ?? {}).map(([at, wanted]) => within(pointerSteps(at), { const: wanted })),
    // The time may be in the row or in the message; where there are rows, only `x-points` says where.
    ...(source.time && source.array === undefined ? [within(pointerSteps(source.time.pointer), timeSchema(source.time))] : []),
  ]);
  return source.array === undefined ? row : within(pointerSteps(source.array), { type: 'array', items: row });
}

function valueSchema({ id, unit, range }: Omit<Point, 'source'>): JsonSchema {
  return {
    type: ['number', 'null'],
    description: `${id}, ${unit}; plausible from ${range[0]} to ${range[1]}, set aside beyond`,
  };
}

function timeSchema({ format, timeZone }: NonNullable<MqttSource['time']>): JsonSchema {
  if (format === 'unixSeconds' || format === 'unixMillis') {
    return { type: 'number', description: `When it was measured: ${format === 'unixSeconds' ? 'seconds' : 'milliseconds'} since 1970` };
  }
  const zone = format === 'local' ? `without an offset: of ${timeZone ?? 'no zone'}` : 'with an offset';
  return { type: 'string', description: `When it was measured: ISO 8601 ${zone}` };
}

/** Schema of a message with `schema` at a JSON pointer. A step that is a number may be an index of an array. */
function within(steps: readonly string[], schema: JsonSchema): JsonSchema {
  return steps.reduceRight<JsonSchema>(
    (inner, step) => ({ type: /^\d+$/.test(step) ? ['object', 'array'] : 'object', properties: { [step]: inner } }),
    schema,
  );
}

/** One schema of what several points read from a message. */
function merged(schemas: readonly JsonSchema[]): JsonSchema {
  return schemas.reduce((a, b) => join(a, b));
}

/** Merges the members of both. Where they describe the same value differently, either may be true (`anyOf`). */
function join(a: JsonSchema, b: JsonSchema): JsonSchema {
  if (isDeepStrictEqual(a, b)) return a;
  if (a['properties'] && b['properties'] && isDeepStrictEqual(a['type'], b['type'])) {
    const properties = { ...(a['properties'] as Record<string, JsonSchema>) };
    for (const [key, schema] of Object.entries(b['properties'] as Record<string, JsonSchema>)) {
      const before = Object.hasOwn(properties, key) ? properties[key] : undefined;
      properties[key] = before === undefined ? schema : join(before, schema);
    }
    return { type: a['type'], properties };
  }
  if (a['items'] && b['items']) return { type: 'array', items: join(a['items'] as JsonSchema, b['items'] as JsonSchema) };
  const either = (schema: JsonSchema) => (schema['anyOf'] as JsonSchema[] | undefined) ?? [schema];
  const all = [...either(a), ...either(b)];
  return { anyOf: all.filter((schema, i) => all.findIndex((other) => isDeepStrictEqual(other, schema)) === i) };
}
