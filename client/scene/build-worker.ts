import type { ParkView } from '../../models/park/document.ts';
import { buffersOf, build } from './build.ts';

self.onmessage = (event: MessageEvent<ParkView>) => {
  const built = build(event.data);
  self.postMessage(built, { transfer: buffersOf(built) });
};
