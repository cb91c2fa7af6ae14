/** A process of viewers that read nothing after their snapshot, and come back whenever they were let go. */
import { setTimeout as pause } from 'node:timers/promises';
import { rawViewer, until } from '../server/live/raw-viewer.ts';

const [url, count] = [process.argv[2] as string, Number(process.argv[3])];
let stalled = 0;
let letGo = 0;
let going = true;

async function stall(acknowledges: boolean): Promise<void> {
  while (going) {
    const viewer = rawViewer(url, { acknowledges });
    await viewer.joined;
    await until(() => viewer.binaries > 0, 'a snapshot', 20_000);
    viewer.tcp().pause();
    stalled++;
    // A socket that is not read does not notice its end: look now and then, each at a time of its own.
    await pause(10_000 + 6000 * Math.random());
    viewer.tcp().resume();
    const wasLetGo = await Promise.race([viewer.closed.then(() => true), pause(3000).then(() => false)]);
    if (wasLetGo) letGo++;
    viewer.socket.terminate();
    stalled--;
  }
}

process.on('message', (message: 'end' | 'count') => {
  if (message === 'end') going = false;
  process.send?.({ stalled, letGo });
  if (message === 'end') process.exit(0);
});
for (let i = 0; i < count; i++) {
  stall(i % 2 === 0);
  if (i % 10 === 9) await pause(200);
}
process.send?.({ open: count });
