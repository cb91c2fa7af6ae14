import type { ParkView } from '../../../models/api/park-view.ts';
import { type Builder, buffersOf, build, nearBuffersOf } from './build.ts';

/** A park to build, or the number of a block that the camera came near to. */
export type BuildWish = { park: ParkView } | { block: number };

let builder: Builder | null = null;

self.onmessage = ({ data }: MessageEvent<BuildWish>) => {
  if ('park' in data) {
    builder = build(data.park);
    const { built } = builder;
    self.postMessage({ built }, { transfer: buffersOf(built) });
    if (built.mask === null) {
      const mask = builder.mask();
      self.postMessage({ mask }, { transfer: [mask.data.buffer as ArrayBuffer] });
    }
    return;
  }
  if (!builder) return;
  const near = builder.near(data.block);
  self.postMessage({ block: data.block, near }, { transfer: nearBuffersOf(near) });
};
