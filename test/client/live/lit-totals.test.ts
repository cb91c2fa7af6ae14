import { expect, test } from 'vitest';
import { litTotals } from '../../../client/live/lit-totals.ts';
import { layoutOf } from '../../../models/wire/layout.ts';
import { sampleView } from '../sample-view.ts';

const park = sampleView();
const layout = layoutOf(park, 'full');
const consumers = park.assets.filter((a) => a.ports.includes('electricity.in'));

function valuesWith(power: (id: string) => number): Float32Array {
  const values = new Float32Array(layout.size).fill(Number.NaN);
  for (const asset of consumers) {
    const slot = layout.assets.get(asset.id)?.ports['electricity.in']?.power;
    if (slot !== undefined && slot >= 0) values[slot] = power(asset.id);
  }
  return values;
}

test('those singled out add up, and what is unknown is counted, never taken for zero', () => {
  const lit = new Set(consumers.map((a) => a.id));
  expect(consumers.length).toBeGreaterThan(1);
  const all = litTotals(
    park.assets,
    lit,
    layout,
    valuesWith(() => 10),
    'electricity',
  );
  expect(all).toMatchObject({ assets: consumers.length, taken_kW: 10 * consumers.length, unknown: expect.any(Number) });
  const first = consumers.find((a) => !a.ports.includes('electricity.out'))?.id;
  const some = litTotals(
    park.assets,
    lit,
    layout,
    valuesWith((id) => (id === first ? Number.NaN : 10)),
    'electricity',
  );
  expect(some.taken_kW).toBe(10 * (consumers.length - 1));
  expect(some.unknown).toBe(all.unknown + 1);
  const none = litTotals(
    park.assets,
    lit,
    layout,
    valuesWith(() => Number.NaN),
    'electricity',
  );
  expect(none.taken_kW).toBeNaN();
  expect(
    litTotals(
      park.assets,
      new Set(),
      layout,
      valuesWith(() => 10),
      'electricity',
    ),
  ).toMatchObject({ assets: 0, taken_kW: Number.NaN });
});
