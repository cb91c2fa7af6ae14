/** What the colours mean: always on the screen. */
import { useState } from 'react';
import { type Carrier, carriers } from '../../../models/carriers.ts';
import { type Metric, useChoices } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { Icon } from '../../ui/Icon.tsx';
import { metricNow, useHidden, useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { WhenShown } from '../values/WhenShown.tsx';
import { LegendMarks } from './LegendMarks.tsx';
import { ScaleBar } from './ScaleBar.tsx';
import './legend.css';

export const metrics: readonly Metric[] = ['intensity', 'emissionRate', 'power'];

export function Legend() {
  const { t } = useWords();
  const metric = useChoices((view) => view.metric);
  const isPublic = useHidden('figures:read');
  // On a phone the legend is a strip that opens; elsewhere style sheets show all of it always.
  const [open, setOpen] = useState(false);
  return (
    <section className={`sheet legend ${open ? 'open' : ''}`} aria-label={t('legend.title')} data-edge="bottom">
      <div className="legend-head">
        <h2>
          {t(`metric.${metric}Title`)} <ScaleUnit />
        </h2>
        <button
          type="button"
          className="icon-button legend-fold"
          aria-expanded={open}
          aria-label={open ? t('legend.collapse') : t('legend.expand')}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'down' : 'up'} />
        </button>
      </div>
      <ScaleBar />
      <div className="legend-more">
        <WhenShown />
        {isPublic ? (
          <p className="note">{t('legend.notPublic')}</p>
        ) : (
          <>
            <p className="note">{t(`metric.${metric}Note`)}</p>
            <div className="segments" role="radiogroup" aria-label={t('metric.label')}>
              {metrics.map((m) => (
                <label key={m} className="segment">
                  <input type="radio" name="metric" value={m} checked={m === metric} onChange={() => useChoices.setState({ metric: m })} />
                  <span>{t(`metric.${m}`)}</span>
                </label>
              ))}
            </div>
          </>
        )}
        <LegendMarks />
        <LineLayers />
      </div>
    </section>
  );
}

function ScaleUnit() {
  const { t } = useWords();
  const unit = useMirror(() => {
    const view = metricNow();
    if (!view) return null;
    const large = (view.scale.stops.at(-1)?.at ?? 0) >= 10_000;
    if (view.metric === 'power') return large ? 'MW' : 'kW';
    if (view.metric === 'emissionRate') return large ? 'tCO₂e/h' : 'kgCO₂e/h';
    return t('units.intensity');
  });
  return <span className="unit">{unit}</span>;
}

function LineLayers() {
  const { t } = useWords();
  const park = useParkView();
  const shown = useChoices((view) => view.carriers);
  const present = carriers.filter((carrier) => park.lines.some((line) => line.carrier === carrier));
  if (present.length === 0) return null;
  const toggle = (carrier: Carrier) =>
    useChoices.setState((view) => ({ carriers: { ...view.carriers, [carrier]: view.carriers[carrier] === false } }));
  return (
    <div className="layers">
      <span className="muted">{t('legend.lines')}</span>
      {present.map((carrier) => (
        <button
          key={carrier}
          type="button"
          className="layer"
          aria-pressed={shown[carrier] !== false}
          aria-label={t('legend.toggle', { carrier: t(`carrier.${carrier}`) })}
          onClick={() => toggle(carrier)}
        >
          {t(`carrier.${carrier}`)}
        </button>
      ))}
    </div>
  );
}
