import { describe, expect, test } from 'vitest';
import { traceCommand } from '../../../server/commands/trace.ts';

const network = {
  losses: 'toLoad',
  nodes: ['G', 'B', 'D'],
  sources: [{ id: 'grid', node: 'G', power_kW: 100, intensity_gPerKwh: 500 }],
  lines: [{ id: 'GB', from: 'G', to: 'B', sent_kW: 100, received_kW: 80 }],
  loads: [{ id: 'office', node: 'B', power_kW: 80 }],
};
const run = (change: object) => traceCommand(JSON.stringify({ ...network, ...change }));

describe('twin trace', () => {
  test('prints the trace as JSON', () => {
    const { output, error, exit } = run({});
    expect(exit).toBe(0);
    expect(error).toBeUndefined();
    expect(JSON.parse(output as string)).toEqual({
      nodes: {
        G: { intensity_gPerKwh: 500, shares: { grid: 1 }, primary_kWhPerKwh: 1 },
        B: { intensity_gPerKwh: 625, shares: { grid: 1 }, primary_kWhPerKwh: 1.25 },
        D: { intensity_gPerKwh: null, shares: {}, primary_kWhPerKwh: null },
      },
      lossAccount_gPerH: 0,
      closure_gPerH: { in: 50000, out: 50000 },
    });
  });

  test.each<[string, object, RegExp]>([
    ['an unbalanced node', { loads: [{ id: 'office', node: 'B', power_kW: 70 }] }, /node "B" does not balance/],
    ['a power that is a word', { loads: [{ id: 'office', node: 'B', power_kW: '80' }] }, /^loads\[0\] "office"\.power_kW: /],
    ['a missing list', { lines: undefined }, /^lines: /],
    ['another loss rule', { losses: 'none' }, /^losses: /],
    ['an unknown node', { loads: [{ id: 'office', node: 'Q', power_kW: 80 }] }, /load "office": there is no node "Q"/],
  ])('refuses %s and names the place', (_, change, message) => {
    const outcome = run(change);
    expect(outcome.exit).toBe(1);
    expect(outcome.output).toBeUndefined();
    expect(outcome.error).toMatch(message);
  });

  test.each(['', 'not json', '[]', 'null', '{"losses":1e999}'])('refuses %j without falling over', (text) => {
    const outcome = traceCommand(text);
    expect(outcome.exit).toBe(1);
    expect(outcome.error).not.toBe('');
  });

  test('names at most ten complaints', () => {
    const loads = Array.from({ length: 50 }, () => ({ id: 'x', node: 'B' }));
    expect(run({ loads }).error?.split('\n')).toHaveLength(11);
  });
});
