/** Why the chosen moment is not on the screen yet: loading, nothing accounted, a fill that is running, no connection. */

import { useChoices } from '../../live/choices.ts';
import { useTime } from '../../live/moment.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../values/use-park-view.ts';

export function State() {
  const { t, clock, share, number } = useWords();
  const { timeZone } = useParkView().metadata;
  const wait = useTime((time) => time.wait);
  const trouble = useTime((time) => time.trouble);
  const known = useTime((time) => time.ledger !== null);
  const empty = useTime((time) => time.ledger !== null && time.ledger.until === null);
  const progress = useTime((time) => time.ledger?.progress ?? null);
  const moment = useChoices((view) => view.moment);
  const filling =
    progress && progress.of > 0
      ? t(`timeline.progress.${progress.what}`, { share: share(progress.done / progress.of), days: number(progress.of, undefined, 0) })
      : '';
  let said = '';
  let warn = false;
  if (wait === 'failed') {
    said = t('timeline.failed');
    warn = true;
  } else if (wait === 'loading' && typeof moment === 'number') said = t('timeline.loading', { time: clock(moment, timeZone, false) });
  else if (wait === 'none') said = t('timeline.gap');
  else if (filling !== '') said = filling;
  else if (trouble === 'offline') said = t('timeline.offline');
  else if (trouble === 'server') said = t('timeline.unavailable');
  else if (empty) said = t('timeline.empty');
  else if (!known) said = t('timeline.asking');
  return (
    <output className={`timeline-state ${warn ? 'warn' : ''} ${said === '' ? 'none' : ''}`}>
      {wait === 'loading' || filling !== '' ? <span className="timeline-busy" aria-hidden="true" /> : null}
      {said}
    </output>
  );
}
