import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balance } from '../../../models/carbon/balance.ts';
import type { Compiled } from '../../../models/carbon/step.ts';
import methods from '../../vectors/methods.json';
import { asset, compiled, inputsOf, line, type Said } from './small-park.ts';

const grid = asset('grid', 'gridConnection', ['electricity.out', 'electricity.in']);
const load = (id: string) => asset(id, 'building', ['electricity.in']);
const pv = (id: string, at: string) => asset(id, 'pv', ['electricity.out'], { at });
const wire = (from: string, to: string, more = {}) => line(`${from}-${to}`, 'electricity', from, to, more);

function balanced(park: Compiled, said: Said) {
  const result = balance(park, inputsOf(park, said));
  const kW = (key: string) => result.port_kW[park.portIndex.get(key) as number] as number;
  const how = (key: string) => result.portHow[park.portIndex.get(key) as number] as number;
  const flow = (id: string) => result.line_kW[park.lineIndex.get(id) as number] as number;
  const flag = (flags: Uint8Array, id: string) => flags[park.lineIndex.get(id) as number] as number;
  const slack = (assetId: string, carrier = 'electricity') =>
    result.slacks.find((s) => s.node === park.nodeIndex.get(`${assetId}/${carrier}`));
  return { ...result, kW, how, flow, flag, slack };
}

/** kW that do not balance at the worst node. Slacks count; unknown ports do not. */
function imbalance(park: Compiled, result: ReturnType<typeof balance>): number {
  const rest = new Float64Array(park.nodes.length);
  const put = (node: number, kW: number) => {
    rest[node] = (rest[node] as number) + kW;
  };
  for (const [p, port] of park.ports.entries()) {
    const kW = result.port_kW[p] as number;
    if (!Number.isNaN(kW)) put(port.node, port.port.endsWith('.out') ? kW : -kW);
  }
  for (const [l, l_] of park.park.lines.entries()) {
    const kW = result.line_kW[l] as number;
    const [a, b] = kW >= 0 ? [park.lineFrom[l], park.lineTo[l]] : [park.lineTo[l], park.lineFrom[l]];
    put(a as number, -Math.abs(kW));
    put(b as number, Math.abs(kW) * (1 - l_.loss));
  }
  for (const { node, power_kW } of result.slacks) put(node, -power_kW);
  return rest.reduce((worst, kW) => Math.max(worst, Math.abs(kW)), 0);
}

