import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Network, Trace } from '../../../models/carbon/network.ts';
import { NetworkError, trace } from '../../../models/carbon/trace.ts';
import { randomNetwork } from './random-network.ts';

const vectors = join(import.meta.dirname, '../../vectors');
const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-12);

/** Figure 4 of the vectors in the small: losses in the load, worked by hand. */
const small: Network = {
  losses: 'toLoad',
  nodes: ['G', 'B'],
  sources: [
    { id: 'grid', node: 'G', power_kW: 150, intensity_gPerKwh: 500 },
    { id: 'pv', node: 'B', power_kW: 150, intensity_gPerKwh: 0 },
  ],
  lines: [{ id: 'GB', from: 'G', to: 'B', sent_kW: 150, received_kW: 147 }],
  loads: [{ id: 'b', node: 'B', power_kW: 297 }],
};

function expectClosed(result: Trace) {
  expect(relative(result.closure_gPerH.in, result.closure_gPerH.out)).toBeLessThan(1e-9);
  for (const node of Object.values(result.nodes)) {
    const sum = Object.values(node.shares).reduce((a, b) => a + b, 0);
    if (node.primary_kWhPerKwh === null) expect(sum).toBe(0);
    else expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
  }
}

describe('worked networks (test/vectors)', () => {
  const files = readdirSync(vectors).filter((f) => f.startsWith('trace-'));
  test.each(files)('%s is met', (file) => {
    const { network, expected } = JSON.parse(readFileSync(join(vectors, file), 'utf8'));
    const result = trace(network);
    for (const id of network.nodes) {
      const node = result.nodes[id];
      if (expected.nodes[id] === null) {
        expect(node?.intensity_gPerKwh).toBeNull();
        expect(node?.primary_kWhPerKwh).toBeNull();
        continue;
      }
      expect(relative(node?.intensity_gPerKwh ?? Number.NaN, expected.nodes[id])).toBeLessThan(1e-9);
      expect(relative(node?.primary_kWhPerKwh ?? Number.NaN, expected.primary_kWhPerKwh[id])).toBeLessThan(1e-9);
      expect(Object.keys(node?.shares ?? {}).sort()).toEqual(Object.keys(expected.shares[id]).sort());
      for (const [source, share] of Object.entries<number>(expected.shares[id])) {
        expect(relative(node?.shares[source] ?? Number.NaN, share)).toBeLessThan(1e-9);
      }
    }
    expect(result.lossAccount_gPerH).toBeCloseTo(expected.lossAccount_gPerH, 6);
    expect(relative(result.closure_gPerH.in, expected.in_gPerH)).toBeLessThan(1e-9);
    expect(relative(result.closure_gPerH.out - result.lossAccount_gPerH, expected.toLoads_gPerH)).toBeLessThan(1e-9);
  });
});

