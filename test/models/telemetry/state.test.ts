import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeInterval } from '../../../models/carbon/close-interval.ts';
import { compile } from '../../../models/carbon/compile.ts';
import type { Park } from '../../../models/park/park.ts';
import { unpackQuality } from '../../../models/quality.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import {
  apply,
  createState,
  intervalInputs,
  learnInterval,
  markConflict,
  setLevels,
  step,
  type TwinState,
} from '../../../models/telemetry/state.ts';
import { asset, park, point, tinyPark } from '../tiny-park.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const week = 7 * 24 * hour;
const T = Date.UTC(2026, 5, 1, 4);

function reading(id: string, at_ms: number, value: number | null, quality: Reading['quality'] = 'good'): Reading {
  return { point: id, time: T + at_ms, value, quality };
}

/** All meters of the tiny park agree: 100 import + 60 sun = 130 hall + 20 into the battery + 10 annexe. */
const agreeing = [
  reading('grid_kw', -5 * second, 100),
  reading('hall_kw', -30 * second, 130),
  reading('roof_kw', -3 * second, 60),
  reading('battery_kw', 0, -20),
  reading('annexe_kwh', -17 * minute, 10),
  reading('annexe_kwh', -2 * minute, 12.5),
];

function stateWith(readings: Reading[], of: Park = tinyPark()): TwinState {
  const state = createState(compile(of));
  apply(state, readings);
  return state;
}

function portOf(state: TwinState, port: string): number {
  const index = state.compiled.portIndex.get(port);
  if (index === undefined) throw new Error(port);
  return index;
}

describe('apply and step', () => {
  it('turn readings into balanced flows, signs into directions', () => {
    const state = stateWith(agreeing);
    const live = step(state, T);
    const kW = (port: string) => live.port_kW[portOf(state, port)];
    expect(kW('grid/electricity.out')).toBe(100);
    expect(kW('grid/electricity.in')).toBe(0);
    expect(kW('battery/electricity.in')).toBe(20);
    expect(kW('battery/electricity.out')).toBe(0);
    expect(kW('annexe/electricity.in')).toBe(10);
    expect(live.totals.intensity_gPerKwh).toBeCloseTo((100 * 550) / 175, 0);
  });

  const ids = ['grid_kw', 'hall_kw', 'roof_kw', 'battery_kw', 'annexe_kwh'];
  const anyReadings = fc.array(
    fc.record({
      point: fc.constantFrom(...ids),
      time: fc.integer({ min: -40, max: 5 }).map((m) => T + m * minute),
      value: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
      quality: fc.constantFrom('good' as const, 'good' as const, 'uncertain' as const, 'bad' as const),
    }),
    { maxLength: 60 },
  );

  it('give the same step for the same readings in any order, with duplicates and conflicts', () => {
    fc.assert(
      fc.property(anyReadings, fc.infiniteStream(fc.nat()), (readings, draw) => {
        const shuffled = [...readings, ...readings.slice(0, readings.length / 5)]
          .map((r) => ({ r, key: draw.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ r }) => r);
        expect(step(stateWith(shuffled), T)).toEqual(step(stateWith(readings), T));
      }),
      { numRuns: 150 },
    );
  });

  it('do not depend on what was asked in between', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const asked = createState(compile(tinyPark()));
        for (const r of readings) {
          apply(asked, [r]);
          step(asked, r.time);
        }
        expect(step(asked, T)).toEqual(step(stateWith(readings), T));
      }),
      { numRuns: 50 },
    );
  });

  it('make a time bad when a conflict is marked', () => {
    const state = stateWith(agreeing);
    markConflict(state, 'hall_kw', T - 30 * second);
    const live = step(state, T);
    expect(live.portHow[portOf(state, 'hall/electricity.in')]).not.toBe(0);
  });

  it('ignore points the park does not have', () => {
    const state = stateWith([...agreeing, reading('nobody', 0, 5)]);
    expect(step(state, T)).toEqual(step(stateWith(agreeing), T));
  });
});

