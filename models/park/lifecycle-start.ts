/**
 * What storages hold at the very beginning, by life-cycle factors: as the park states it, else as its carrier's factor of
 * last resort. The direct figure is another set's and stands in for nothing.
 */
import type { Carrier } from '../carriers.ts';
import type { Asset, Park } from './park.ts';

/** Storages of which nothing says it. */
export function unstatedStarts(assets: readonly Asset[], fallback: Partial<Record<Carrier, unknown>>): Asset[] {
  return assets.filter(({ storage }) => storage && storage.startLifecycle_gPerKwh === undefined && !(storage.carrier in fallback));
}

export function withLifecycleStarts(assets: readonly Asset[], fallback: Park['fallback']): Asset[] {
  return assets.map((asset) => {
    const { storage } = asset;
    const start_gPerKwh = storage && (storage.startLifecycle_gPerKwh ?? fallback[storage.carrier]?.value);
    // Without any, the build is refused: factors.ts names it.
    return storage && start_gPerKwh !== undefined ? { ...asset, storage: { ...storage, start_gPerKwh } } : asset;
  });
}
