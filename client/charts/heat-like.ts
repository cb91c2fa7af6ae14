/** Heat, cooling and steam carry about half the carbon per kWh: their scale ends at half (METHODS 8). */
import type { ParkView } from '../../models/park/document.ts';
import type { Carrier } from '../../models/units.ts';
import { mainCarrier } from '../live/metric.ts';

export const heatLike: ReadonlySet<Carrier> = new Set(['heat', 'cooling', 'steam', 'wasteHeat']);

export function isHeatLike(asset: Pick<ParkView['assets'][number], 'ports'>): boolean {
  const carrier = mainCarrier(asset);
  return carrier !== null && heatLike.has(carrier);
}
