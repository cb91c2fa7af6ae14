/** Builds in a worker, so that the page stays responsive; without workers it builds in the page itself. */
import type { ParkView } from '../../../models/api/park-view.ts';
import type { Builder, Built, NearBlock } from './build.ts';
import type { Mask } from './mask.ts';
import type { BuildWish } from './worker.ts';

export interface Apart {
  built: Promise<Built>;
  /** A block of a large park in full detail. */
  near: (block: number) => Promise<NearBlock>;
  /** Baked light of the ground of a large park; it comes some time after the rest. */
  mask: Promise<Mask>;
  cancel: () => void;
}

type Answer = { built: Built } | { mask: Mask } | { block: number; near: NearBlock };

export function buildApart(park: ParkView): Apart {
  let worker: Worker | null = null;
  let local: Builder | null = null;
  let shaded: (mask: Mask) => void = () => {};
  const mask = new Promise<Mask>((resolve) => {
    shaded = resolve;
  });
  const waiting = new Map<number, (near: NearBlock) => void>();
  const here = async () => {
    const { build } = await import('./build.ts');
    const builder = build(park);
    local = builder;
    for (const [block, resolve] of waiting) resolve(builder.near(block));
    waiting.clear();
    if (builder.built.mask === null) shaded(builder.mask());
    return builder.built;
  };
  const built = new Promise<Built>((resolve) => {
    try {
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if ('built' in data) {
          resolve(data.built);
          // No further request will come: every block already has full detail.
          if (data.built.boxes === null) worker?.terminate();
          return;
        }
        if ('mask' in data) {
          shaded(data.mask);
          return;
        }
        waiting.get(data.block)?.(data.near);
        waiting.delete(data.block);
      };
      worker.onerror = () => {
        worker?.terminate();
        worker = null;
        resolve(here());
      };
      // There are many points and the scene draws none of them, so they are not sent.
      worker.postMessage({ park: { ...park, points: [] } } satisfies BuildWish);
    } catch {
      resolve(here());
    }
  });
  const near = (block: number) =>
    new Promise<NearBlock>((resolve) => {
      if (local) return resolve(local.near(block));
      waiting.set(block, resolve);
      worker?.postMessage({ block } satisfies BuildWish);
    });
  return { built, near, mask, cancel: () => worker?.terminate() };
}
