import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { account, identityGap } from '../../../models/carbon/account.ts';
import { closeInterval } from '../../../models/carbon/close-interval.ts';
import { compile } from '../../../models/carbon/compile.ts';
import type { Compiled, Step } from '../../../models/carbon/step.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import { randomPark } from './random-park.ts';

/** kW that flow in and out of each node, where its lines are known. */
function nodeSums(park: Compiled, step: Step) {
  const into = new Float64Array(park.nodes.length);
  const out = new Float64Array(park.nodes.length);
  const put = (sums: Float64Array, node: number, kW: number) => {
    sums[node] = (sums[node] as number) + kW;
  };
  for (const [p, port] of park.ports.entries()) {
    const kW = step.port_kW[p] as number;
    if (!Number.isNaN(kW)) put(port.port.endsWith('.out') ? into : out, port.node, kW);
  }
  for (const { node, power_kW } of step.slacks) put(power_kW < 0 ? into : out, node, Math.abs(power_kW));
  for (const [l, line] of park.park.lines.entries()) {
    const kW = step.line_kW[l] as number;
    const [a, b] = kW >= 0 ? [park.lineFrom[l], park.lineTo[l]] : [park.lineTo[l], park.lineFrom[l]];
    put(out, a as number, Math.abs(kW));
    put(into, b as number, Math.abs(kW) * (1 - line.loss));
  }
  return { into, out };
}

describe('any park at all', () => {
  test('balances at every node and keeps the identity of METHODS 1', () => {
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const step = account(park, inputs);
        const { into, out } = nodeSums(park, step);
        for (const [i, kW] of into.entries()) {
          if (Number.isNaN(kW) || Number.isNaN(out[i])) continue;
          expect(Math.abs(kW - (out[i] as number))).toBeLessThan(1e-9 * Math.max(1, kW));
        }
        const { import_kW: _, consumption_kW: __, export_kW: ___, onsite_kW: ____, ...carbon } = step.totals;
        const gap = identityGap(step);
        if (Object.values(carbon).every((v) => Number.isFinite(v))) expect(gap).toBeLessThan(1e-9);
        const kinds = sourceKinds.length;
        for (const shares of [step.nodeShares, step.assetShares]) {
          for (let i = 0; i < shares.length; i += kinds) {
            const sum = shares.subarray(i, i + kinds).reduce((a, b) => a + b, 0);
            if (!Number.isNaN(sum)) expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
          }
        }
        for (const share of step.assetEstimatedShare) if (!Number.isNaN(share)) expect(share).toBeLessThanOrEqual(1 + 1e-12);
        for (const kW of step.port_kW) expect(kW < 0).toBe(false);
      }),
      { numRuns: 250, seed: 5 },
    );
  });

  test('is the same step for the same inputs, and leaves them alone', () => {
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const before = structuredClone(inputs);
        const first = account(park, inputs);
        expect(account(park, inputs)).toEqual(first);
        expect(inputs).toEqual(before);
      }),
      { numRuns: 50, seed: 6 },
    );
  });

  test('does not remember the steps before: meters come and go, flows turn, hours pass', () => {
    fc.assert(
      fc.property(
        randomPark,
        fc.array(fc.tuple(fc.nat(4), fc.double({ min: 0.1, max: 3, noNaN: true })), { minLength: 1 }),
        (at, changes) => {
          const { park, inputs } = at;
          for (const [i, [gap, factor]] of changes.entries()) {
            account(park, {
              ...inputs,
              time: inputs.time + i * 3_600_000,
              port_kW: inputs.port_kW.map((kW, p) => (p % 5 === gap ? Number.NaN : kW * factor)),
              line_kW: inputs.line_kW.map((kW, l) => (l % 5 === gap ? Number.NaN : -kW)),
            });
          }
          expect(account(park, inputs)).toEqual(account(compile(park.park), inputs));
        },
      ),
      { numRuns: 100, seed: 9 },
    );
  });

  test('moves as much carbon into its storages as the totals say, unless they run empty', () => {
    fc.assert(
      fc.property(randomPark, ({ park, inputs }) => {
        const { step, levels } = closeInterval(park, inputs, inputs.levels, 0.25);
        const held = (which: typeof levels) => which.reduce((sum, level) => sum + level.carbon_g, 0);
        if (levels.some((level) => level.carbon_g === 0 || Number.isNaN(level.carbon_g))) return;
        const change = (held(levels) - held(inputs.levels)) / 1000;
        const said = 0.25 * step.totals.storageChange_kgPerH;
        if (Number.isNaN(said)) return;
        const stores = park.stores.flatMap((a) => park.assetPorts[a] ?? []);
        if (stores.some((p) => Number.isNaN(step.port_kW[p]) || (step.port_kW[p] !== 0 && Number.isNaN(step.portIntensity_gPerKwh[p]))))
          return;
        expect(Math.abs(change - said)).toBeLessThan(1e-9 * Math.max(1, Math.abs(said)));
      }),
      { numRuns: 200, seed: 8 },
    );
  });
});
