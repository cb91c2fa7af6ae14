import { describe, expect, it } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { totalNames } from '../../../models/carbon/step.ts';
import { unpackQuality } from '../../../models/quality.ts';
import { apply, createState, step } from '../../../models/telemetry/state.ts';
import { fillSlots } from '../../../models/wire/fill-slots.ts';
import { layoutOf, readShares } from '../../../models/wire/layout.ts';
import { stateDocument } from '../../../models/wire/state-document.ts';
import { tinyPark } from '../tiny-park.ts';

const T = Date.UTC(2026, 5, 1, 4);
const base = T - 3_600_000;

function filled(audience: 'full' | 'public') {
  const park = tinyPark({ unmetered: [{ asset: 'hall', carrier: 'electricity', name: { en: 'lights' } }] });
  const state = createState(compile(park));
  const readings = [
    { point: 'grid_kw', time: T - 5000, value: 110.1 },
    { point: 'hall_kw', time: T - 30_000, value: 130 },
    { point: 'roof_kw', time: T - 3000, value: 60 },
    { point: 'battery_kw', time: T, value: -20 },
    { point: 'annexe_kwh', time: T - 1_020_000, value: 10 },
    { point: 'annexe_kwh', time: T - 120_000, value: 12.5 },
  ];
  apply(
    state,
    readings.map((r) => ({ ...r, quality: 'good' as const })),
  );
  const live = step(state, T);
  const layout = layoutOf(park, audience);
  const out = new Float32Array(layout.size).fill(-12345);
  fillSlots(layout, state.compiled, live, base, out);
  return { layout, out, live };
}

const meta = { park: 'tiny', time: T, base, seq: 7, epoch: 1, preliminary: true };

describe('fillSlots', () => {
  it('writes every slot of the layout, for both audiences', () => {
    for (const audience of ['full', 'public'] as const) {
      const { out } = filled(audience);
      expect([...out.keys()].filter((i) => out[i] === -12345)).toEqual([]);
    }
  });

  it('puts powers, qualities, times and the unmetered rest where the layout says', () => {
    const { layout, out, live } = filled('full');
    const hall = layout.assets.get('hall');
    const port = hall?.ports['electricity.in'];
    expect(out[port?.power as number]).toBe(130);
    expect(unpackQuality(out[port?.quality as number] as number)).toEqual({ origin: 'measured', validity: 'good', freshness: 'fresh' });
    expect(out[port?.sampled as number]).toBe(3570);
    expect(out[layout.assets.get('battery')?.level as number]).toBe(0.5);
    expect(out[layout.unmetered.get('hall/electricity')?.power as number]).toBeCloseTo(10.1, 5);
    expect(out[layout.totals.import_kW]).toBeCloseTo(live.totals.import_kW, 4);
  });

  it('rounds shares to thousandths, which still sum to one', () => {
    const { layout, out } = filled('full');
    const shares = readShares(out, layout.parkShares);
    expect(Object.keys(shares).sort()).toEqual(['grid', 'solar']);
    expect((shares.grid ?? 0) + (shares.solar ?? 0)).toBeCloseTo(1, 2);
    for (const share of Object.values(shares)) expect(1000 * share).toBeCloseTo(Math.round(1000 * share), 3);
  });
});

describe('stateDocument', () => {
  it('names what the slots hold, null for unknown', () => {
    const { layout, out } = filled('full');
    const document = stateDocument(layout, out, meta);
    expect(document).toMatchObject({ park: 'tiny', time: '2026-06-01T04:00:00.000Z', seq: 7, epoch: 1, preliminary: true });
    expect(Object.keys(document.totals)).toEqual([...totalNames]);
    expect(document.totals.import_kW).toBe(110.1);
    expect(document.assets.hall).toMatchObject({
      ports: { 'electricity.in': 130 },
      origin: 'measured',
      validity: 'good',
      freshness: 'fresh',
      age_s: 30,
    });
    expect(document.lines.feeder?.power_kW).toBe(10);
    const unknown = stateDocument(
      layout,
      out.map(() => Number.NaN),
      meta,
    );
    expect(unknown.totals.import_kW).toBeNull();
    expect(unknown.assets.hall).toMatchObject({ intensity_gPerKwh: null, age_s: null, freshness: 'missing' });
    expect(JSON.stringify(unknown)).not.toContain('NaN');
  });

  it('leaves out what the public may not see', () => {
    const { layout, out } = filled('public');
    const document = stateDocument(layout, out, meta);
    const hall = document.assets.hall ?? {};
    for (const secret of ['ports', 'attributed_kgPerH', 'stack_kgPerH']) expect(hall).not.toHaveProperty(secret);
    expect(document.lines.feeder).not.toHaveProperty('power_kW');
    expect(hall).toMatchObject({ intensity_gPerKwh: expect.any(Number), age_s: 30 });
  });
});
