/**
 * Divides the carbon of a plant that makes several products at once among these products (METHODS 4). The method is a
 * setting of the park and is named wherever a figure depends on it.
 */

import type { Carrier } from '../carriers.ts';
import type { CogenerationSetting } from '../park/park.ts';

export interface Product {
  carrier: Carrier;
  power_kW: number;
}

const kelvin = 273.15;

/**
 * Share of the inputs' carbon that each product carries; sums to 1, null when nothing is produced.
 * - `ghgProtocolEfficiency`, `alternativeGeneration`: in proportion to the fuel that separate plants of the reference
 *   efficiencies would need, Q/e (GHG Protocol, Allocation of Emissions from a CHP Plant, 2006; EN 15316-4-5).
 *   They differ only in the references: 0.35 and 0.80 against 0.50 and 0.90.
 * - `energy`: in proportion to energy.
 * - `carnot`: in proportion to the work it could do: 1 for electricity, 1 − T_ambient/T_supply for heat.
 * Every product other than electricity uses the reference of heat.
 */
export function allocations(products: readonly Product[], setting: CogenerationSetting): number[] | null {
  const weights = products.map(({ carrier, power_kW }) => power_kW * weightOf(carrier, setting));
  const sum = weights.reduce((a, b) => a + b, 0);
  return sum > 0 ? weights.map((w) => w / sum) : null;
}

function weightOf(carrier: Carrier, setting: CogenerationSetting): number {
  switch (setting.method) {
    case 'ghgProtocolEfficiency':
    case 'alternativeGeneration':
      return 1 / (carrier === 'electricity' ? setting.electricReference : setting.heatReference);
    case 'energy':
      return 1;
    case 'carnot':
      return carrier === 'electricity' ? 1 : 1 - (setting.ambient_C + kelvin) / (setting.supply_C + kelvin);
  }
}

/** Fraction of fuel saved against separate plants of the reference efficiencies (Directive 2012/27/EU, annex II). */
export function primaryEnergySavings(plant: {
  fuel_kW: number;
  electricity_kW: number;
  heat_kW: number;
  electricReference: number;
  heatReference: number;
}): number {
  const { fuel_kW, electricity_kW, heat_kW, electricReference, heatReference } = plant;
  return 1 - 1 / (heat_kW / fuel_kW / heatReference + electricity_kW / fuel_kW / electricReference);
}
