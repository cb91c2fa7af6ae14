/** A real MQTT broker: Mosquitto where it is installed, else Aedes in this process (MQTT 3.1.1, no TLS). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Aedes } from 'aedes';
import { connect, connectAsync, type MqttClient } from 'mqtt';

export const brokerName = process.env['MQTT_BROKER'] ?? (spawnSync('mosquitto', ['-h']).error ? 'aedes' : 'mosquitto');

export interface Broker {
  port: number;
  url: string;
  /** As a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `more` are lines of mosquitto.conf. */
export async function startBroker(port?: number, more: readonly string[] = ['allow_anonymous true']): Promise<Broker> {
  const at = port ?? (await freePort());
  return brokerName === 'mosquitto' ? startMosquitto(at, more) : startAedes(at);
}

async function startMosquitto(port: number, more: readonly string[]): Promise<Broker> {
  const folder = await mkdtemp(join(tmpdir(), 'broker-'));
  const lines = [`listener ${port} 127.0.0.1`, 'user root', 'persistence false', 'max_queued_messages 0', 'log_type error', ...more];
  await writeFile(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  const child: ChildProcess = spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await open(port);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { port, url: `mqtt://127.0.0.1:${port}`, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

async function startAedes(port: number): Promise<Broker> {
  const aedes = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const end = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
  };
  return { port, url: `mqtt://127.0.0.1:${port}`, kill: end, stop: end };
}

/** Waits until somebody answers there. */
async function open(port: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const answered = await new Promise<boolean>((resolve) => {
      const client = connect({ host: '127.0.0.1', port, reconnectPeriod: 0, connectTimeout: 500 });
      client.once('connect', () => resolve(true));
      // A number is the broker's own word: it wants a password.
      client.on('error', (error) => resolve('code' in error && typeof error.code === 'number'));
      client.once('close', () => resolve(false));
      client.once('connect', () => client.end(true));
    });
    if (answered) return;
    await pause(30);
  }
  throw new Error('no broker');
}

/** Somebody who publishes, or listens to the twin's status. */
export function device(broker: Broker, options: object = {}): Promise<MqttClient> {
  return connectAsync(broker.url, { protocolVersion: 4, ...options });
}
