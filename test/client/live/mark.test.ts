import { describe, expect, test } from 'vitest';
import { markOf, markOfQuality } from '../../../client/live/mark.ts';
import { metricOf } from '../../../client/live/metric.ts';
import { packQuality } from '../../../models/reading.ts';
import { sampleLayout, sampleView } from '../sample-view.ts';

const good = { origin: 'measured', validity: 'good', freshness: 'fresh' } as const;

describe('the mark of a number', () => {
  test.each([
    ['plain when measured, good and fresh', good, 0, 'plain'],
    ['plain when simulated: the header says so once', { ...good, origin: 'simulated' }, 0, 'plain'],
    ['estimated when estimated', { ...good, origin: 'estimated' }, 0, 'estimated'],
    ['estimated when modelled', { ...good, origin: 'modelled' }, 0, 'estimated'],
    ['estimated when more than a tenth of the energy behind it is', good, 0.11, 'estimated'],
    ['plain when exactly a tenth is', good, 0.1, 'plain'],
    ['stale when it is held', { ...good, freshness: 'stale' }, 0, 'stale'],
    ['estimated when its readings are lost but a number is shown', { ...good, freshness: 'missing' }, 0, 'estimated'],
    ['estimated when its readings are bad but a number is shown', { ...good, validity: 'bad' }, 0, 'estimated'],
  ] as const)('is %s', (_title, quality, share, mark) => {
    expect(markOfQuality(packQuality(quality), share)).toBe(mark);
  });

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
});
