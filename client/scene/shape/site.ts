/** Where an asset stands: its geometry in metres, on the ground or on the roof of its host. */
import type { AssetView } from './character.ts';
import type { Area, Frame, Vec } from './ring.ts';

export interface Site {
  index: number;
  asset: AssetView;
  /** Never empty. */
  areas: Area[];
  frame: Frame;
  centre: Vec;
  /** Height of what it stands on (the roof of its host), metres above `ground`. */
  base: number;
  /** Level of its ground floor, metres above the park's zero; 0 on flat land. */
  ground: number;
  /** Lowest ground under its outline: as deep as its plinth reaches. */
  foot: number;
  /** Solar arrays and the like on its roof. */
  hosted: Site[];
  host: Site | null;
  /** [lon, lat] → metres. */
  project: (lon: number, lat: number) => Vec;
}

/** A property of an asset, if it is a finite number; else null. */
export function numberOf(asset: AssetView, name: string): number | null {
  const value = asset.properties[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Chimneys where the park says they stand; none when it does not. */
export function stacksOf(site: Site): { at: Vec; height: number }[] {
  const given = site.asset.properties['stacks'];
  if (!Array.isArray(given)) return [];
  return given.flatMap((s: { lon?: unknown; lat?: unknown; height_m?: unknown }) =>
    typeof s?.lon === 'number' && typeof s.lat === 'number' && typeof s.height_m === 'number'
      ? [{ at: site.project(s.lon, s.lat), height: s.height_m }]
      : [],
  );
}
