import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { identityGap } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { createSimulator } from '../../../models/simulate/simulator.ts';
import { apply, createState, learnInterval, step } from '../../../models/telemetry/state.ts';
import { loadParkFolder } from '../../../server/twin/park-folder.ts';

const quarter = 900_000;
/** Thursday before the May holidays: work days, a weekend and days off in one week. */
const start = Date.parse('2026-04-30T00:00+08:00');

const folder = 'data/parks/demo';

it.skipIf(!existsSync(`${folder}/park.yaml`))(
  'keeps the identity of emissions at every step of a simulated week of the demo park, faults included',
  async () => {
    const { park, problems } = await loadParkFolder(folder, {});
    if (park === null) throw new Error(problems.map((p) => p.message).join('\n'));
    const compiled = compile(park);
    const simulator = createSimulator(compiled, park.simulation);
    const state = createState(compiled);
    const range = new Map(park.points.map((p) => [p.id, p.range]));
    let worst = 0;
    let imported_kW = 0;
    for (let q = 0; q <= 7 * 96; q++) {
      const to = start + q * quarter;
      // Every cadence of the park divides the quarter-hour: this is what all points say at its end.
      const readings = simulator.readings(to - 1000, to);
      apply(
        state,
        readings.filter(({ point, value }) => {
          const [low, high] = range.get(point) ?? [0, 0];
          return value === null || (value >= low && value <= high);
        }),
      );
      learnInterval(state, to - quarter, to);
      // Registers speak from their second reading on.
      if (q < 1) continue;
      const live = step(state, to);
      const gap = identityGap(live);
      expect(gap, new Date(to).toISOString()).toBeLessThan(1e-9);
      worst = Math.max(worst, gap);
      imported_kW += live.totals.import_kW / (7 * 96);
      expect(live.totals.intensity_gPerKwh).toBeGreaterThan(0);
      expect(live.totals.intensity_gPerKwh).toBeLessThan(700);
    }
    expect(worst).toBeLessThan(1e-9);
    expect(imported_kW).toBeGreaterThan(3000);
  },
  120_000,
);
