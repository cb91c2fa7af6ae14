/** Controls of the timeline: play, steps, speed, ranges, a date, and the button back to live. */
import { useMemo } from 'react';
import { localDay, zoneOffset } from '../../../models/time/local-time.ts';
import { useChoices } from '../../live/choices.ts';
import { mirror } from '../../live/mirror.ts';
import { pause, sameTime, setMoment, speeds, stepMoment, useTime } from '../../live/moment.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { ConnectionWord } from '../values/ConnectionWord.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { dateText, dayNumber } from './local-date.ts';
import { type RangeName, rangeNames } from './shown-range.ts';
import { type Track, useTrack } from './track.ts';
import { togglePlay } from './track-gestures.ts';

export function PlayControls({ track, disabled }: { track: Track | null; disabled: boolean }) {
  const { t, number } = useWords();
  const playing = useTime((time) => time.playing);
  const speed = useTime((time) => time.speed);
  const step = (by: number) => {
    pause();
    stepMoment(by, 'interval');
  };
  return (
    <fieldset className="play" disabled={disabled} aria-label={t('timeline.playing')}>
      <IconButton className="play-step" icon="stepBack" label={t('timeline.back')} onClick={() => step(-1)} />
      <IconButton
        className="play-main"
        icon={playing ? 'pause' : 'play'}
        label={t(playing ? 'timeline.pause' : 'timeline.play')}
        onClick={() => togglePlay(track?.shown.from ?? Number.NEGATIVE_INFINITY)}
      />
      <IconButton className="play-step" icon="stepOn" label={t('timeline.on')} onClick={() => step(1)} />
      <label className="play-speed" title={t('timeline.speedHint', { speed: number(speed) })}>
        <span className="visually-hidden">{t('timeline.speed')}</span>
        <select value={speed} onChange={(event) => useTime.setState({ speed: Number(event.target.value) })}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {t('timeline.times', { speed: number(one) })}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

export function Ranges({ track }: { track: Track | null }) {
  const { t } = useWords();
  const range = useTrack((state) => state.range);
  return (
    <div className="segments ranges" role="radiogroup" aria-label={t('timeline.range')}>
      {rangeNames.map((name: RangeName) => (
        <label key={name} className="segment" title={t(`timeline.rangeName.${name}`)}>
          <input type="radio" name="range" value={name} checked={name === range} onChange={() => track?.setRange(name)} />
          <span>{t(`timeline.rangeShort.${name}`)}</span>
        </label>
      ))}
    </div>
  );
}

/** Goes to another day at the same time of day; from live, to noon of that day. */
export function DateJump({ disabled }: { disabled: boolean }) {
  const { t } = useWords();
  const { timeZone } = useParkView().metadata;
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const moment = useChoices((view) => view.moment);
  const from = useTime((time) => time.ledger?.from ?? null);
  const until = useTime((time) => time.ledger?.until ?? null);
  const today = useMirror(() => (Number.isNaN(mirror.time) ? '' : dateText(mirror.time - 1, offset)));
  const jump = (text: string) => {
    const day = dayNumber(text);
    if (day === null) return;
    pause();
    const noon = day * 86_400_000 + 43_200_000;
    const at = moment === 'live' ? noon - offset(noon) : moment;
    setMoment(sameTime(at, day - localDay(at, offset), offset));
  };
  return (
    <label className="date-jump" title={t('timeline.date')}>
      <span className="visually-hidden">{t('timeline.date')}</span>
      <input
        type="date"
        disabled={disabled}
        value={moment === 'live' ? today : dateText(moment, offset)}
        {...(from === null ? {} : { min: dateText(from, offset) })}
        {...(until === null ? {} : { max: dateText(until - 1, offset) })}
        onChange={(event) => jump(event.target.value)}
      />
    </label>
  );
}

export function BackToLive() {
  const { t } = useWords();
  const isLive = useChoices((view) => view.moment === 'live');
  return (
    <button
      type="button"
      className={`button to-live ${isLive ? '' : 'primary'}`}
      disabled={isLive}
      aria-keyshortcuts="L"
      title={t('timeline.toLiveHint')}
      onClick={() => setMoment('live')}
    >
      {isLive ? (
        <ConnectionWord />
      ) : (
        <>
          <span className="to-live-dot" aria-hidden="true" />
          {t('timeline.toLive')}
        </>
      )}
    </button>
  );
}
