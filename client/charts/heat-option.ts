/** Draws heat-model.ts: a column per day, a row per hour, midnight at the top. */
import { type Scale, scales } from '../../models/colour.ts';
import { hexOf, type Look } from './chart-theme.ts';
import type { HeatCell, HeatModel } from './heat-model.ts';
import { type ChartOption, categories, tip, tipElement } from './option.ts';

export interface HeatDrawing {
  model: HeatModel;
  heat: boolean;
  dayTicks: string[];
  dayEvery: (index: number) => boolean;
  cellTitle: (cell: HeatCell) => string;
  intensity: (g: number | null) => string;
  energy: (kWh: number) => string;
  words: { intensity: string; energy: string; goTo: string };
}

/** Number of even steps. The scale's stops are not evenly spaced, ECharts' are; with so many, colours are exact to a byte. */
const finely = 200;

export function evenColours(scale: Scale): string[] {
  const end = scale.stops.at(-1)?.at ?? 0;
  return Array.from({ length: finely + 1 }, (_, i) => hexOf(scale, (end * i) / finely));
}

export function heatOption(drawing: HeatDrawing): (look: Look) => ChartOption {
  const { model, heat, dayTicks, dayEvery, words } = drawing;
  const scale = heat ? scales.heatIntensity : scales.intensity;
  const colours = evenColours(scale);
  return (look) => ({
    grid: { left: 46, right: 10, top: 8, bottom: 24 },
    tooltip: {
      ...tip(look),
      trigger: 'item',
      formatter: (params: unknown) => {
        const cell = model.cells[(params as { dataIndex: number }).dataIndex];
        if (!cell) return '';
        const colour = cell.gPerKwh === null ? look.well : hexOf(scale, cell.gPerKwh);
        return tipElement(
          drawing.cellTitle(cell),
          [
            { colour, name: words.intensity, value: drawing.intensity(cell.gPerKwh) },
            { name: words.energy, value: drawing.energy(cell.energy_kWh) },
          ],
          words.goTo,
        );
      },
    },
    xAxis: { ...categories(look, dayTicks, { every: dayEvery }), splitArea: { show: true, areaStyle: { color: [look.well, look.well] } } },
    yAxis: {
      ...categories(
        look,
        Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
        { every: (i) => i % 6 === 0 },
      ),
      inverse: true,
    },
    visualMap: {
      type: 'continuous',
      show: false,
      min: 0,
      max: scale.stops.at(-1)?.at ?? 1000,
      dimension: 2,
      inRange: { color: colours },
      outOfRange: { color: [colours.at(-1) ?? look.well] },
    },
    series: [
      {
        type: 'heatmap',
        data: model.cells.map(({ day, hour, gPerKwh }) => [day, hour, gPerKwh ?? '-']),
        progressive: 0,
        animation: false,
        itemStyle: { borderWidth: 0 },
        emphasis: { itemStyle: { borderColor: look.text, borderWidth: 1.5 } },
      },
    ],
  });
}
