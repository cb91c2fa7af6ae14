/** A process of viewers: opens them, then measures how long each update took from tick to viewer. */
import { WebSocket } from 'ws';
import { rawViewer } from '../server/live/raw-viewer.ts';
import type { FanoutKind } from './fanout.ts';
import { quantile } from './processes.ts';

const [kind, url, count] = [process.argv[2] as FanoutKind, process.argv[3] as string, Number(process.argv[4])];
/** A twin's updates carry the wall's time; the others' a clock that is the same in all processes. */
const now_ms = () => (kind === 'twin' || kind === 'plain' ? Date.now() : Number(process.hrtime.bigint()) / 1e6);
const ticks = Number(process.argv[5]);
const latencies: number[] = [];
let snapshots = 0;
let last = 0;
/** The first tick that is measured; from the one under way when it begins some have arrived already. */
let first = Number.POSITIVE_INFINITY;

/** An update's own time is in its second eight bytes, its seq after that. */
function measure(bytes: Buffer): void {
  last = bytes.readUInt32LE(16);
  if (last >= first && last < first + ticks) latencies.push(now_ms() - bytes.readDoubleLE(8));
}

async function open(): Promise<void> {
  if (kind === 'ours' || kind === 'twin') {
    await new Promise<void>((resolve) => {
      const onBinary = (bytes: Buffer, event: string) => {
        if (event === 'update') measure(bytes);
        else {
          snapshots++;
          resolve();
        }
      };
      rawViewer(url, { acknowledges: true, onBinary });
    });
    return;
  }
  const socket = new WebSocket(url.replace('http', 'ws'), { perMessageDeflate: false });
  socket.on('message', measure);
  await new Promise((resolve) => socket.once('open', resolve));
}

const together = 50;
for (let opened = 0; opened < count; opened += together) {
  await Promise.all(Array.from({ length: Math.min(together, count - opened) }, open));
}
process.send?.({ open: true });
process.on('message', (message: 'begin' | 'report') => {
  if (message === 'begin') first = last + 2;
  else {
    const sorted = latencies.sort((a, b) => a - b);
    process.send?.({ received: sorted.length, snapshots, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) });
  }
});
