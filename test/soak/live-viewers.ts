/** A process of viewers that read: how long each update took from its tick, until they are asked. */
import { rawViewer } from '../server/live/raw-viewer.ts';
import { machineTime_ms } from './process.ts';

const [url, count] = [process.argv[2] as string, Number(process.argv[3])];
/** By tick. */
let latencies = new Map<number, number[]>();
let snapshots = 0;
let closed = 0;

/** An update's own time is in its second eight bytes, its seq after that. */
function onBinary(bytes: Buffer, event: string): void {
  if (event === 'snapshot') snapshots++;
  if (event !== 'update') return;
  const tick = bytes.readUInt32LE(16);
  const those = latencies.get(tick);
  const latency = machineTime_ms() - bytes.readDoubleLE(8);
  if (those) those.push(latency);
  else latencies.set(tick, [latency]);
}

for (let opened = 0; opened < count; opened += 50) {
  const some = Array.from({ length: Math.min(50, count - opened) }, (_, i) => rawViewer(url, { acknowledges: i % 2 === 0, onBinary }));
  for (const viewer of some) viewer.closed.then(() => void closed++);
  await Promise.all(some.map(({ joined }) => joined));
}
process.send?.({ open: count });
process.on('message', () => {
  // At the edges a tick may have been seen by some only.
  process.send?.({ ticks: [...latencies.values()].slice(1, -1), snapshots, closed });
  latencies = new Map();
});
