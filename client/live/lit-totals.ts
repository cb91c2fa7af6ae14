/** Totals of what the assets singled out take and give at this moment. */

import type { ParkView } from '../../models/api/park-view.ts';
import type { Carrier } from '../../models/carriers.ts';
import { roleOf } from '../../models/kinds/roles.ts';
import { carrierOf, directionOf, type PortId } from '../../models/units.ts';
import type { AssetSlots, Layout } from '../../models/wire/layout.ts';

export interface LitTotals {
  assets: number;
  /** kW through the ports of one carrier; NaN when not one of them is known. */
  taken_kW: number;
  given_kW: number;
  /** Emissions of end uses, kgCO2e/h: of all that they take, and of the carrier alone; NaN when not one of them is known. */
  attributed_kgPerH: number;
  ofCarrier_kgPerH: number;
  /** Number of assets with a port of the carrier whose power is not known. */
  unknown: number;
}

const plus = (sum: number, value: number) => (Number.isNaN(value) ? sum : Number.isNaN(sum) ? value : sum + value);

export function litTotals(
  assets: ParkView['assets'],
  lit: ReadonlySet<string>,
  layout: Layout,
  values: Float32Array,
  carrier: Carrier,
): LitTotals {
  const at = (slot: number | undefined) => (slot === undefined || slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));
  const sum: LitTotals = {
    assets: 0,
    taken_kW: Number.NaN,
    given_kW: Number.NaN,
    attributed_kgPerH: Number.NaN,
    ofCarrier_kgPerH: Number.NaN,
    unknown: 0,
  };
  for (const asset of assets) {
    if (!lit.has(asset.id)) continue;
    sum.assets++;
    const slots = layout.assets.get(asset.id);
    sum.attributed_kgPerH = plus(sum.attributed_kgPerH, at(slots?.attributed));
    let known = true;
    for (const port of asset.ports) {
      if (carrierOf(port) !== carrier) continue;
      const power = at(slots?.ports[port]?.power);
      if (roleOf(asset, port) === 'load')
        sum.ofCarrier_kgPerH = plus(sum.ofCarrier_kgPerH, carbonOf(power, at(intensitySlot(slots, port))));
      if (Number.isNaN(power)) known = false;
      else if (directionOf(port) === 'in') sum.taken_kW = plus(sum.taken_kW, power);
      else sum.given_kW = plus(sum.given_kW, power);
    }
    if (!known) sum.unknown++;
  }
  return sum;
}

/** Slot with the intensity of what a load takes: its port's, or the asset's where the asset consumes only one carrier. */
function intensitySlot(slots: AssetSlots | undefined, port: PortId): number | undefined {
  const own = slots?.ports[port]?.intensity ?? -1;
  return own >= 0 ? own : slots?.intensity;
}

/** kgCO2e/h; 0 without power, even where the intensity is unknown. */
function carbonOf(power_kW: number, gPerKwh: number): number {
  return power_kW === 0 ? 0 : (power_kW * gPerKwh) / 1000;
}
