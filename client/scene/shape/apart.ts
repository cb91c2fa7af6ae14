/** Splits an asset of several outlines into single ones. */
import { frameOf, type Ring } from './ring.ts';
import type { Site } from './site.ts';

/** The parts of an asset of several outlines (a tank farm) as sites of their own: each is drawn whole. */
export function apart(site: Site): Site[] {
  return site.areas.map((area) => {
    const frame = frameOf(area[0] as Ring);
    return { ...site, areas: [area], frame, centre: frame.centre };
  });
}
