/** A report as comma-separated text (RFC 4180): one table, or all of them in sections. UTF-8 with BOM, for spreadsheets. */
import type { DocumentTable, ReportDocument } from '../../models/ledger/report/document-parts.ts';
import { harmless, headsOf, spellRow } from './cell-text.ts';

const byteOrderMark = '\ufeff';

export function csvOf(document: ReportDocument): string {
  const head: string[][] = [
    [document.title],
    [document.park, document.period],
    [document.range],
    ...document.marks.map((mark) => [mark]),
    ...document.facts.map(({ label, value }) => [label, value]),
    ...document.summary.map((sentence) => [sentence]),
  ];
  const tables = document.sections.flatMap(({ tables }) => tables);
  const sections = tables.map(
    (table) => lines([[table.title]]) + tableLines(table) + lines(table.notes.map((note, i) => [`${i + 1}`, note])),
  );
  return byteOrderMark + [lines(head), ...sections].join('\r\n');
}

/** Heads and rows alone, for programs. */
export function csvOfTable(table: DocumentTable): string {
  return byteOrderMark + tableLines(table);
}

function tableLines(table: DocumentTable): string {
  const rows = table.rows.map((row) =>
    spellRow(table, row).map((cell) => (cell === null ? '' : 'text' in cell ? cell.text : cell.value.toFixed(cell.digits))),
  );
  return lines([headsOf(table)]) + rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function lines(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((text) => quoted(harmless(text))).join(',')}\r\n`).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
