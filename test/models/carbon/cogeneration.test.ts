import { describe, expect, test } from 'vitest';
import { allocations, primaryEnergySavings } from '../../../models/carbon/cogeneration.ts';
import type { CogenerationSetting } from '../../../models/park/park.ts';

const setting: CogenerationSetting = {
  method: 'ghgProtocolEfficiency',
  electricReference: 0.35,
  heatReference: 0.8,
  supply_C: 90,
  ambient_C: 10,
};
const alternative = { ...setting, method: 'alternativeGeneration', electricReference: 0.5, heatReference: 0.9 } as const;
const emissions_gPerH = 857.1429 * 201.96;

describe('cogeneration', () => {
  test.each<[CogenerationSetting, number, number]>([
    [setting, 369.298, 161.568],
    [alternative, 336.6, 187.0],
    [{ ...setting, method: 'energy' }, 252.45, 252.45],
    [{ ...setting, method: 'carnot' }, 449.667, 99.059],
  ])('shares its carbon out by $method', (method, electricity, heat) => {
    const shares = allocations(
      [
        { carrier: 'electricity', power_kW: 300 },
        { carrier: 'heat', power_kW: 385.7143 },
      ],
      method,
    ) as number[];
    expect((shares[0] as number) + (shares[1] as number)).toBeCloseTo(1, 12);
    expect((emissions_gPerH * (shares[0] as number)) / 300).toBeCloseTo(electricity, 3);
    expect((emissions_gPerH * (shares[1] as number)) / 385.7143).toBeCloseTo(heat, 3);
  });

  test('gives everything to a single product and nothing to none', () => {
    expect(allocations([{ carrier: 'heat', power_kW: 5 }], setting)).toEqual([1]);
    expect(allocations([{ carrier: 'heat', power_kW: 0 }], setting)).toBeNull();
  });

  test('saves primary energy against separate plants', () => {
    const { electricReference, heatReference } = alternative;
    const plant = { fuel_kW: 857.1429, electricity_kW: 300, heat_kW: 385.7143, electricReference, heatReference };
    expect(primaryEnergySavings(plant)).toBeCloseTo(0.166667, 6);
  });
});
