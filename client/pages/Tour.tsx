/** The park's stories one after another, the camera going to each. */
import { useEffect, useState } from 'react';
import { flyTo, select, useChoices } from '../live/choices.ts';
import { setMoment } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { Header } from '../panels/header/Header.tsx';
import { StoryCard } from '../panels/stories/StoryCard.tsx';
import { Toasts } from '../panels/toasts/Toasts.tsx';
import { useParkView } from '../panels/values/use-park-view.ts';
import { useInsets } from './use-insets.ts';

export function Tour() {
  const { t } = useWords();
  const park = useParkView();
  const { stories, id } = park.metadata;
  const [step, setStep] = useState(0);
  const story = stories[step];
  useInsets();
  // Stories are about the live park.
  useEffect(() => setMoment('live'), []);
  useEffect(() => {
    useChoices.setState({ sheet: null, table: false, hovered: null });
    if (story?.asset) select(story.asset, true);
    else {
      select(null);
      flyTo({ kind: 'whole' });
    }
  }, [story]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight') setStep((n) => Math.min(stories.length - 1, n + 1));
      if (event.key === 'ArrowLeft') setStep((n) => Math.max(0, n - 1));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [stories.length]);

  const last = step >= stories.length - 1;
  const home = `/parks/${encodeURIComponent(id)}`;
  return (
    <div className="edges tour">
      <Header />
      <Toasts />
      <div className="tour-foot" data-edge="foot">
        {story ? (
          <StoryCard story={story}>
            <nav className="tour-steps" aria-label={t('tour.label')}>
              <a className="button" href={home}>
                {t('tour.leave')}
              </a>
              <span className="muted num">{t('tour.step', { step: step + 1, count: stories.length })}</span>
              <button type="button" className="button" disabled={step === 0} onClick={() => setStep(step - 1)}>
                {t('tour.previous')}
              </button>
              <button type="button" className="button primary" onClick={() => setStep(last ? 0 : step + 1)}>
                {t(last ? 'tour.start' : 'tour.next')}
              </button>
            </nav>
          </StoryCard>
        ) : (
          <article className="story sheet">
            <p>{t('tour.none')}</p>
            <nav className="tour-steps">
              <a className="button" href={home}>
                {t('tour.leave')}
              </a>
            </nav>
          </article>
        )}
      </div>
    </div>
  );
}
