/** Following the carbon in words: buttons to start and stop, and every source (or use) with the path to it, step by step. */
import { useState } from 'react';
import type { ShownAsset } from '../../../models/api/park-view.ts';
import type { FollowAnswer } from '../../../models/api/supply.ts';
import { useChoices } from '../../live/choices.ts';
import { belongs, setFollow, useFollow, waysOf } from '../../live/follow.ts';
import { followedEnds } from '../../live/follow-ends.ts';
import { useWords } from '../../locales/use-words.ts';
import { Icon } from '../../ui/Icon.tsx';
import { SheetPart } from '../../ui/Sheet.tsx';
import { useMirror } from '../values/use-mirror.ts';
import { useParkView } from '../values/use-park-view.ts';
import { FollowedElsewhere } from './FollowedElsewhere.tsx';
import { FollowWays } from './FollowWays.tsx';
import { namedEnds } from './follow-ends.ts';
import { Reconciliation } from './Reconciliation.tsx';
import './follow.css';

/** At most this many ends are listed; the others are shown as one sum. */
const most = 12;

export function Follow({ asset }: { asset: ShownAsset }) {
  const { t } = useWords();
  const way = useChoices((view) => view.follow);
  const ways = waysOf(asset);
  if (ways.length === 0) return <FollowedElsewhere />;
  return (
    <>
      <div className="follow-buttons">
        {ways.map((one) => (
          <button
            key={one}
            type="button"
            className={`button ${way === one ? 'primary' : ''}`}
            aria-pressed={way === one}
            title={t(way === one ? 'follow.stop' : `follow.${one}Hint`)}
            onClick={() => setFollow(way === one ? null : one)}
          >
            <Icon name="follow" size={18} /> {t(`follow.${one}`)}
          </button>
        ))}
      </div>
      {way === null ? null : <Told asset={asset} />}
    </>
  );
}

function Told({ asset }: { asset: ShownAsset }) {
  const { t } = useWords();
  const { subject, answer, trouble } = useFollow();
  // The answer must be for the moment on the screen: it is not shown beside the numbers of another moment.
  const isOf = useMirror(() => belongs(answer));
  const up = subject?.way !== 'down';
  const mine = answer?.asset === asset.id ? answer : null;
  return (
    <SheetPart title={t(up ? 'follow.titleUp' : 'follow.titleDown')}>
      {trouble === 'notAccounted' ? <p className="note">{t('follow.notAccounted')}</p> : null}
      {trouble === 'offline' || trouble === 'server' ? <p className="note">{t('follow.failed')}</p> : null}
      {trouble === null && !(mine && isOf) ? <p className="note">{t('follow.asking')}</p> : null}
      {mine && isOf && mine.total === null ? <p className="note">{t(up ? 'follow.none' : 'follow.nothingGiven')}</p> : null}
      {mine && isOf && mine.total !== null ? <Answer answer={mine} asset={asset} /> : null}
    </SheetPart>
  );
}

function Answer({ answer, asset }: { answer: FollowAnswer; asset: ShownAsset }) {
  const words = useWords();
  const { t, text, power, intensity, emissionRate, percent, clock } = words;
  const { metadata, assets } = useParkView();
  const { total } = answer;
  if (total === null) return null;
  const followed = followedEnds(answer);
  const ends = namedEnds(followed.ends, assets, words);
  const shown = ends.slice(0, most);
  const rest = ends.slice(most);
  const [kW, g, kg] = [
    power(total.power_kW),
    intensity(total.intensity_gPerKwh ?? Number.NaN),
    emissionRate(total.carbon_kgPerH ?? Number.NaN),
  ];
  const at = clock(Date.parse(answer.moment ?? answer.time), metadata.timeZone, answer.moment === null);
  const spoken = shown
    .slice(0, 4)
    .map((end) => `${percent(end.percent)} ${end.name}`)
    .join(', ');
  return (
    <div className="follow" data-follow={answer.direction}>
      <p className="follow-total num">
        <span className="muted">{t(answer.direction === 'upstream' ? 'follow.takes' : 'follow.gives')}</span> {kW.value} {kW.unit} ·{' '}
        {g.value} {g.unit} · {kg.value} {kg.unit}
      </p>
      <p className="note">{t(answer.direction === 'upstream' ? 'follow.sharesUp' : 'follow.sharesDown')}</p>
      {total.power_kW === 0 ? <p className="note">{t('follow.rests')}</p> : null}
      <FollowWays ends={shown} subject={asset.id} up={answer.direction === 'upstream'} />
      {rest.length > 0 ? (
        <p className="follow-rest">
          {t('follow.more', { count: rest.length })} <b className="num">{percent(rest.reduce((sum, end) => sum + end.percent, 0))}</b>
        </p>
      ) : null}
      {answer.lost >= 0.0005 ? (
        <p className="follow-rest">
          {t('follow.lost')} <b className="num">{percent(followed.lostPercent)}</b>
        </p>
      ) : null}
      <Reconciliation answer={answer} followed={followed} asset={asset} />
      <p className="note">{t(answer.moment === null ? 'follow.at' : 'follow.of', { time: at })}</p>
      {answer.asAccounted ? null : <p className="note doubt">{t('follow.late')}</p>}
      {/* Screen readers read this once when following starts or turns, not with every update. */}
      <Spoken key={`${asset.id} ${answer.direction}`} words={t('follow.spoken', { name: text(asset.name), parts: spoken })} />
    </div>
  );
}

function Spoken({ words }: { words: string }) {
  const [first] = useState(words);
  return <output className="visually-hidden">{first}</output>;
}
