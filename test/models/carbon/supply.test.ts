import { describe, expect, it } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { supplyOf } from '../../../models/carbon/supply.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { apply, createState, step } from '../../../models/telemetry/state.ts';
import { samplePark } from '../../sample-park.ts';

const time = Date.UTC(2025, 5, 2, 4);
const values: Record<string, number> = {
  'grid.power': 1,
  'feeder.power': 1000,
  'hall.power': 900,
  'hall.heat': 1.08,
  'pv.power': 200,
  'battery.power': 0,
  'gas.flow': 100,
  'chp.power': 300,
};

function now() {
  const compiled = compile(samplePark());
  const state = createState(compiled);
  const readings: Reading[] = Object.entries(values).map(([point, value]) => ({ point, time, value, quality: 'good' }));
  apply(state, readings);
  const live = step(state, time);
  return { compiled, live, of: (id: string) => supplyOf(compiled, live, compiled.assetIndex.get(id) as number) };
}

describe('supply', () => {
  it('names every source with shares that sum to 1, and agrees with the shares by kind', () => {
    const { compiled, live, of } = now();
    for (const id of ['hall', 'chp']) {
      const supply = of(id);
      if (!supply) throw new Error(`nothing reaches ${id}`);
      expect(supply.sources.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3);
      const a = compiled.assetIndex.get(id) as number;
      for (const [k, kind] of sourceKinds.entries()) {
        const named = supply.sources.filter((source) => source.kind === kind).reduce((sum, { share }) => sum + share, 0);
        expect(named).toBeCloseTo(live.assetShares[a * sourceKinds.length + k] as number, 3);
      }
    }
  });

  it('names the sun on the roof, the grid and the gas behind the plant for the hall, and the lines between', () => {
    const supply = now().of('hall');
    expect(supply?.sources.map(({ asset }) => asset)).toEqual(expect.arrayContaining(['hall-pv', 'grid', 'gas']));
    const lines = supply?.lines.map(({ id }) => id);
    expect(lines).toEqual(expect.arrayContaining(['feeder', 'e-hall', 'g-chp']));
    for (const { share } of supply?.lines ?? []) expect(share).toBeLessThanOrEqual(1);
  });

  it('is itself for a source, and unknown where nothing flows', () => {
    const { of } = now();
    expect(of('grid')).toMatchObject({
      sources: [{ asset: 'grid', port: 'electricity.out', share: 1, intensity_gPerKwh: 550 }],
      lines: [],
    });
    const compiled = compile(samplePark());
    const empty = step(createState(compiled), time);
    expect(supplyOf(compiled, empty, compiled.assetIndex.get('hall') as number)).toBeNull();
  });
});
