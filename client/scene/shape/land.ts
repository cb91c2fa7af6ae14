/** The terrain of a park in the park's metres, and the level at which assets stand on it. */
import type { ParkView } from '../../../models/api/park-view.ts';
import { projector } from '../../../models/park/park.ts';
import { heightAt, type Relief, reliefOf } from '../../../models/park/relief.ts';
import type { Area, Vec } from './ring.ts';

/** Null where the park has no terrain: flat land needs no computation. */
export function landOf(park: Pick<ParkView, 'assets' | 'metadata'>): Relief | null {
  const { terrain, place } = park.metadata;
  if (terrain === undefined) return null;
  const project = projector(place);
  return reliefOf(
    terrain,
    project,
    park.assets.map((a) => project(a.centroid[0], a.centroid[1])),
  );
}

/** Lowest and highest ground along the outlines, metres; sampled every 4 m. */
export function groundUnder(land: Relief, areas: readonly Area[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const ring of areas.flat()) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Vec;
      const b = ring[(i + 1) % ring.length] as Vec;
      const n = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 4));
      for (let k = 0; k < n; k++) {
        const h = heightAt(land, a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n);
        low = Math.min(low, h);
        high = Math.max(high, h);
      }
    }
  }
  return { low, high };
}

/**
 * Level of the ground floor on a slope. Houses are dug in halfway, but at most a third of the body lies in the hill.
 * Low assets and those that must be level all round (yards, tanks, solar fields) stand at the upper edge.
 */
export function seat({ low, high }: { low: number; high: number }, height_m: number, house: boolean): number {
  return house ? Math.max((low + high) / 2, high - height_m / 3) : high;
}
