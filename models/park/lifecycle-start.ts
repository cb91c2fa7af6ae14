/**
 * Life-cycle intensity of what storages hold at the very beginning: as the park states it, else the carrier's factor of
 * last resort. The direct figure belongs to another set and is never used instead.
 */
import type { Carrier } from '../carriers.ts';
import type { Asset, Park } from './park.ts';

/** Storages for which neither of the two is given. */
export function unstatedStarts(assets: readonly Asset[], fallback: Partial<Record<Carrier, unknown>>): Asset[] {
  return assets.filter(({ storage }) => storage && storage.startLifecycle_gPerKwh === undefined && !(storage.carrier in fallback));
}

export function withLifecycleStarts(assets: readonly Asset[], fallback: Park['fallback']): Asset[] {
  return assets.map((asset) => {
    const { storage } = asset;
    const start_gPerKwh = storage && (storage.startLifecycle_gPerKwh ?? fallback[storage.carrier]?.value);
    // Without one, factors.ts refuses the build and names the storage.
    return storage && start_gPerKwh !== undefined ? { ...asset, storage: { ...storage, start_gPerKwh } } : asset;
  });
}
