import { expect, test } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { faultKinds } from '../../../models/simulate/faults.ts';
import { createMeans } from '../../../models/simulate/means.ts';
import { samplePark } from '../../sample-park.ts';

const quarter = 900_000;
/** Wednesday 2026-06-03 in Shanghai. */
const times = Float64Array.from({ length: 96 }, (_, i) => Date.UTC(2026, 5, 2, 16) + i * quarter);

test.each(faultKinds)('a %s fault that lies between the middles of two intervals changes none', (kind) => {
  const compiled = compile(samplePark());
  const point = compiled.park.points.find(({ source }) => source.type === 'simulator')?.id;
  const means = (faults: object[]) => createMeans(compiled, { seed: 7, faults })(times, quarter);
  const still = means([]);
  for (const [from_h, to_h] of [
    [10, 10.05],
    [24, 24],
    [5, 5],
  ]) {
    expect(means([{ point, kind, from_h, to_h }])).toEqual(still);
  }
  expect(means([{ point, kind, from_h: 9, to_h: 12 }])).not.toEqual(still);
});