describe('balance of a complete zone', () => {
  const park = compiled([asset('grid', 'gridConnection', ['electricity.out']), load('a'), load('b')], {
    lines: [wire('grid', 'a'), wire('a', 'b')],
  });
  const worked = methods.reconciliation;
  const meters = ['grid/electricity.out', 'a/electricity.in', 'b/electricity.in'];
  const ofMeters = (values: number[]) => Object.fromEntries(meters.map((key, i) => [key, values[i] as number]));
  const ports = ofMeters(worked.measured_kW);
  const sigmas = ofMeters(worked.sigma_kW);

  test('reconciles meters by their uncertainty (worked figures)', () => {
    const b = balanced(park, { ports, sigmas });
    const got = [b.kW('grid/electricity.out'), b.kW('a/electricity.in'), b.kW('b/electricity.in')];
    for (const [i, kW] of got.entries()) expect(kW).toBeCloseTo(worked.reconciled_kW[i] as number, 4);
    expect(b.how('a/electricity.in')).toBe(1);
    expect(b.slacks).toEqual([]);
    expect(b.flow('grid-a')).toBeCloseTo(worked.reconciled_kW[0] as number, 4);
    expect(imbalance(park, b)).toBeLessThan(1e-9);
  });

  test('never adjusts a fiscal meter', () => {
    const b = balanced(park, { ports, sigmas: { ...sigmas, 'grid/electricity.out': 0 } });
    expect(b.kW('grid/electricity.out')).toBe(400);
    expect(b.how('grid/electricity.out')).toBe(0);
    expect(b.kW('a/electricity.in')).toBeCloseTo(255, 9);
  });

  test('shows a conflict and leaves the meters alone when 3σ do not explain the difference', () => {
    const b = balanced(park, { ports: { ...ports, 'b/electricity.in': 90 }, sigmas });
    expect(b.kW('grid/electricity.out')).toBe(400);
    expect(b.kW('b/electricity.in')).toBe(90);
    expect(b.slacks).toEqual([{ node: park.nodeIndex.get('grid/electricity'), power_kW: 60, conflict: true }]);
    expect(imbalance(park, b)).toBeLessThan(1e-9);
  });

  test('never turns a meter negative', () => {
    const b = balanced(park, {
      ports: { 'grid/electricity.out': 100, 'a/electricity.in': 104, 'b/electricity.in': 1 },
      sigmas: { 'grid/electricity.out': 3, 'a/electricity.in': 2, 'b/electricity.in': 2 },
    });
    expect(b.kW('b/electricity.in')).toBe(0);
    expect(b.slacks).toEqual([]);
    expect(imbalance(park, b)).toBeLessThan(1e-9);
  });

  test('reconciles through losses, whichever way the power flows', () => {
    const lossy = compiled([grid, load('a'), load('b'), pv('roof', 'b')], {
      lines: [wire('grid', 'a', { loss: 0.02 }), wire('a', 'b', { loss: 0.04 })],
    });
    for (const roof of [0, 500]) {
      const b = balanced(lossy, {
        ports: {
          'grid/electricity.out': roof === 0 ? 400 : 0,
          'grid/electricity.in': roof === 0 ? 0 : 95,
          'a/electricity.in': 240,
          'b/electricity.in': 140,
          'roof/electricity.out': roof,
        },
        accuracy: 0.05,
      });
      expect(b.slacks).toEqual([]);
      expect(imbalance(lossy, b)).toBeLessThan(1e-9);
      expect(Math.sign(b.flow('a-b'))).toBe(roof === 0 ? 1 : -1);
    }
  });

  test('joins zones through metered lines, which may be adjusted too', () => {
    const two = compiled([asset('grid', 'gridConnection', ['electricity.out']), load('a'), load('b')], {
      lines: [wire('grid', 'a'), wire('a', 'b', { loss: 0.01 })],
    });
    const b = balanced(two, {
      ports: { 'grid/electricity.out': 400, 'a/electricity.in': 250, 'b/electricity.in': 140 },
      accuracy: 0.02,
      lines: { 'a-b': 146 },
      lineSigmas: { 'a-b': 3 },
    });
    expect(b.slacks).toEqual([]);
    expect(b.flow('a-b')).not.toBe(146);
    expect(imbalance(two, b)).toBeLessThan(1e-9);
  });

  test('turns a metered line round that runs against its direction', () => {
    const two = compiled([load('a'), load('b'), pv('roof', 'b')], { lines: [wire('a', 'b', { loss: 0.1 })] });
    const b = balanced(two, {
      ports: { 'a/electricity.in': 90, 'b/electricity.in': 50, 'roof/electricity.out': 150 },
      lines: { 'a-b': -90 },
    });
    expect(b.flow('a-b')).toBeCloseTo(-100, 9);
    expect(b.slacks).toEqual([]);
    expect(imbalance(two, b)).toBeLessThan(1e-9);
  });
});

