/** The numbers of a chart as a table: shown on the page in place of the picture, and written to CSV files. */
export type FigureCell = string | number | null;

export interface FigureColumn {
  name: string;
  unit?: string;
}

export interface TableData {
  columns: readonly FigureColumn[];
  rows: readonly (readonly FigureCell[])[];
  /** Moment (ms) that each row is of, where it has one. */
  moments?: readonly (number | null)[];
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers stay numbers, unknown is empty. */
export function csvCell(cell: FigureCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with a byte order mark so that spreadsheets read UTF-8; `notes` (title, period, quality) come before the header. */
export function toCsv(table: TableData, notes: readonly string[]): string {
  const head = table.columns.map(({ name, unit }) => csvCell(unit ? `${name} (${unit})` : name)).join(',');
  const lines = [...notes.map(csvCell), head, ...table.rows.map((row) => row.map(csvCell).join(','))];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
