import { expect, test } from 'vitest';
import { compile } from '../../../models/carbon/compile.ts';
import { unpackQuality } from '../../../models/quality.ts';
import { apply, createState, step } from '../../../models/telemetry/state.ts';
import { asset, tinyPark } from '../tiny-park.ts';

const T = Date.UTC(2026, 5, 1, 4);

/** The tiny park with a substation between grid and hall, and a plot that is joined to nothing. */
function qualities(readings: { point: string; time: number; value: number }[]) {
  const tiny = tinyPark();
  const [line] = tiny.lines;
  if (!line) throw new Error('the tiny park has no line');
  const park = tinyPark({
    assets: [...tiny.assets, asset('switchroom', 'substation', []), asset('meadow', 'plot', [])],
    lines: [...tiny.lines, { ...line, id: 'to-switchroom', from: line.to, to: 'switchroom' }],
  });
  const compiled = compile(park);
  const state = createState(compiled);
  apply(
    state,
    readings.map((r) => ({ ...r, quality: 'good' as const })),
  );
  const live = step(state, T);
  return (id: string) => unpackQuality(live.assetQuality[compiled.assetIndex.get(id) ?? -1] ?? Number.NaN);
}

test('what passes through a substation is as good as the meters around it', () => {
  const of = qualities([
    { point: 'grid_kw', time: T - 1000, value: 110 },
    { point: 'hall_kw', time: T - 1000, value: 130 },
    { point: 'roof_kw', time: T - 1000, value: 60 },
    { point: 'battery_kw', time: T, value: -20 },
  ]);
  expect(of('switchroom').freshness).not.toBe('missing');
  expect(of('switchroom').validity).not.toBe('bad');
});

test('a plot that nothing flows through has no quality to speak of', () => {
  const of = qualities([{ point: 'grid_kw', time: T - 1000, value: 110 }]);
  expect(of('meadow')).toEqual({ origin: 'modelled', validity: 'bad', freshness: 'missing' });
});
