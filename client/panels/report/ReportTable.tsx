/** One table of a report: heads repeat on every page of paper, rows are never cut, notes stand below. */

import { useId, useMemo } from 'react';
import { type Language, locales } from '../../../models/languages.ts';
import {
  type DocumentCell,
  type DocumentColumn,
  type DocumentRow,
  type DocumentTable,
  readCell,
} from '../../../models/ledger/report/document-parts.ts';

/** A table with at most this many rows is kept on one printed page. */
const short = 14;

export function ReportTable({ table, language }: { table: DocumentTable; language: Language }) {
  const title = useId();
  const write = useMemo(() => writerOf(locales[language].formats), [language]);
  const largest = table.bar === undefined ? 0 : largestOf(table, table.bar);
  return (
    <section className={table.rows.length <= short ? 'report-table short' : 'report-table'} data-table={table.id} aria-labelledby={title}>
      <h3 id={title}>{table.title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be scrollable by keyboard */}
      <div className="report-table-scroll" tabIndex={0}>
        <table data-columns={table.columns.length}>
          <thead>
            <tr>
              {table.columns.map((column, c) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other key and keep their order
                <th key={c} scope="col" className={column.digits === null ? '' : 'number'}>
                  {column.head}
                  {column.unit ? <span className="report-unit">{column.unit}</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, r) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other key and keep their order
              <TableRow key={r} row={row} columns={table.columns} bar={table.bar} largest={largest} write={write} />
            ))}
          </tbody>
        </table>
      </div>
      {table.notes.length > 0 ? (
        <ol className="report-notes">
          {table.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}

interface RowProps {
  row: DocumentRow;
  columns: readonly DocumentColumn[];
  bar: number | undefined;
  largest: number;
  write: Write;
}

function TableRow({ row, columns, bar, largest, write }: RowProps) {
  if (row.role === 'heading') {
    const { value } = readCell(row.cells[0] ?? null);
    return (
      <tr className="heading">
        <th colSpan={columns.length} scope="rowgroup">
          {value}
        </th>
      </tr>
    );
  }
  return (
    <tr className={row.role ?? ''}>
      {columns.map((column, c) => {
        const most = c === bar && row.role === undefined ? largest : 0;
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other key and keep their order
        return <TableCell key={c} cell={row.cells[c] ?? null} column={column} first={c === 0} most={most} write={write} />;
      })}
    </tr>
  );
}

interface CellProps {
  cell: DocumentCell;
  column: DocumentColumn;
  /** The first cell of a row, which names the row. */
  first: boolean;
  /** Value whose bar would fill the whole cell; 0: no bar is drawn. */
  most: number;
  write: Write;
}

function TableCell({ cell, column, first, most, write }: CellProps) {
  const { value, note } = readCell(cell);
  const content = (
    <>
      {write(cell, column)}
      {note === null ? null : <sup>{note}</sup>}
    </>
  );
  const className = column.digits === null ? '' : 'number';
  if (first) {
    return (
      <th scope="row" className={className}>
        {content}
      </th>
    );
  }
  if (most <= 0 || typeof value !== 'number') return <td className={className}>{content}</td>;
  return (
    <td className={`${className} with-bar`}>
      <span className="share-cell">
        <i className="share-bar" style={{ width: `${(Math.max(0, value) / most) * 100}%` }} aria-hidden="true" />
        <span>{content}</span>
      </span>
    </td>
  );
}

function largestOf({ rows }: DocumentTable, column: number): number {
  const values = rows.flatMap(({ cells, role }) => {
    const { value } = readCell(cells[column] ?? null);
    return role === undefined && typeof value === 'number' ? [value] : [];
  });
  return Math.max(0, ...values);
}

type Write = (cell: DocumentCell, column: DocumentColumn) => string;

/** Writes a cell: a dash if unknown, the minus sign −, and for a change always a sign. */
function writerOf(locale: string): Write {
  const formats = new Map<number, Intl.NumberFormat>();
  return (cell, column) => {
    const { value, digits } = readCell(cell);
    if (value === null) return column.digits === null && digits === null ? '' : '–';
    if (typeof value === 'string') return value;
    const count = digits ?? column.digits ?? 0;
    let format = formats.get(count);
    if (!format) {
      format = new Intl.NumberFormat(locale, { minimumFractionDigits: count, maximumFractionDigits: count });
      formats.set(count, format);
    }
    const sign = value < 0 ? '−' : column.signed && value > 0 ? '+' : '';
    return sign + format.format(Math.abs(value));
  };
}
