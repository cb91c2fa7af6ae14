/** Which moment is on the screen, in words and figures, and the text that a screen reader reads when it changes. */
import { useEffect, useState } from 'react';
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';

export function Readout() {
  const { t, clock, date } = useWords();
  const { timeZone } = useParkView().metadata;
  const isLive = useMirror(() => mirror.moment === 'live');
  const day = useMirror(() => (typeof mirror.moment === 'number' ? date(mirror.moment, timeZone) : date(mirror.time, timeZone)));
  const time = useMirror(() =>
    typeof mirror.moment === 'number'
      ? `${clock(mirror.moment, timeZone, false)}–${clock(mirror.time, timeZone, false)}`
      : clock(mirror.time, timeZone, false),
  );
  return (
    <p className={`readout ${isLive ? '' : 'past'}`}>
      <b className="num">{time}</b> <span className="num">{day}</span>
      <span className="readout-kind">{t(isLive ? 'timeline.preliminary' : 'timeline.accounted')}</span>
    </p>
  );
}

/** The text waits until the moment is unchanged for this long, so that a screen reader does not read during a drag. */
const rest_ms = 700;

export function Announcement() {
  const { t, clock, date } = useWords();
  const { timeZone } = useParkView().metadata;
  const moment = useMirror(() => mirror.moment);
  const [said, setSaid] = useState<string>('');
  const [wasPast, setWasPast] = useState(false);
  useEffect(() => {
    if (moment === 'live' && !wasPast) return;
    const timer = setTimeout(() => {
      setWasPast(moment !== 'live');
      setSaid(
        typeof moment === 'number'
          ? t('timeline.saidPast', {
              date: date(moment, timeZone),
              from: clock(moment, timeZone, false),
              to: clock(mirror.time, timeZone, false),
            })
          : mirror.connection === 'live'
            ? t('timeline.saidLive')
            : t('timeline.saidBack', { line: t(`connection.${mirror.connection}`), time: clock(mirror.time, timeZone, false) }),
      );
    }, rest_ms);
    return () => clearTimeout(timer);
  }, [moment, wasPast, t, clock, date, timeZone]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}
