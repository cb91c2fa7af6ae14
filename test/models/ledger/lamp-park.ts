/** A grid, a lamp of a few watts and a roof: no storage, and loads so small that rounding each interval by itself would show. */
import type { Park } from '../../../models/park/park.ts';
import { factor, line, source } from '../carbon/small-park.ts';
import { asset, park, point } from '../tiny-park.ts';

const mean = { measure: 'mean', label: 'start', cadence_s: 900, accuracy: 0.01 } as const;

export const grid_gPerKwh = 550;

export function lampPark(more: Partial<Park> = {}): Park {
  const grid = factor(grid_gPerKwh, { id: 'grid', renewableShare: 0.3, carbonFreeShare: 0.4 });
  return park({
    assets: [
      asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
      asset('lamp', 'building', ['electricity.in'], { floorArea_m2: 10 }),
      asset('roof', 'pv', ['electricity.out'], { at: 'lamp' }),
    ],
    lines: [line('grid-lamp', 'electricity', 'grid', 'lamp')],
    points: [
      point('lamp_w', 'lamp', 'electricity.in', { ...mean, unit: 'W' }),
      point('roof_w', 'roof', 'electricity.out', { ...mean, unit: 'W' }),
    ],
    sources: [
      source('grid', 'electricity.out', 'grid', grid),
      source('roof', 'electricity.out', 'solar', factor(0, { id: 'solar', renewableShare: 1 })),
    ],
    fallback: { electricity: grid },
    ...more,
  });
}
