/** Where the broker is, from the environment. Secrets stay out of the address, and so out of the log. */
import { StartFault } from '../../process/start-fault.ts';

export interface MqttSettings {
  /** Without credentials. */
  url: string;
  username?: string;
  password?: string;
  /** First part of the client ids, which are `ecopark-{park}` by default. Two twins of one park at one broker need two. */
  clientId: string;
  /** PEM files: the certificate of a private authority, and the twin's own certificate and key. */
  files: { ca?: string; cert?: string; key?: string };
}

const schemes = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/** Null without MQTT_URL. Throws a StartFault. */
export function readMqttSettings(env: NodeJS.ProcessEnv): MqttSettings | null {
  const address = env['MQTT_URL'];
  if (!address) return null;
  let url: URL;
  let given: { username?: string; password?: string };
  try {
    url = new URL(address);
    given = { ...named('username', decodeURIComponent(url.username)), ...named('password', decodeURIComponent(url.password)) };
  } catch {
    throw new StartFault('MQTT_URL is no address. It looks like mqtt://broker.example:1883, or mqtts://user:password@broker.example.');
  }
  if (!schemes.includes(url.protocol) || url.hostname === '')
    throw new StartFault('MQTT_URL must begin with mqtt://, mqtts://, ws:// or wss://, and name a host.');
  url.username = '';
  url.password = '';
  return {
    url: url.href,
    ...given,
    ...named('username', env['MQTT_USERNAME']),
    ...named('password', env['MQTT_PASSWORD']),
    clientId: env['MQTT_CLIENT_ID'] || 'ecopark',
    files: { ...named('ca', env['MQTT_CA']), ...named('cert', env['MQTT_CERT']), ...named('key', env['MQTT_KEY']) },
  };
}

function named<K extends string>(name: K, value: string | undefined): { [k in K]?: string } {
  return value ? ({ [name]: value } as { [k in K]?: string }) : {};
}
