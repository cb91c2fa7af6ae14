import { describe, expect, test } from 'vitest';
import { metricOf, roundUp } from '../../../client/live/metric.ts';
import { scales } from '../../../models/colour.ts';
import { shownOf } from '../../../models/kinds/meaning.ts';
import type { PortId } from '../../../models/units.ts';
import { layoutOf } from '../../../models/wire/layout.ts';

const hubs = [
  { id: 'grid', kind: 'gridConnection' as const, ports: ['electricity.out'] as PortId[] },
  { id: 'office', kind: 'building' as const, ports: ['electricity.in', 'heat.in'] as PortId[] },
  { id: 'data', kind: 'building' as const, ports: ['electricity.in', 'wasteHeat.out'] as PortId[] },
  {
    id: 'chp',
    kind: 'chp' as const,
    ports: ['gas.in', 'electricity.out', 'heat.out'] as PortId[],
    conversion: { inputs: { gas: 2.5 }, outputs: { electricity: 1, heat: 1 } },
  },
  {
    id: 'boiler',
    kind: 'boiler' as const,
    ports: ['gas.in', 'heat.out'] as PortId[],
    conversion: { inputs: { gas: 1.1 }, outputs: { heat: 1 } },
  },
  { id: 'plot', kind: 'plot' as const, ports: [] as PortId[] },
];
const assets = hubs.map((hub) => ({ ...hub, ...shownOf(hub) }));
const park = { assets, lines: [], unmetered: [] };
const layout = layoutOf(park, 'full');
const values = new Float32Array(layout.size).fill(Number.NaN);
const set = (id: string, port: PortId, kW: number) => {
  values[layout.assets.get(id)?.ports[port]?.power ?? -1] = kW;
};

describe('metric', () => {
  test('an asset is about what it gives, electricity first, and a consumer about what it takes', () => {
    expect(assets.map(({ mainCarrier }) => mainCarrier)).toEqual([
      'electricity',
      'electricity',
      'electricity',
      'electricity',
      'heat',
      null,
    ]);
  });

  test('a scale ends at a round number', () => {
    expect([0, 0.3, 1, 1.1, 2, 4.9, 5.1, 730, 12_000].map(roundUp)).toEqual([1, 0.5, 1, 2, 2, 5, 10, 1000, 20_000]);
  });

  test('heat is coloured on half the scale of electricity', () => {
    const view = metricOf(park, layout, 'intensity', values);
    expect(view.scaleOf('boiler')).toBe(scales.heatIntensity);
    expect(view.scaleOf('chp')).toBe(scales.intensity);
  });

  test('power is of the main port, and unknown stays unknown', () => {
    set('office', 'electricity.in', 120);
    const view = metricOf(park, layout, 'power', values);
    expect(view.valueOf('office')).toBe(120);
    expect(view.valueOf('chp')).toBeNaN();
    expect(view.applies('plot')).toBe(false);
  });

  test('emissions are attributed for end uses, stack for plants, and none of a source that burns nothing', () => {
    const office = layout.assets.get('office');
    const chp = layout.assets.get('chp');
    values[office?.attributed ?? -1] = 60;
    values[chp?.attributed ?? -1] = 1;
    values[chp?.stack ?? -1] = 900;
    const view = metricOf(park, layout, 'emissionRate', values);
    expect([view.valueOf('office'), view.valueOf('chp')]).toEqual([60, 900]);
    expect([view.applies('grid'), view.applies('chp'), view.applies('data')]).toEqual([false, true, true]);
  });

  test('the end of a scale does not tremble with the values', () => {
    const end = () => metricOf(park, layout, 'power', values).scale.stops.at(-1)?.at;
    set('office', 'electricity.in', 900);
    expect(end()).toBe(1000);
    set('office', 'electricity.in', 300);
    expect(end()).toBe(1000);
    set('office', 'electricity.in', 90);
    expect(end()).toBe(100);
  });

  test('a public screen knows intensities but no powers', () => {
    const open = layoutOf(park, 'public');
    const seen = new Float32Array(open.size).fill(100);
    expect(metricOf(park, open, 'intensity', seen).valueOf('office')).toBe(100);
    expect(metricOf(park, open, 'power', seen).valueOf('office')).toBeNaN();
  });
});
