/** A process with the live line of one park of which everything changes every second: 20 kB for each viewer. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createAccess } from '../../server/access/access.ts';
import { startLive } from '../../server/live/live.ts';
import { createMetrics } from '../../server/process/metrics.ts';
import { madeUpPark } from '../server/made-up-park.ts';
import { machineTime_ms } from './process.ts';

const park = madeUpPark(2500);
const http = createServer();
const metrics = createMetrics({ process: false });
startLive(http, {
  parks: [park],
  access: createAccess({ host: '127.0.0.1', ingestToken: undefined }),
  log: pino({ level: 'warn' }, pino.destination(2)),
  metrics,
});
setInterval(() => park.tick(machineTime_ms()), 1000);

process.on('message', async (message: 'evicted' | 'collect') => {
  if (message === 'collect') {
    for (let i = 0; i < 3; i++) globalThis.gc?.();
    process.send?.({ heap_MB: process.memoryUsage().heapUsed / 2 ** 20 });
    return;
  }
  const [value] = (await metrics.registry.getSingleMetric('ecopark_viewers_evicted_total')?.get())?.values ?? [];
  process.send?.({ evicted: value?.value ?? 0 });
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send?.({ port: (http.address() as AddressInfo).port }));
