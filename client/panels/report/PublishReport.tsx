/** Publishing keeps a report as it is; the period can be closed with it. Asks for a name, because it stands below. */
import { type FormEvent, useState } from 'react';
import type { Report } from '../../../models/ledger/report.ts';
import { HistoryError } from '../../live/history.ts';
import { lockDays, type Publication, publishReport } from '../../live/report.ts';
import { useWords } from '../../locales/use-words.ts';

export function PublishReport({ report, onPublished }: { report: Report; onPublished(publication: Publication): void }) {
  const { t } = useWords();
  const [who, setWho] = useState('');
  const [lock, setLock] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { period, set, park } = report;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setTrouble(null);
    try {
      // Closed first: what is published is then what stays.
      if (lock) await lockDays(park.id, { from: period.first, to: period.last, who });
      onPublished(await publishReport(park.id, { period: period.id, set, who }));
    } catch (error) {
      setTrouble(error instanceof HistoryError ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="report-publish" onSubmit={submit}>
      <p>{t('report.publishExplain')}</p>
      <label>
        {t('report.publishWho')}
        <input value={who} maxLength={120} required onChange={({ target }) => setWho(target.value)} />
      </label>
      <label className="report-check">
        <input type="checkbox" checked={lock} onChange={({ target }) => setLock(target.checked)} />
        <span>{t('report.publishLock', { from: period.first, to: period.last })}</span>
      </label>
      <button type="submit" className="button primary" disabled={busy || who.trim() === ''}>
        {t('report.publish')}
      </button>
      {trouble === null ? null : (
        <p className="report-trouble" role="alert">
          {t('report.publishTrouble', { message: trouble })}
        </p>
      )}
    </form>
  );
}
