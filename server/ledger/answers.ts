/** Questions about the past, answered from the ledger's file. */
import { inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { type Block, parkOwner, type SummedBlock } from '../../models/ledger/block.ts';
import { joinSums, sumHours } from '../../models/ledger/period-sums.ts';
import type { Park } from '../../models/park/park.ts';
import { snapshotHints } from '../../models/snapshots/hints.ts';
import { joinSnapshots, layoutSignature, remapSnapshots } from '../../models/snapshots/slots.ts';
import { decodeSnapshotAt, decodeSnapshots, encodeSnapshots, type SnapshotSet } from '../../models/snapshots/snapshots.ts';
import { createCalendar, dayBounds, dayOf, daysBetween, monthOf } from '../../models/time/calendar.ts';
import { layoutOf } from '../../models/wire/layout.ts';
import { makeAllDays } from './all-days.ts';
import { cutSums } from './day-draft.ts';
import { type EditionSpan, editionSpans } from './editions.ts';
import type { Chosen, LedgerMark } from './ledger.ts';
import { readEditions, unpack } from './tables.ts';
import { timelineMarksOf } from './timeline-marks.ts';

export type Answers = ReturnType<typeof makeAnswers>;

/** Number of days whose decoded snapshots are kept in memory: dragging along the timeline asks for the same day many times. */
const keptSnapshots = 4;

export function makeAnswers(db: Database.Database, park: Park) {
  const calendar = createCalendar(park);
  const layout = layoutOf(park, 'full');
  const signature = layoutSignature(layout);
  const hints = snapshotHints(park, layout);
  const ownerOf = db.prepare<[string], { id: number }>('SELECT id FROM owner WHERE name = ?');
  const ownerNames = db.prepare<[], string>('SELECT name FROM owner').pluck();
  type DayBytes = { day: string; bytes: Uint8Array };
  const between = (table: 'block' | 'hour') =>
    db.prepare<[number, string, string, number], DayBytes>(
      `SELECT day, bytes FROM ${table} WHERE edition = ? AND day >= ? AND day <= ? AND owner = ? ORDER BY day`,
    );
  const blocks = between('block');
  const hoursOf = between('hour');
  const block = db.prepare<[number, string, number], { bytes: Uint8Array }>(
    'SELECT bytes FROM block WHERE edition = ? AND day = ? AND owner = ?',
  );
  const months = db.prepare<[number, number, string, string], { month: string; bytes: Uint8Array }>(
    'SELECT month, bytes FROM month WHERE edition = ? AND owner = ? AND month >= ? AND month <= ? ORDER BY month',
  );
  const picture = db.prepare<[number, string], { signature: string; bytes: Uint8Array }>(
    'SELECT signature, bytes FROM picture WHERE edition = ? AND day = ?',
  );
  const slots = db.prepare<[string], { slots: Uint8Array }>('SELECT slots FROM layout WHERE signature = ?');
  const span = db.prepare<[], { first: string | null; last: string | null }>('SELECT min(day) AS first, max(day) AS last FROM day');

  const spans = (first: string, last: string, { set, edition }: Chosen): EditionSpan[] => {
    const there = span.get();
    if (!there?.first || !there.last) return [];
    const within = { first: first > there.first ? first : there.first, last: last < there.last ? last : there.last };
    return editionSpans(readEditions(db), set, within, calendar, edition);
  };
  const daysIn = (from: number, to: number): { first: string; last: string } => ({
    // An interval may have begun in the last hours of the day before.
    first: dayOf(calendar, from),
    last: dayOf(calendar, Math.max(from, to - 1)),
  });

  const intervals = (owner: string, from: number, to: number, chosen: Chosen): Block => {
    const id = ownerOf.get(owner)?.id;
    const { first, last } = daysIn(from, to);
    const found =
      id === undefined || to <= from
        ? []
        : spans(first, last, chosen).flatMap((span) => blocks.all(span.edition, span.first, span.last, id));
    return joinBlocks(
      found.map(({ bytes }) => unpack.block(bytes)),
      from,
      to,
    );
  };

  const hours = (owner: string, from: number, to: number, chosen: Chosen): SummedBlock => {
    const id = ownerOf.get(owner)?.id;
    const { first, last } = daysIn(from, to);
    const parts: SummedBlock[] = [];
    for (const span of id === undefined || to <= from ? [] : spans(first, last, chosen)) {
      // A day has either hours or intervals.
      const sums = new Map<string, SummedBlock>();
      const { edition } = span;
      for (const { day, bytes } of hoursOf.all(edition, span.first, span.last, id as number)) sums.set(day, unpack.sums(bytes));
      for (const { day, bytes } of blocks.all(edition, span.first, span.last, id as number))
        sums.set(day, sumHours(unpack.block(bytes), calendar));
      parts.push(...[...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part));
    }
    return joinSums(parts.map((part) => cutSums(part, lowerBound(part.times, from), lowerBound(part.times, to))));
  };

  const daysOf = (owner: number, found: readonly EditionSpan[]): SummedBlock | null => {
    const parts = found.flatMap(({ edition, first, last }) =>
      months.all(edition, owner, monthOf(first), monthOf(last)).map(({ bytes }) => {
        const sums = unpack.sums(bytes);
        const begin = sums.periods.findIndex((day) => day >= first);
        const end = sums.periods.findLastIndex((day) => day <= last) + 1;
        return cutSums(sums, begin === -1 ? sums.periods.length : begin, end);
      }),
    );
    const some = parts.filter(({ periods }) => periods.length > 0);
    return some.length > 0 ? joinSums(some) : null;
  };

  const allDays = makeAllDays(db);
  const cache = new Map<string, { bytes: Uint8Array; set: SnapshotSet }>();
  const snapshotsOn = (edition: number, day: string): SnapshotSet | null => {
    const row = picture.get(edition, day);
    if (!row) return null;
    const key = `${edition} ${day}`;
    const kept = cache.get(key);
    if (kept && Buffer.compare(kept.bytes, row.bytes) === 0) return kept.set;
    let set = decodeSnapshots(inflateRawSync(row.bytes));
    if (row.signature !== signature) {
      const names = inflateRawSync((slots.get(row.signature) as { slots: Uint8Array }).slots)
        .toString()
        .split('\n');
      set = remapSnapshots(set, names, layout);
    }
    cache.delete(key);
    cache.set(key, { bytes: row.bytes, set });
    while (cache.size > keptSnapshots) cache.delete(cache.keys().next().value as string);
    return set;
  };

  return {
    intervals,
    hours,
    days: (
      owners: readonly string[] | null,
      first: string,
      last: string,
      chosen: Chosen,
      columns: readonly string[] | null = null,
    ): Map<string, SummedBlock> => {
      const found = spans(first, last, chosen);
      const everybody = owners === null ? allDays(found, columns) : null;
      if (everybody) return everybody;
      const answer = new Map<string, SummedBlock>();
      for (const name of owners ?? ownerNames.all()) {
        const id = ownerOf.get(name)?.id;
        const sums = id === undefined ? null : daysOf(id, found);
        if (sums) answer.set(name, sums);
      }
      return answer;
    },
    snapshots: (from: number, to: number, every: number): Uint8Array => {
      const { first, last } = daysIn(from, to);
      const found = spans(first, last, { set: park.set ?? 'direct' });
      const days = found.flatMap((span) => daysBetween(span.first, span.last).map((day) => ({ day, edition: span.edition })));
      const only = days.length === 1 && days[0];
      const row = only && every === 1 ? picture.get(only.edition, only.day) : undefined;
      if (only && row && row.signature === signature) {
        const { from: dayFrom, to: dayTo } = dayBounds(calendar, only.day);
        // A whole day is returned as it is stored.
        if (from <= dayFrom && to >= dayTo) return inflateRawSync(row.bytes);
        // For a single moment, only that moment is decoded, not the whole day.
        if (to - from <= calendar.interval_ms) {
          const one = decodeSnapshotAt(inflateRawSync(row.bytes), to - 1);
          return encodeSnapshots(joinSnapshots([one], layout, from, to), hints);
        }
      }
      const sets = days.flatMap(({ edition, day }) => snapshotsOn(edition, day) ?? []);
      return encodeSnapshots(joinSnapshots(sets, layout, from, to, every), hints);
    },
    marks: (from: number, to: number): LedgerMark[] => {
      const { first, last } = daysIn(from, to);
      const days = spans(first, last, { set: park.set ?? 'direct' });
      const parkBlock = (edition: number, day: string): Block | null => {
        const id = ownerOf.get(parkOwner)?.id;
        const row = id === undefined ? undefined : block.get(edition, day, id);
        return row ? unpack.block(row.bytes) : null;
      };
      return timelineMarksOf({ db, calendar, spans: days, parkBlock, from, to });
    },
  };
}

/** Rows whose interval starts in [from, to). A column that a day lacks is unknown there. */
function joinBlocks(parts: readonly Block[], from: number, to: number): Block {
  const names = [...new Set(parts.flatMap((part) => [...part.columns.keys()]))];
  const cut = parts.map((part) => ({
    part,
    begin: lowerBound(part.times, from),
    end: lowerBound(part.times, to),
  }));
  const size = cut.reduce((sum, { begin, end }) => sum + Math.max(0, end - begin), 0);
  const join = (of: (part: Block) => Float64Array | undefined) => {
    const all = new Float64Array(size).fill(Number.NaN);
    let at = 0;
    for (const { part, begin, end } of cut) {
      if (end <= begin) continue;
      const column = of(part);
      if (column) all.set(column.subarray(begin, end), at);
      at += end - begin;
    }
    return all;
  };
  return { times: join((part) => part.times), columns: new Map(names.map((name) => [name, join((part) => part.columns.get(name))])) };
}

function lowerBound(times: Float64Array, time: number): number {
  const at = times.findIndex((t) => t >= time);
  return at === -1 ? times.length : at;
}
