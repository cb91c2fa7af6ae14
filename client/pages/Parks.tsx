/** The page to choose a park. If there is only one, it is opened at once. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { pageTrouble } from '../live/park.ts';
import { patient, queries, question } from '../live/queries.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../ui/Message.tsx';
import { go } from './route.ts';
import { TroubleMessage } from './TroubleMessage.tsx';
import './parks.css';

const asked = question('GET /parks', {});

export function Parks() {
  const { t, text } = useWords();
  const { data, failureReason } = useQuery({ ...asked, ...patient }, queries);
  const trouble = pageTrouble(failureReason);
  const wantsChoice = new URLSearchParams(location.search).has('choose');
  const only = data?.parks.length === 1 && !wantsChoice ? data.parks[0] : undefined;
  useEffect(() => {
    if (only) go(`/parks/${encodeURIComponent(only.id)}${location.search}`, true);
  }, [only]);

  if (!data && trouble) return <TroubleMessage trouble={trouble} onRetry={() => void queries.resetQueries({ queryKey: asked.queryKey })} />;
  if (!data || only) return <Message mark={t('product')} title={t('loading.park')} />;
  if (data.parks.length === 0) return <Message mark={t('product')} title={t('parks.none')} />;
  return (
    <main className="parks">
      <h1>{t('parks.title')}</h1>
      <ul>
        {data.parks.map((park) => (
          <li key={park.id}>
            <a className="sheet park-card" href={`/parks/${encodeURIComponent(park.id)}`}>
              <h2>{text(park.name)}</h2>
              {park.place.name ? <p className="muted">{text(park.place.name)}</p> : null}
              {park.description ? <p>{text(park.description)}</p> : null}
              {park.fictional ? <span className="badge">{t('fictional')}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
