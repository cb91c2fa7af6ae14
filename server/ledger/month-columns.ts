/**
 * The sums of a month by day, stored a second time, column by column over all owners: without it, a question about all owners
 * would unpack one piece of bytes for each of a thousand. Written with the owners' own months, in the same transaction.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SummedBlock } from '../../models/ledger/block.ts';
import { createWriter, putText, putWhole, type Reader, takeBytes, takeText, takeWhole, written } from '../../models/ledger/bytes.ts';
import { putColumn, takeColumn } from '../../models/ledger/whole-column.ts';

/** The days that the month has so far; the same for all its columns. */
export interface MonthHead {
  periods: string[];
  times: Float64Array;
  expected: Float64Array;
}

/** One column: all days of the first owner, then all days of the next. */
export interface MonthColumn {
  owners: readonly string[];
  values: Float64Array;
  known: Float64Array;
}

/** Name of the head: the number of intervals of each owner, and the days. No column has this name. */
export const headName = '';

/** One piece of bytes for each column, by name, and one for the head. */
export function packMonthColumns(months: ReadonlyMap<string, SummedBlock>): Map<string, Uint8Array> {
  const [first] = months.values();
  const pieces = new Map<string, Uint8Array>();
  if (!first) return pieces;
  // All columns have the same days; days that an owner lacks are unknown.
  const periods = [...new Set([...months.values()].flatMap((month) => month.periods))].sort();
  const n = periods.length;
  const place = new Map(periods.map((period, i) => [period, i]));
  const whole = [...months.values()].find((month) => month.periods.length === n) ?? first;
  const names = [...new Set([...months.values()].flatMap((month) => [...month.columns.keys()]))];
  const laid = (owners: readonly string[], of: (month: SummedBlock) => Float64Array | undefined, missing: number) => {
    const all = new Float64Array(owners.length * n).fill(missing);
    for (const [o, owner] of owners.entries()) {
      const month = months.get(owner) as SummedBlock;
      const column = of(month);
      if (column) for (const [i, period] of month.periods.entries()) all[o * n + (place.get(period) as number)] = column[i] as number;
    }
    return all;
  };
  const piece = (owners: string[], columns: readonly Float64Array[]) => {
    const writer = createWriter(1024 + 8 * owners.length * n);
    putWhole(writer, n);
    putWhole(writer, owners.length);
    for (const owner of owners) putText(writer, owner);
    for (const column of columns) putColumn(writer, column);
    return writer;
  };
  const everybody = [...months.keys()];
  const head = piece(everybody, [laid(everybody, (month) => month.intervals, 0), whole.times, whole.expected]);
  for (const period of periods) putText(head, period);
  pieces.set(headName, deflated(written(head)));
  for (const name of names) {
    const owners = everybody.filter((owner) => months.get(owner)?.columns.has(name));
    const columns = [laid(owners, (month) => month.columns.get(name), Number.NaN), laid(owners, (month) => month.known.get(name), 0)];
    pieces.set(name, deflated(written(piece(owners, columns))));
  }
  return pieces;
}

export function unpackHead(bytes: Uint8Array): MonthHead & { owners: readonly string[]; intervals: Float64Array } {
  const reader: Reader = { bytes: inflateRawSync(bytes), at: 0 };
  const { n, owners } = takeOwners(reader);
  const intervals = takeColumn(reader, owners.length * n);
  const times = takeColumn(reader, n);
  const expected = takeColumn(reader, n);
  return { owners, intervals, times, expected, periods: Array.from({ length: n }, () => takeText(reader)) };
}

export function unpackMonthColumn(bytes: Uint8Array): MonthColumn {
  const reader: Reader = { bytes: inflateRawSync(bytes), at: 0 };
  const { n, owners } = takeOwners(reader);
  const size = owners.length * n;
  return { owners, values: takeColumn(reader, size), known: takeColumn(reader, size) };
}

function takeOwners(reader: Reader): { n: number; owners: readonly string[] } {
  const n = takeWhole(reader);
  const count = takeWhole(reader);
  const first = reader.at;
  for (let o = 0; o < count; o++) takeBytes(reader, takeWhole(reader));
  const { buffer, byteOffset } = reader.bytes;
  const key = Buffer.from(buffer, byteOffset + first, reader.at - first).toString('latin1');
  let owners = lists.get(key);
  if (owners === undefined) {
    const again: Reader = { bytes: reader.bytes, at: first };
    owners = Array.from({ length: count }, () => takeText(again));
    if (lists.size >= mostLists) lists.clear();
    lists.set(key, owners);
  }
  return { n, owners };
}

/** Lists of owners by their bytes. Months of a year repeat the same thousand owners; equal lists share one array. */
const lists = new Map<string, readonly string[]>();
const mostLists = 64;

const deflated = (bytes: Uint8Array) => deflateRawSync(bytes, { level: 3 });