describe('quality', () => {
  const hall = (state: TwinState, at_ms: number) => {
    const live = step(state, T + at_ms);
    const p = portOf(state, 'hall/electricity.in');
    return {
      kW: live.port_kW[p] as number,
      ...unpackQuality(live.portQuality[p] as number),
      age_s: (T + at_ms - (live.portSampled_ms[p] as number)) / second,
    };
  };
  // Nothing else is known, so that nothing is derived or reconciled.
  const alone = () => stateWith([reading('hall_kw', 0, 130)]);

  it('ages from fresh to stale to missing, the value held meanwhile', () => {
    expect(hall(alone(), 2 * minute)).toMatchObject({ kW: 130, origin: 'measured', validity: 'good', freshness: 'fresh', age_s: 120 });
    expect(hall(alone(), 2 * minute + second)).toMatchObject({ kW: 130, freshness: 'stale' });
    expect(hall(alone(), 2 * hour)).toMatchObject({ kW: 130, freshness: 'stale', age_s: 7200 });
  });

  it('is unknown, never zero, when missing without an estimate', () => {
    const state = alone();
    expect(hall(state, 2 * hour + second)).toMatchObject({ kW: Number.NaN, validity: 'bad', freshness: 'missing' });
    expect(step(state, T + 3 * hour).assetIntensity_gPerKwh[1]).not.toBe(0);
  });

  it('is estimated from the same time of week when missing, by what was learnt before', () => {
    const state = createState(compile(tinyPark()));
    for (let m = 0; m <= 15; m++) apply(state, [reading('hall_kw', -week + m * minute, 80 + m)]);
    learnInterval(state, T - week, T - week + 15 * minute);
    apply(state, [reading('hall_kw', -3 * hour, 500)]);
    const found = hall(state, 5 * minute);
    expect(found).toMatchObject({ origin: 'estimated', validity: 'uncertain', freshness: 'missing' });
    expect(found.kW).toBeCloseTo(87, 0);
  });

  it('says bad while the meter says it has no value', () => {
    const state = alone();
    apply(state, [reading('hall_kw', minute, null)]);
    expect(hall(state, minute)).toMatchObject({ kW: 130, validity: 'bad', freshness: 'fresh', age_s: 60 });
  });

  it('makes what is derived as old as what it is derived from', () => {
    // The annexe is unknown, so it follows from the balance: 100 + 60 − 130 − 20 = 10.
    const state = stateWith(agreeing.filter((r) => r.point !== 'annexe_kwh'));
    const at = (ms: number) => {
      const live = step(state, T + ms);
      const p = portOf(state, 'annexe/electricity.in');
      return { kW: live.port_kW[p], how: live.portHow[p], ...unpackQuality(live.portQuality[p] as number) };
    };
    expect(at(0)).toEqual({ kW: 10, how: 2, origin: 'calculated', validity: 'good', freshness: 'fresh' });
    expect(at(10 * minute)).toMatchObject({ kW: 10, freshness: 'stale' });
  });

  it('calls an asset by its worst port', () => {
    const state = stateWith(agreeing);
    const battery = state.compiled.assetIndex.get('battery') as number;
    expect(unpackQuality(step(state, T + 3 * second).assetQuality[battery] as number).freshness).toBe('stale');
  });
});

