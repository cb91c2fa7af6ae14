/** Short notices: the server cannot be reached or is slow, the park has changed, or the scene could not start. They never block the page. */
import { useEffect, useRef, useState } from 'react';
import { useChoices } from '../../live/choices.ts';
import { mirror } from '../../live/mirror.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import './toasts.css';

/** How long a notice of what has happened stays. */
const back_ms = 3000;
const updated_ms = 6000;
/** Key in the session storage: the notice of missing WebGL is shown once per visit. */
const noWebglSeen = 'ecopark.seen.noWebgl';

export function Toasts() {
  const { t, clock } = useWords();
  const { timeZone, revision } = useParkView().metadata;
  const webgl = useChoices((view) => view.webgl);
  const status = useMirror(() => mirror.connection);
  const isPast = useMirror(() => mirror.moment !== 'live');
  const time = useMirror(() => clock(mirror.time, timeZone, false));
  const known = useMirror(() => mirror.layout !== null);
  const [seen, setSeen] = useState(() => sessionStorage.getItem(noWebglSeen) !== null);
  const [back, setBack] = useState(false);
  const hide = () => {
    sessionStorage.setItem(noWebglSeen, '');
    setSeen(true);
  };

  // "Live again" is only shown after a notice that the connection was interrupted.
  const broken = known && (status === 'offline' || status === 'delayed');
  const [wasBroken, setWasBroken] = useState(false);
  if (broken !== wasBroken) {
    setWasBroken(broken);
    setBack(!broken);
  }
  useEffect(() => {
    if (!back) return;
    const timer = setTimeout(() => setBack(false), back_ms);
    return () => clearTimeout(timer);
  }, [back]);

  // The first version of the park that is shown is nothing new.
  const told = useRef(revision);
  const [updated, setUpdated] = useState(false);
  useEffect(() => {
    if (revision === told.current) return;
    told.current = revision;
    setUpdated(true);
    const timer = setTimeout(() => setUpdated(false), updated_ms);
    return () => clearTimeout(timer);
  }, [revision]);

  return (
    <div className="toasts" role="status">
      {broken ? (
        <p className="toast warn">
          {isPast ? t('timeline.offlineToast') : t(status === 'offline' ? 'toast.offline' : 'toast.delayed', { time })}
        </p>
      ) : null}
      {(back || updated) && !broken ? <p className="toast">{t(updated ? 'toast.otherPark' : 'toast.back')}</p> : null}
      {webgl || seen ? null : (
        <p className="toast">
          {t('plan.noWebgl')}
          <IconButton icon="close" label={t('help.close')} onClick={hide} />
        </p>
      )}
    </div>
  );
}
