/** Reads a CSV text, as common programs write it, into rows by column name, or refuses it and names the row. */
import { parse } from 'csv-parse/sync';

export interface CsvTable {
  columns: string[];
  rows: { /** Line in the file, from 1. */ line: number; cells: Record<string, string> }[];
}

/** Why a table is refused; `row` is its line in the file. */
export class CsvFault extends Error {
  mend: string;
  row: number | undefined;
  constructor(message: string, mend: string, row?: number) {
    super(message);
    this.mend = mend;
    this.row = row;
  }
}

/** Understands a byte order mark, CRLF, and comma, semicolon or tab between cells. Throws CsvFault. */
export function readCsv(text: string): CsvTable {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      // A text without line ends is not a table; no meter needs 1 MB in one record.
      max_record_size: 1_000_000,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number };
    throw new CsvFault(message, 'Check quotes and line ends around that line.', lines);
  }
  const [head, ...body] = records;
  if (head === undefined) throw new CsvFault('is empty', 'The first line names the columns.');
  const columns = head.record;
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new CsvFault(`has two columns "${twice}"`, 'Rename one of them.', 1);
  const rows = body.map(({ record, info }) => {
    if (record.length !== columns.length) {
      throw new CsvFault(
        `has ${record.length} cells where the head has ${columns.length}`,
        'Every row needs a cell for every column; quote cells that hold the separator.',
        info.lines,
      );
    }
    return { line: info.lines, cells: Object.fromEntries(columns.map((name, i) => [name, record[i] as string])) };
  });
  return { columns, rows };
}

/** The separator that occurs most often in the first line. */
function delimiterOf(text: string): string {
  const end = text.search(/\r|\n/);
  const head = text.slice(0, end < 0 ? 10_000 : Math.min(end, 10_000));
  const count = (mark: string) => head.split(mark).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] as string;
}

const noValue = new Set(['', 'nan', 'null', 'na', 'n/a', '-', '–', '#n/a']);

/**
 * Reads a number as tables write it: "1,702.85" is 1702.85. null = the cell says that there is none (blank, NaN, null, n/a);
 * undefined = it is not a number. "12,5" is not: it is unclear whether its comma is a decimal comma.
 */
export function readNumber(cell: string): number | null | undefined {
  const text = cell.trim();
  if (noValue.has(text.toLowerCase())) return null;
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
