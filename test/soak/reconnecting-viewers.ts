/** A process of viewers that come back within a second whenever they are cut off, and say when all have a snapshot again. */
import { type RawViewer, rawViewer } from '../server/live/raw-viewer.ts';
import { machineTime_ms } from './process.ts';

const [url, count] = [process.argv[2] as string, Number(process.argv[3])];
const viewers: (RawViewer | null)[] = Array.from({ length: count }, () => null);
let snapshots = 0;
let tries = 0;

function come(i: number): void {
  setTimeout(() => {
    tries++;
    let had = false;
    const viewer = rawViewer(url, {
      acknowledges: true,
      onBinary: (_bytes, event) => {
        if (event !== 'snapshot' || had) return;
        had = true;
        if (++snapshots === count) process.send?.({ at: machineTime_ms(), tries });
      },
    });
    viewers[i] = viewer;
    viewer.closed.then(() => {
      if (had) snapshots--;
      come(i);
    });
  }, Math.random() * 1000);
}

process.on('message', (message: 'cut') => {
  tries = 0;
  if (message === 'cut') for (const viewer of viewers) viewer?.socket.terminate();
});
for (let i = 0; i < count; i++) come(i);
