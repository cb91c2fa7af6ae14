/** A process that sends 2 kB to everybody connected, once a second: by the live line, or by bare `ws` as a reference. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { WebSocketServer } from 'ws';
import { encodeUpdate } from '../../models/wire/codec.ts';
import { createAccess } from '../../server/access/access.ts';
import { startLive } from '../../server/live/live.ts';
import { createMetrics } from '../../server/process/metrics.ts';
import { madeUpPark } from '../server/made-up-park.ts';
import type { FanoutKind } from './fanout.ts';
import { tellUsage } from './processes.ts';

const kind = process.argv[2] as FanoutKind;
const slots = 247;
const http = createServer();
const send = kind === 'ours' ? ours() : bare();

function ours(): (time: number) => void {
  const park = madeUpPark(slots);
  startLive(http, {
    parks: [park],
    access: createAccess({ host: '127.0.0.1', ingestToken: undefined }),
    log: pino({ level: 'warn' }),
    metrics: createMetrics({ process: false }),
  });
  return park.tick;
}

function bare(): (time: number) => void {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: true });
  const values = new Float32Array(slots);
  let seq = 0;
  return (time) => {
    seq++;
    const bytes = encodeUpdate({ epoch: 1, seq, time, slots: Uint32Array.from(values, (_, i) => i), values: values.fill(seq) });
    for (const client of server.clients) client.send(bytes);
  };
}

/** Monotonic, and the same in every process of this machine. */
const now_ms = () => Number(process.hrtime.bigint()) / 1e6;

tellUsage((message) => {
  if (message === 'start') setInterval(() => send(now_ms()), 1000);
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 5000 }, () => process.send?.({ port: (http.address() as AddressInfo).port }));