describe('trace', () => {
  test('lets the load carry losses, or accounts them apart', () => {
    const toLoad = trace(small);
    expect(toLoad.nodes.B?.intensity_gPerKwh).toBeCloseTo(252.52525252525, 9);
    expect(toLoad.nodes.B?.primary_kWhPerKwh).toBeCloseTo(1.0101010101, 9);
    expect(toLoad.nodes.B?.shares).toEqual({ grid: 0.5, pv: 0.5 });
    const separate = trace({ ...small, losses: 'separate' });
    expect(separate.nodes.B?.intensity_gPerKwh).toBeCloseTo(247.47474747475, 9);
    expect(separate.lossAccount_gPerH).toBeCloseTo(1500, 9);
    expectClosed(toLoad);
    expectClosed(separate);
  });

  test('solves loops exactly', () => {
    const line = (from: string, to: string, kW: number) => ({
      id: from + to,
      from,
      to,
      sent_kW: kW,
      received_kW: kW,
    });
    const result = trace({
      losses: 'separate',
      nodes: ['X', 'Y', 'Z'],
      sources: [
        { id: 'x', node: 'X', power_kW: 100, intensity_gPerKwh: 800 },
        { id: 'y', node: 'Y', power_kW: 50, intensity_gPerKwh: 100 },
        { id: 'z', node: 'Z', power_kW: 50, intensity_gPerKwh: 0 },
      ],
      lines: [line('X', 'Y', 90), line('Y', 'Z', 60), line('Z', 'X', 30)],
      loads: [
        { id: 'lx', node: 'X', power_kW: 40 },
        { id: 'ly', node: 'Y', power_kW: 80 },
        { id: 'lz', node: 'Z', power_kW: 80 },
      ],
    });
    expect(result.nodes.X?.intensity_gPerKwh).toBeCloseTo(674.4565217391305, 9);
    expect(result.nodes.Y?.intensity_gPerKwh).toBeCloseTo(469.2934782608696, 9);
    expect(result.nodes.Z?.intensity_gPerKwh).toBeCloseTo(255.97826086956522, 9);
    expectClosed(result);
  });

  test('solves a ring of 10,000 nodes that all feed each other', () => {
    const n = 10_000;
    const nodes = Array.from({ length: n }, (_, i) => `n${i}`);
    // Every thousandth node feeds in 999 kW, every other one takes 1 kW, 500 kW go round and round.
    const flow = (i: number) => 1499 - (i % 1000);
    const feeds = (i: number) => i % 1000 === 0;
    const result = trace({
      losses: 'toLoad',
      nodes,
      sources: nodes
        .map((node, i) => ({
          id: node,
          node,
          power_kW: 999,
          intensity_gPerKwh: i / 20,
        }))
        .filter((_, i) => feeds(i)),
      lines: nodes.map((from, i) => {
        return {
          id: from,
          from,
          to: nodes[(i + 1) % n] as string,
          sent_kW: flow(i),
          received_kW: flow(i),
        };
      }),
      loads: nodes.map((node) => ({ id: node, node, power_kW: 1 })).filter((_, i) => !feeds(i)),
    });
    expectClosed(result);
    expect(result.nodes.n0?.intensity_gPerKwh).toBeGreaterThan(0);
  });

  test('says null, never zero, where no source reaches or flow only circulates', () => {
    const result = trace({
      ...small,
      nodes: ['G', 'B', 'D', 'U', 'V'],
      lines: [
        ...small.lines,
        { id: 'UV', from: 'U', to: 'V', sent_kW: 20, received_kW: 20 },
        { id: 'VU', from: 'V', to: 'U', sent_kW: 20, received_kW: 20 },
      ],
    });
    for (const id of ['D', 'U', 'V']) {
      expect(result.nodes[id]).toEqual({
        intensity_gPerKwh: null,
        shares: {},
        primary_kWhPerKwh: null,
      });
    }
    expect(result.nodes.B?.intensity_gPerKwh).toBeCloseTo(252.52525252525, 9);
    expectClosed(result);
  });

  test('a source without a factor makes its own customers null and nobody else', () => {
    const result = trace({
      ...small,
      sources: [small.sources[0] as never, { id: 'pv', node: 'B', power_kW: 150, intensity_gPerKwh: null }],
    });
    expect(result.nodes.G?.intensity_gPerKwh).toBeCloseTo(500, 9);
    expect(result.nodes.B?.intensity_gPerKwh).toBeNull();
    expect(result.nodes.B?.shares).toEqual({ grid: 0.5, pv: 0.5 });
    expectClosed(result);
  });

  test('books what nobody can carry as lost', () => {
    const loop = (from: string, to: string) => ({
      id: from,
      from,
      to,
      sent_kW: 100,
      received_kW: 95,
    });
    const result = trace({
      losses: 'toLoad',
      nodes: ['P', 'Q'],
      sources: [
        { id: 'p', node: 'P', power_kW: 5, intensity_gPerKwh: 500 },
        { id: 'q', node: 'Q', power_kW: 5, intensity_gPerKwh: 500 },
      ],
      lines: [loop('P', 'Q'), loop('Q', 'P')],
      loads: [],
    });
    expect(result.nodes.P?.intensity_gPerKwh).toBeNull();
    expect(result.lossAccount_gPerH).toBe(5000);
    expectClosed(result);
  });

  test('turns a line round that is measured backwards', () => {
    const turned = trace({
      ...small,
      lines: [{ id: 'GB', from: 'B', to: 'G', sent_kW: -147, received_kW: -150 }],
    });
    expect(turned).toEqual(trace(small));
  });

  const load = (power_kW: number) => [{ id: 'b', node: 'B', power_kW }];
  const chp = (over: object) => [{ id: 'chp', inputs: [], outputs: [], ...over }];
  test.each<[string, Partial<Network>, RegExp]>([
    ['an unbalanced node', { loads: load(290) }, /node "B" does not balance: 297 kW flow in, 290 kW flow out/],
    ['an imbalance just above a millionth', { loads: load(297.001) }, /node "B"/],
    ['an unknown node', { loads: [{ id: 'b', node: 'nowhere', power_kW: 1 }] }, /load "b": there is no node "nowhere"/],
    ['a negative load', { loads: load(-297) }, /load "b": power_kW must be a number of kW ≥ 0, not -297/],
    ['a power that is not a number', { loads: load(Number.NaN) }, /load "b"/],
    ['a node listed twice', { nodes: ['G', 'B', 'G'] }, /node "G" is listed twice/],
    ['a source listed twice', { sources: [...small.sources, ...small.sources] }, /source "grid" is listed twice/],
    ['a line that makes energy', { lines: [{ id: 'GB', from: 'G', to: 'B', sent_kW: 1, received_kW: 2 }] }, /line "GB"/],
    [
      'an infinite intensity',
      {
        sources: [{ id: 'g', node: 'G', power_kW: 1, intensity_gPerKwh: 1 / 0 }],
      },
      /source "g"/,
    ],
    [
      'allocations that do not sum to 1',
      {
        converters: chp({
          outputs: [{ node: 'B', power_kW: 0, allocation: 0.9 }],
        }) as never,
      },
      /converter "chp": the allocations of its outputs sum to 0.9/,
    ],
    [
      'a converter that takes nothing',
      {
        converters: chp({
          outputs: [{ node: 'B', power_kW: 5, allocation: 1 }],
        }) as never,
      },
      /converter "chp" gives 5 kW and takes nothing/,
    ],
  ])('refuses %s and names it', (_, change, message) => {
    expect(() => trace({ ...small, ...change })).toThrow(NetworkError);
    expect(() => trace({ ...small, ...change })).toThrow(message);
  });

  test('accepts an imbalance below a millionth of the throughflow', () => {
    expect(() => trace({ ...small, loads: load(297.0002) })).not.toThrow();
  });

  test('balances carbon and shares in random networks with loops, converters, dead and circulating nodes', () => {
    fc.assert(
      fc.property(randomNetwork, (network) => {
        expectClosed(trace(network));
      }),
      { numRuns: 1000, seed: 20265 },
    );
  });
});
