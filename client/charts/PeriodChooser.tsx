/** Chooses a period: day, week, month or year; the previous, the next, the latest, or the one of a date. */
import { useMemo } from 'react';
import { localDay, zoneOffset } from '../../models/time/local-time.ts';
import { useWords } from '../locales/use-words.ts';
import { labelsIn } from './labels.ts';
import { dayKey, type Period, periodAt, periodKinds, readPeriod, shifted } from './period.ts';
import { Segments } from './Segments.tsx';
import './period-chooser.css';

export function PeriodChooser({
  period,
  timeZone,
  from,
  until,
  compact = false,
  onPeriod,
}: {
  period: Period;
  timeZone: string;
  /** Range that is accounted, ms. */
  from: number;
  until: number;
  compact?: boolean;
  onPeriod: (period: Period) => void;
}) {
  const { t, language } = useWords();
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const last = until - 1;
  const latest = periodAt(period.kind, last, offset);
  const name = labelsIn(language, timeZone).period(period);
  // A change of kind leads to the period that contains the last accounted time of the one shown.
  const at = Math.min(Math.max(period.from, Math.min(period.to, until) - 1), last);
  return (
    <div className="period-chooser">
      <Segments
        label={t('charts.period.label')}
        value={period.kind}
        onChoose={(kind) => onPeriod(periodAt(kind, at, offset))}
        options={periodKinds.map((value) => ({ value, name: t(`charts.period.${value}`) }))}
      />
      <div className="period-steps">
        <button
          type="button"
          className="step-button"
          disabled={period.from <= from}
          aria-label={t('charts.period.previous')}
          title={t('charts.period.previous')}
          onClick={() => onPeriod(shifted(period, -1, offset))}
        >
          <Arrow to="left" />
        </button>
        <span className="period-name num" aria-live="polite">
          {name}
        </span>
        <button
          type="button"
          className="step-button"
          disabled={period.to >= until}
          aria-label={t('charts.period.next')}
          title={t('charts.period.next')}
          onClick={() => onPeriod(shifted(period, 1, offset))}
        >
          <Arrow to="right" />
        </button>
        {compact ? null : (
          <>
            <input
              type="date"
              className="period-date"
              aria-label={t('charts.period.date')}
              title={t('charts.period.date')}
              min={dayKey(localDay(from, offset))}
              max={dayKey(localDay(last, offset))}
              value={dayKey(localDay(at, offset))}
              onChange={(event) => {
                const day = readPeriod(event.target.value, offset);
                if (day) onPeriod(periodAt(period.kind, day.from, offset));
              }}
            />
            <button type="button" className="small-button" disabled={period.key === latest.key} onClick={() => onPeriod(latest)}>
              {t('charts.period.latest')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

function Arrow({ to }: { to: 'left' | 'right' }) {
  return (
    <svg width="16" height="16" viewBox="0 0 24 24" className="chart-arrow" aria-hidden="true" focusable="false">
      <path d={to === 'left' ? 'M15 5l-7 7 7 7' : 'M9 5l7 7-7 7'} />
    </svg>
  );
}
