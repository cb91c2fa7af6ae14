/** A park and one of its pages. The stage stays while the page in front of it changes. */
import { useEffect } from 'react';
import { useView } from '../live/view.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../panels/Message.tsx';
import { Kiosk } from './Kiosk.tsx';
import { Operate } from './Operate.tsx';
import { Stage } from './Stage.tsx';
import { Tour } from './Tour.tsx';
import { TroubleMessage } from './TroubleMessage.tsx';
import { usePark } from './use-park.ts';
import { useSunOfPlan } from './use-sun-of-plan.ts';

export function ParkPage({ id, page }: { id: string; page: 'operate' | 'kiosk' | 'tour' }) {
  const { t, text } = useWords();
  const { trouble, retry } = usePark(id);
  const park = useView((view) => view.park);
  useSunOfPlan();
  const here = park?.metadata.id === id ? park : null;

  useEffect(() => {
    document.title = here ? `${text(here.metadata.name)} · ${t('product')}` : t('product');
  }, [here, text, t]);
  if (!here && trouble) return <TroubleMessage trouble={trouble} onRetry={retry} />;
  if (!here) return <Message title={t('loading.park')} />;
  return (
    <main className="park-page">
      <Stage park={here} />
      {page === 'operate' ? <Operate /> : page === 'kiosk' ? <Kiosk /> : <Tour />}
    </main>
  );
}
