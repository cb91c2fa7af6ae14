import { describe, expect, test } from 'vitest';
import type { Level } from '../../../models/carbon/step.ts';
import { contentOf, type StorageFlows, startLevels, stepLevel } from '../../../models/carbon/storage.ts';
import type { Storage } from '../../../models/park/park.ts';
import methods from '../../vectors/methods.json';
import { asset, compiled } from './small-park.ts';

const worked = methods.storage;

const battery: Storage = {
  carrier: 'electricity',
  capacity_kWh: 1000,
  chargeEfficiency: worked.chargeEfficiency,
  dischargeEfficiency: worked.dischargeEfficiency,
  standingLoss_perH: 0,
  start_kWh: 100,
  start_gPerKwh: 500,
};
const start: Level = { ...worked.start, byKind: { grid: 100 } };
const still: StorageFlows = { charge_kWh: 0, charge_gPerKwh: Number.NaN, chargeByKind: {}, discharge_kWh: 0, hours: 1 };
const charge = (kWh: number, gPerKwh: number): StorageFlows => ({
  ...still,
  charge_kWh: kWh,
  charge_gPerKwh: gPerKwh,
  chargeByKind: { solar: 1 },
});
const discharge = (kWh: number): StorageFlows => ({ ...still, discharge_kWh: kWh });

describe('a storage', () => {
  test('mixes like a water tank and keeps its losses in the carbon (worked figures)', () => {
    let level = start;
    for (const step of worked.steps) {
      const said = stepLevel(
        battery,
        level,
        step.charge_kWh ? charge(step.charge_kWh, step.at_gPerKwh) : discharge(step.discharge_kWh ?? 0),
      );
      expect(said.level.energy_kWh).toBeCloseTo(step.energy_kWh, 4);
      expect(said.level.carbon_g).toBeCloseTo(step.carbon_g, 4);
      if (step.stored_gPerKwh) expect(contentOf(battery, said.level).stored_gPerKwh).toBeCloseTo(step.stored_gPerKwh, 4);
      if (step.delivered_gPerKwh) expect(said.delivered_gPerKwh).toBeCloseTo(step.delivered_gPerKwh, 4);
      level = said.level;
    }
  });

  test('passes the origin of energy through, as primary energy', () => {
    const { level } = stepLevel(battery, start, charge(100, 100));
    expect(level.byKind).toEqual({ grid: 100, solar: 100 });
    const { level: after } = stepLevel(battery, level, discharge(90));
    const ratio = (after.byKind.grid as number) / (after.byKind.solar as number);
    expect(ratio).toBeCloseTo(1, 12);
    expect((after.byKind.grid as number) / 100).toBeCloseTo(100.2632 / 195, 6);
  });

  test('stays between empty and full and says by how much the meters drift', () => {
    const over = stepLevel({ ...battery, capacity_kWh: 150 }, start, charge(100, 100));
    expect(over.level.energy_kWh).toBe(150);
    expect(over.residual_kWh).toBeCloseTo(45, 9);
    expect(over.level.carbon_g).toBe(60_000);
    const under = stepLevel(battery, start, discharge(190));
    expect(under.level.energy_kWh).toBe(0);
    expect(under.residual_kWh).toBeCloseTo(-100, 9);
    expect(under.level.carbon_g).toBe(0);
  });

  test('when empty gives what it last held, as an estimate', () => {
    const { level } = stepLevel(battery, start, discharge(95));
    expect(level.energy_kWh).toBeCloseTo(0, 9);
    const content = contentOf(battery, level);
    expect(content.estimated).toBe(true);
    expect(content.delivered_gPerKwh).toBeCloseTo(500 / 0.95, 9);
    expect(content.byKind.grid).toBeCloseTo(1 / 0.95, 9);
    const again = stepLevel(battery, level, discharge(10));
    expect(again.level.carbon_g).toBe(0);
    expect(contentOf(battery, again.level).stored_gPerKwh).toBeCloseTo(500, 9);
  });

  test('loses energy over time and no carbon', () => {
    const { level } = stepLevel({ ...battery, standingLoss_perH: 0.01 }, start, { ...still, hours: 2 });
    expect(level.energy_kWh).toBeCloseTo(98.01, 9);
    expect(level.carbon_g).toBe(50_000);
  });

  test('is not blanked for ever by a charge of unknown carbon', () => {
    const { level } = stepLevel(battery, start, charge(100, Number.NaN));
    expect(contentOf(battery, level).stored_gPerKwh).toBeCloseTo(500, 9);
  });

  test('starts as the park says, also empty', () => {
    const park = compiled([
      asset('full', 'battery', ['electricity.in', 'electricity.out'], { storage: battery }),
      asset('empty', 'battery', ['electricity.in', 'electricity.out'], { storage: { ...battery, start_kWh: 0 } }),
    ]);
    const [full, empty] = startLevels(park);
    expect(full).toEqual({ energy_kWh: 100, carbon_g: 50_000, byKind: { storage: 100 } });
    expect(contentOf(battery, empty as Level).stored_gPerKwh).toBe(500);
  });
});
