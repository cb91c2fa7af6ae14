/** Where a park's features lie relative to the park's place. */
import type { Geometry, Position } from 'geojson';
import { metresBetween } from './assets.ts';

/** A feature farther than this from the park's place is a mistake, or at least outside the picture. */
export const farAway_m = 10_000;

/** First position of any geometry; null where it has none. */
export function firstPosition(geometry: Geometry): [number, number] | null {
  if (geometry.type === 'GeometryCollection') {
    const first = geometry.geometries[0];
    return first === undefined ? null : firstPosition(first);
  }
  let at: Position | Position[] | Position[][] | Position[][][] | undefined = geometry.coordinates;
  while (Array.isArray(at?.[0])) at = at[0] as typeof at;
  return at === undefined || at.length < 2 ? null : (at as [number, number]);
}

/** Features too far away get the property `far`, which check.ts reports. */
export function markFar<T extends { geometry: Geometry; properties: Record<string, unknown> }>(
  features: readonly T[],
  place: { lon: number; lat: number },
): T[] {
  return features.map((feature) => {
    const at = firstPosition(feature.geometry);
    const far = at !== null && metresBetween(at, [place.lon, place.lat]) > farAway_m;
    return far ? { ...feature, properties: { ...feature.properties, far: true } } : feature;
  });
}
