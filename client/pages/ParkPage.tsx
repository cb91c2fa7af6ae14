/** A park and one of its pages. The stage stays while the page in front of it changes. */
import { lazy, Suspense, useEffect } from 'react';
import { mirror } from '../live/mirror.ts';
import { useView } from '../live/view.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../panels/Message.tsx';
import { useMirror } from '../panels/use-slot.ts';
import { Kiosk } from './Kiosk.tsx';
import { Operate } from './Operate.tsx';
import type { ParkPageName } from './route.ts';
import { Stage } from './Stage.tsx';
import { Tour } from './Tour.tsx';
import { TroubleMessage } from './TroubleMessage.tsx';
import { usePark } from './use-park.ts';
import { useSunOfPlan } from './use-sun-of-plan.ts';

/** With its charts a piece of its own: the first page must not wait for them. */
const Analyse = lazy(async () => ({ default: (await import('./Analyse.tsx')).Analyse }));

export function ParkPage({ id, page }: { id: string; page: ParkPageName }) {
  const { t, text, date, clock } = useWords();
  const { trouble, retry } = usePark(id);
  const park = useView((view) => view.park);
  useSunOfPlan();
  const here = park?.metadata.id === id ? park : null;
  const past = useMirror(() => (typeof mirror.moment === 'number' ? mirror.moment : null));

  useEffect(() => {
    const name = here ? `${text(here.metadata.name)} · ${t('product')}` : t('product');
    // A tab in the background must not be taken for the living park either.
    if (here && past !== null) {
      const { timeZone } = here.metadata;
      document.title = t('timeline.title', { time: `${date(past, timeZone)} ${clock(past, timeZone, false)}`, park: name });
    } else document.title = name;
  }, [here, past, text, t, date, clock]);
  if (!here && trouble) return <TroubleMessage trouble={trouble} onRetry={retry} />;
  if (!here) return <Message title={t('loading.park')} />;
  // Charts are of a period and stand for themselves: no scene is drawn behind them.
  if (page === 'analyse') {
    return (
      <main className="park-page">
        <Suspense fallback={<Message title={t('charts.loadingCharts')} />}>
          <Analyse />
        </Suspense>
      </main>
    );
  }
  return (
    <main className={`park-page ${past === null ? '' : 'past'}`}>
      <Stage park={here} />
      {past === null ? null : <div className="past-frame" aria-hidden="true" />}
      {page === 'operate' ? <Operate /> : page === 'kiosk' ? <Kiosk /> : <Tour />}
    </main>
  );
}
