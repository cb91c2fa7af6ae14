import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityGap } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import type { Park } from '../../../models/park/park.ts';
import { packQuality, unpackQuality } from '../../../models/quality.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import type { Truth } from '../../../models/simulate/truth.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { apply, createState, learnInterval, step } from '../../../models/telemetry/state.ts';
import { samplePark } from '../../sample-park.ts';
import { asset, park, point } from '../tiny-park.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Wednesday 2026-06-03 00:00 in Shanghai. */
const midnight = Date.UTC(2026, 5, 2, 16);

const sample = samplePark();
// An unmetered rest may give heat for a moment while readings of different cadence disagree: it needs a factor.
sample.fallback.heat = { ...(sample.fallback.gas as NonNullable<Park['fallback']['gas']>), id: 'heat-test' };
const compiled = compile(sample);
const simulator = createSimulator(compiled, { seed: 7, faults: [] });

function portOf(id: string): number {
  const index = compiled.portIndex.get(id);
  if (index === undefined) throw new Error(id);
  return index;
}
const kW = (truth: Truth, id: string) => truth.port_kW[portOf(id)] as number;

describe('the simulator', () => {
  it('says the same of a time whichever windows were asked before', () => {
    const key = (r: Reading) => `${r.point}@${r.time}`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 5 }), (cuts) => {
        const edges = [0, ...new Set(cuts.toSorted((a, b) => a - b)), 91].map((m) => midnight + 9 * hour + m * 1000);
        const fresh = createSimulator(compiled, { seed: 7 });
        const pieces = edges.slice(1).flatMap((to, i) => fresh.readings(edges[i] as number, to));
        const whole = createSimulator(compiled, { seed: 7 }).readings(edges[0] as number, edges.at(-1) as number);
        expect(new Map(pieces.map((r) => [key(r), r]))).toEqual(new Map(whole.map((r) => [key(r), r])));
      }),
      { numRuns: 5 },
    );
  });

  it('says something else for another seed', () => {
    const other = createSimulator(compiled, { seed: 8, faults: [] });
    const at = midnight + 10 * hour;
    expect(other.readings(at - minute, at)).not.toEqual(simulator.readings(at - minute, at));
  });

  it('speaks only of times in (from, to], in order, at the points’ cadences', () => {
    const from = midnight + 8 * hour;
    const readings = simulator.readings(from, from + 15 * minute);
    const of = (id: string) => readings.filter((r) => r.point === id).map((r) => (r.time - from) / 1000);
    expect(of('pv.power').length).toBe(90);
    expect(of('hall.power')).toEqual(Array.from({ length: 60 }, (_, i) => 15 * (i + 1)));
    // Labelled by its start, known at its end.
    expect(of('office.energy')).toEqual([0]);
    expect(of('chp.heat')).toEqual([900]);
  });

  it('thins what would be too much, but keeps registers, energies and the newest', () => {
    const from = midnight + 8 * hour;
    const to = from + 6 * hour + 7000;
    const readings = simulator.readings(from, to);
    const of = (id: string) => readings.filter((r) => r.point === id);
    expect(of('grid.power').length).toBeLessThanOrEqual(121);
    expect(of('grid.power').at(-1)?.time).toBe(to);
    expect(of('grid.import').length).toBe(360);
    expect(of('office.energy').length).toBe(24);
  });

  it('balances every network at every moment, losses included', () => {
    for (let h = 0; h < 48; h += 0.7) {
      const truth = simulator.truth(midnight + h * hour);
      const net = new Float64Array(compiled.nodes.length);
      const add = (node: number, power: number) => {
        net[node] = (net[node] as number) + power;
      };
      for (const [p, { node, port }] of compiled.ports.entries()) {
        add(node, (port.endsWith('.out') ? 1 : -1) * (truth.port_kW[p] as number));
      }
      for (const [l, line] of sample.lines.entries()) {
        const sent = truth.line_kW[l] as number;
        add(compiled.lineFrom[l] as number, -sent);
        add(compiled.lineTo[l] as number, sent >= 0 ? sent * (1 - line.loss) : sent / (1 - line.loss));
      }
      // What is left over at the substation is its unmetered rest.
      const rest = compiled.unmeteredNode[0] as number;
      expect(net[rest]).toBeGreaterThan(5);
      for (const [n, left] of net.entries()) if (n !== rest) expect(Math.abs(left)).toBeLessThan(1e-6);
      for (const power of truth.port_kW) expect(power).toBeGreaterThanOrEqual(0);
    }
  });

  it('keeps to the plants’ conversions and gives gas for all of it', () => {
    const truth = simulator.truth(Date.UTC(2026, 0, 14, 22));
    expect(kW(truth, 'chp/electricity.out')).toBeGreaterThan(100);
    expect(kW(truth, 'chp/electricity.out')).toBeCloseTo(0.4 * kW(truth, 'chp/gas.in'), 6);
    expect(kW(truth, 'gas/gas.out')).toBeCloseTo(kW(truth, 'chp/gas.in') + kW(truth, 'boiler/gas.in'), 6);
  });

  it('has sun by day and none at night', () => {
    expect(kW(simulator.truth(midnight + 1 * hour), 'hall-pv/electricity.out')).toBe(0);
    expect(kW(simulator.truth(midnight + 23 * hour), 'hall-pv/electricity.out')).toBe(0);
    const noons = Array.from({ length: 10 }, (_, d) => kW(simulator.truth(midnight + d * day + 12 * hour), 'hall-pv/electricity.out'));
    expect(Math.min(...noons)).toBeGreaterThan(10);
    expect(Math.max(...noons)).toBeGreaterThan(120);
    expect(Math.max(...noons)).toBeLessThanOrEqual(200);
  });

  it('works on Wednesday morning and rests on Sunday and on the first of October', () => {
    const at10 = (date: string) => kW(simulator.truth(Date.parse(`${date}T10:00+08:00`)), 'office/electricity.in');
    expect(at10('2026-06-03')).toBeGreaterThan(2.5 * at10('2026-06-07'));
    expect(at10('2026-09-30')).toBeGreaterThan(2.5 * at10('2026-10-01'));
  });

  it('heats more in January than in July', () => {
    const heat = (date: string) => kW(simulator.truth(Date.parse(`${date}T09:00+08:00`)), 'office/heat.in');
    expect(heat('2026-01-14')).toBeGreaterThan(5 * heat('2026-07-15'));
  });

  it('fills and empties the battery each day within its limits', () => {
    const level = Array.from({ length: 97 }, (_, q) => simulator.truth(midnight + q * 15 * minute).level[0] as number);
    expect(level[0]).toBeCloseTo(0.2, 6);
    expect(level[96]).toBeCloseTo(0.2, 6);
    expect(Math.max(...level)).toBeGreaterThan(0.4);
    expect(Math.max(...level)).toBeLessThanOrEqual(0.951);
    for (let q = 0; q < 96; q++) {
      const truth = simulator.truth(midnight + (q + 0.5) * 15 * minute);
      const flow = 0.95 * kW(truth, 'battery/electricity.in') - kW(truth, 'battery/electricity.out') / 0.95;
      expect(((level[q + 1] as number) - (level[q] as number)) * 1000).toBeCloseTo(flow / 4, 3);
    }
  });

  it('lets registers count what flows, never backwards', () => {
    const readings = simulator.readings(midnight, midnight + day).filter((r) => r.point === 'grid.import');
    const counts = readings.map((r) => r.value as number);
    for (let i = 1; i < counts.length; i++) expect(counts[i]).toBeGreaterThanOrEqual(counts[i - 1] as number);
    let truth_MWh = 0;
    for (let q = 0; q < 96; q++) truth_MWh += kW(simulator.truth(midnight + (q + 0.5) * 15 * minute), 'grid/electricity.out') / 4000;
    const counted = (counts.at(-1) as number) - (counts[0] as number);
    expect(Math.abs(counted / truth_MWh - 1)).toBeLessThan(0.02);
  });

  it('stays within each point’s range', () => {
    const range = new Map(sample.points.map((p) => [p.id, p.range]));
    for (const { point: id, value } of simulator.readings(midnight, midnight + day)) {
      const [low, high] = range.get(id) ?? [0, 0];
      expect(value, id).toBeGreaterThanOrEqual(low);
      expect(value, id).toBeLessThanOrEqual(high);
    }
  });

  it('refuses settings that are none', () => {
    expect(() => createSimulator(compiled, { faults: [{ point: 'x', kind: 'sulking', from_h: 0, to_h: 1 }] })).toThrow(/kind/);
  });
});

