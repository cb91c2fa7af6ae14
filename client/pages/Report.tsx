/** The page of a report: the paper, and above it what can be done with it. The address says which; `print` is for printing. */
import { useEffect, useMemo, useState } from 'react';
import type { LedgerAnswer } from '../../models/api/ledger.ts';
import { factorSets } from '../../models/ledger/block.ts';
import type { Report } from '../../models/ledger/report.ts';
import { documentOf } from '../../models/ledger/report-document.ts';
import type { Text } from '../../models/park/park.ts';
import { fetchLedger, HistoryError } from '../live/history.ts';
import { fetchPark } from '../live/park.ts';
import { fetchPublications, fetchReport, type Publication, type ReportChoice } from '../live/report.ts';
import { useWords } from '../locales/use-words.ts';
import { Message } from '../panels/Message.tsx';
import { latestPeriod } from '../panels/report/periods.ts';
import { ReportBar } from '../panels/report/ReportBar.tsx';
import { ReportPaper } from '../panels/report/ReportPaper.tsx';
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
  const [ledger, setLedger] = useState<LedgerAnswer | null>(null);
  const [publications, setPublications] = useState<Publication[]>([]);
  const [report, setReport] = useState<Report | null>(null);
  const [trouble, setTrouble] = useState<HistoryError | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, Text> | null>(null);
  const [round, setRound] = useState(0);
  const paper = useMemo(() => (report ? documentOf(report, language) : null), [report, language]);

  useEffect(() => {
    // An address without a period was the latest one.
    const follow = () => {
      const asked = readAddress(location.search);
      const period = ledger ? latestPeriod(ledger) : null;
      setAddress(asked.choice === null && period !== null ? { ...asked, choice: { period } } : asked);
    };
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [ledger]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    // Whoever prints needs the report alone.
    if (print) return;
    const abort = new AbortController();
    const fail = (error: unknown) => {
      if (!abort.signal.aborted) setTrouble(asTrouble(error));
    };
    fetchLedger(park, abort.signal).then((found) => {
      setLedger(found);
      const period = latestPeriod(found);
      setAddress((address) => (address.choice === null && period !== null ? { ...address, choice: { period } } : address));
    }, fail);
    fetchPublications(park, abort.signal).then(setPublications, () => {});
    // Without it the bar names assets by their ids: no trouble of the report.
    fetchPark(park, abort.signal).then(
      ({ assets }) => setNames(new Map(assets.map(({ id, name }) => [id, name]))),
      () => {},
    );
    return () => abort.abort();
  }, [park, print, round]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    if (choice === null) return;
    const abort = new AbortController();
    fetchReport(park, choice, abort.signal).then(
      (found) => {
        setReport(found);
        setTrouble(null);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setTrouble(asTrouble(error));
      },
    );
    return () => abort.abort();
  }, [park, choice, round]);

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
      <Message title={t('report.trouble')} body={trouble.trouble === 'notPublic' ? t('report.notPublic') : trouble.message}>
        <button type="button" className="button primary" onClick={() => setRound((n) => n + 1)}>
          {t('error.retry')}
        </button>
        <a className="button" href={`/parks/${encodeURIComponent(park)}`}>
          {t('report.toPark')}
        </a>
      </Message>
    );
  }
  if (!paper || choice === null) return <Message title={ledger && ledger.from === null ? t('report.nothingYet') : t('report.loading')} />;
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
            setPublications((known) => [...known, publication]);
            choose({ published: publication.id });
          }}
        />
      )}
      <ReportPaper paper={paper} summaryTitle={t('report.summary')} contentsTitle={t('report.contents')} />
    </main>
  );
}

function asTrouble(error: unknown): HistoryError {
  return error instanceof HistoryError ? error : new HistoryError('server', String(error));
}
