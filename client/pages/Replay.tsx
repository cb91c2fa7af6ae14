/** The kiosk's replay: one button that plays from yesterday until it reaches the present. */
import { localDay, startOfDay, zoneOffset } from '../../models/time/local-time.ts';
import { useChoices } from '../live/choices.ts';
import { play, setMoment, useTime } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { useParkView } from '../panels/values/use-park-view.ts';
import { Icon } from '../ui/Icon.tsx';

/** One hour per second: yesterday and today take less than a minute. */
const speed = 3600;

export function Replay() {
  const { t } = useWords();
  const { timeZone } = useParkView().metadata;
  const isLive = useChoices((view) => view.moment === 'live');
  const from = useTime((time) => time.ledger?.from ?? null);
  const until = useTime((time) => time.ledger?.until ?? null);
  if (from === null || until === null) return null;
  const offset = zoneOffset(timeZone);
  const yesterday = startOfDay(localDay(until, offset) - 1, offset);
  if (from > yesterday) return null;
  const replay = () => {
    useTime.setState({ speed });
    play(yesterday);
  };
  return (
    <button type="button" className={`button replay ${isLive ? '' : 'primary'}`} onClick={isLive ? replay : () => setMoment('live')}>
      <Icon name={isLive ? 'play' : 'close'} />
      {t(isLive ? 'timeline.replay' : 'timeline.stopReplay')}
    </button>
  );
}
