/** Sums by day of every owner, from the columns of the months. */
import { parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { monthOf } from '../../models/time/calendar.ts';
import type { LedgerReading } from '../store/ledger-store.ts';
import type { EditionSpan } from './editions.ts';
import { headName, unpackHead, unpackMonthColumn } from './month-columns.ts';

type Head = ReturnType<typeof unpackHead>;

/** Days of one month that come from one edition, and their place in the answer. */
interface Part {
  edition: number;
  month: string;
  head: Head;
  columns: ReadonlyMap<string, Uint8Array>;
  /** Index of the first day used of the month, the number of days used, and the place of the first among all days. */
  begin: number;
  count: number;
  at: number;
}

/** Null when a month has no columns, because it was written before columns were introduced. */
export async function allDays(
  store: LedgerReading,
  found: readonly EditionSpan[],
  columns: readonly string[] | null,
): Promise<Map<string, SummedBlock> | null> {
  const parts: Part[] = [];
  let n = 0;
  for (const { edition, first, last } of found) {
    // The park itself has a month whenever any owner has one.
    for (const { month } of await store.months(edition, parkOwner, monthOf(first), monthOf(last))) {
      const packed = await store.monthColumns(edition, month, columns && [headName, ...columns]);
      const row = packed.get(headName);
      if (!row) return null;
      const head = unpackHead(row);
      const begin = head.periods.findIndex((day) => day >= first);
      const count = begin === -1 ? 0 : head.periods.findLastIndex((day) => day <= last) + 1 - begin;
      if (count <= 0) continue;
      parts.push({ edition, month, head, columns: packed, begin, count, at: n });
      n += count;
    }
  }
  const owners = [...new Set([...new Set(parts.map(({ head }) => head.owners))].flat())];
  const place = new Map(owners.map((owner, o) => [owner, o]));
  // One piece of memory for a column of all owners: it is sent to the asking thread as one.
  const lay = (missing: number) => new Float64Array(owners.length * n).fill(missing);
  // A loop, because an array view for each owner's month would cost more than copying the month.
  const placesOf = new Map<readonly string[], Int32Array>();
  const copy = (to: Float64Array, from: Float64Array, of: readonly string[], { head, begin, count, at }: Part) => {
    const days = head.periods.length;
    const places = placesOf.get(of) ?? Int32Array.from(of, (owner) => place.get(owner) as number);
    placesOf.set(of, places);
    for (let o = 0; o < of.length; o++) {
      const target = (places[o] as number) * n + at;
      const source = o * days + begin;
      for (let i = 0; i < count; i++) to[target + i] = from[source + i] as number;
    }
  };
  const intervals = lay(0);
  for (const part of parts) copy(intervals, part.head.intervals, part.head.owners, part);
  const cut = (of: (head: Head) => Float64Array) =>
    Float64Array.from(parts.flatMap(({ head, begin, count }) => [...of(head).subarray(begin, begin + count)]));
  const shared = {
    periods: parts.flatMap(({ head, begin, count }) => head.periods.slice(begin, begin + count)),
    times: cut((head) => head.times),
    expected: cut((head) => head.expected),
  };
  const mine = (all: Float64Array, o: number) => all.subarray(o * n, (o + 1) * n);
  const answer = new Map<string, SummedBlock>(
    owners.map((owner, o) => [owner, { ...shared, columns: new Map(), known: new Map(), intervals: mine(intervals, o) }]),
  );
  const there = new Set(parts.flatMap((part) => [...part.columns.keys()].filter((name) => name !== headName)));
  for (const name of there) {
    const values = lay(Number.NaN);
    const known = lay(0);
    const having = new Set<readonly string[]>();
    for (const part of parts) {
      const bytes = part.columns.get(name);
      if (!bytes) continue;
      const column = unpackMonthColumn(bytes);
      having.add(column.owners);
      copy(values, column.values, column.owners, part);
      copy(known, column.known, column.owners, part);
    }
    for (const owner of new Set([...having].flat())) {
      const o = place.get(owner) as number;
      answer.get(owner)?.columns.set(name, mine(values, o));
      answer.get(owner)?.known.set(name, mine(known, o));
    }
  }
  // Owners without intervals on any of the days are left out.
  for (const [o, owner] of owners.entries()) {
    let counted = 0;
    for (let i = 0; i < n; i++) counted += intervals[o * n + i] as number;
    if (counted === 0) answer.delete(owner);
  }
  return answer;
}
