/** The annexes about data quality: how much is known, what waits for a decision, what was accounted again or closed. */
import type { AsideReason } from '../../telemetry/quarantine.ts';

import { estimatedShare, percentOf } from './annex.ts';
import { type DocumentTable, fixed, makeNotes, type Section, shown, stepsOf } from './document-parts.ts';
import { columnOf, enough } from './range-sums.ts';
import type { Users } from './users-section.ts';
import type { ReportWriter } from './writer.ts';

export function qualitySection(writer: ReportWriter, users: Users): Section {
  const { words, report, column } = writer;
  const of = (name: string) => columnOf(report.totals, name);
  const used = of('consumption.Wh');
  const share = (part: number | null) => (part === null || used === null || used <= 0 ? null : fixed((part / used) * 100, 1));
  const rest = report.unmetered.filter(({ carrier, Wh }) => carrier === 'electricity' && Wh > 0).reduce((sum, { Wh }) => sum + Wh, 0);
  const notes = makeNotes();
  const orUnknown = (value: number | null, digits: number) => (value === null ? notes.missing(words.why.notKnown) : { value, digits });
  const quality: DocumentTable = {
    id: 'quality',
    title: words.table.quality,
    columns: [column.text(words.head.measure), column.number(words.head.value, 0), column.text(words.head.unit)],
    rows: [
      { cells: [words.row.expected, report.totals.expected, ''] },
      { cells: [words.row.intervals, report.totals.intervals, ''] },
      { cells: [words.row.flagged, orUnknown(of('flagged'), 0), ''] },
      { cells: [words.row.estimated, orUnknown(share(of('estimated.Wh')), 1), words.unit.percent] },
      { cells: [words.row.restShare, orUnknown(share(rest), 1), words.unit.percent] },
      { cells: [words.row.factorsChecked, report.factors.filter(({ verified }) => verified).length, `/ ${report.factors.length}`] },
    ],
    notes: notes.texts,
  };
  const doubtful = users.groups
    .flatMap((group) => group.users.map(({ user }) => ({ user, tenant: group.name })))
    .filter(({ user }) => user.known < enough || (estimatedShare(user) ?? 0) > 0.1)
    .sort((a, b) => a.user.known - b.user.known || (estimatedShare(b.user) ?? 0) - (estimatedShare(a.user) ?? 0));
  const doubts: DocumentTable = {
    id: 'doubts',
    title: words.table.doubts,
    columns: [
      column.text(words.head.asset),
      column.text(words.head.tenant),
      column.percent(words.head.known),
      column.percent(words.head.estimated),
    ],
    rows: doubtful.map(({ user, tenant }) => ({
      cells: [writer.text(user.name), tenant, percentOf(user.known), percentOf(estimatedShare(user))],
    })),
    notes: [],
  };
  const waiting = Object.entries(report.quarantine ?? {}) as [AsideReason, number][];
  const aside: DocumentTable = {
    id: 'aside',
    title: words.table.aside,
    columns: [column.text(words.head.reason), column.number(words.head.readings, 0)],
    rows: waiting.filter(([, n]) => n > 0).map(([reason, n]) => ({ cells: [words.aside[reason], n] })),
    notes: [],
  };
  const none = aside.rows.length === 0 && report.quarantine !== null ? [words.text.noQuarantine] : [];
  return {
    id: 'quality',
    title: words.section.quality,
    annex: true,
    paragraphs: [...(doubts.rows.length === 0 ? [words.text.noDoubts] : []), words.text.quarantine, ...none],
    tables: [quality, doubts, aside].filter((table) => table.rows.length > 0),
  };
}

export function restatedSection(writer: ReportWriter): Section {
  const { words, report, carbon, column } = writer;
  const { text } = column;
  const date = (ms: number | null) => (ms === null ? '–' : writer.moment(ms));
  const editions: DocumentTable = {
    id: 'editions',
    title: words.table.editions,
    columns: [
      ...[
        words.head.edition,
        words.head.from,
        words.head.to,
        words.head.at,
        words.head.factors,
        words.head.method,
        words.head.software,
        words.head.reason,
        words.head.by,
      ].map(text),
    ],
    rows: report.editions.map(({ id, from, to, at, factors, method, software, reason, who }) => ({
      cells: [String(id), date(from), date(to), date(at), factors, method, software, reason, who],
    })),
    notes: [],
  };
  const notes = makeNotes();
  const adjusted = (difference: Record<string, number>, name: string) =>
    Object.keys(difference).length > 0 ? shown(stepsOf(difference[name] ?? null, carbon), carbon) : notes.missing(words.why.tooLate);
  const adjustments: DocumentTable = {
    id: 'adjustments',
    title: words.table.adjustments,
    columns: [
      text(words.head.day),
      text(words.head.adjustedAt),
      ...[words.head.scope1, words.head.scope2].map((head) => ({ ...column.t(head), signed: true })),
    ],
    rows: report.adjustments.map(({ day, at, difference }) => ({
      cells: [day, date(at), ...['scope1.mg', 'scope2Location.mg'].map((name) => adjusted(difference, name))],
    })),
    notes: notes.texts,
  };
  const locks: DocumentTable = {
    id: 'locks',
    title: words.table.locks,
    columns: [words.head.from, words.head.to, words.head.lockedAt, words.head.by].map(text),
    rows: report.locks.map(({ from, to, at, who }) => ({ cells: [from, to, date(at), who] })),
    notes: [],
  };
  return {
    id: 'restated',
    title: words.section.restated,
    annex: true,
    paragraphs: [
      ...(report.locks.length === 0 ? [words.text.noLocks] : []),
      ...(report.adjustments.length === 0 ? [words.text.noAdjustments] : []),
    ],
    tables: [editions, adjustments, locks].filter((table) => table.rows.length > 0),
  };
}
