/** A park and one of its pages. The stage stays while the page in front of it changes. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useChoices } from '../live/choices.ts';
import { mirror } from '../live/mirror.ts';
import { useWords } from '../locales/use-words.ts';
import { useMirror } from '../panels/values/use-mirror.ts';
import { Message } from '../ui/Message.tsx';
import { Kiosk, Tour } from './deferred.ts';
import { Operate } from './Operate.tsx';
import type { ParkPageName } from './route.ts';
import { Stage } from './Stage.tsx';
import { TroubleMessage } from './TroubleMessage.tsx';
import { usePark } from './use-park.ts';
import { useSunOfPlan } from './use-sun-of-plan.ts';
import './kiosk.css';
import './tour.css';

/** A chunk of its own with its charts, so that the first page does not wait for them. */
const Analyse = lazy(async () => ({ default: (await import('./Analyse.tsx')).Analyse }));

export function ParkPage({ id, page }: { id: string; page: ParkPageName }) {
  const { t, text, date, clock } = useWords();
  const { trouble, retry } = usePark(id);
  const park = useChoices((view) => view.park);
  useSunOfPlan();
  const here = park?.metadata.id === id ? park : null;
  const past = useMirror(() => (typeof mirror.moment === 'number' ? mirror.moment : null));

  useEffect(() => {
    const name = here ? `${text(here.metadata.name)} · ${t('product')}` : t('product');
    // The title shows a past moment too, so that a tab in the background is not mistaken for the live park.
    if (here && past !== null) {
      const { timeZone } = here.metadata;
      document.title = t('timeline.title', { time: `${date(past, timeZone)} ${clock(past, timeZone, false)}`, park: name });
    } else document.title = name;
  }, [here, past, text, t, date, clock]);
  // Charts cover the whole page; the stage is kept behind them, so that the way back takes no time.
  const covered = page === 'analyse';
  useEffect(() => useChoices.setState({ covered }), [covered]);
  // A page that opens with the charts does not load the scene before it is needed.
  const [staged, setStaged] = useState(!covered);
  if (!covered && !staged) setStaged(true);
  if (!here && trouble) return <TroubleMessage trouble={trouble} onRetry={retry} />;
  if (!here) return <Message mark={t('product')} title={t('loading.park')} />;
  return (
    <main className={`park-page ${covered ? 'covered' : ''} ${past === null || covered ? '' : 'past'}`}>
      {staged ? <Stage park={here} /> : null}
      {past === null || covered ? null : <div className="past-frame" aria-hidden="true" />}
      {page === 'analyse' ? (
        <Suspense fallback={<Message mark={t('product')} title={t('charts.loadingCharts')} />}>
          <Analyse />
        </Suspense>
      ) : null}
      {page === 'operate' ? <Operate /> : null}
      <Suspense>
        {page === 'kiosk' ? <Kiosk /> : null}
        {page === 'tour' ? <Tour /> : null}
      </Suspense>
    </main>
  );
}