describe('balance of what is not metered', () => {
  test('puts the rest where the park says something is unmetered', () => {
    const park = compiled([grid, asset('s', 'substation', []), load('a'), load('b')], {
      lines: [wire('grid', 's', { loss: 0.01 }), wire('s', 'a'), wire('s', 'b', { loss: 0.05 })],
      unmetered: [{ asset: 's', carrier: 'electricity', name: { en: 'Street lights' } }],
    });
    const ports = { 'grid/electricity.out': 1000, 'grid/electricity.in': 0, 'a/electricity.in': 500, 'b/electricity.in': 380 };
    const b = balanced(park, { ports, accuracy: 0.01 });
    expect(b.slack('s')).toEqual({ node: park.nodeIndex.get('s/electricity'), power_kW: expect.closeTo(90, 9), conflict: false });
    expect(b.flow('grid-s')).toBe(1000);
    expect(b.flow('s-b')).toBeCloseTo(400, 9);
    expect(imbalance(park, b)).toBeLessThan(1e-9);

    const short = balanced(park, { ports: { ...ports, 'a/electricity.in': 800 }, accuracy: 0.01 });
    expect(short.slack('s')?.power_kW).toBeCloseTo(-210, 9);
    expect(short.slack('s')?.conflict).toBe(true);
    const nearly = balanced(park, { ports: { ...ports, 'a/electricity.in': 600 }, accuracy: 0.01 });
    expect(nearly.slack('s')?.power_kW).toBeCloseTo(-10, 9);
    expect(nearly.slack('s')?.conflict).toBe(false);
  });

  test('derives the one port nobody measures', () => {
    const park = compiled([grid, load('a'), load('b')], { lines: [wire('grid', 'a'), wire('a', 'b', { loss: 0.5 })] });
    const known = { 'grid/electricity.out': 400, 'grid/electricity.in': 0, 'a/electricity.in': 300 };
    const b = balanced(park, { ports: known, accuracy: 0.01 });
    expect(b.kW('b/electricity.in')).toBeCloseTo(50, 9);
    expect(b.how('b/electricity.in')).toBe(2);
    expect(b.kW('grid/electricity.out')).toBe(400);
    expect(b.slacks).toEqual([]);
  });

  test('derives import or export where the grid meter is silent', () => {
    const park = compiled([grid, load('a'), pv('roof', 'a')], { lines: [wire('grid', 'a')] });
    const night = balanced(park, { ports: { 'a/electricity.in': 300, 'roof/electricity.out': 0 } });
    expect([night.kW('grid/electricity.out'), night.kW('grid/electricity.in')]).toEqual([300, 0]);
    const noon = balanced(park, { ports: { 'a/electricity.in': 300, 'roof/electricity.out': 500 } });
    expect([noon.kW('grid/electricity.out'), noon.kW('grid/electricity.in')]).toEqual([0, 200]);
  });

  test('switches a single unknown off that would have to run backwards', () => {
    const park = compiled([grid, load('a'), load('b')], { lines: [wire('grid', 'a'), wire('a', 'b')] });
    const known = { 'grid/electricity.out': 400, 'grid/electricity.in': 0, 'a/electricity.in': 404 };
    const b = balanced(park, { ports: known, accuracy: 0.01 });
    expect(b.kW('b/electricity.in')).toBe(0);
    expect(b.how('a/electricity.in')).toBe(1);
    expect(b.slacks).toEqual([]);
    expect(imbalance(park, b)).toBeLessThan(1e-9);
  });

  test('does not call a port that stands alone zero', () => {
    const b = balanced(compiled([load('a')]), {});
    expect(b.kW('a/electricity.in')).toBeNaN();
    expect(b.slacks).toEqual([]);
  });

  test('leaves several unknowns unknown and names the rest, without calling it a conflict', () => {
    const park = compiled([grid, load('a'), load('b'), load('c')], {
      lines: [wire('grid', 'a'), wire('a', 'b'), wire('a', 'c')],
    });
    const b = balanced(park, {
      ports: { 'grid/electricity.out': 400, 'grid/electricity.in': 0, 'a/electricity.in': 100 },
    });
    expect(b.kW('b/electricity.in')).toBeNaN();
    expect(b.how('c/electricity.in')).toBe(3);
    expect(b.slacks.map((s) => [s.power_kW, s.conflict])).toEqual([[300, false]]);
    expect(b.flag(b.lineUnknown, 'grid-a')).toBe(0);
    expect(b.flag(b.lineUnknown, 'a-c')).toBe(1);
    expect(imbalance(park, b)).toBeLessThan(1e-9);
  });

  test('lets an open line carry nothing', () => {
    const park = compiled([grid, load('a'), load('b')], {
      lines: [wire('grid', 'a'), wire('a', 'b'), wire('grid', 'b', { open: true })],
    });
    const known = { 'grid/electricity.out': 400, 'grid/electricity.in': 0, 'a/electricity.in': 300, 'b/electricity.in': 100 };
    const b = balanced(park, { ports: known });
    expect(b.flow('a-b')).toBe(100);
    expect(b.flow('grid-b')).toBe(0);
    expect(b.flag(b.lineModelled, 'a-b')).toBe(0);
  });
});