describe('faults', () => {
  const withFault = (kind: string, id = 'hall.power') =>
    createSimulator(compiled, { seed: 7, faults: [{ point: id, kind, from_h: 9, to_h: 12 }] });
  const during = (kind: string) =>
    withFault(kind)
      .readings(midnight + 10 * hour, midnight + 10 * hour + 5 * minute)
      .filter((r) => r.point === 'hall.power');
  const sound = simulator.readings(midnight + 10 * hour, midnight + 10 * hour + 5 * minute).filter((r) => r.point === 'hall.power');

  it('make a meter silent, stuck, lying, empty, doubtful or absurd, and leave the others alone', () => {
    expect(during('silent')).toEqual([]);
    expect(new Set(during('stuck').map((r) => r.value)).size).toBe(1);
    expect(during('lying').every((r, i) => (r.value as number) > 1.4 * (sound[i]?.value as number))).toBe(true);
    expect(during('empty').every((r) => r.value === null && r.quality === 'bad')).toBe(true);
    expect(during('doubtful').map((r) => r.quality)).toEqual(sound.map(() => 'uncertain'));
    expect(during('outside').every((r) => (r.value as number) > 3000)).toBe(true);
    const others = (readings: Reading[]) => readings.filter((r) => r.point !== 'hall.power');
    const at = midnight + 10 * hour;
    expect(others(withFault('silent').readings(at, at + minute))).toEqual(others(simulator.readings(at, at + minute)));
  });

  it('show every state of quality within a day, without being asked for', () => {
    const seen = new Set<number>();
    // Enough meters for every fault to find one.
    const halls = Array.from({ length: 60 }, (_, i) => `hall-${i}`);
    const many = park({
      assets: [
        asset('grid', 'gridConnection', ['electricity.out']),
        ...halls.map((id) => asset(id, 'building', ['electricity.in'], { floorArea_m2: 4000 })),
      ],
      lines: halls.map((id) => ({
        id: `to-${id}`,
        carrier: 'electricity',
        from: 'grid',
        to: id,
        loss: 0,
        length_m: 1,
        open: false,
        implied: true,
        geometry: null,
      })),
      points: halls.map((id) =>
        point(`${id}_kw`, id, 'electricity.in', { origin: 'simulated', source: { type: 'simulator' }, cadence_s: 300, range: [0, 500] }),
      ),
    });
    const source = createSimulator(compile(many), null);
    const state = createState(compile(many));
    for (let q = 0; q < 9 * 96; q++) {
      const to = midnight + (q + 1) * 15 * minute;
      apply(
        state,
        source.readings(to - 15 * minute, to).filter((r) => r.value === null || r.value <= 500),
      );
      learnInterval(state, to - 15 * minute, to);
      if (q >= 8 * 96) for (const code of step(state, to).portQuality) seen.add(code);
    }
    const state_ = (origin: 'simulated' | 'estimated', validity: 'good' | 'uncertain' | 'bad', freshness: 'fresh' | 'stale' | 'missing') =>
      packQuality({ origin, validity, freshness });
    const wanted = [
      state_('simulated', 'good', 'fresh'),
      state_('simulated', 'good', 'stale'),
      state_('simulated', 'uncertain', 'fresh'),
      state_('simulated', 'bad', 'stale'),
      state_('estimated', 'uncertain', 'missing'),
    ];
    expect(wanted.filter((code) => !seen.has(code)).map(unpackQuality)).toEqual([]);
  });
});

