import { expect, test } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { totalNames } from '../../../models/carbon/step.ts';
import { apply, createState, step } from '../../../models/telemetry/state.ts';
import { tinyPark } from '../tiny-park.ts';

test('a park that has heard nothing has no totals: unknown is not zero', () => {
  const state = createState(compile(tinyPark()));
  const time = Date.UTC(2026, 5, 1, 4);
  const { totals } = step(state, time);
  for (const name of totalNames) expect(totals[name], name).toBeNaN();
  apply(state, [{ point: 'grid_kw', time, value: 100, quality: 'good' }]);
  expect(step(state, time).totals.import_kW).toBe(100);
});
