/** Form that publishes a report: it is stored as it is, and its period may be locked too. The name is shown with it. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Publication } from '../../../models/api/report.ts';
import type { Report } from '../../../models/ledger/report/report-shape.ts';
import { ask } from '../../live/ask.ts';
import { queries } from '../../live/queries.ts';
import { useWords } from '../../locales/use-words.ts';

export function PublishReport({ report, onPublished }: { report: Report; onPublished(publication: Publication): void }) {
  const { t } = useWords();
  const [who, setWho] = useState('');
  const [lock, setLock] = useState(false);
  const { period, set, park } = report;

  const { mutate, isPending, error } = useMutation(
    {
      mutationFn: async () => {
        // The lock comes first, so that the published figures cannot change afterwards.
        if (lock) await ask('POST /parks/{park}/ledger/locks', { park: park.id, body: { from: period.first, to: period.last, who } });
        return ask('POST /parks/{park}/reports', { park: park.id, body: { period: period.id, set, who } });
      },
      onSuccess: onPublished,
    },
    queries,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
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
      <button type="submit" className="button primary" disabled={isPending || who.trim() === ''}>
        {t('report.publish')}
      </button>
      {error === null ? null : (
        <p className="report-trouble" role="alert">
          {t('report.publishTrouble', { message: error.message })}
        </p>
      )}
    </form>
  );
}