describe('virtual points and spreads', () => {
  const offices = (): Park =>
    park({
      assets: [
        asset('grid', 'gridConnection', ['electricity.out']),
        asset('a', 'building', ['electricity.in']),
        asset('b', 'building', ['electricity.in']),
        asset('c', 'building', ['electricity.in']),
      ],
      points: [point('total', 'none', 'electricity.in'), point('c_kw', 'c', 'electricity.in'), point('maybe', 'none', 'electricity.in')],
      virtualPoints: [
        {
          id: 'rest',
          quantity: 'power',
          terms: [
            { point: 'total', weight: 1, optional: false },
            { point: 'c_kw', weight: -1, optional: false },
            { point: 'maybe', weight: 0.5, optional: true },
          ],
          constant: -10,
          min: 0,
          origin: 'calculated',
        },
        { id: 'half', quantity: 'power', terms: [{ point: 'rest', weight: 0.5, optional: false }], constant: 0, origin: 'calculated' },
      ],
      spreads: [
        {
          id: 's',
          of: 'rest',
          port: 'electricity.in',
          weights: new Map([
            ['a', 3],
            ['b', 1],
          ]),
          exclusions: [],
        },
      ],
    });
  const value = (state: TwinState, id: string, at = T) => step(state, at).pointValues.value[state.bindings.valueIndex.get(id) as number];

  it('sum weighted terms and a constant, also of virtual points', () => {
    const state = stateWith([reading('total', 0, 100), reading('c_kw', 0, 30)], offices());
    expect(value(state, 'rest')).toBe(60);
    expect(value(state, 'half')).toBe(30);
    apply(state, [reading('maybe', 0, 8)]);
    expect(value(state, 'rest')).toBe(64);
  });

  it('are clamped, and unknown when a term that is needed is', () => {
    expect(value(stateWith([reading('total', 0, 20), reading('c_kw', 0, 30)], offices()), 'rest')).toBe(0);
    expect(value(stateWith([reading('c_kw', 0, 30)], offices()), 'rest')).toBeNaN();
  });

  it('are spread by weight over ports without a meter, and modelled there', () => {
    const state = stateWith([reading('total', 0, 100), reading('c_kw', 0, 30)], offices());
    const live = step(state, T);
    const [a, b, c] = ['a', 'b', 'c'].map((id) => portOf(state, `${id}/electricity.in`)) as [number, number, number];
    expect([live.port_kW[a], live.port_kW[b], live.port_kW[c]]).toEqual([45, 15, 30]);
    expect(unpackQuality(live.portQuality[a] as number).origin).toBe('modelled');
    expect(unpackQuality(live.portQuality[c] as number).origin).toBe('measured');
    expect(live.assetEstimatedShare[state.compiled.assetIndex.get('a') as number]).toBeCloseTo(1, 9);
  });

  it('are refused when made of themselves', () => {
    const of = offices();
    const [rest] = of.virtualPoints;
    rest?.terms.push({ point: 'half', weight: 1, optional: false });
    expect(() => createState(compile(of))).toThrow(/made of itself/);
  });
});

describe('several points on one port', () => {
  const two = () =>
    tinyPark({
      points: [
        point('hall_register', 'hall', 'electricity.in', { unit: 'kWh', measure: 'register', cadence_s: 900, range: [0, 1e9] }),
        point('hall_kw', 'hall', 'electricity.in', { cadence_s: 60 }),
      ],
    });
  const readings = [
    ...Array.from({ length: 16 }, (_, m) => reading('hall_kw', (m - 15) * minute, 100 + m)),
    reading('hall_register', -15 * minute, 5000),
    reading('hall_register', 0, 5030),
  ];

  it('live listens to the power, an interval to the register', () => {
    const state = stateWith(readings, two());
    const p = portOf(state, 'hall/electricity.in');
    expect(step(state, T).port_kW[p]).toBe(115);
    expect(intervalInputs(state, T - 15 * minute, T).port_kW[p]).toBe(120);
  });

  it('the fresher one is heard when the other is stale', () => {
    const state = stateWith(readings, two());
    expect(step(state, T + 20 * minute).port_kW[portOf(state, 'hall/electricity.in')]).toBe(120);
  });
});

describe('intensity points and storages', () => {
  it('an intensity point replaces the factor while it is known', () => {
    const of = tinyPark();
    of.points.push(
      point('grid_g', 'grid', 'electricity.out', { quantity: 'intensity', unit: 'gCO2e/kWh', cadence_s: 3600, range: [0, 1000] }),
    );
    const state = stateWith([...agreeing, reading('grid_g', -10 * minute, 321)], of);
    expect(step(state, T).assetIntensity_gPerKwh[0]).toBe(321);
    expect(step(stateWith(agreeing, of), T).assetIntensity_gPerKwh[0]).toBe(550);
  });

  it('a storage shows what its meter says, else what was accounted', () => {
    const of = tinyPark();
    const metered = { ...of, points: [...of.points, point('soc', 'battery', 'electricity.in', { quantity: 'stateOfCharge', unit: '%' })] };
    expect([...step(stateWith(agreeing), T).levelFraction]).toEqual([0.5]);
    expect([...step(stateWith([...agreeing, reading('soc', 0, 80)], metered), T).levelFraction]).toEqual([0.8]);
  });

  it('live steps never move a storage, closed intervals do, once', () => {
    const state = stateWith(agreeing);
    const before = state.levels;
    step(state, T);
    step(state, T + minute);
    expect(state.levels).toBe(before);
    const closed = closeInterval(state.compiled, intervalInputs(state, T - 15 * minute, T), state.levels, 0.25);
    setLevels(state, closed.levels);
    expect(state.levels[0]?.energy_kWh).toBeCloseTo(200 + 0.95 * 20 * 0.25, 6);
    expect(() => setLevels(state, [])).toThrow(/another version/);
  });
});
