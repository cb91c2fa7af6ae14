/** Tooltip with the ledger's figures at the pointer: time, power and its sources, intensity, marks. */
import { colourOf, rgbToHex, scales } from '../../../models/colour.ts';
import { percentsOf } from '../../../models/rounding.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../values/use-park-view.ts';
import { titlesOf } from './timeline-marks.ts';
import { type Track, useTrack } from './track.ts';
import { stackOrder, sumAt } from './track-data.ts';

const halfWidth = 116;
const day_ms = 86_400_000;

export function TrackTip({ track }: { track: Track }) {
  const { t, text, clock, date, power, intensity, share, percent } = useWords();
  const { timeZone } = useParkView().metadata;
  const hover = useTrack((state) => state.hover);
  if (!hover) return null;
  const rows = track.rows();
  const i = track.rowIndexAt(hover.time);
  const marks = track.marksNear(hover.time);
  const left = Math.min(hover.width - halfWidth, Math.max(halfWidth, hover.x));
  const start = i < 0 ? hover.time : (rows.starts[i] as number);
  const end = i < 0 ? Number.NaN : (rows.ends[i] as number);
  const isDay = end - start > 0.9 * day_ms;
  const total = i < 0 ? Number.NaN : sumAt(rows, i);
  const g = i < 0 ? Number.NaN : (rows.intensity[i] as number);
  const colour = colourOf(scales.intensity, g);
  const parts =
    i < 0
      ? []
      : stackOrder
          .map((kind) => ({ kind, kW: rows.power_kW[kind]?.[i] ?? Number.NaN }))
          .filter(({ kW }) => kW > 0.0005 * total)
          .sort((a, b) => b.kW - a.kW);
  const percents = percentsOf(parts.map(({ kW }) => kW));
  const whole = power(total);
  const carbon = intensity(g);
  return (
    <div className="track-tip" style={{ left }} aria-hidden="true">
      <p className="track-tip-time">
        <b className="num">
          {isDay ? date(start, timeZone) : `${clock(start, timeZone, false)}${Number.isNaN(end) ? '' : `–${clock(end, timeZone, false)}`}`}
        </b>
        {isDay ? null : <span className="muted num">{date(start, timeZone)}</span>}
      </p>
      {i < 0 ? (
        <p className="muted">{t('timeline.nothing')}</p>
      ) : (
        <>
          <p className="track-tip-sum num">
            <span className="track-tip-amount">{`${whole.value} ${whole.unit}`}</span>
            <span className="track-tip-amount">
              {colour ? <i className="track-tip-swatch" style={{ backgroundColor: rgbToHex(colour) }} /> : null}
              {`${carbon.value} ${carbon.unit}`}
            </span>
          </p>
          <ul>
            {parts.map(({ kind }, at) => (
              <li key={kind}>
                <span className="mix-dot" style={{ backgroundColor: `var(--source-${kind})` }} />
                {t(`source.${kind}`)} <b className="num track-tip-share">{percent(percents[at] as number)}</b>
              </li>
            ))}
          </ul>
          {(rows.estimated[i] as number) > 0.1 ? (
            <p className="muted">{t('inspector.estimatedShare', { share: share(rows.estimated[i] as number) })}</p>
          ) : null}
        </>
      )}
      {marks.map((mark) => (
        <p key={`${mark.kind}${mark.from}`} className={`track-tip-mark ${mark.kind}`}>
          {mark.kind === 'event' ? titlesOf(mark, text) : t(`timeline.mark.${mark.kind}`)}
        </p>
      ))}
    </div>
  );
}
