/** The frame of every chart: title, unit, period and quality, with the chart as a picture, a table or a file. */
import { type ReactNode, useId, useRef, useState } from 'react';
import { useWords } from '../locales/use-words.ts';
import type { ChartHandle } from './Chart.tsx';
import { fileName, saveCsv, savePicture } from './export.ts';
import { FigureTable } from './FigureTable.tsx';
import type { PeriodQuality } from './quality.ts';
import type { TableData } from './table-data.ts';
import type { ChartTrouble } from './use-answer.ts';
import './figure.css';

export interface FigureProps {
  title: string;
  unit?: string;
  /** The period in words. */
  period: string;
  quality: PeriodQuality | null;
  /** Text that says until when, and in which edition, it is accounted. */
  accounted: string;
  loading: boolean;
  trouble: ChartTrouble | null;
  retry: () => void;
  /** Why there is nothing to draw; null where there is something. */
  empty: string | null;
  table: TableData;
  chart: (handle: React.RefObject<ChartHandle | null>) => ReactNode;
  /** Choices that change what is drawn. */
  controls?: ReactNode;
  legend?: ReactNode;
  notes?: readonly string[];
  /** Height of the picture, px; kept free so that nothing moves when the picture appears. */
  height: number;
  compact?: boolean;
  fileStem: string;
  onMoment?: (time: number) => void;
}

export function Figure(props: FigureProps) {
  const { title, unit, period, quality, accounted, loading, trouble, empty, table, notes = [], height, compact, fileStem } = props;
  const { t, share } = useWords();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const handle = useRef<ChartHandle | null>(null);
  const facts = [period];
  if (quality && !Number.isNaN(quality.coverage)) facts.push(t('charts.coverage', { share: share(quality.coverage) }));
  if (quality && !Number.isNaN(quality.estimated)) facts.push(t('charts.estimated', { share: share(quality.estimated) }));
  const doubtful = quality !== null && (quality.estimated > 0.1 || quality.coverage < 0.95);
  const named = unit ? `${title} (${unit})` : title;
  const about = [facts.join(' · '), accounted, ...notes];
  const stem = (ending: string) => fileName([fileStem], ending);
  const onPicture = () => {
    const drawn = handle.current?.drawn();
    if (drawn) savePicture(stem('png'), drawn.canvas, drawn.look, named, about);
  };
  const nothing = table.rows.length === 0;
  // Level of the heading: on a page it is below the page's name, in a sheet below the name of a part.
  const Heading = compact ? 'h4' : 'h2';
  return (
    <figure className={`figure ${compact ? 'compact' : ''}`} aria-labelledby={id} aria-busy={loading}>
      <header className="figure-head">
        <div className="figure-title">
          <Heading id={id} className="figure-name">
            {title} {unit ? <span className="unit">{unit}</span> : null}
          </Heading>
          <p className={doubtful ? 'figure-facts doubt' : 'figure-facts'}>{facts.join(' · ')}</p>
        </div>
        {props.controls ? <div className="figure-controls">{props.controls}</div> : null}
      </header>
      <div className={`figure-body ${loading ? 'loading' : ''}`} style={{ minHeight: height }}>
        <Body {...props} asTable={asTable} handle={handle} label={`${named}. ${about.join('. ')}`} />
        {loading ? <div className="figure-wait" role="status" aria-label={t('charts.loading')} /> : null}
      </div>
      {props.legend && !empty && !nothing ? <div className="figure-legend">{props.legend}</div> : null}
      <footer className="figure-foot">
        <div className="figure-notes">
          <p>{accounted}</p>
          {trouble === 'offline' && !nothing ? <p className="doubt">{t('charts.offlineKept')}</p> : null}
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
        <div className="figure-tools">
          <button type="button" className="small-button" aria-pressed={asTable} disabled={nothing} onClick={() => setAsTable(!asTable)}>
            {t('charts.table')}
          </button>
          <button
            type="button"
            className="small-button"
            disabled={nothing || loading || empty !== null || asTable}
            title={t('charts.savePicture')}
            aria-label={`${t('charts.picture')}: ${t('charts.savePicture')}`}
            onClick={onPicture}
          >
            {t('charts.picture')}
          </button>
          <button
            type="button"
            className="small-button"
            disabled={nothing || loading}
            title={t('charts.saveNumbers')}
            aria-label={`${t('charts.numbers')}: ${t('charts.saveNumbers')}`}
            onClick={() => saveCsv(stem('csv'), table, [named, ...about])}
          >
            {t('charts.numbers')}
          </button>
        </div>
      </footer>
    </figure>
  );
}

function Body(props: FigureProps & { asTable: boolean; handle: React.RefObject<ChartHandle | null>; label: string }) {
  const { trouble, retry, empty, loading, table, asTable, handle, label, height, onMoment } = props;
  const { t } = useWords();
  if (table.rows.length === 0 && trouble) {
    return (
      <div className="figure-empty" style={{ minHeight: height }}>
        <p>{t(`charts.trouble.${trouble}`)}</p>
        {trouble === 'notPublic' ? null : (
          <button type="button" className="button" onClick={retry}>
            {t('charts.again')}
          </button>
        )}
      </div>
    );
  }
  if (empty !== null || (table.rows.length === 0 && !loading)) {
    return (
      <div className="figure-empty" style={{ minHeight: height }}>
        <p>{empty ?? t('charts.empty')}</p>
      </div>
    );
  }
  if (table.rows.length === 0) return null;
  if (asTable) return <FigureTable table={table} label={label} height={height} {...(onMoment ? { onMoment } : {})} />;
  return props.chart(handle);
}