describe('a park without settings', () => {
  it('is simulated by kind, use and floor area', () => {
    const bare = park({
      assets: [
        asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']),
        asset('lab', 'building', ['electricity.in', 'heat.in'], { use: 'laboratory', floorArea_m2: 5000 }),
        asset('flat', 'building', ['electricity.in'], { use: 'apartments', floorArea_m2: 5000 }),
        asset('sun', 'pv', ['electricity.out'], { at: 'lab', area_m2: 500 }),
        asset('mill', 'wind', ['electricity.out'], { at: 'grid' }),
        asset('cars', 'evCharger', ['electricity.in'], { at: 'lab' }),
      ],
      lines: ['lab', 'flat'].map((to) => ({
        id: to,
        carrier: 'electricity',
        from: 'grid',
        to,
        loss: 0.01,
        length_m: 1,
        open: false,
        implied: true,
        geometry: null,
      })),
    });
    const c = compile(bare);
    const { truth } = createSimulator(c, null);
    const sums = new Float64Array(c.ports.length);
    for (let h = 0; h < 7 * 24; h++)
      for (const [p, power] of truth(midnight + h * hour).port_kW.entries()) sums[p] = (sums[p] as number) + power;
    for (const [p, { port }] of c.ports.entries())
      if (port !== 'electricity.in' || c.ports[p]?.asset !== 0) expect(sums[p]).toBeGreaterThan(0);
    expect(sums[c.portIndex.get('lab/electricity.in') as number]).toBeGreaterThan(
      sums[c.portIndex.get('flat/electricity.in') as number] as number,
    );
  });
});

describe('a simulated week in the twin', () => {
  it('keeps the identity of emissions at every step', () => {
    const state = createState(compiled);
    for (let q = 1; q <= 7 * 96; q++) {
      const to = midnight + q * 15 * minute;
      // Every cadence of the park divides the quarter-hour: this is what all points say at its end.
      apply(state, simulator.readings(to - 1000, to));
      if (q > 1) expect(identityGap(step(state, to))).toBeLessThan(1e-9);
    }
  });
});
