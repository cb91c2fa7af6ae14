import type { ParkView } from '../../../models/api/park-view.ts';
import type { AssetKind } from '../../../models/kinds/kinds.ts';
import { shownOf } from '../../../models/kinds/meaning.ts';

type AssetView = ParkView['assets'][number];
const metre = 1 / 111_320;

/** A square asset with its south-west corner at x, y metres from the park's place (on the equator, so that metres are easy). */
export function square(id: string, x: number, y: number, side: number, more: Partial<AssetView> & { kind?: AssetKind } = {}): AssetView {
  const at = (dx: number, dy: number): [number, number] => [(x + dx) * metre, (y + dy) * metre];
  const made = {
    id,
    feature: 'asset' as const,
    kind: 'building' as AssetKind,
    name: { en: id },
    geometry: { type: 'Polygon' as const, coordinates: [[at(0, 0), at(side, 0), at(side, side), at(0, side), at(0, 0)]] },
    centroid: at(side / 2, side / 2),
    area_m2: side * side,
    height_m: 10,
    floors: 3,
    floorArea_m2: 3 * side * side,
    assumed: [],
    ports: ['electricity.in'] as AssetView['ports'],
    properties: {},
    ...more,
  };
  return { ...made, ...shownOf(made) };
}

export function parkOf(assets: AssetView[], more: Partial<ParkView> = {}): ParkView {
  const place = { lon: 0, lat: 0, country: 'XX' };
  return { metadata: { place } as ParkView['metadata'], assets, lines: [], context: [], points: [], unmetered: [], ...more };
}
