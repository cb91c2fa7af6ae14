import { describe, expect, test } from 'vitest';
import { isIdle, markOf } from '../../../client/live/mark.ts';
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

  test('is idle, not missing, when every meter says that nothing flows', () => {
    for (const port of Object.values(layout.assets.get('battery')?.ports ?? {})) values[port.power] = 0;
    expect(markOf(metric, layout, 'battery', values)).toBe('idle');
  });

  test('is unmetered for what is not part of the accounts', () => {
    expect(markOf(metric, layout, 'no-such-asset', values)).toBe('unmetered');
  });

  test('is never idle for a junction: it has no meter that could say so', () => {
    const junction = layout.assets.get('sub-1');
    expect(junction && isIdle(junction, values)).toBe(false);
  });
});
