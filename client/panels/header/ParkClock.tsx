/** The park's time in its own zone, always that of the numbers on the screen; for the past, start and end of the interval. */
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';

export function ParkClock() {
  const { t, clock, date, number } = useWords();
  const { timeZone } = useParkView().metadata;
  const speed = useMirror(() => mirror.speed);
  const isPast = useMirror(() => mirror.moment !== 'live');
  const time = useMirror(() =>
    typeof mirror.moment === 'number'
      ? `${clock(mirror.moment, timeZone, false)}–${clock(mirror.time, timeZone, false)}`
      : clock(mirror.time, timeZone, mirror.speed <= 2),
  );
  const day = useMirror(() => date(typeof mirror.moment === 'number' ? mirror.moment : mirror.time, timeZone));
  return (
    <div className={`park-clock ${isPast ? 'past' : ''}`} title={`${t('header.parkTime')}: ${timeZone}`}>
      <time className="num">{time}</time>
      <div className="park-day">
        <span className="num">{day}</span>
        {isPast ? (
          <span className="badge accounted">{t('timeline.accounted')}</span>
        ) : speed !== 1 ? (
          <span className="badge" title={t('header.speedHint', { speed })}>
            {t('header.speed', { speed: number(speed) })}
          </span>
        ) : null}
      </div>
    </div>
  );
}
