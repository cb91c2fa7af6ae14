/** A page for a touch screen in a lobby: the park, a few large numbers, stories in turn. When idle it shows the first view. */
import { useCallback, useEffect, useState } from 'react';
import { scales } from '../../models/colour.ts';
import { flyTo, select, useChoices } from '../live/choices.ts';
import { mirror, total } from '../live/mirror.ts';
import { setMoment } from '../live/moment.ts';
import { useWords } from '../locales/use-words.ts';
import { ConnectionBadge } from '../panels/header/ConnectionBadge.tsx';
import { ParkClock } from '../panels/header/ParkClock.tsx';
import { Inspector } from '../panels/inspector/Inspector.tsx';
import { ScaleBar } from '../panels/legend/ScaleBar.tsx';
import { StoryCard } from '../panels/stories/StoryCard.tsx';
import { Toasts } from '../panels/toasts/Toasts.tsx';
import { useConnection } from '../panels/values/ConnectionWord.tsx';
import { Credits } from '../panels/values/Credits.tsx';
import { LiveAmount } from '../panels/values/LiveAmount.tsx';
import { RenewableNote } from '../panels/values/RenewableNote.tsx';
import { SourceMix } from '../panels/values/SourceMix.tsx';
import { LiveSwatch } from '../panels/values/Swatch.tsx';
import { useMirror } from '../panels/values/use-mirror.ts';
import { useParkView } from '../panels/values/use-park-view.ts';
import { Replay } from './Replay.tsx';
import { useIdle } from './use-idle.ts';
import { useInsets } from './use-insets.ts';

/** Seconds a story stays, and seconds without a touch before the kiosk returns to the first view. */
const storyStays_s = 18;
const homeAfter_s = 60;

export function Kiosk() {
  const { t, text, intensity, power, share, emissionRate } = useWords();
  const park = useParkView();
  const selected = useChoices((view) => view.selected);
  const mixAt = useMirror(() => mirror.layout?.parkShares ?? -1);
  const { status } = useConnection();
  const isPast = useMirror(() => mirror.moment !== 'live');
  const { stories } = park.metadata;
  const [at, setAt] = useState(0);
  useInsets();

  const goHome = useCallback(() => {
    useChoices.setState({ selected: null, hovered: null, sheet: null, table: false, metric: 'intensity' });
    setMoment('live');
    flyTo(null);
  }, []);
  useIdle(homeAfter_s, goHome);
  useEffect(() => {
    goHome();
    // The story does not change while something is selected.
    const timer = setInterval(() => {
      if (useChoices.getState().selected === null) setAt((n) => n + 1);
    }, 1000 * storyStays_s);
    return () => clearInterval(timer);
  }, [goHome]);

  const story = stories[at % Math.max(1, stories.length)];
  return (
    <div className={`edges kiosk ${status === 'live' || status === 'connecting' ? '' : 'old'}`}>
      <header className="kiosk-head" data-edge="top">
        <div>
          <h1>{text(park.metadata.name)}</h1>
          <div className="header-state">
            {park.metadata.fictional ? <span className="badge">{t('fictional')}</span> : null}
            <ConnectionBadge />
          </div>
        </div>
        <ParkClock />
      </header>
      <Toasts />
      {selected ? (
        <div className="right" data-edge="right">
          <Inspector />
        </div>
      ) : null}
      <div className="kiosk-foot" data-edge="foot">
        <section className="sheet kiosk-now" aria-label={t(isPast ? 'timeline.yesterday' : 'kiosk.now')}>
          <h2>{t('kiosk.nowIntensity')}</h2>
          <div className="kiosk-large">
            <LiveSwatch scale={scales.intensity} read={() => total('intensity_gPerKwh')} size={44} />
            <LiveAmount read={() => intensity(total('intensity_gPerKwh'))} />
          </div>
          <ScaleBar />
          <dl className="kiosk-totals">
            <div>
              <dt>{t('header.renewable')}</dt>
              <dd>
                <LiveAmount read={() => ({ value: share(total('renewableShare')), unit: '' })} />
              </dd>
            </div>
            <div>
              <dt>{t('header.onsite')}</dt>
              <dd>
                <LiveAmount read={() => power(total('onsite_kW'))} />
              </dd>
            </div>
            <div>
              <dt>{t('header.import')}</dt>
              <dd>
                <LiveAmount read={() => power(total('import_kW'))} />
              </dd>
            </div>
            <div>
              <dt>{t('header.emissions')}</dt>
              <dd>
                <LiveAmount read={() => emissionRate(total('attributed_kgPerH'))} />
              </dd>
            </div>
          </dl>
          <h2>{t('kiosk.mix')}</h2>
          <SourceMix start={mixAt} />
          <RenewableNote />
          <Replay />
        </section>
        {story ? (
          <StoryCard key={story.id} story={story}>
            {story.asset ? (
              <button type="button" className="button" onClick={() => select(story.asset ?? null, true)}>
                {t('inspector.fly')}
              </button>
            ) : null}
          </StoryCard>
        ) : null}
        <p className="kiosk-touch">
          {selected ? (
            <button type="button" className="button primary" onClick={goHome}>
              {t('kiosk.home')}
            </button>
          ) : (
            t('kiosk.touch')
          )}
        </p>
      </div>
      <Credits />
    </div>
  );
}
