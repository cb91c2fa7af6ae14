/** Parts that the ECharts options of all charts are made of. */
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption, SankeySeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption, VisualMapComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Look } from './chart-theme.ts';

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | HeatmapSeriesOption
  | LineSeriesOption
  | SankeySeriesOption
  | GridComponentOption
  | TooltipComponentOption
  | VisualMapComponentOption
>;

/** One axis in the style of our charts: here a category per step, below numbers. */
export function categories(look: Look, data: string[], more: { show?: boolean; every?: (index: number) => boolean; grid?: number } = {}) {
  return {
    type: 'category' as const,
    data,
    gridIndex: more.grid ?? 0,
    show: more.show ?? true,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { color: look.muted, fontSize: 11, hideOverlap: true, ...(more.every ? { interval: more.every } : {}) },
    splitLine: { show: false },
  };
}

export function numbers(
  look: Look,
  name: string,
  write: (value: number) => string,
  more: { right?: boolean; max?: number; min?: number; quiet?: boolean } = {},
) {
  return {
    type: 'value' as const,
    name,
    nameLocation: 'end' as const,
    nameGap: 10,
    nameTextStyle: { color: look.muted, fontSize: 11, align: more.right ? ('right' as const) : ('left' as const) },
    position: more.right ? ('right' as const) : ('left' as const),
    ...(more.max === undefined ? {} : { max: more.max }),
    ...(more.min === undefined ? {} : { min: more.min }),
    axisLabel: { color: look.muted, fontSize: 11, formatter: write },
    splitNumber: 4,
    splitLine: { show: !more.quiet, lineStyle: { color: look.line } },
  };
}

/** Tooltips are made of elements, never of markup: names stay text, and nothing is styled inline. */
export function tip(look: Look): TooltipComponentOption {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: look.sheet,
    borderColor: look.line,
    borderWidth: 1,
    padding: 0,
    textStyle: { color: look.text, fontSize: 12, fontFamily: look.font },
    className: 'chart-tip',
  };
}

export interface TipRow {
  /** Colour of the mark before it; none: no mark. */
  colour?: string;
  name: string;
  value: string;
  quiet?: boolean;
}

export function tipElement(title: string, rows: readonly TipRow[], foot?: string): HTMLElement {
  const element = (tag: string, className: string, text = '') => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const box = element('div', 'chart-tip-box');
  box.append(element('div', 'chart-tip-title', title));
  for (const { colour, name, value, quiet } of rows) {
    const row = element('div', quiet ? 'chart-tip-row quiet' : 'chart-tip-row');
    const mark = element('span', colour ? 'chart-mark' : 'chart-mark none');
    if (colour) mark.style.backgroundColor = colour;
    row.append(mark, element('span', 'chart-tip-name', name), element('span', 'chart-tip-value num', value));
    box.append(row);
  }
  if (foot) box.append(element('div', 'chart-tip-foot', foot));
  return box;
}
