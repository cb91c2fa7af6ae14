/** Reads a CSV file of measurements into one array of times and one of values per wanted column. Fast for plain files. */
import { CsvFault, readCsv, readNumber } from '../../../models/park/csv-table.ts';
import { qualities } from '../../../models/quality.ts';
import type { ReadTime } from '../../../models/time/read-time.ts';

export interface CsvColumns {
  /** ms since 1970, ascending. */
  times: Float64Array;
  /** NaN where the cell has no value. */
  values: Map<string, Float64Array>;
  /** Cells of flag columns, as an index into qualities. */
  flags: Map<string, Uint8Array>;
  /** Rows and cells that were left out, with the line in the file. */
  faults: { line: number; message: string }[];
}

/** Throws CsvFault when the file is no table or lacks a column. */
export function readCsvColumns(
  text: string,
  timeColumn: string,
  wanted: readonly string[],
  timeOf: (text: string) => ReadTime | string,
  flagged: readonly string[] = [],
): CsvColumns {
  const faults: CsvColumns['faults'] = [];
  const times: number[] = [];
  const values = new Map(wanted.map((name) => [name, [] as number[]]));
  const flags = new Map(flagged.map((name) => [name, [] as number[]]));
  for (const { line, cells } of rowsOf(text, [timeColumn, ...wanted, ...flagged])) {
    const at = timeOf(cells[0] as string);
    if (typeof at === 'string') {
      faults.push({ line, message: at });
      continue;
    }
    times.push(at.time);
    for (const [i, name] of wanted.entries()) {
      const cell = cells[i + 1] as string;
      const value = numberOf(cell);
      if (value === undefined) faults.push({ line, message: `"${cell.slice(0, 40)}" in column "${name}" is not a number` });
      (values.get(name) as number[]).push(value ?? Number.NaN);
    }
    for (const [i, name] of flagged.entries()) (flags.get(name) as number[]).push(flagOf(cells[1 + wanted.length + i] as string));
  }
  return inOrder(times, values, flags, faults);
}

/** Index of the quality that a cell of flags means: good, bad (no value) or uncertain. */
function flagOf(cell: string): number {
  const word = cell.toLowerCase();
  if (word === '' || word === 'ok' || word === 'good') return qualities.indexOf('good');
  return qualities.indexOf(word === 'bad' || word === 'missing' ? 'bad' : 'uncertain');
}

/** undefined = not a number; NaN = no value. */
function numberOf(cell: string): number | undefined {
  const plain = Number(cell);
  if (cell !== '' && Number.isFinite(plain) && !/[xXbBoO]/.test(cell)) return plain;
  const read = readNumber(cell);
  return read === null ? Number.NaN : read;
}

function* rowsOf(text: string, wanted: readonly string[]): Generator<{ line: number; cells: string[] }> {
  // Quoted cells may contain separators, and other separators are rare: readCsv handles both.
  if (text.includes('"') || !text.slice(0, 10_000).includes(',')) {
    const table = readCsv(text);
    check(table.columns, wanted);
    for (const row of table.rows) yield { line: row.line, cells: wanted.map((name) => row.cells[name] as string) };
    return;
  }
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 0;
  let columns: string[] = [];
  let places: number[] = [];
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const row = text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    start = end + 1;
    line++;
    if (row.length > 1_000_000) throw new CsvFault('has a line of more than 1 MB', 'Check the line ends.', line);
    if (row === '') continue;
    const cells = row.split(',');
    if (columns.length === 0) {
      columns = cells.map((cell) => cell.trim());
      check(columns, wanted);
      places = wanted.map((name) => columns.indexOf(name));
      continue;
    }
    if (cells.length !== columns.length) {
      throw new CsvFault(
        `has ${cells.length} cells where the head has ${columns.length}`,
        'Every row needs a cell for every column.',
        line,
      );
    }
    yield { line, cells: places.map((place) => (cells[place] as string).trim()) };
  }
}

function check(columns: readonly string[], wanted: readonly string[]): void {
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new CsvFault(`has two columns "${twice}"`, 'Rename one of them.', 1);
  for (const name of wanted) {
    if (!columns.includes(name)) throw new CsvFault(`has no column "${name}"`, `It has ${columns.slice(0, 30).join(', ')}.`, 1);
  }
}

function inOrder(times: number[], values: Map<string, number[]>, flags: Map<string, number[]>, faults: CsvColumns['faults']): CsvColumns {
  const ascending = times.every((time, i) => i === 0 || time >= (times[i - 1] as number));
  const order = ascending ? null : times.map((_, i) => i).sort((a, b) => (times[a] as number) - (times[b] as number));
  const arrange = (list: number[]) => (order ? order.map((i) => list[i] as number) : list);
  return {
    times: Float64Array.from(arrange(times)),
    values: new Map([...values].map(([name, list]) => [name, Float64Array.from(arrange(list))])),
    flags: new Map([...flags].map(([name, list]) => [name, Uint8Array.from(arrange(list))])),
    faults,
  };
}
