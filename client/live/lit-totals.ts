/** What those that are singled out take and give together, at this moment. */
import type { ParkView } from '../../models/park/document.ts';
import type { Layout } from '../../models/protocol.ts';
import { type Carrier, carrierOf, directionOf } from '../../models/units.ts';

export interface LitTotals {
  assets: number;
  /** kW through the ports of one carrier; NaN when not one of them is known. */
  taken_kW: number;
  given_kW: number;
  /** Of end uses, kgCO2e/h; NaN when not one of them is known. */
  attributed_kgPerH: number;
  /** Assets with a port of the carrier of which no power is known. */
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
  const sum: LitTotals = { assets: 0, taken_kW: Number.NaN, given_kW: Number.NaN, attributed_kgPerH: Number.NaN, unknown: 0 };
  for (const asset of assets) {
    if (!lit.has(asset.id)) continue;
    sum.assets++;
    const slots = layout.assets.get(asset.id);
    sum.attributed_kgPerH = plus(sum.attributed_kgPerH, at(slots?.attributed));
    let known = true;
    for (const port of asset.ports) {
      if (carrierOf(port) !== carrier) continue;
      const power = at(slots?.ports[port]?.power);
      if (Number.isNaN(power)) known = false;
      else if (directionOf(port) === 'in') sum.taken_kW = plus(sum.taken_kW, power);
      else sum.given_kW = plus(sum.given_kW, power);
    }
    if (!known) sum.unknown++;
  }
  return sum;
}
