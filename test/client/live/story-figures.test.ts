import { describe, expect, test } from 'vitest';
import { resolveFigure } from '../../../client/live/story-figures.ts';
import { dash, formatsIn } from '../../../client/locales/formats.ts';
import { figureText } from '../../../client/locales/story-words.ts';
import { sourceKinds } from '../../../models/energy-sources.ts';
import type { StoryFigure } from '../../../models/park/park.ts';
import { packQuality } from '../../../models/quality.ts';
import { carries } from '../../../models/telemetry/marks.ts';
import { sampleLayout, sampleView } from '../sample-view.ts';

const view = sampleView();
const layout = sampleLayout(view);
const values = new Float32Array(layout.size).fill(Number.NaN);
const put = (slot: number | undefined, value: number) => {
  if (slot !== undefined && slot >= 0) values[slot] = value;
};
const hall = layout.assets.get('hall');
put(hall?.ports['electricity.in']?.power, 640);
put(hall?.intensity, 412.4);
put(hall?.quality, packQuality({ origin: 'estimated', validity: 'good', freshness: 'missing' }));
put((hall?.shares ?? 0) + sourceKinds.indexOf('solar'), 0.233);
put((hall?.shares ?? 0) + sourceKinds.indexOf('grid'), 0.767);
put(layout.assets.get('hall-pv')?.ports['electricity.out']?.power, 128);
put(layout.assets.get('office')?.ports['electricity.in']?.power, 0);
put(layout.totals.consumption_kW, 4000);

const of = (figure: StoryFigure, shown = layout) => resolveFigure(figure, view, shown, values);
const said = (figure: StoryFigure, language: 'en' | 'zh' = 'en') => figureText(of(figure), formatsIn(language));

describe('the figures of a story', () => {
  test.each([
    [{ power: 'electricity.out', asset: 'hall-pv' }, '130 kW'],
    [{ capacity: 'pv' }, '200 kW'],
    [{ capacity: 'chp' }, '1 MW'],
    [{ share: 'hall', of: 'electricity' }, '16%'],
    [{ ratio: ['electricity.in', 'electricity.out'], asset: 'hall', to: 'hall-pv' }, '500%'],
    [{ source: 'solar', asset: 'hall' }, '23%'],
    [{ source: 'wind', asset: 'hall' }, '0%'],
    [{ intensity: 'hall' }, '412 gCO₂e/kWh'],
  ] as [StoryFigure, string][])('%o is %s', (figure, text) => {
    expect(said(figure)).toBe(text);
  });

  test('are a dash where nothing is known, or nothing flows that a ratio could be of; never zero', () => {
    expect(said({ power: 'heat.in', asset: 'hall' })).toBe(dash);
    expect(said({ intensity: 'battery' })).toBe(dash);
    expect(said({ source: 'solar', asset: 'office' }, 'zh')).toBe(dash);
    expect(said({ ratio: ['electricity.out', 'electricity.in'], asset: 'hall-pv', to: 'office' })).toBe(dash);
    expect(said({ power: 'electricity.in', asset: 'office' })).toBe('0 kW');
  });

  test('keep from the public what the public may not see', () => {
    const open = sampleLayout(view, 'public');
    const seen = (figure: StoryFigure) => resolveFigure(figure, view, open, new Float32Array(open.size).fill(5)).value;
    expect(seen({ power: 'electricity.in', asset: 'hall' })).toBeNaN();
    expect(seen({ share: 'hall', of: 'electricity' })).toBeNaN();
    expect(seen({ ratio: ['electricity.in', 'electricity.out'], asset: 'hall', to: 'hall-pv' })).toBeNaN();
    expect(seen({ intensity: 'hall' })).toBe(5);
    expect(seen({ capacity: 'pv' })).toBe(200);
  });

  test('carry of whom they are, and the marks that hold there', () => {
    const figure = of({ power: 'electricity.in', asset: 'hall' });
    expect(figure).toMatchObject({ unit: 'kW', assets: ['hall'], ofMoment: true });
    expect(carries(figure.marks, 'missing') && carries(figure.marks, 'estimated')).toBe(true);
    expect(of({ capacity: 'pv' })).toMatchObject({ ofMoment: false, marks: 0 });
  });

  test('are told to two figures, so that they change less often than one reads', () => {
    const { roughly } = formatsIn('en');
    const text = (kW: number) => Object.values(roughly(kW)).join(' ');
    expect([0, 0.02, 6.34, 47.6, 128, 999.6, 3141, 12_400].map(text)).toEqual([
      '0 kW',
      '0 kW',
      '6.3 kW',
      '48 kW',
      '130 kW',
      '1 MW',
      '3.1 MW',
      '12 MW',
    ]);
  });
});
