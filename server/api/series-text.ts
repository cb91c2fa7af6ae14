/** Writes a series as JSON in pieces, so that only one piece is in memory as text. */
import { unitOf } from '../../models/ledger/column-unit.ts';
import type { PeriodList } from '../../models/ledger/period-list.ts';

/** The rows of an owner by period, in any order. */
export interface OwnerRows {
  owner: string;
  /** Row number of each period, by the name of the period. */
  rows: ReadonlyMap<string, number>;
  columns: ReadonlyMap<string, Float64Array>;
  /** Number of intervals that a value is known from. */
  known(column: string, row: number): number;
  /** Number of accounted intervals of each row. */
  intervals: ArrayLike<number>;
}

const piece = 2000;

/** Writes the members of `head`, then times, owners, intervals, expected. A column that is asked for and missing is unknown. */
export async function* seriesText(
  head: Record<string, unknown>,
  list: PeriodList,
  owners: AsyncIterable<OwnerRows>,
  asked: readonly string[] | null,
): AsyncGenerator<string> {
  const { times, periods, expected } = list;
  const n = times.length;
  const accounted = new Float64Array(n);
  yield `${JSON.stringify(head).slice(0, -1)},"times":`;
  yield* listText(n, (i) => `"${new Date(times[i] as number).toISOString()}"`);
  yield ',"owners":{';
  let before = '';
  for await (const { owner, rows, columns, known, intervals } of owners) {
    const row = periods.map((period) => rows.get(period) ?? -1);
    for (const [i, r] of row.entries()) if (r >= 0) accounted[i] = Math.max(accounted[i] as number, intervals[r] as number);
    yield `${before}${JSON.stringify(owner)}:{"columns":{`;
    before = ',';
    let comma = '';
    for (const name of asked ?? columns.keys()) {
      const column = columns.get(name);
      const value = (i: number) => {
        const r = row[i] as number;
        const found = r < 0 ? undefined : column?.[r];
        return found === undefined || !Number.isFinite(found) ? 'null' : String(found);
      };
      const share = (i: number) => {
        const r = row[i] as number;
        if (r < 0 || column === undefined) return '0';
        const of = intervals[r] as number;
        return of > 0 ? String(Math.min(1, Math.round((1e4 * known(name, r)) / of) / 1e4)) : '0';
      };
      yield `${comma}${JSON.stringify(name)}:{"unit":"${unitOf(name)}","values":`;
      comma = ',';
      yield* listText(n, value);
      yield ',"known":';
      yield* listText(n, share);
      yield '}';
    }
    yield '}}';
  }
  yield '},"intervals":';
  yield* listText(n, (i) => String(accounted[i]));
  yield `,"expected":${JSON.stringify(expected)}}`;
}

function* listText(n: number, text: (i: number) => string): Generator<string> {
  yield '[';
  for (let from = 0; from < n; from += piece) {
    const to = Math.min(n, from + piece);
    const part: string[] = [];
    for (let i = from; i < to; i++) part.push(text(i));
    yield `${from === 0 ? '' : ','}${part.join(',')}`;
  }
  yield ']';
}
