/** The page of the accounted past: charts of a period that the address names. */

import { useEffect, useMemo, useState } from 'react';
import { locales, nextLanguage } from '../../models/languages.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { zoneOffset } from '../../models/time/local-time.ts';
import { FlowsFigure } from '../charts/FlowsFigure.tsx';
import { HeatFigure } from '../charts/HeatFigure.tsx';
import { PeriodChooser } from '../charts/PeriodChooser.tsx';
import { type Period, periodAt, readPeriod } from '../charts/period.ts';
import { RankingFigure } from '../charts/RankingFigure.tsx';
import { Scope2Figure } from '../charts/Scope2Figure.tsx';
import { Segments } from '../charts/Segments.tsx';
import { SeriesFigure } from '../charts/SeriesFigure.tsx';
import { select } from '../live/choices.ts';
import { type LedgerInfo, setMoment, useTime } from '../live/moment.ts';
import { switchLanguage } from '../locales/language.ts';
import { useWords } from '../locales/use-words.ts';
import { LackingNote } from '../panels/values/LackingNote.tsx';
import { useParkView } from '../panels/values/use-park-view.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { go } from './route.ts';
import { SubjectChooser } from './SubjectChooser.tsx';
import './analyse.css';

export function Analyse() {
  const { t, text, language } = useWords();
  const park = useParkView();
  const ledger = useTime((time) => time.ledger);
  const trouble = useTime((time) => time.trouble);
  const home = `/parks/${encodeURIComponent(park.metadata.id)}`;
  return (
    <div className="analyse">
      <header className="analyse-head">
        <a className="back" href={home}>
          <svg width="18" height="18" viewBox="0 0 24 24" className="chart-arrow" aria-hidden="true" focusable="false">
            <path d="M15 5l-7 7 7 7" />
          </svg>
          <span>{t('charts.toPark')}</span>
        </a>
        <h1>
          {text(park.metadata.name)} <span className="muted">{t('charts.analyse')}</span>
        </h1>
        {park.metadata.fictional ? <span className="badge">{t('fictional')}</span> : null}
        <button
          type="button"
          className="small-button language"
          lang={locales[nextLanguage(language)].text}
          title={t('header.languageHint')}
          aria-label={`${t('header.language')}: ${t('header.languageHint')}`}
          onClick={() => switchLanguage(nextLanguage(language))}
        >
          {t('header.language')}
        </button>
      </header>
      {ledger && ledger.from !== null && ledger.until !== null ? (
        <Charts ledger={ledger} from={ledger.from} until={ledger.until} home={home} />
      ) : (
        <p className="analyse-empty" role="status">
          {ledger
            ? t('charts.nothingYet')
            : trouble === 'public'
              ? t('charts.trouble.notPublic')
              : trouble === 'offline'
                ? t('charts.trouble.offline')
                : trouble
                  ? t('charts.trouble.error')
                  : t('charts.loadingCharts')}
        </p>
      )}
    </div>
  );
}

interface Asked {
  period: string | null;
  asset: string | null;
  set: FactorSet;
}

function readAddress(): Asked {
  const query = new URLSearchParams(location.search);
  return { period: query.get('period'), asset: query.get('asset'), set: query.get('set') === 'lifecycle' ? 'lifecycle' : 'direct' };
}

function Charts({ ledger, from, until, home }: { ledger: LedgerInfo; from: number; until: number; home: string }) {
  const { t, number } = useWords();
  const park = useParkView();
  const { timeZone } = park.metadata;
  const offset = useMemo(() => zoneOffset(timeZone), [timeZone]);
  const [asked, setAsked] = useState(readAddress);
  const narrow = useNarrow();
  const period = (asked.period === null ? null : readPeriod(asked.period, offset)) ?? periodAt('month', until - 1, offset);
  const asset = park.assets.find(({ id, ports }) => id === asked.asset && ports.length > 0) ?? null;
  const usual = ledger.sets[0] ?? 'direct';
  const set = ledger.sets.includes(asked.set) ? asked.set : usual;
  const names = useMemo(() => new Map(park.assets.map(({ id, name }) => [id, name])), [park]);
  // Writes what is shown into the address, so that a copied address shows the same charts.
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    query.set('period', period.key);
    if (asset) query.set('asset', asset.id);
    else query.delete('asset');
    if (set === usual) query.delete('set');
    else query.set('set', set);
    history.replaceState(null, '', `${location.pathname}?${query}`);
  }, [period.key, asset, set, usual]);

  const onMoment = (time: number) => {
    setMoment(time);
    const moment = new Date(time).toISOString();
    go(`${home}?moment=${moment.slice(0, 16)}Z${asset ? `&select=${encodeURIComponent(asset.id)}` : ''}`);
    if (asset) select(asset.id);
  };
  const onAsset = (id: string) => {
    setAsked({ ...asked, asset: id });
    document.querySelector('.analyse')?.scrollTo({ top: 0, behavior: 'smooth' });
  };
  const show = (next: Period) => setAsked({ ...asked, period: next.key });
  const shared = { park, period, set, ledger };
  const { progress } = ledger;
  return (
    <>
      <div className="analyse-bar">
        <PeriodChooser period={period} timeZone={timeZone} from={from} until={until} onPeriod={show} />
        <SubjectChooser park={park} asset={asset} onAsset={(id) => setAsked({ ...asked, asset: id })} />
        {ledger.sets.length > 1 ? (
          <Segments
            label={t('charts.set.label')}
            value={set}
            onChoose={(next) => setAsked({ ...asked, set: next })}
            options={ledger.sets.map((value) => ({ value, name: t(`charts.set.${value}`) }))}
          />
        ) : null}
      </div>
      {progress ? (
        <p className="analyse-progress" role="status">
          {t('charts.filling', { done: number(progress.done, undefined, 0), of: number(progress.of, undefined, 0) })}
        </p>
      ) : null}
      <LackingNote ledger={ledger} names={names} />
      <div className="analyse-charts">
        <div className="wide">
          <SeriesFigure {...shared} asset={asset} height={narrow ? 240 : 300} onMoment={onMoment} />
        </div>
        <div className="wide">
          <FlowsFigure {...shared} narrow={narrow} />
        </div>
        <RankingFigure {...shared} onAsset={onAsset} />
        <Scope2Figure
          park={park}
          period={period}
          ledger={ledger}
          height={narrow ? 260 : 376}
          onMonth={(key) => setAsked({ ...asked, period: key })}
        />
        <div className="wide">
          <HeatFigure {...shared} asset={asset} narrow={narrow} onMoment={onMoment} />
        </div>
      </div>
    </>
  );
}
