/** The bar above the report: its period, factors, files, printing, and its publications. The bar itself is never printed. */

import { useState } from 'react';
import type { LedgerAnswer } from '../../../models/api/ledger.ts';
import type { Publication } from '../../../models/api/report.ts';
import { locales, nextLanguage } from '../../../models/languages.ts';
import type { Report } from '../../../models/ledger/report/report-shape.ts';
import { reportWords } from '../../../models/ledger/report/words.ts';
import type { FactorSet, Text } from '../../../models/park/park.ts';
import { type ReportChoice, reportPath } from '../../live/report.ts';
import { switchLanguage } from '../../locales/language.ts';
import { useWords } from '../../locales/use-words.ts';
import { LackingNote } from '../values/LackingNote.tsx';
import { PublishReport } from './PublishReport.tsx';
import { choosable } from './periods.ts';

interface Props {
  park: string;
  choice: ReportChoice;
  ledger: LedgerAnswer | null;
  report: Report | null;
  publications: readonly Publication[];
  /** Names of the park's assets; null until they are known. */
  names: ReadonlyMap<string, Text> | null;
  onChoose(choice: ReportChoice): void;
  onPublished(publication: Publication): void;
}

export function ReportBar({ park, choice, ledger, report, publications, names, onChoose, onPublished }: Props) {
  const { t, language, date } = useWords();
  const [publishing, setPublishing] = useState(false);
  const words = reportWords[language].period;
  const period = 'published' in choice ? (report?.period.id ?? '') : choice.period;
  const set: FactorSet = ('published' in choice ? undefined : choice.set) ?? report?.set ?? ledger?.sets[0] ?? 'direct';
  const groups = choosable(ledger, period);
  const zone = report?.park.timeZone ?? ledger?.timeZone ?? 'UTC';
  const ofPeriod = publications.filter((one) => one.period === period && one.set === set);
  return (
    <div className="report-bar">
      <div className="report-controls">
        <a className="report-back" href={`/parks/${encodeURIComponent(park)}`}>
          {t('report.toPark')}
        </a>
        <label>
          <span className="visually-hidden">{t('report.period')}</span>
          <select value={period} onChange={({ target }) => onChoose({ period: target.value, set })}>
            {groups.map(({ kind, ids }) => (
              <optgroup key={kind} label={t(`report.kinds.${kind}`)}>
                {ids.map((id) => (
                  <option key={id} value={id}>
                    {words[kind](id)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        {ledger && ledger.sets.length > 1 ? (
          <label>
            <span className="visually-hidden">{t('report.set')}</span>
            <select value={set} onChange={({ target }) => onChoose({ period, set: target.value as FactorSet })}>
              {ledger.sets.map((one) => (
                <option key={one} value={one}>
                  {t(`report.sets.${one}`)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <span className="report-space" />
        {report && !report.open && !('published' in choice) ? (
          <button type="button" className="button" aria-expanded={publishing} onClick={() => setPublishing(!publishing)}>
            {t('report.publishOpen')}
          </button>
        ) : null}
        <nav className="report-files" aria-label={t('report.files')}>
          {(['pdf', 'xlsx', 'csv', 'json'] as const).map((format) => (
            <a key={format} className="button" href={reportPath(park, choice, format, language)} download>
              {t(`report.file.${format}`)}
            </a>
          ))}
          <button type="button" className="button" onClick={() => print()}>
            {t('report.print')}
          </button>
        </nav>
        <button
          type="button"
          className="button"
          lang={locales[nextLanguage(language)].text}
          aria-label={`${t('header.language')}: ${t('header.languageHint')}`}
          onClick={() => switchLanguage(nextLanguage(language))}
        >
          {t('header.language')}
        </button>
      </div>
      <div className="report-state">
        {'published' in choice ? (
          <p>
            {t('report.isPublished', {
              who: whoOf(publications, choice.published),
              time: timeOf(publications, choice.published, zone, date),
            })}{' '}
            <button type="button" className="text-button" onClick={() => onChoose({ period, set })}>
              {t('report.showNow')}
            </button>
          </p>
        ) : (
          ofPeriod.map(({ id, who, at }) => (
            <button key={id} type="button" className="text-button" onClick={() => onChoose({ published: id })}>
              {t('report.publishedBy', { who, time: date(Date.parse(at), zone) })}
            </button>
          ))
        )}
      </div>
      {ledger ? <LackingNote ledger={ledger} {...(names ? { names } : {})} /> : null}
      {publishing && report && !('published' in choice) ? (
        <PublishReport
          report={report}
          onPublished={(publication) => {
            setPublishing(false);
            onPublished(publication);
          }}
        />
      ) : null}
    </div>
  );
}

function whoOf(publications: readonly Publication[], id: string): string {
  return publications.find((one) => one.id === id)?.who ?? '–';
}

function timeOf(publications: readonly Publication[], id: string, zone: string, date: (ms: number, zone: string) => string): string {
  const found = publications.find((one) => one.id === id);
  return found ? date(Date.parse(found.at), zone) : '–';
}
