/** The choice of parks. Where there is only one there is nothing to choose. */
import { useEffect, useState } from 'react';
import { fetchParks, ParkError, type ParkSummary, type Trouble } from '../live/park.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../panels/Message.tsx';
import { go } from './route.ts';
import { TroubleMessage } from './TroubleMessage.tsx';
import { backOff_s } from './use-park.ts';
import './parks.css';

export function Parks() {
  const { t, text } = useWords();
  const [parks, setParks] = useState<ParkSummary[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    fetchParks(abort.signal).then(
      (found) => {
        setTrouble(null);
        const [only] = found;
        const asked = new URLSearchParams(location.search).has('choose');
        if (only && found.length === 1 && !asked) go(`/parks/${encodeURIComponent(only.id)}${location.search}`, true);
        else setParks(found);
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setTrouble(error instanceof ParkError ? error.trouble : 'server');
        timer = setTimeout(() => setRound((n) => n + 1), 1000 * backOff_s(round));
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [round]);

  if (trouble) return <TroubleMessage trouble={trouble} onRetry={() => setRound((n) => n + 1)} />;
  if (!parks) return <Message title={t('loading.park')} />;
  if (parks.length === 0) return <Message title={t('parks.none')} />;
  return (
    <main className="parks">
      <h1>{t('parks.title')}</h1>
      <ul>
        {parks.map((park) => (
          <li key={park.id}>
            <a className="sheet park-card" href={`/parks/${encodeURIComponent(park.id)}`}>
              <h2>{text(park.name)}</h2>
              {park.place?.name ? <p className="muted">{text(park.place.name)}</p> : null}
              {park.description ? <p>{text(park.description)}</p> : null}
              {park.fictional ? <span className="badge">{t('fictional')}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
