/** What the colours and lines of a series mean. */

import { scales } from '../../models/colour.ts';
import { useWords } from '../locales/use-words.ts';
import { ScaleStrip } from './ScaleStrip.tsx';
import type { Layer } from './series-model.ts';
import type { SeriesDrawing } from './series-option.ts';

export function SeriesLegend({ drawing: { subject, shown, ghost, band, compact, words } }: { drawing: SeriesDrawing }) {
  const { t } = useWords();
  const token = ({ of }: Layer) => ('kind' in of ? `var(--source-${of.kind})` : `var(--carrier-${of.carrier})`);
  return (
    <>
      <ul className="chart-keys">
        {shown.map((l) => {
          const layer = subject.layers[l] as Layer;
          return (
            <li key={layer.column}>
              <span className="chart-mark" style={{ backgroundColor: token(layer), opacity: layer.sign < 0 ? 0.62 : 1 }} />
              {words.nameOf(layer)}
            </li>
          );
        })}
        <li>
          <span className="chart-line" />
          {t('charts.series.intensity')}
        </li>
        {ghost ? (
          <li>
            <span className="chart-line ghost" />
            {words.ghost}
          </li>
        ) : null}
        {band ? (
          <li title={t('charts.series.typicalHint')}>
            <span className="chart-mark band" />
            {words.band}
          </li>
        ) : null}
      </ul>
      {compact ? null : <ScaleStrip scale={subject.heat ? scales.heatIntensity : scales.intensity} note={t('charts.series.strip')} />}
    </>
  );
}