describe('flows in a ring', () => {
  test('share out by length', () => {
    const park = compiled([grid, load('a'), load('b'), load('c')], {
      lines: [
        wire('grid', 'a', { length_m: 100 }),
        wire('a', 'b', { length_m: 100 }),
        wire('grid', 'b', { length_m: 200 }),
        wire('b', 'c', { length_m: 500 }),
      ],
    });
    const b = balanced(park, {
      ports: {
        'grid/electricity.out': 100,
        'grid/electricity.in': 0,
        'a/electricity.in': 0,
        'b/electricity.in': 40,
        'c/electricity.in': 60,
      },
    });
    expect(b.flow('grid-a')).toBeCloseTo(50, 9);
    expect(b.flow('grid-b')).toBeCloseTo(50, 9);
    expect(b.flow('b-c')).toBeCloseTo(60, 9);
    expect(['grid-a', 'a-b', 'grid-b', 'b-c'].map((id) => b.flag(b.lineModelled, id))).toEqual([1, 1, 1, 0]);
  });

  /** A meshed park of n nodes: a chain plus extra lines; loads everywhere, the grid makes the sum. */
  const meshed = fc.record({
    loads: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 3, maxLength: 12 }),
    roofs: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 12, maxLength: 12 }),
    extra: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 6 }),
    lengths: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 20, maxLength: 20 }),
    losses: fc.constantFrom(0, 0.02),
  });
  type Meshed = typeof meshed extends fc.Arbitrary<infer T> ? T : never;
  const build = (m: Meshed) => {
    const n = m.loads.length;
    const ids = m.loads.map((_, i) => `n${i}`);
    const ends = [...ids.slice(1).map((_, i) => [Math.floor(i / 2), i + 1] as const), ...m.extra.map(([a, b]) => [a % n, b % n] as const)];
    const lines = ends.map(([a, b], k) =>
      line(`l${k}`, 'electricity', `n${a}`, `n${b}`, { length_m: m.lengths[k] as number, loss: m.losses }),
    );
    const assets = [{ ...grid, at: 'n0' }, ...ids.flatMap((id) => [load(id), pv(`pv-${id}`, id)])];
    const park = compiled(assets, { lines });
    const ports: Record<string, number> = {};
    for (const [i, id] of ids.entries()) {
      ports[`${id}/electricity.in`] = m.loads[i] as number;
      ports[`pv-${id}/electricity.out`] = m.roofs[i] as number;
    }
    return { park, said: { ports } };
  };

  test('balance at every node and minimise Σ length·f²: no circulation lowers it', () => {
    fc.assert(
      fc.property(meshed, (m) => {
        const { park, said } = build(m);
        const b = balanced(park, said);
        const scale = 1 + m.loads.reduce((x, y) => x + y, 0) + m.roofs.reduce((x, y) => x + y, 0);
        expect(imbalance(park, b)).toBeLessThan(1e-9 * scale);
        if (m.losses > 0) return;
        // Optimal exactly when Σ length·f round every loop is 0: potentials fit all lines.
        const n = park.nodes.length;
        const potential = new Float64Array(n).fill(Number.NaN);
        potential[0] = 0;
        for (let round = 0; round < n; round++) {
          for (const [l, l_] of park.park.lines.entries()) {
            const [from, to] = [park.lineFrom[l] as number, park.lineTo[l] as number];
            const drop = (b.line_kW[l] as number) * l_.length_m;
            if (Number.isNaN(potential[to])) potential[to] = (potential[from] as number) - drop;
            else if (Number.isNaN(potential[from])) potential[from] = (potential[to] as number) + drop;
          }
        }
        for (const [l, l_] of park.park.lines.entries()) {
          const [from, to] = [park.lineFrom[l] as number, park.lineTo[l] as number];
          const drop = (b.line_kW[l] as number) * l_.length_m;
          expect(Math.abs((potential[from] as number) - (potential[to] as number) - drop)).toBeLessThan(1e-6 * scale);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

test('reconciled meters balance, stay within 3σ and are the nearest that do', () => {
  const star = fc.array(
    fc.record({ kW: fc.integer({ min: 1, max: 1000 }), sigma: fc.integer({ min: 1, max: 30 }), loss: fc.constantFrom(0, 0.03) }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(star, fc.integer({ min: -60, max: 60 }), (loads, error) => {
      const ids = loads.map((_, i) => `n${i}`);
      const park = compiled([asset('grid', 'gridConnection', ['electricity.out']), ...ids.map(load)], {
        lines: ids.map((id, i) => wire(i % 3 === 2 ? (ids[i - 1] as string) : 'grid', id, { loss: loads[i]?.loss })),
      });
      const all = loads.reduce((sum, l) => sum + l.kW, 0);
      const import_kW = Math.max(0, all + error);
      const ports: Record<string, number> = { 'grid/electricity.out': import_kW };
      const sigmas: Record<string, number> = { 'grid/electricity.out': 5 };
      for (const [i, id] of ids.entries()) {
        ports[`${id}/electricity.in`] = loads[i]?.kW as number;
        sigmas[`${id}/electricity.in`] = loads[i]?.sigma as number;
      }
      const b = balanced(park, { ports, sigmas });
      expect(imbalance(park, b)).toBeLessThan(1e-9 * (all + import_kW));
      for (const [key, kW] of Object.entries(ports)) {
        expect(b.kW(key)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(b.kW(key) - kW)).toBeLessThanOrEqual(3.0001 * (sigmas[key] as number));
      }
      if (b.slacks.length > 0) {
        for (const [key, kW] of Object.entries(ports)) expect(b.kW(key)).toBe(kW);
        return;
      }
      if (loads.some((l) => l.loss > 0) || Object.keys(ports).some((key) => b.kW(key) === 0)) return;
      // Lossless: every correction is the same multiple of its variance (the multiplier of the one balance).
      const moved = (key: string) => (b.kW(key) - (ports[key] as number)) / (sigmas[key] as number) ** 2;
      for (const id of ids) expect(moved(`${id}/electricity.in`)).toBeCloseTo(-moved('grid/electricity.out'), 6);
    }),
    { numRuns: 300, seed: 11 },
  );
});
