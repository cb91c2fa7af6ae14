/** Says, beside numbers of the past, which interval they are the means of; nothing while the park is live. */
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { useMirror } from './use-mirror.ts';
import { useParkView } from './use-park-view.ts';

export function WhenShown() {
  const { t, clock, date } = useWords();
  const { timeZone } = useParkView().metadata;
  const said = useMirror(() => {
    const { moment, time } = mirror;
    if (moment === 'live') return '';
    return t('timeline.meanOf', { from: clock(moment, timeZone, false), to: clock(time, timeZone, false), date: date(moment, timeZone) });
  });
  return said === '' ? null : <p className="when-shown num">{said}</p>;
}
