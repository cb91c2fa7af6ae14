/** The timeline along the bottom: the park's past, which can be dragged, zoomed and played, and the button back to live. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useChoices } from '../../live/choices.ts';
import { mirror } from '../../live/mirror.ts';
import { useTime } from '../../live/moment.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { useConnection } from '../values/ConnectionWord.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { BackToLive, DateJump, PlayControls, Ranges } from './Controls.tsx';
import { Key } from './Key.tsx';
import { Announcement, Readout } from './Readout.tsx';
import { State } from './State.tsx';
import { TrackTip } from './TrackTip.tsx';
import { titlesOf } from './timeline-marks.ts';
import { Track, useTrack } from './track.ts';
import { layHandOnTrack } from './track-gestures.ts';
import './timeline.css';
import './track.css';
import './track-tip.css';
import './timeline-sizes.css';

const remembered = 'ecopark.timeline.folded';

export function Timeline() {
  const { t } = useWords();
  const [track, setTrack] = useState<Track | null>(null);
  // On a phone the timeline starts folded, on other screens unfolded.
  const [folded, setFolded] = useState(() => {
    const kept = localStorage.getItem(remembered);
    return kept === null ? matchMedia('(max-width: 720px)').matches : kept === 'true';
  });
  const trouble = useTime((time) => time.trouble);
  const filled = useTime((time) => time.ledger?.until != null);
  const isPublic = trouble === 'public';
  const fold = () => {
    localStorage.setItem(remembered, String(!folded));
    setFolded(!folded);
  };
  if (isPublic) {
    return (
      <section className="sheet timeline closed" aria-label={t('timeline.label')} data-edge="timeline">
        <p className="note">{t('timeline.notPublic')}</p>
      </section>
    );
  }
  return (
    <section
      className={`sheet timeline ${folded ? 'folded' : ''} ${filled ? '' : 'unfilled'}`}
      aria-label={t('timeline.label')}
      data-edge="timeline"
    >
      <div className="timeline-bar">
        <PlayControls track={track} disabled={!filled} />
        <Readout />
        <State />
        <Key />
        <Ranges track={track} />
        <DateJump disabled={!filled} />
        <BackToLive />
        <IconButton
          className="timeline-fold"
          icon={folded ? 'up' : 'down'}
          label={t(folded ? 'timeline.unfold' : 'timeline.fold')}
          onClick={fold}
        />
      </div>
      <TrackArea onTrack={setTrack} track={track} />
      <Announcement />
    </section>
  );
}

function TrackArea({ onTrack, track }: { onTrack: (track: Track | null) => void; track: Track | null }) {
  const { t, text, language, clock, date, power, intensity } = useWords();
  const park = useParkView();
  const { id, timeZone, interval_s, place } = park.metadata;
  const { lon, lat } = place;
  const about = useMemo(() => ({ id, timeZone, interval_s, place: { lon, lat } }), [id, timeZone, interval_s, lon, lat]);
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const moment = useChoices((view) => view.moment);
  const from = useTime((time) => time.ledger?.from ?? null);
  const until = useTime((time) => time.ledger?.until ?? null);
  const kW = useTrack((state) => state.power_kW);
  const low = useTrack((state) => state.low);
  const high = useTrack((state) => state.high);
  const empty = useTrack((state) => state.empty);
  const { word } = useConnection();
  const liveClock = useMirror(() => (mirror.moment === 'live' ? clock(mirror.time, timeZone, false) : ''));

  useEffect(() => {
    if (!area.current || !canvas.current || !handle.current) return;
    const made = new Track({ canvas: canvas.current, handle: handle.current, park: about, language });
    const letGo = layHandOnTrack(area.current, handle.current, made);
    onTrack(made);
    return () => {
      letGo();
      made.close();
      onTrack(null);
    };
  }, [about, language, onTrack]);

  const end = typeof moment === 'number' ? moment + 1000 * interval_s : Number.NaN;
  const valueText =
    moment === 'live'
      ? t('timeline.valueLive', { line: word, time: liveClock })
      : t('timeline.value', { date: date(moment, timeZone), from: clock(moment, timeZone, false), to: clock(end, timeZone, false) });
  // The marks that the shapes below the track show, in words for screen readers.
  const marks =
    typeof moment === 'number'
      ? (track?.marksNear(moment) ?? []).map((mark) => (mark.kind === 'event' ? titlesOf(mark, text) : t(`timeline.mark.${mark.kind}`)))
      : [];
  const most = power(kW);
  return (
    <div className="track-row" data-empty={empty}>
      <div className="track-axes num" aria-hidden="true">
        {empty ? null : (
          <>
            <span className="track-axis track-top">{intensity(high).value}</span>
            <span className="track-axis track-unit">{intensity(high).unit}</span>
            <span className="track-axis track-low">{intensity(low).value}</span>
            <span className="track-axis track-mid">{`${most.value} ${most.unit}`}</span>
          </>
        )}
      </div>
      <div className="track" ref={area}>
        <canvas ref={canvas} />
        <div
          ref={handle}
          className={`track-handle ${moment === 'live' ? 'live' : ''}`}
          role="slider"
          tabIndex={0}
          aria-label={t('timeline.slider')}
          aria-valuemin={from ?? 0}
          aria-valuemax={until ?? 1}
          aria-valuenow={moment === 'live' ? (until ?? 1) : moment}
          aria-valuetext={[valueText, ...marks].join('. ')}
          aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Home End Space"
        >
          <i aria-hidden="true" />
        </div>
        {track ? <TrackTip track={track} /> : null}
      </div>
    </div>
  );
}
