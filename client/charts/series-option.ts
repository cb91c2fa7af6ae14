/** Draws series-model.ts: a stack, the intensity line over it, a strip of its exact colours below, the period before behind. */
import { scales } from '../../models/colour.ts';
import { hexOf, type Look } from './chart-theme.ts';
import { type ChartOption, categories, numbers, type TipRow, tip, tipElement } from './option.ts';
import type { PeriodKind } from './period.ts';
import type { Band, Layer, SeriesModel, SeriesValues, Subject } from './series-model.ts';

export interface SeriesDrawing {
  subject: Subject;
  kind: PeriodKind;
  model: SeriesModel;
  /** Indexes of the layers that have any value but 0. */
  shown: number[];
  ghost: SeriesValues | null;
  band: Band | null;
  /** Ticks and titles of the steps. */
  ticks: string[];
  steps: string[];
  tickEvery: (index: number) => boolean;
  compact: boolean;
  words: {
    nameOf: (layer: Layer) => string;
    energy: (value: number) => string;
    /** Axis name and numbers: kW or MW, kWh or MWh. */
    unit: string;
    scaled: (value: number) => string;
    intensity: string;
    intensityValue: (g: number | null) => string;
    ghost: string;
    band: string;
    total: string;
    goTo: string;
  };
}

export function colourOfLayer(look: Look, { of }: Layer): string {
  return 'kind' in of ? look.source(of.kind) : look.carrier(of.carrier);
}

/** Order of the series: band (2, if there is one), layers, ghost, intensity, strip. */
export function seriesOption(drawing: SeriesDrawing): (look: Look) => ChartOption {
  const { subject, model, shown, ghost, band, kind, compact, words } = drawing;
  const bars = kind === 'month' || kind === 'year';
  const scale = subject.heat ? scales.heatIntensity : scales.intensity;
  const data = (values: SeriesValues, sign = 1) => values.map((value) => (value === null ? null : sign * value));
  return (look) => {
    const layers = shown.map((l) => {
      const layer = subject.layers[l] as Layer;
      const colour = colourOfLayer(look, layer);
      const base = {
        name: words.nameOf(layer),
        stack: layer.sign > 0 ? 'up' : 'down',
        data: data(model.layers[l] ?? [], layer.sign),
        itemStyle: { color: colour, ...(layer.sign < 0 ? { opacity: 0.62 } : {}) },
        emphasis: { disabled: true },
      };
      if (bars) return { ...base, type: 'bar' as const, barCategoryGap: '22%', barGap: '-100%' };
      return {
        ...base,
        type: 'line' as const,
        step: 'middle' as const,
        symbol: 'none',
        lineStyle: { width: 0 },
        areaStyle: { color: colour, opacity: layer.sign < 0 ? 0.55 : 0.88 },
      };
    });
    const thin = (name: string, values: SeriesValues, more: object) => ({
      type: 'line' as const,
      name,
      data: data(values),
      symbol: 'none',
      emphasis: { disabled: true },
      step: bars ? (false as const) : ('middle' as const),
      ...more,
    });
    const high = band ? band.high.map((value, i) => (value === null || band.low[i] == null ? null : value - (band.low[i] as number))) : [];
    const bandSeries = band
      ? [
          thin('', band.low, { stack: 'band', lineStyle: { width: 0 }, silent: true, z: 1 }),
          thin('', high, { stack: 'band', lineStyle: { width: 0 }, areaStyle: { color: look.muted, opacity: 0.26 }, silent: true, z: 3 }),
        ]
      : [];
    const ghostSeries = ghost ? [thin(words.ghost, ghost, { lineStyle: { width: 1.2, type: [4, 3], color: look.muted }, z: 4 })] : [];
    const line = thin(words.intensity, model.intensity, {
      yAxisIndex: 1,
      step: false,
      lineStyle: { width: 2, color: look.text },
      itemStyle: { color: look.text },
      z: 5,
      ...(bars && model.times.length < 40 ? { symbol: 'circle', symbolSize: 5 } : {}),
    });
    const strip = {
      type: 'bar' as const,
      xAxisIndex: 1,
      yAxisIndex: 2,
      barCategoryGap: '0%',
      // The bars overlap a little, so that no gaps show.
      barWidth: '118%',
      silent: true,
      data: model.intensity.map((g) => ({ value: 1, itemStyle: { color: g === null ? 'transparent' : hexOf(scale, g) } })),
      emphasis: { disabled: true },
    };
    const rowsAt = (i: number): TipRow[] => {
      const rows: TipRow[] = shown.map((l) => {
        const layer = subject.layers[l] as Layer;
        const value = model.layers[l]?.[i] ?? null;
        return { colour: colourOfLayer(look, layer), name: words.nameOf(layer), value: words.energy(value ?? Number.NaN) };
      });
      const kept = rows.length > 5 ? rows.filter((_, r) => (model.layers[shown[r] as number]?.[i] ?? 0) !== 0) : rows;
      if (shown.filter((l) => (subject.layers[l]?.sign ?? 0) > 0).length > 1)
        kept.push({ name: words.total, value: words.energy(model.total[i] ?? Number.NaN) });
      const g = model.intensity[i] ?? null;
      kept.push({ colour: g === null ? 'transparent' : hexOf(scale, g), name: words.intensity, value: words.intensityValue(g) });
      if (ghost) kept.push({ name: words.ghost, value: words.energy(ghost[i] ?? Number.NaN), quiet: true });
      const low = band?.low[i] ?? null;
      const top = band?.high[i] ?? null;
      if (low !== null && top !== null) kept.push({ name: words.band, value: `${words.energy(low)} – ${words.energy(top)}`, quiet: true });
      return kept;
    };
    const right = compact ? 34 : 44;
    const left = compact ? 40 : 52;
    return {
      grid: [
        { left, right, top: 26, bottom: 34 },
        { left, right, height: 6, bottom: 22 },
      ],
      tooltip: {
        ...tip(look),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: look.text, width: 1 }, z: 6 },
        formatter: (params: unknown) => {
          const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number } | undefined;
          const i = first?.dataIndex ?? 0;
          return tipElement(drawing.steps[i] ?? '', rowsAt(i), words.goTo);
        },
      },
      xAxis: [
        // The labels are drawn below the strip.
        {
          ...categories(look, drawing.ticks),
          axisLabel: { show: false },
          boundaryGap: true,
          axisLine: { onZero: true, lineStyle: { color: look.line } },
        },
        { ...categories(look, drawing.ticks, { every: drawing.tickEvery, grid: 1 }), boundaryGap: true, axisLine: { show: false } },
      ],
      yAxis: [
        { ...numbers(look, words.unit, words.scaled), gridIndex: 0 },
        { ...numbers(look, 'g/kWh', (g) => String(g), { right: true, min: 0, quiet: true }), gridIndex: 0 },
        { type: 'value', gridIndex: 1, show: false, min: 0, max: 1 },
      ],
      series: [...bandSeries, ...layers, ...ghostSeries, line, strip] as ChartOption['series'] & object,
    };
  };
}

/** Index of the first layer's series, which the arrow keys point at. */
export function firstLayerSeries({ band }: Pick<SeriesDrawing, 'band'>): number {
  return band ? 2 : 0;
}
