/** The report as it stands on paper: first page, summary, sections, annexes. */

import { type Language, locales } from '../../../models/languages.ts';
import type { KeyFigure, ReportDocument, Section } from '../../../models/ledger/report/document-parts.ts';
import { ReportFigure } from './ReportFigure.tsx';
import { ReportTable } from './ReportTable.tsx';
import './report-paper.css';
import './report-table.css';
import './report-figure.css';
import './report-narrow.css';
import './report-print.css';

export function ReportPaper({
  paper,
  summaryTitle,
  contentsTitle,
}: {
  paper: ReportDocument;
  summaryTitle: string;
  contentsTitle: string;
}) {
  const { language } = paper;
  const numbered = paper.sections.filter(({ annex }) => !annex);
  return (
    <article className="paper" lang={locales[language].text}>
      <header className="paper-head">
        <p className="paper-title">{paper.title}</p>
        <h1>{paper.park}</h1>
        <p className="paper-period">{paper.period}</p>
        <p className="paper-range">{paper.range}</p>
        {paper.marks.length > 0 ? (
          <ul className="paper-marks">
            {paper.marks.map((mark) => (
              <li key={mark}>{mark}</li>
            ))}
          </ul>
        ) : null}
      </header>
      {paper.keyFigures.length > 0 ? (
        <dl className="paper-figures">
          {paper.keyFigures.map((figure) => (
            <Key key={figure.label} figure={figure} language={language} />
          ))}
        </dl>
      ) : null}
      <section className="paper-summary">
        <h2>{summaryTitle}</h2>
        {paper.summary.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      <dl className="paper-facts">
        {paper.facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <nav className="paper-contents" aria-label={contentsTitle}>
        <h2>{contentsTitle}</h2>
        <ol>
          {paper.sections.map((section) => (
            <li key={section.id} className={section.annex ? 'annex' : ''}>
              <a href={`#${section.id}`}>{section.title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {paper.sections.map((section) => (
        <PaperSection
          key={section.id}
          section={section}
          number={section.annex ? null : numbered.indexOf(section) + 1}
          first={section.annex && section === paper.sections.find(({ annex }) => annex)}
          language={language}
        />
      ))}
      {paper.credits.length > 0 ? <p className="paper-credits">{paper.credits.join(' · ')}</p> : null}
    </article>
  );
}

function Key({ figure: { label, value, digits, unit, note }, language }: { figure: KeyFigure; language: Language }) {
  const format = new Intl.NumberFormat(locales[language].formats, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (
    <div>
      <dt>{label}</dt>
      <dd className="paper-figure">
        {value === null ? '–' : format.format(value)} <span className="report-unit-inline">{unit}</span>
      </dd>
      <dd className="paper-figure-note">{note}</dd>
    </div>
  );
}

interface SectionProps {
  section: Section;
  number: number | null;
  /** Begins on a page of its own. */
  first: boolean;
  language: Language;
}

function PaperSection({ section, number, first, language }: SectionProps) {
  return (
    <section className={first ? 'paper-section first-annex' : 'paper-section'} id={section.id}>
      <h2>
        {number === null ? null : <span className="paper-number">{number}</span>}
        {section.title}
      </h2>
      {section.paragraphs.length > 0 ? (
        <div className={section.tables.length === 0 ? 'paper-prose' : 'paper-text'}>
          {section.paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      ) : null}
      {section.figure ? <ReportFigure figure={section.figure} language={language} /> : null}
      {section.tables.map((table) => (
        <ReportTable key={table.id} table={table} language={language} />
      ))}
    </section>
  );
}
