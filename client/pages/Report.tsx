/** The page of a report: the document, and a bar with what can be done. The address states which one; `print` omits the bar. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import type { Publications } from '../../models/api/report.ts';
import { documentOf } from '../../models/ledger/report/report-document.ts';
import type { Text } from '../../models/park/park.ts';
import { factorSets } from '../../models/park/park.ts';
import { AskError } from '../live/ask.ts';
import { parkQuestion } from '../live/park.ts';
import { queries, question } from '../live/queries.ts';
import { type ReportChoice, reportQuestion } from '../live/report.ts';
import { useWords } from '../locales/use-words.ts';
import { latestPeriod } from '../panels/report/periods.ts';
import { ReportBar } from '../panels/report/ReportBar.tsx';
import { ReportPaper } from '../panels/report/ReportPaper.tsx';
import { Message } from '../ui/Message.tsx';
import { numberPages } from './page-numbers.ts';
import './report.css';

interface Address {
  choice: ReportChoice | null;
  print: boolean;
}

function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const published = query.get('published');
  const period = query.get('period');
  const set = factorSets.find((one) => one === query.get('set'));
  const choice = published !== null ? { published } : period !== null ? { period, ...(set && { set }) } : null;
  return { choice, print: query.has('print') };
}

function writeAddress(choice: ReportChoice): string {
  return `${location.pathname}?${new URLSearchParams({ ...choice })}`;
}

export function ReportPage({ park }: { park: string }) {
  const { t, language } = useWords();
  const [{ choice, print }, setAddress] = useState(() => readAddress(location.search));
  // For printing only the report itself is needed.
  const beside = { enabled: !print };
  const ledgerQuestion = question('GET /parks/{park}/ledger', { park });
  const { data: ledger = null, ...ledgerAsked } = useQuery({ ...ledgerQuestion, ...beside }, queries);
  const published = question('GET /parks/{park}/reports', { park });
  const publications = useQuery({ ...published, ...beside }, queries).data?.reports ?? [];
  // Without these names the bar shows the ids of assets; the report itself is not affected.
  const { data: names = null } = useQuery({ ...parkQuestion(park), ...beside, select: namesOf }, queries);
  const { data: report = null, ...reportAsked } = useQuery(
    { ...reportQuestion(park, choice ?? { period: '' }), enabled: choice !== null, placeholderData: keepPreviousData },
    queries,
  );
  const trouble = asTrouble(reportAsked.error ?? ledgerAsked.error);
  const paper = useMemo(() => (report ? documentOf(report, language) : null), [report, language]);
  const latest = ledger ? latestPeriod(ledger) : null;

  useEffect(() => {
    // An address without a period means the latest one.
    const follow = () => {
      const asked = readAddress(location.search);
      setAddress(asked.choice === null && latest !== null ? { ...asked, choice: { period: latest } } : asked);
    };
    setAddress((address) => (address.choice === null && latest !== null ? { ...address, choice: { period: latest } } : address));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [latest]);

  useEffect(() => {
    if (!paper) return;
    document.title = `${paper.park} · ${paper.period} · ${paper.title}`;
    return numberPages(`${paper.park} · ${paper.title} · ${paper.period}`);
  }, [paper]);

  const choose = (next: ReportChoice) => {
    history.pushState(null, '', writeAddress(next));
    setAddress({ choice: next, print: false });
  };
  if (trouble && (!paper || trouble.trouble !== 'offline')) {
    return (
      <Message
        mark={t('product')}
        title={t('report.trouble')}
        body={trouble.trouble === 'notPublic' ? t('report.notPublic') : trouble.message}
      >
        <button type="button" className="button primary" onClick={() => void queries.refetchQueries({ type: 'active' })}>
          {t('error.retry')}
        </button>
        <a className="button" href={`/parks/${encodeURIComponent(park)}`}>
          {t('report.toPark')}
        </a>
      </Message>
    );
  }
  if (!paper || choice === null)
    return <Message mark={t('product')} title={ledger && ledger.from === null ? t('report.nothingYet') : t('report.loading')} />;
  return (
    <main className={print ? 'report-page printing' : 'report-page'} data-report={report?.period.id}>
      {print ? null : (
        <ReportBar
          park={park}
          choice={choice}
          ledger={ledger}
          report={report}
          publications={publications}
          names={names}
          onChoose={choose}
          onPublished={(publication) => {
            queries.setQueryData<Publications>(published.queryKey, (list) => list && { ...list, reports: [...list.reports, publication] });
            // The publication may have closed the period.
            void queries.invalidateQueries({ queryKey: ledgerQuestion.queryKey });
            choose({ published: publication.id });
          }}
        />
      )}
      <ReportPaper paper={paper} summaryTitle={t('report.summary')} contentsTitle={t('report.contents')} />
    </main>
  );
}

function asTrouble(error: Error | null): AskError | null {
  return error === null || error instanceof AskError ? error : new AskError('server', String(error));
}

const namesOf = ({ assets }: ParkView): ReadonlyMap<string, Text> => new Map(assets.map(({ id, name }) => [id, name]));
