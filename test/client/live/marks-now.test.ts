import { describe, expect, test } from 'vitest';
import { isIdle, markOf } from '../../../client/live/marks-now.ts';
import { metricOf } from '../../../client/live/metric.ts';
import { sampleLayout, sampleView } from '../sample-view.ts';

describe('the mark that an asset is drawn with', () => {
  const view = sampleView();
  const layout = sampleLayout(view);
  const values = new Float32Array(layout.size).fill(Number.NaN);
  const metric = metricOf(view, layout, 'intensity', values);

  test('is missing when nothing is known', () => {
    expect(markOf(metric, layout, 'hall', values)).toBe('missing');
  });

  test('is idle, not missing, when nothing flows, also where it is known what would: a solar roof at night', () => {
    const pv = layout.assets.get('hall-pv');
    values[pv?.idle ?? -1] = 1;
    expect(markOf(metric, layout, 'hall-pv', values)).toBe('idle');
    values[pv?.intensity ?? -1] = 0;
    expect(markOf(metric, layout, 'hall-pv', values)).toBe('idle');
    // That nothing flows is a power like any other.
    for (const port of Object.values(pv?.ports ?? {})) values[port.power] = 0;
    expect(markOf(metricOf(view, layout, 'power', values), layout, 'hall-pv', values)).toBe('plain');
  });

  test('is unmetered for what is not part of the accounts', () => {
    expect(markOf(metric, layout, 'no-such-asset', values)).toBe('unmetered');
  });

  test('is never idle for a junction: it has no meter that could say so', () => {
    const junction = layout.assets.get('sub-1');
    expect(junction && isIdle(junction, values)).toBe(false);
  });
});
