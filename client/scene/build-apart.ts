/** Builds in a worker, so that the page stays alive meanwhile; here, where workers cannot be had. */
import type { ParkView } from '../../models/park/document.ts';
import { type Built, build } from './build.ts';

export function buildApart(park: ParkView): { built: Promise<Built>; cancel: () => void } {
  let worker: Worker | null = null;
  const built = new Promise<Built>((resolve) => {
    const here = () => resolve(build(park));
    try {
      worker = new Worker(new URL('./build-worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = (event: MessageEvent<Built>) => {
        resolve(event.data);
        worker?.terminate();
      };
      worker.onerror = () => {
        worker?.terminate();
        here();
      };
      worker.postMessage(park);
    } catch {
      here();
    }
  });
  return { built, cancel: () => worker?.terminate() };
}
