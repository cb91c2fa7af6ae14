import { describe, expect, test } from 'vitest';
import { allocations, primaryEnergySavings } from '../../../models/carbon/cogeneration.ts';
import type { CogenerationSetting } from '../../../models/park/park.ts';
import vectors from '../../vectors/methods.json';

const worked = vectors.cogeneration;
const by = worked.methods;

const setting: CogenerationSetting = {
  method: 'ghgProtocolEfficiency',
  electricReference: by.ghgProtocolEfficiency.electricReference,
  heatReference: by.ghgProtocolEfficiency.heatReference,
  supply_C: by.carnot.supply_C,
  ambient_C: by.carnot.ambient_C,
};
const alternative: CogenerationSetting = {
  ...setting,
  method: 'alternativeGeneration',
  electricReference: by.alternativeGeneration.electricReference,
  heatReference: by.alternativeGeneration.heatReference,
};

describe('cogeneration', () => {
  const settings: CogenerationSetting[] = [setting, alternative, { ...setting, method: 'energy' }, { ...setting, method: 'carnot' }];
  test.each(settings)('shares its carbon out by $method', (method) => {
    const { electricity_gPerKwh, heat_gPerKwh } = by[method.method];
    const shares = allocations(
      [
        { carrier: 'electricity', power_kW: worked.electricity_kW },
        { carrier: 'heat', power_kW: worked.heat_kW },
      ],
      method,
    ) as number[];
    expect((shares[0] as number) + (shares[1] as number)).toBeCloseTo(1, 12);
    expect((worked.emissions_gPerH * (shares[0] as number)) / worked.electricity_kW).toBeCloseTo(electricity_gPerKwh, 3);
    expect((worked.emissions_gPerH * (shares[1] as number)) / worked.heat_kW).toBeCloseTo(heat_gPerKwh, 3);
  });

  test('gives everything to a single product and nothing to none', () => {
    expect(allocations([{ carrier: 'heat', power_kW: 5 }], setting)).toEqual([1]);
    expect(allocations([{ carrier: 'heat', power_kW: 0 }], setting)).toBeNull();
  });

  test('saves primary energy against separate plants', () => {
    expect(primaryEnergySavings({ ...worked, ...by.alternativeGeneration })).toBeCloseTo(by.alternativeGeneration.primaryEnergySavings, 6);
  });
});
