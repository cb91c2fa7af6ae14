/**
 * Describes for programs what is not request and answer: AsyncAPI 3.0 of the live connection and of MQTT, from the types
 * and the park files that the twin itself uses. Written from the twin's side: it sends updates, it receives readings.
 */

import { type Audience, sees } from '../../models/access/permissions.ts';
import type { Park } from '../../models/park/park.ts';
import { clientMessages, serverMessages } from './asyncapi-live.ts';
import { mqttOf } from './asyncapi-mqtt.ts';
import type { AsyncApiDocument, AsyncChannel } from './asyncapi-parts.ts';

const live: AsyncChannel = {
  address: '/parks/{park}',
  title: 'The live line of a park: a Socket.IO namespace',
  description:
    'On connecting comes a snapshot, then an update per tick of the park. Any Socket.IO client of version 3 or 4 can read it; the binary argument of an update is laid out as its payload says.',
  servers: [{ $ref: '#/servers/live' }],
  messages: { ...serverMessages, ...clientMessages },
};

const messagesOf = (messages: object) => Object.keys(messages).map((name) => ({ $ref: `#/channels/live/messages/${name}` }));

/** Topics and pointers show how a park is set up, so not every view has them. */
export function asyncApi(parks: readonly Park[], audience: Audience): AsyncApiDocument {
  const mqtt = sees(audience, 'setup:read') ? parks.map(mqttOf) : [];
  const hasMqtt = mqtt.some(({ channels }) => Object.keys(channels).length > 0);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Ecopark Twin',
      version: '1',
      description:
        "The live line, and the topics that points are bound to, from the twin's side: it sends updates and receives readings. What is asked and answered over HTTP is in openapi.json.",
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      live: {
        host: '{host}',
        protocol: 'ws',
        pathname: '/socket.io/',
        description: 'Socket.IO (Engine.IO 4) on the port of the pages; wss behind TLS, long-polling works too',
        variables: { host: { default: 'localhost:3000' } },
      },
      ...(hasMqtt && {
        broker: {
          host: '{broker}',
          protocol: 'mqtt',
          description: 'The broker that MQTT_URL names, MQTT 5 or 3.1.1; mqtts with TLS',
          variables: { broker: { default: 'localhost:1883' } },
        },
      }),
    },
    channels: {
      live: { ...live, parameters: { park: { description: 'Id of the park', enum: parks.map(({ id }) => id) } } },
      ...Object.assign({}, ...mqtt.map(({ channels }) => channels)),
    },
    operations: {
      tell: { action: 'send', channel: { $ref: '#/channels/live' }, messages: messagesOf(serverMessages) },
      hear: { action: 'receive', channel: { $ref: '#/channels/live' }, messages: messagesOf(clientMessages) },
      ...Object.assign({}, ...mqtt.map(({ operations }) => operations)),
    },
  };
}
