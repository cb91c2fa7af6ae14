/** A report as a workbook: one sheet per table, numbers as numbers, never a formula. */
import writeWorkbook, { type Cell, type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import type { DocumentTable, ReportDocument } from '../../models/ledger/report/document-parts.ts';
import { harmless, headsOf, type Spelt, spellRow } from './cell-text.ts';

const rule = '#b9b4a8';
const quiet = '#63625a';
const line = { borderStyle: 'thin', borderColor: rule } as const;

export async function xlsxOf(document: ReportDocument): Promise<Buffer> {
  const taken = new Set<string>();
  const tables = document.sections.flatMap((section) => section.tables);
  const sheets: Sheet<never>[] = [firstSheet(document, taken), ...tables.map((table) => tableSheet(table, taken))];
  return writeWorkbook(sheets, { fontFamily: 'Calibri', fontSize: 10 } as never).toBuffer();
}

function firstSheet(document: ReportDocument, taken: Set<string>): Sheet<never> {
  const wide = (text: string, style: Partial<CellObject> = {}): Row => [
    { value: harmless(text), type: String, columnSpan: 3, ...style },
    null,
    null,
  ];
  const data: Row[] = [
    wide(document.title, { fontWeight: 'bold', fontSize: 16 }),
    wide(`${document.park} · ${document.period}`, { fontSize: 12 }),
    wide(document.range, { textColor: quiet }),
    ...document.marks.map((mark) => wide(mark, { fontWeight: 'bold' })),
    [],
    ...document.keyFigures.map(
      ({ label, value, digits, unit }): Row => [
        text(label),
        value === null ? text('–') : { value, type: Number, format: formatOf(digits), fontWeight: 'bold' },
        text(unit),
      ],
    ),
    [],
    ...document.summary.map((sentence) => wide(sentence, { wrap: true, height: 45, alignVertical: 'top' })),
    [],
    ...document.facts.map(
      ({ label, value }): Row => [
        text(label, { textColor: quiet }),
        { value: harmless(value), type: String, columnSpan: 2, wrap: true, alignVertical: 'top' },
        null,
      ],
    ),
  ];
  return { sheet: sheetName(document.period, taken), data, columns: [{ width: 34 }, { width: 22 }, { width: 60 }], showGridLines: false };
}

function tableSheet(table: DocumentTable, taken: Set<string>): Sheet<never> {
  const heads = headsOf(table);
  const data: Row[] = [
    heads.map(
      (head, c): Cell => ({
        value: head,
        type: String,
        fontWeight: 'bold',
        wrap: true,
        align: table.columns[c]?.digits === null ? 'left' : 'right',
        alignVertical: 'bottom',
        bottomBorderStyle: 'thin',
        bottomBorderColor: rule,
      }),
    ),
    ...table.rows.map((row): Row => {
      const style: Partial<CellObject> =
        row.role === 'total'
          ? { fontWeight: 'bold', topBorderStyle: line.borderStyle, topBorderColor: rule }
          : row.role === 'heading'
            ? { fontWeight: 'bold' }
            : row.role === 'memo'
              ? { textColor: quiet }
              : {};
      return spellRow(table, row).map((cell) => cellOf(cell, style));
    }),
    ...(table.notes.length > 0 ? [[] as Row] : []),
    ...table.notes.map((note, i): Row => [text(`${i + 1}  ${note}`, { textColor: quiet })]),
  ];
  const columns = table.columns.map((column, c) => ({ width: column.digits === null ? widthOf(table, c) : 14 }));
  return { sheet: sheetName(table.title, taken), data, columns, stickyRowsCount: 1, stickyColumnsCount: 1 };
}

function widthOf({ rows, columns }: DocumentTable, c: number): number {
  const lengths = rows.map(({ cells }) =>
    typeof cells[c] === 'string' ? [...(cells[c] as string)].reduce((n, char) => n + (char > '\u2e80' ? 2 : 1), 0) : 0,
  );
  return Math.min(60, Math.max(10, (columns[c]?.head.length ?? 0) + 2, ...lengths.map((n) => n + 2)));
}

function cellOf(cell: Spelt, style: Partial<CellObject>): Cell {
  if (cell === null) return Object.keys(style).length > 0 ? { value: '', type: String, ...style } : null;
  if ('text' in cell) return { value: cell.text, type: String, ...style };
  return { value: cell.value, type: Number, format: formatOf(cell.digits), ...style };
}

function text(value: string, style: Partial<CellObject> = {}): Cell {
  return { value: harmless(value), type: String, ...style };
}

function formatOf(digits: number): string {
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
}

/** At most 31 characters, none that a sheet's name may not have, and none twice. */
function sheetName(title: string, taken: Set<string>): string {
  const plain =
    title
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || '–';
  for (let n = 1; ; n++) {
    const after = n === 1 ? '' : ` ${n}`;
    const name = plain.slice(0, 31 - after.length).trim() + after;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
