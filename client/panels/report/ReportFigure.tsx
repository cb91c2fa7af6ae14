/** Stacked bars over the period, drawn for paper: few lines, values on the axis, a legend in words. */

import { useId } from 'react';
import { type Language, locales } from '../../../models/languages.ts';
import type { DocumentFigure } from '../../../models/ledger/report/document-parts.ts';

const width = 720;
const height = 190;
const left = 46;
const bottom = 22;
const top = 8;

export function ReportFigure({ figure, language }: { figure: DocumentFigure; language: Language }) {
  const title = useId();
  const sums = figure.bars.map(({ values }) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  const { ticks, most } = axisOf(Math.max(0, ...sums));
  const format = new Intl.NumberFormat(locales[language].formats, { maximumFractionDigits: figure.digits });
  const y = (value: number) => top + (height - top - bottom) * (1 - value / most);
  const pitch = (width - left) / Math.max(1, figure.bars.length);
  const wide = Math.min(34, pitch * 0.68);
  // Only every n-th bar has a label, so that labels never overlap.
  const every = Math.ceil((Math.max(...figure.bars.map(({ label }) => label.length)) * 6 + 8) / pitch);
  return (
    <figure className="report-figure">
      <figcaption>
        <strong>{figure.title}</strong> <span className="report-unit-inline">{figure.unit}</span>
        <ul>
          {figure.series.map((name, s) => (
            <li key={name}>
              <i className={`report-key series-${s}`} aria-hidden="true" />
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={title}>
        <title id={title}>{`${figure.title}, ${figure.unit}`}</title>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={tick === 0 ? 'base' : 'tick'} x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
            <text className="end" x={left - 7} y={y(tick) + 3.5}>
              {format.format(tick)}
            </text>
          </g>
        ))}
        {figure.bars.map(({ label, values }, b) => {
          const x = left + pitch * (b + 0.5);
          let below = 0;
          return (
            <g key={label}>
              {values.map((value, s) => {
                if (value === null || value <= 0) return null;
                const from = below;
                below += value;
                // biome-ignore lint/suspicious/noArrayIndexKey: a series has no key but its position
                return <rect key={s} className={`series-${s}`} x={x - wide / 2} width={wide} y={y(below)} height={y(from) - y(below)} />;
              })}
              {b % every === 0 ? (
                <text className={(b / every) % 2 === 1 ? 'middle second' : 'middle'} x={x} y={height - 6}>
                  {label}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Three to five round ticks from zero. */
function axisOf(most: number): { ticks: number[]; most: number } {
  if (!(most > 0)) return { ticks: [0], most: 1 };
  const size = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.25, 0.5, 1, 2].map((part) => part * size).find((part) => most / part <= 5) ?? 2 * size;
  const count = Math.ceil(most / step - 1e-9);
  return { ticks: Array.from({ length: count + 1 }, (_, i) => i * step), most: count * step };
}
