/** Source by source: who gives an asset its energy at this moment, by name. Asked for when opened, and again while open. */
import { useEffect, useState } from 'react';
import { mirror } from '../../live/mirror.ts';
import { fetchSupply, type SupplyAnswer } from '../../live/park.ts';
import { select } from '../../live/view.ts';
import { useWords } from '../../locales/use-words.ts';
import { useParkView } from '../use-park-view.ts';
import { useMirror } from '../use-slot.ts';
import './supply.css';

const again_ms = 10_000;
/** More would be a list nobody reads. */
const most = 12;

export function Supply({ asset }: { asset: string }) {
  const { t, text, share, intensity, clock } = useWords();
  const { metadata, assets } = useParkView();
  const isPast = useMirror(() => mirror.moment !== 'live');
  const [open, setOpen] = useState(false);
  const [answer, setAnswer] = useState<SupplyAnswer | 'failed' | null>(null);
  useEffect(() => {
    if (!open || isPast) return;
    const stop = new AbortController();
    const ask = () =>
      fetchSupply(metadata.id, asset, stop.signal).then(setAnswer, () => {
        if (!stop.signal.aborted) setAnswer('failed');
      });
    ask();
    const timer = setInterval(ask, again_ms);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [open, isPast, asset, metadata.id]);
  const nameOf = (id: string) => {
    const found = assets.find((one) => one.id === id);
    return found ? text(found.name) : id;
  };
  const told = answer !== null && answer !== 'failed' ? answer : null;
  // The answer is of the living park: beside numbers of the past it would not belong to them.
  if (isPast) return <p className="note">{t('timeline.supplyLive')}</p>;
  return (
    <details className="supply" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('inspector.supply')}</summary>
      {answer === 'failed' ? <p className="note">{t('inspector.supplyFailed')}</p> : null}
      {answer === null ? <p className="note">{t('loading.values')}</p> : null}
      {told && told.sources.length === 0 ? <p className="note">{t('inspector.mixUnknown')}</p> : null}
      {told && told.sources.length > 0 ? (
        <>
          <ul>
            {told.sources
              .toSorted((a, b) => b.share - a.share)
              .slice(0, most)
              .map((source) => {
                const carried = intensity(source.intensity_gPerKwh ?? Number.NaN);
                return (
                  <li key={`${source.asset}/${source.port}`}>
                    <span className="mix-dot" style={{ backgroundColor: `var(--source-${source.kind})` }} aria-hidden="true" />
                    <button type="button" onClick={() => select(source.asset, true)}>
                      {source.port === null ? t('inspector.supplyUnmetered') : nameOf(source.asset)}
                    </button>
                    <span className="note num">
                      {carried.value} {carried.unit}
                    </span>
                    <b className="num">{share(source.share)}</b>
                  </li>
                );
              })}
          </ul>
          <p className="note">{t('inspector.supplyAt', { time: clock(Date.parse(told.time), metadata.timeZone, true) })}</p>
        </>
      ) : null}
    </details>
  );
}
